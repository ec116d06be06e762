// Every setting of Crier as people set it: its name, what it may be, and what it is for. Reading them is config.ts' matter.
import { z } from 'zod';
import { PROCESS_ROLES } from './core/operations.ts';
import { publicUrl, setting, text, urlOf } from './setting.ts';
import { figuresSettings } from './settings-figures.ts';
import { networkSettings } from './settings-networks.ts';
import { s3Settings } from './settings-s3.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

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
/** One of a replica set may name several hosts: https://www.mongodb.com/docs/manual/reference/connection-string/ (2026-11-22) */
const mongoUrl = text.regex(
  /^mongodb(\+srv)?:\/\/([^\s/@]+@)?[^\s/@?,]+(,[^\s/@?,]+)*([/?]\S*)?$/i,
  'must be a URL that begins with mongodb:// or mongodb+srv://',
);
/** A token of Slack's, told apart from its others by how it begins: https://docs.slack.dev/authentication/tokens (2026-11-22) */
const slackToken = (begins: string, others: Readonly<Record<string, string>>) =>
  text.superRefine((value, context) => {
    if (value.startsWith(begins)) return;
    const other = Object.entries(others).find(([start]) => value.startsWith(start));
    context.addIssue({ code: 'custom', message: `must begin with ${begins}${other ? `, and this is ${other[1]}` : ''}` });
  });
const notSlackToken = text.refine(
  (value) => !/^x(ox|app)/.test(value),
  'must not be a token: it stands on its app’s page "Basic Information"',
);
const SNOWFLAKE = /^\d{17,20}$/;
/** What else stands on the pages of an application. https://docs.discord.com/developers/quick-start/getting-started (2026-11-22) */
const NOT_DISCORD_TOKENS: readonly (readonly [RegExp, string])[] = [
  [SNOWFLAKE, 'an ID'],
  [/^[0-9a-f]{64}$/i, 'a public key'],
  [/^[\w-]{32}$/, 'a client secret'],
  [/\s/, 'several words'],
];
const discordToken = text
  .transform((value) => value.replace(/^bot\s+/i, ''))
  .superRefine((value, context) => {
    const other = NOT_DISCORD_TOKENS.find(([looks]) => looks.test(value))?.[1];
    if (other) context.addIssue({ code: 'custom', message: `must be a token from the page "Bot", and this is ${other}` });
  });
/** `auto`, or ids and count: `0,1/4`. https://docs.discord.com/developers/events/gateway#sharding (2026-11-22) */
const discordShards = text.transform((value, context): 'auto' | { ids: number[]; count: number } => {
  if (value.toLowerCase() === 'auto') return 'auto';
  const [, before = '', after = ''] = /^(\d{1,5}(?:\s*,\s*\d{1,5})*)\s*\/\s*(\d{1,5})$/.exec(value) ?? [];
  const ids = [...new Set(before.split(',').map(Number))];
  if (before !== '' && ids.every((id) => id < Number(after))) return { ids, count: Number(after) };
  const problem =
    before === '' ? 'must be auto, or shards and how many there are in all' : `has a shard that is not below ${after}`;
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});
/** Guessing one must be hopeless. */
const secretWord = text
  .min(16, 'must be 16 characters or more (`openssl rand -hex 24` makes one)')
  .regex(/^\S*$/, 'must be one word');
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
  MONGO_URL: setting(mongoUrl.optional(), {
    description: 'MongoDB server in which Agenda keeps its wake-up jobs. Without it, Agenda keeps them in PostgreSQL.',
    example: 'mongodb://localhost:27017/crier?replicaSet=rs0',
    secret: true,
  }),
  CRIER_ROLE: setting(z.enum(PROCESS_ROLES, `must be one of ${PROCESS_ROLES.join(', ')}`).prefault('all'), {
    description:
      'What this process does: bot (chats), worker (publishing and jobs), web (HTTP), or all. --role says the same. Other than all needs DATABASE_URL.',
    example: 'worker',
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
      description:
        'Other keys, which open what they sealed: earlier values of ENCRYPTION_KEY and, while it is being changed, the next one.',
      example: 'abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789',
      secret: true,
    },
  ),
  CRIER_MEDIA_DIR: setting(text.optional(), {
    description:
      'Folder for copied media. Several processes need the same one, or a bucket. Without it, media/ in CRIER_DATA_DIR.',
    example: '/var/lib/crier/media',
  }),
  ...s3Settings,
  CRIER_MEDIA_KEEP_DAYS: setting(whole(1, 3650).prefault('30'), {
    description: 'Days for which a copied file is kept after the last post that uses it is over.',
    example: '30',
  }),
  CRIER_API_TOKEN: setting(secretWord.optional(), {
    description: 'Opens /metrics and the jobs’ dashboard at /jobs/. Without it, both are closed.',
    example: 'a-long-random-word',
    secret: true,
  }),
  CRON_SECRET: setting(secretWord.optional(), {
    description: 'Opens /api/social/cron, for hosts that sleep and are woken from outside. Without it, that is closed.',
    example: 'a-long-random-word',
    secret: true,
  }),
  CRIER_ALLOW_PRIVATE_HOSTS: setting(list.prefault(''), {
    description: 'Hosts on private addresses that may be contacted (self-hosted networks), each with or without a port.',
    example: 'mastodon.intern,127.0.0.1:2583',
  }),
  HOST: setting(text.prefault('127.0.0.1'), { description: 'Address the web server listens on.', example: '0.0.0.0' }),
  PORT: setting(port.optional(), {
    description: 'Port of the web server. Without it, or with 0, the first free one from 3000 on.',
    example: '3000',
  }),
  PUBLIC_URL: setting(publicUrl.optional(), {
    description: 'Where people and networks reach this Crier’s web server from outside, as https.',
    example: 'https://crier.example.com',
  }),
  ...networkSettings,
  ...figuresSettings,
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
  SLACK_APP_TOKEN: setting(
    slackToken('xapp-', {
      'xoxb-': 'a bot token, for SLACK_BOT_TOKEN',
      'xoxp-': 'a user token, which Crier does not use',
    }).optional(),
    {
      description: 'Slack: app-level token for Socket Mode, with the scope connections:write. No public address is needed then.',
      example: 'xapp-1-A0123456789-1234567890-abcdef',
      secret: true,
    },
  ),
  SLACK_BOT_TOKEN: setting(
    slackToken('xoxb-', {
      'xapp-': 'an app-level token, for SLACK_APP_TOKEN',
      'xoxp-': 'a user token, which Crier does not use',
      xoxe: 'a token that expires: turn token rotation off in the app’s settings',
    }).optional(),
    {
      description: 'Slack: bot token of the one workspace the app was installed in by hand.',
      example: 'xoxb-1234567890-1234567890-abcdef',
      secret: true,
    },
  ),
  SLACK_SIGNING_SECRET: setting(notSlackToken.optional(), {
    description: 'Slack: signing secret, for HTTP mode at PUBLIC_URL/slack/events. Not needed with SLACK_APP_TOKEN.',
    example: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    secret: true,
  }),
  SLACK_CLIENT_ID: setting(notSlackToken.optional(), {
    description: 'Slack: client ID, for several workspaces, which install Crier at PUBLIC_URL/slack/install.',
    example: '1234567890.1234567890',
  }),
  SLACK_CLIENT_SECRET: setting(notSlackToken.optional(), {
    description: 'Slack: client secret that belongs to SLACK_CLIENT_ID.',
    example: '0123456789abcdef0123456789abcdef',
    secret: true,
  }),
  SLACK_API_URL: setting(
    urlOf(['https:', 'http:'])
      .transform((value) => (value.endsWith('/') ? value : `${value}/`))
      .optional(),
    {
      description: 'Slack: another server that speaks Slack’s Web API. Without it, https://slack.com/api/.',
      example: 'https://slack.example.com/api/',
    },
  ),
  DISCORD_TOKEN: setting(discordToken.optional(), {
    description: 'Discord: the bot’s token, from the page "Bot" of its application. Crier is in Discord while it is set.',
    example: 'MTIzNDU2.Gabcde.abcdefghijkl',
    secret: true,
  }),
  DISCORD_GUILD: setting(text.regex(SNOWFLAKE, 'must be the ID of a server, a number of 17 to 20 digits').optional(), {
    description: 'Discord: registers the commands in that server alone, where they are there at once. For developing.',
    example: '123456789012345678',
  }),
  DISCORD_SHARDS: setting(discordShards.prefault('auto'), {
    description: 'Discord: which shards this process runs, of how many. With auto, as many as Discord recommends.',
    example: '0,1/4',
  }),
  DISCORD_API_URL: setting(
    urlOf(['https:', 'http:'])
      .transform((value) => value.replace(/(\/v\d+)?\/*$/, ''))
      .optional(),
    {
      description: 'Discord: another server that speaks Discord’s API, without the version. Without it, https://discord.com/api.',
      example: 'https://discord.example.com/api',
    },
  ),
};

function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
