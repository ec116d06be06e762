// Every setting of Crier, in one schema; the only file that reads process.env. What a setting does is the business of its user.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { CrierError } from './core/errors.ts';
import { editDistance, nearest } from './core/near-miss.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

interface About {
  description: string;
  /** A value as one would set it. */
  example: string;
  /** Never repeated in a message. */
  secret?: boolean;
}

const setting = <T extends z.ZodType>(schema: T, about: About): T => schema.meta({ ...about });

const text = z.string().trim();
const whole = (min: number, max: number) =>
  text
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));
const list = text.transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const yesNo = z.stringbool({ truthy: ['true', '1', 'yes'], falsy: ['false', '0', 'no'], error: 'must be true or false' });
const KEY = /^[0-9a-f]{64}$/i;
const key = text.regex(KEY, 'must be 64 hex digits (`openssl rand -hex 32` makes one)');
const urlOf = (protocols: readonly string[]) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
const timeZone = text.refine(isTimeZone, 'must be a time zone with an IANA name');
const port = whole(0, 65_535);

/** By the names people set. An empty value counts as not set. */
export const settings = {
  CRIER_DATA_DIR: setting(text.prefault('.crier'), {
    description: 'Folder for the embedded database, copied media and, without ENCRYPTION_KEY, the key. Made where it is missing.',
    example: '/var/lib/crier/data',
  }),
  DATABASE_URL: setting(urlOf(['postgres:', 'postgresql:']).optional(), {
    description: 'PostgreSQL server to use. Without it, Crier starts its own in CRIER_DATA_DIR.',
    example: 'postgres://crier:password@localhost:5432/crier',
    secret: true,
  }),
  MOCK_SOCIAL: setting(yesNo.optional(), {
    description:
      'Whether posts go to emulated networks on this machine, and nothing to the real ones. Without DATABASE_URL: true, else false.',
    example: 'false',
  }),
  ENCRYPTION_KEY: setting(key.optional(), {
    description:
      'Seals the accounts’ tokens: 64 hex digits. Needed for real networks on a DATABASE_URL; else made in CRIER_DATA_DIR.',
    example: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    secret: true,
  }),
  ENCRYPTION_KEYS_OLD: setting(
    list.refine((keys) => keys.every((each) => KEY.test(each)), 'must be keys of 64 hex digits with commas between').prefault(''),
    {
      description: 'Earlier values of ENCRYPTION_KEY, which still open what they sealed.',
      example: 'abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789',
      secret: true,
    },
  ),
  CRIER_ALLOW_PRIVATE_HOSTS: setting(list.prefault(''), {
    description: 'Hosts on private addresses that may be contacted (self-hosted networks), each with or without a port.',
    example: 'mastodon.intern,127.0.0.1:2583',
  }),
  HOST: setting(text.prefault('127.0.0.1'), { description: 'Address the web server listens on.', example: '0.0.0.0' }),
  PORT: setting(port.optional(), {
    description: 'Port of the web server. Without it, or with 0, the first free one from 3000 on.',
    example: '3000',
  }),
  LOG_LEVEL: setting(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).prefault('info'), {
    description: 'The least that is logged.',
    example: 'debug',
  }),
  CRIER_TIME_ZONE: setting(timeZone.optional(), {
    description: 'Time zone of new workspaces that do not name their own. Without it, this machine’s.',
    example: 'Europe/Berlin',
  }),
  CRIER_RETRY_MINUTES: setting(
    list
      .refine(
        (parts) => parts.length > 0 && parts.every((part) => /^\d{1,5}(\.\d{1,3})?$/.test(part)),
        'must be minutes with commas between',
      )
      .transform((parts) => parts.map(Number))
      .prefault('1,5,15'),
    { description: 'Minutes to wait before each further try of a post that certainly did not go out.', example: '1,5,15' },
  ),
  CRIER_LEASE_SECONDS: setting(whole(5, 3600).prefault('60'), {
    description: 'How long a process that died keeps others from its deliveries.',
    example: '60',
  }),
  CRIER_PUBLISH_TIMEOUT_SECONDS: setting(whole(1, 3600).prefault('120'), {
    description: 'How long one try to publish may take.',
    example: '120',
  }),
  CRIER_DRAIN_SECONDS: setting(whole(1, 3600).prefault('30'), {
    description: 'How long running publishes may take to finish when Crier is told to stop.',
    example: '30',
  }),
  CRIER_CATCH_UP_GAP_SECONDS: setting(whole(0, 86_400).prefault('60'), {
    description: 'Gap between posts of one account that came due while Crier was not running.',
    example: '60',
  }),
  CRIER_CONCURRENCY_PER_NETWORK: setting(whole(1, 1000).prefault('128'), {
    description: 'Deliveries that one process publishes to one network at the same time.',
    example: '128',
  }),
  CRIER_CONCURRENCY_PER_ACCOUNT: setting(whole(1, 100).prefault('1'), {
    description: 'Of these, to one account. With 1, an account’s posts go out in the order they are due.',
    example: '1',
  }),
};

const Settings = z.object(settings);
type Settings = z.infer<typeof Settings>;

export type Config = ReturnType<typeof arrange>;

/** Takes settings that are not set yet from a file `.env` in the folder Crier was started in, where there is one. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * Reads all settings.
 * @throws CrierError `invalid-input` that names every bad setting, what is wrong with it and an example; secrets are not repeated.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
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
    mockSocial: mockSocial(read),
    /** 64 hex digits; null: the data folder's. */
    encryptionKey: read.ENCRYPTION_KEY ?? null,
    oldEncryptionKeys: read.ENCRYPTION_KEYS_OLD,
    allowPrivateHosts: read.CRIER_ALLOW_PRIVATE_HOSTS,
    /** `port` null: any free one. */
    web: { host: read.HOST, port: read.PORT || null },
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

const mockSocial = (read: Settings): boolean => read.MOCK_SOCIAL ?? read.DATABASE_URL === undefined;

/** What is well by itself and not together. */
function contradictions(read: Settings): string[] {
  if (read.DATABASE_URL === undefined || read.ENCRYPTION_KEY !== undefined || mockSocial(read)) return [];
  return [
    'ENCRYPTION_KEY is not set. Real accounts in the database at DATABASE_URL need it, the same for every process that uses that ' +
      'database. Example: ENCRYPTION_KEY=$(openssl rand -hex 32), kept in a safe place.',
  ];
}

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

function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
