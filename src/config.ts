// Reads the settings, which settings.ts declares, and says what is wrong with them; the only file that reads process.env. What a
// setting does is the business of its user.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { CrierError } from './core/errors.ts';
import { editDistance, nearest } from './core/near-miss.ts';
import { settings } from './settings.ts';
import { appsOf, halfApps } from './settings-networks.ts';

export { type LogLevel, settings } from './settings.ts';

const Settings = z.object(settings);
type Settings = z.infer<typeof Settings>;

type Environment = Readonly<Record<string, string | undefined>>;

export type Config = ReturnType<typeof arrange>;

/** Takes settings that are not set yet from a file `.env` in the folder Crier was started in, where there is one. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** What was said on the command line, by the name of its setting. It goes before the environment. */
export type SaidOutright = Partial<Record<keyof Settings, string>>;

/**
 * Reads all settings.
 * @throws CrierError `invalid-input` that names every bad setting, what is wrong with it and an example; secrets are not repeated.
 */
export function readConfig(environment: Environment = process.env, said: SaidOutright = {}): Config {
  const env: Environment = { ...environment, ...said };
  const given = Object.fromEntries(Object.keys(settings).flatMap((name) => (env[name]?.trim() ? [[name, env[name]]] : [])));
  const read = Settings.safeParse(given);
  const problems = read.success ? contradictions(read.data) : read.error.issues.map((issue) => tell(issue, given));
  if (problems.length > 0 || !read.success) throw new CrierError('invalid-input', [...new Set(problems)].join('\n'));
  return arrange(read.data, warningsFor(env));
}

function arrange(read: Settings, warnings: string[]) {
  return {
    dataDir: read.CRIER_DATA_DIR,
    /** Null: the embedded server. */
    databaseUrl: read.DATABASE_URL ?? null,
    /** Null: Agenda keeps its jobs in PostgreSQL. */
    mongoUrl: read.MONGO_URL ?? null,
    role: read.CRIER_ROLE,
    /** Null: `media` in the data folder. */
    mediaDir: read.CRIER_MEDIA_DIR ?? null,
    /** Null: media lie in that folder. */
    s3: s3Of(read),
    mediaKeepDays: read.CRIER_MEDIA_KEEP_DAYS,
    /** Null: what it opens is closed. */
    apiToken: read.CRIER_API_TOKEN ?? null,
    cronSecret: read.CRON_SECRET ?? null,
    mockSocial: mockSocial(read),
    /** 64 hex digits; null: the data folder's. */
    encryptionKey: read.ENCRYPTION_KEY ?? null,
    oldEncryptionKeys: read.ENCRYPTION_KEYS_OLD,
    allowPrivateHosts: read.CRIER_ALLOW_PRIVATE_HOSTS,
    /** Null: nobody said where this Crier is reached from outside. */
    publicUrl: read.PUBLIC_URL ?? null,
    /** `port` null: any free one. */
    web: { host: read.HOST, port: read.PORT || null },
    /** Null: Slack is off. */
    slack: slackOf(read),
    /** Null: Discord is off. */
    discord: discordOf(read),
    /** Crier's apps at the networks, made by hand, by platform id. */
    apps: appsOf(read),
    figures: {
      accountsEveryMinutes: read.CRIER_FIGURES_MINUTES,
      postsAfterHours: read.CRIER_FIGURES_AFTER_HOURS,
      tellAfterHours: read.CRIER_FIGURES_TELL_HOURS,
    },
    logLevel: read.LOG_LEVEL,
    timeZone: read.CRIER_TIME_ZONE ?? Temporal.Now.timeZoneId(),
    retryMinutes: read.CRIER_RETRY_MINUTES,
    leaseMs: read.CRIER_LEASE_SECONDS * 1000,
    publishTimeoutMs: read.CRIER_PUBLISH_TIMEOUT_SECONDS * 1000,
    drainMs: read.CRIER_DRAIN_SECONDS * 1000,
    catchUpGapMs: read.CRIER_CATCH_UP_GAP_SECONDS * 1000,
    concurrency: {
      perNetwork: read.CRIER_CONCURRENCY_PER_NETWORK,
      perAccount: read.CRIER_CONCURRENCY_PER_ACCOUNT,
    },
    /** Sentences to log once there is a log. */
    warnings,
  };
}

function s3Of({ S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PREFIX }: Settings) {
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null;
  const key = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
  return { endpoint: S3_ENDPOINT, bucket: S3_BUCKET, region: S3_REGION ?? 'us-east-1', prefix: S3_PREFIX ?? '', ...key };
}

function slackOf(read: Settings) {
  const { SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL } = read;
  if (!SLACK_APP_TOKEN && !SLACK_SIGNING_SECRET) return null;
  const oauth =
    SLACK_CLIENT_ID && SLACK_CLIENT_SECRET && PUBLIC_URL
      ? { clientId: SLACK_CLIENT_ID, clientSecret: SLACK_CLIENT_SECRET, publicUrl: PUBLIC_URL }
      : null;
  return {
    signingSecret: SLACK_SIGNING_SECRET ?? null,
    appToken: SLACK_APP_TOKEN ?? null,
    botToken: SLACK_BOT_TOKEN ?? null,
    oauth,
    apiUrl: read.SLACK_API_URL ?? null,
  };
}

function discordOf({ DISCORD_TOKEN, DISCORD_API_URL, DISCORD_GUILD, DISCORD_SHARDS }: Settings) {
  if (!DISCORD_TOKEN) return null;
  return {
    token: DISCORD_TOKEN,
    apiUrl: DISCORD_API_URL ?? null,
    developmentGuildId: DISCORD_GUILD ?? null,
    shards: DISCORD_SHARDS,
  };
}

const mockSocial = (read: Settings): boolean => read.MOCK_SOCIAL ?? read.DATABASE_URL === undefined;

/** What is well by itself and not together. */
const contradictions = (read: Settings): string[] => [
  ...roleContradictions(read),
  ...keyContradictions(read),
  ...s3Contradictions(read),
  ...slackContradictions(read),
  ...halfApps(read),
];

/** Processes that share the work share a database, and a network that is emulated lives in one process only. */
function roleContradictions(read: Settings): string[] {
  if (read.CRIER_ROLE === 'all') return [];
  const role = `A process with the role ${read.CRIER_ROLE}`;
  const problems: [boolean, string][] = [
    [
      read.DATABASE_URL === undefined,
      `DATABASE_URL is not set. ${role} works with others on one PostgreSQL server. Example: DATABASE_URL=postgres://crier:password@localhost:5432/crier`,
    ],
    [
      mockSocial(read) && read.DATABASE_URL !== undefined,
      `MOCK_SOCIAL is on. ${role} cannot reach networks that are emulated in another one: leave MOCK_SOCIAL out, or use the role all.`,
    ],
    [
      read.CRIER_ROLE === 'bot' && slackOf(read) === null && discordOf(read) === null,
      `${role} needs a chat: set what docs/slack.md or docs/discord.md name.`,
    ],
  ];
  return problems.flatMap(([isSo, sentence]) => (isSo ? [sentence] : []));
}

function keyContradictions(read: Settings): string[] {
  if (read.DATABASE_URL === undefined || read.ENCRYPTION_KEY !== undefined || mockSocial(read)) return [];
  return [
    'ENCRYPTION_KEY is not set. Real accounts in the database at DATABASE_URL need it, the same for every process that uses that ' +
      'database. Example: ENCRYPTION_KEY=$(openssl rand -hex 32), kept in a safe place.',
  ];
}

function s3Contradictions(read: Settings): string[] {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION, S3_PREFIX } = read;
  const needed = { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const isAsked = missing.length < Object.keys(needed).length || S3_REGION !== undefined || S3_PREFIX !== undefined;
  if (isAsked && missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are';
    return [
      `${missing.join(', ')} ${are} not set. Media in a bucket need ${Object.keys(needed).join(', ')} together; leave all S3_ settings out for a folder.`,
    ];
  }
  const { hostname = '', pathname = '' } = URL.parse(S3_ENDPOINT ?? '') ?? {};
  if (S3_BUCKET === undefined || !(hostname.startsWith(`${S3_BUCKET}.`) || pathname.split('/').includes(S3_BUCKET))) return [];
  return [`S3_ENDPOINT names the bucket too. Leave ${S3_BUCKET} out there: S3_BUCKET says it.`];
}

const SLACK_PAGE = 'docs/slack.md says where each is found.';

function slackContradictions(read: Settings): string[] {
  const { SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL } = read;
  const hearsSlack = SLACK_APP_TOKEN !== undefined || SLACK_SIGNING_SECRET !== undefined;
  const hasAccess = SLACK_BOT_TOKEN !== undefined || SLACK_CLIENT_ID !== undefined;
  const problems: [boolean, string][] = [
    [
      hasAccess && !hearsSlack,
      'Slack has no way to reach Crier. Set SLACK_APP_TOKEN (Socket Mode, no public address needed), or SLACK_SIGNING_SECRET for HTTP.',
    ],
    [
      hearsSlack && !hasAccess,
      'Crier has no access to a Slack workspace. Set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for several.',
    ],
    [
      SLACK_CLIENT_ID !== undefined && SLACK_CLIENT_SECRET === undefined,
      'SLACK_CLIENT_SECRET is not set, and SLACK_CLIENT_ID is of no use without it. Both stand on the app’s page "Basic Information".',
    ],
    [
      SLACK_CLIENT_ID === undefined && SLACK_CLIENT_SECRET !== undefined,
      'SLACK_CLIENT_ID is not set, and SLACK_CLIENT_SECRET is of no use without it. Both stand on the app’s page "Basic Information".',
    ],
    [
      SLACK_CLIENT_ID !== undefined && PUBLIC_URL === undefined,
      'PUBLIC_URL is not set, and Slack sends people back to it when they install Crier. Example: PUBLIC_URL=https://crier.example.com',
    ],
    [
      SLACK_CLIENT_ID !== undefined && PUBLIC_URL !== undefined && !isSafe(new URL(PUBLIC_URL)),
      'PUBLIC_URL must begin with https:// for installing into Slack: Slack sends nobody back to an address without it.',
    ],
  ];
  const found = problems.flatMap(([isSo, sentence]) => (isSo ? [sentence] : []));
  return found.length > 0 ? [...found, SLACK_PAGE] : [];
}

/** https, or this very machine. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

function tell(issue: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  const about = Object.entries(settings)
    .find(([each]) => each === name)?.[1]
    .meta();
  const value = about?.secret ? '' : ` is "${given[name]}", and it`;
  return `${name}${value} ${issue.message}. Example: ${name}=${String(about?.example)}`;
}

function warningsFor(env: Readonly<Record<string, string | undefined>>): string[] {
  const names = Object.keys(settings);
  return Object.keys(env).flatMap((name) => {
    if (names.includes(name)) return [];
    const meant = name.startsWith('CRIER_')
      ? nearest(name, names)
      : names.find((each) => each.length >= 8 && editDistance(name.toUpperCase(), each) === 1);
    if (meant) return [`${name} is not a setting of Crier and has no effect. Did you mean ${meant}?`];
    return name.startsWith('CRIER_') ? [`${name} is not a setting of Crier and has no effect.`] : [];
  });
}
