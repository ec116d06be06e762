// Settings as people set them: what is taken when nothing is set, and what is said about a bad one.
import { describe, expect, it } from 'vitest';
import { readConfig, settings } from '../src/config.ts';
import { CrierError } from '../src/core/errors.ts';

const KEY = 'ab'.repeat(32);
const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const PUBLIC_URL = 'https://crier.example.com';
const OAUTH = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: SECRET, PUBLIC_URL };
const S3 = {
  S3_ENDPOINT: 'https://s3.example.com',
  S3_BUCKET: 'media',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

/** What is set together with a setting, where it means nothing alone. */
const NEEDED_BESIDE: Record<string, Record<string, string>> = {
  DATABASE_URL: { ENCRYPTION_KEY: KEY },
  CRIER_ROLE: { DATABASE_URL: 'postgres://db/crier', ENCRYPTION_KEY: KEY },
  ...Object.fromEntries(Object.keys(settings).flatMap((name) => (name.startsWith('S3_') ? [[name, S3]] : []))),
  SLACK_APP_TOKEN: { SLACK_BOT_TOKEN: 'xoxb-1' },
  SLACK_BOT_TOKEN: { SLACK_APP_TOKEN: 'xapp-1' },
  SLACK_SIGNING_SECRET: { SLACK_BOT_TOKEN: 'xoxb-1' },
  SLACK_CLIENT_ID: { ...OAUTH, SLACK_APP_TOKEN: 'xapp-1' },
  SLACK_CLIENT_SECRET: { ...OAUTH, SLACK_APP_TOKEN: 'xapp-1' },
  ...Object.fromEntries(
    Object.keys(settings).flatMap((name) => {
      const half = /^(.+)_(CLIENT_ID|CLIENT_KEY|APP_ID|CLIENT_SECRET|APP_SECRET)$/.exec(name);
      if (!half || half[1] === 'SLACK') return [];
      const both = Object.keys(settings).filter((other) => other.startsWith(`${half[1]}_`) && /_(ID|KEY|SECRET)$/.test(other));
      return [[name, Object.fromEntries(both.map((other) => [other, 'word']))]];
    }),
  ),
};

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof CrierError && error.kind === 'invalid-input') return error.userMessage;
    throw error;
  }
  throw new Error('it was taken');
}

describe('settings', () => {
  it('need not be set at all: an embedded database and emulated networks', () => {
    expect(readConfig({})).toEqual({
      dataDir: '.crier',
      databaseUrl: null,
      mongoUrl: null,
      role: 'all',
      mediaDir: null,
      s3: null,
      mediaKeepDays: 30,
      apiToken: null,
      cronSecret: null,
      mockSocial: true,
      encryptionKey: null,
      oldEncryptionKeys: [],
      allowPrivateHosts: [],
      publicUrl: null,
      web: { host: '127.0.0.1', port: null },
      slack: null,
      discord: null,
      apps: {},
      figures: { accountsEveryMinutes: 60, postsAfterHours: [1, 6, 24, 72, 168, 720], tellAfterHours: [24, 168] },
      logLevel: 'info',
      timeZone: Temporal.Now.timeZoneId(),
      retryMinutes: [1, 5, 15],
      leaseMs: 60_000,
      publishTimeoutMs: 120_000,
      drainMs: 30_000,
      catchUpGapMs: 60_000,
      concurrency: { perNetwork: 128, perAccount: 1 },
      warnings: [],
    });
  });

  it.each([
    { env: {}, mock: true },
    { env: { MOCK_SOCIAL: 'false' }, mock: false },
    { env: { DATABASE_URL: 'postgres://db/crier', ENCRYPTION_KEY: KEY }, mock: false },
    { env: { DATABASE_URL: 'postgresql://db/crier', MOCK_SOCIAL: 'TRUE' }, mock: true },
  ])('emulate the networks: $mock for $env', ({ env, mock }) => {
    expect(readConfig(env).mockSocial).toBe(mock);
  });

  it.each(Object.entries(settings))('%s takes its own example, and says what it is', (name, schema) => {
    const { description, example } = schema.meta() ?? {};
    expect(description).toMatch(/\.$/);
    expect(readConfig({ ...NEEDED_BESIDE[name], [name]: String(example) }).warnings).toEqual([]);
  });

  it('that are said on the command line go before the environment', () => {
    const env = { DATABASE_URL: 'postgres://db/crier', ENCRYPTION_KEY: KEY, CRIER_ROLE: 'web' };
    expect(readConfig(env, { CRIER_ROLE: 'worker' }).role).toBe('worker');
  });

  it('that are empty or blank count as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', MOCK_SOCIAL: '' })).toEqual(readConfig({}));
  });

  it('that are lists are split at commas', () => {
    const config = readConfig({ CRIER_ALLOW_PRIVATE_HOSTS: ' a.intern , 127.0.0.1:2583,', CRIER_RETRY_MINUTES: '0.1, 2' });
    expect(config.allowPrivateHosts).toEqual(['a.intern', '127.0.0.1:2583']);
    expect(config.retryMinutes).toEqual([0.1, 2]);
  });

  it('that are hours are each counted once, the fewest first, and may be none', () => {
    const { figures } = readConfig({ CRIER_FIGURES_AFTER_HOURS: '24, 6,24', CRIER_FIGURES_TELL_HOURS: 'None' });
    expect(figures).toEqual({ accountsEveryMinutes: 60, postsAfterHours: [6, 24], tellAfterHours: [] });
  });

  it.each([
    { env: { PORT: '80a' }, says: 'PORT is "80a", and it must be a whole number. Example: PORT=3000' },
    { env: { PORT: '70000' }, says: 'PORT is "70000", and it must be 65535 or less. Example: PORT=3000' },
    {
      env: { CRIER_LEASE_SECONDS: '0' },
      says: 'CRIER_LEASE_SECONDS is "0", and it must be 5 or more. Example: CRIER_LEASE_SECONDS=60',
    },
    {
      env: { CRIER_ROLE: 'publisher' },
      says: 'CRIER_ROLE is "publisher", and it must be one of all, bot, worker, web. Example: CRIER_ROLE=worker',
    },
    { env: { CRIER_ROLE: 'worker' }, says: 'DATABASE_URL is not set. A process with the role worker works with others' },
    {
      env: { CRIER_ROLE: 'web', DATABASE_URL: 'postgres://db/crier', MOCK_SOCIAL: 'true' },
      says: 'MOCK_SOCIAL is on. A process with the role web cannot reach networks that are emulated in another one',
    },
    {
      env: { CRIER_ROLE: 'bot', DATABASE_URL: 'postgres://db/crier', ENCRYPTION_KEY: KEY },
      says: 'A process with the role bot needs a chat: set what docs/slack.md or docs/discord.md name.',
    },
    { env: { CRON_SECRET: 'short' }, says: 'CRON_SECRET must be 16 characters or more' },
    { env: { MOCK_SOCIAL: 'maybe' }, says: 'MOCK_SOCIAL is "maybe", and it must be true or false. Example: MOCK_SOCIAL=false' },
    { env: { CRIER_TIME_ZONE: 'Berlin' }, says: 'must be a time zone with an IANA name. Example: CRIER_TIME_ZONE=Europe/Berlin' },
    { env: { CRIER_TIME_ZONE: '+02:00' }, says: 'must be a time zone with an IANA name' },
    { env: { LOG_LEVEL: 'loud' }, says: 'LOG_LEVEL is "loud", and it must be one of trace, debug' },
    { env: { CRIER_RETRY_MINUTES: '1;5' }, says: 'must be minutes with commas between. Example: CRIER_RETRY_MINUTES=1,5,15' },
    {
      env: { CRIER_FIGURES_MINUTES: '1' },
      says: 'CRIER_FIGURES_MINUTES is "1", and it must be 5 or more. Example: CRIER_FIGURES_MINUTES=60',
    },
    {
      env: { CRIER_FIGURES_AFTER_HOURS: '0' },
      says: 'CRIER_FIGURES_AFTER_HOURS is "0", and it must be hours from 1 to 8760 with commas between, or none',
    },
    { env: { CRIER_FIGURES_TELL_HOURS: '24,never' }, says: 'must be hours from 1 to 8760 with commas between, or none' },
    { env: { DATABASE_URL: 'http://db' }, says: 'DATABASE_URL must be a URL that begins with postgres:// or postgresql://' },
  ])('that are bad are named with an example: $env', ({ env, says }) => {
    expect(refusal(env)).toContain(says);
  });

  it('that are bad are named all at once, one line each', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2);
  });

  it.each([
    { name: 'ENCRYPTION_KEY', value: 'hunter2' },
    { name: 'ENCRYPTION_KEYS_OLD', value: `${KEY},hunter2` },
    { name: 'DATABASE_URL', value: 'mysql://crier:hunter2@db/crier' },
    { name: 'SLACK_BOT_TOKEN', value: 'hunter2' },
    { name: 'SLACK_APP_TOKEN', value: 'xoxb-hunter2' },
    { name: 'SLACK_SIGNING_SECRET', value: 'xapp-hunter2' },
    { name: 'SLACK_CLIENT_SECRET', value: 'xoxe-hunter2' },
    { name: 'DISCORD_TOKEN', value: 'hunter2 hunter2' },
  ])('that are secret are not repeated when they are bad: $name', ({ name, value }) => {
    expect(refusal({ [name]: value })).toContain(`${name} must `);
    expect(refusal({ [name]: value })).not.toContain('hunter2');
  });

  it('ask for a key where real accounts are kept in a database that others may share', () => {
    expect(refusal({ DATABASE_URL: 'postgres://db/crier' })).toContain('ENCRYPTION_KEY is not set');
  });

  it.each([
    { name: 'CRIER_TIMEZONE', says: 'Did you mean CRIER_TIME_ZONE?' },
    { name: 'CRIER_COLOUR', says: 'CRIER_COLOUR is not a setting of Crier and has no effect.' },
    { name: 'DATABASE_URI', says: 'Did you mean DATABASE_URL?' },
  ])('that do not exist are warned of: $name', ({ name, says }) => {
    expect(readConfig({ [name]: 'x' }).warnings.join()).toContain(says);
  });

  it('of other programs are none of its business', () => {
    expect(readConfig({ PATH: '/bin', HOME: '/', PORTS: '1', NODE_ENV: 'test' }).warnings).toEqual([]);
  });
});

describe('settings for a bucket', () => {
  it('make one, in the region that servers without regions take', () => {
    expect(readConfig({ ...S3, CRIER_MEDIA_DIR: '/media' }).s3).toEqual({
      endpoint: 'https://s3.example.com',
      bucket: 'media',
      region: 'us-east-1',
      prefix: '',
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    });
  });

  it.each(['team/crier', '/team/crier/', 'team/crier//'])('take a folder in it with or without slashes around: %s', (prefix) => {
    expect(readConfig({ ...S3, S3_PREFIX: prefix }).s3?.prefix).toBe('team/crier/');
  });

  it.each([
    { env: { S3_BUCKET: 'media' }, says: 'S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY are not set' },
    { env: { ...S3, S3_SECRET_ACCESS_KEY: '' }, says: 'S3_SECRET_ACCESS_KEY is not set' },
    { env: { S3_PREFIX: 'crier' }, says: 'leave all S3_ settings out for a folder' },
    { env: { ...S3, S3_ENDPOINT: 'https://media.s3.example.com' }, says: 'S3_ENDPOINT names the bucket too' },
    { env: { ...S3, S3_ENDPOINT: 'https://s3.example.com/media/' }, says: 'Leave media out there' },
    { env: { ...S3, S3_ENDPOINT: 's3.example.com' }, says: 'S3_ENDPOINT is "s3.example.com", and it must be a URL' },
    { env: { ...S3, S3_BUCKET: 's3://media' }, says: 'must be the name of a bucket alone' },
    { env: { ...S3, S3_PREFIX: '../other' }, says: 'must be letters, digits and -_. with / between' },
    { env: { ...S3, S3_PREFIX: 'a//b' }, says: 'must be letters, digits and -_. with / between' },
    { env: { ...S3, S3_SECRET_ACCESS_KEY: 'two words' }, says: 'S3_SECRET_ACCESS_KEY must be one word' },
  ])('are told where they cannot be together, or are no such thing: $says', ({ env, says }) => {
    expect(refusal(env)).toContain(says);
  });
});

describe('settings for Slack', () => {
  it('are off where none is set, also with an address for other things', () => {
    expect(readConfig({ PUBLIC_URL, SLACK_API_URL: 'https://slack.example.com/api' }).slack).toBeNull();
  });

  it('for one workspace by Socket Mode are two tokens', () => {
    expect(readConfig({ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1' }).slack).toEqual({
      appToken: 'xapp-1',
      botToken: 'xoxb-1',
      signingSecret: null,
      oauth: null,
      apiUrl: null,
    });
  });

  it('for several workspaces over HTTP are the app’s own secrets and an address, with or without a slash at its end', () => {
    const env = { ...OAUTH, PUBLIC_URL: `${PUBLIC_URL}/`, SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: 'http://127.0.0.1:9/api' };
    expect(readConfig(env).slack).toEqual({
      appToken: null,
      botToken: null,
      signingSecret: SECRET,
      oauth: { clientId: '1.2', clientSecret: SECRET, publicUrl: PUBLIC_URL },
      apiUrl: 'http://127.0.0.1:9/api/',
    });
  });

  it.each([
    { env: { SLACK_BOT_TOKEN: 'xoxb-1' }, says: 'Slack has no way to reach Crier. Set SLACK_APP_TOKEN' },
    { env: OAUTH, says: 'Slack has no way to reach Crier' },
    { env: { SLACK_APP_TOKEN: 'xapp-1' }, says: 'Crier has no access to a Slack workspace. Set SLACK_BOT_TOKEN' },
    { env: { SLACK_SIGNING_SECRET: SECRET }, says: 'Crier has no access to a Slack workspace' },
    { env: { SLACK_APP_TOKEN: 'xapp-1', SLACK_CLIENT_ID: '1.2', PUBLIC_URL }, says: 'SLACK_CLIENT_SECRET is not set' },
    {
      env: { SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CLIENT_SECRET: SECRET },
      says: 'SLACK_CLIENT_ID is not set',
    },
    { env: { ...OAUTH, SLACK_APP_TOKEN: 'xapp-1', PUBLIC_URL: '' }, says: 'PUBLIC_URL is not set' },
    { env: { ...OAUTH, SLACK_APP_TOKEN: 'xapp-1', PUBLIC_URL: 'http://crier.example.com' }, says: 'must begin with https://' },
    { env: { SLACK_APP_TOKEN: 'xoxb-1' }, says: 'must begin with xapp-, and this is a bot token, for SLACK_BOT_TOKEN' },
    { env: { SLACK_BOT_TOKEN: 'xapp-1' }, says: 'must begin with xoxb-, and this is an app-level token, for SLACK_APP_TOKEN' },
    { env: { SLACK_BOT_TOKEN: 'xoxp-1' }, says: 'must begin with xoxb-, and this is a user token' },
    { env: { SLACK_SIGNING_SECRET: 'xapp-1' }, says: 'must not be a token' },
    { env: { PUBLIC_URL: 'crier.example.com' }, says: 'must be a URL that begins with https:// or http://' },
    { env: { PUBLIC_URL: `${PUBLIC_URL}/?a=b` }, says: 'must be an address without ? and #' },
  ])('that do not go together are told with the cure: $says', ({ env, says }) => {
    expect(refusal(env)).toContain(says);
  });

  it('take an address without https on this very machine, to try installing', () => {
    const env = { ...OAUTH, SLACK_APP_TOKEN: 'xapp-1', PUBLIC_URL: 'http://localhost:3000' };
    expect(readConfig(env).slack?.oauth?.publicUrl).toBe('http://localhost:3000');
  });
});

describe('settings for Discord', () => {
  const TOKEN = 'MTIz.Gabc.def-_ghi';

  it('are off without a token, whatever else is set', () => {
    expect(readConfig({ DISCORD_API_URL: 'https://discord.example.com', DISCORD_SHARDS: '0/1' }).discord).toBeNull();
  });

  it('are one token', () => {
    const alone = { token: TOKEN, apiUrl: null, developmentGuildId: null, shards: 'auto' };
    expect(readConfig({ DISCORD_TOKEN: TOKEN }).discord).toEqual(alone);
    expect(readConfig({ DISCORD_TOKEN: ` Bot ${TOKEN} ` }).discord).toEqual(alone);
  });

  it.each(['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/', 'http://127.0.0.1:9/api/v10', 'http://127.0.0.1:9/api/v10/'])(
    'take another server’s address with or without a version: %s',
    (DISCORD_API_URL) => {
      expect(readConfig({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL }).discord?.apiUrl).toBe('http://127.0.0.1:9/api');
    },
  );

  it.each([
    { given: 'auto', shards: 'auto' },
    { given: ' AUTO ', shards: 'auto' },
    { given: '0/1', shards: { ids: [0], count: 1 } },
    { given: '2, 3,3 / 16', shards: { ids: [2, 3], count: 16 } },
  ])('part the servers among processes: $given', ({ given, shards }) => {
    expect(readConfig({ DISCORD_TOKEN: TOKEN, DISCORD_SHARDS: given }).discord?.shards).toEqual(shards);
  });

  it.each([
    { env: { DISCORD_TOKEN: '123456789012345678' }, says: 'must be a token from the page "Bot", and this is an ID' },
    { env: { DISCORD_TOKEN: 'ab'.repeat(32) }, says: 'and this is a public key' },
    { env: { DISCORD_TOKEN: 'abcdefghijklmnopqrstuvwxyz_-0123' }, says: 'and this is a client secret' },
    { env: { DISCORD_GUILD: 'Bakery' }, says: 'DISCORD_GUILD is "Bakery", and it must be the ID of a server' },
    {
      env: { DISCORD_SHARDS: '4' },
      says: 'must be auto, or shards and how many there are in all. Example: DISCORD_SHARDS=0,1/4',
    },
    { env: { MONGO_URL: 'http://mongo:27017/crier' }, says: 'MONGO_URL must be a URL that begins with mongodb://' },
    { env: { MONGO_URL: 'mongodb://' }, says: 'MONGO_URL must be a URL that begins with mongodb://' },
    { env: { DISCORD_SHARDS: '0-3/4' }, says: 'must be auto, or shards' },
    { env: { DISCORD_SHARDS: '3,4/4' }, says: 'has a shard that is not below 4' },
    { env: { DISCORD_API_URL: 'discord.example.com' }, says: 'must be a URL that begins with https:// or http://' },
  ])('that are not what they should be are told with the cure: $says', ({ env, says }) => {
    expect(refusal(env)).toContain(says);
  });

  it.each(['mongodb://a:27017,b:27017,c:27017/crier?replicaSet=rs0', 'mongodb+srv://crier:p%40ss@cluster.example.net/?tls=true'])(
    'take a MongoDB of one host or several: %s',
    (url) => {
      expect(readConfig({ MONGO_URL: url }).mongoUrl).toBe(url);
    },
  );
});
