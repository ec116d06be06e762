// Settings as people set them: what is taken when nothing is set, and what is said about a bad one.
import { describe, expect, it } from 'vitest';
import { readConfig, settings } from '../src/config.ts';
import { CrierError } from '../src/core/errors.ts';

const KEY = 'ab'.repeat(32);

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
      mockSocial: true,
      encryptionKey: null,
      oldEncryptionKeys: [],
      allowPrivateHosts: [],
      web: { host: '127.0.0.1', port: null },
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
    const also = name === 'DATABASE_URL' ? { ENCRYPTION_KEY: KEY } : {};
    expect(readConfig({ [name]: String(example), ...also }).warnings).toEqual([]);
  });

  it('that are empty or blank count as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', MOCK_SOCIAL: '' })).toEqual(readConfig({}));
  });

  it('that are lists are split at commas', () => {
    const config = readConfig({ CRIER_ALLOW_PRIVATE_HOSTS: ' a.intern , 127.0.0.1:2583,', CRIER_RETRY_MINUTES: '0.1, 2' });
    expect(config.allowPrivateHosts).toEqual(['a.intern', '127.0.0.1:2583']);
    expect(config.retryMinutes).toEqual([0.1, 2]);
  });

  it.each([
    { env: { PORT: '80a' }, says: 'PORT is "80a", and it must be a whole number. Example: PORT=3000' },
    { env: { PORT: '70000' }, says: 'PORT is "70000", and it must be 65535 or less. Example: PORT=3000' },
    {
      env: { CRIER_LEASE_SECONDS: '0' },
      says: 'CRIER_LEASE_SECONDS is "0", and it must be 5 or more. Example: CRIER_LEASE_SECONDS=60',
    },
    { env: { MOCK_SOCIAL: 'maybe' }, says: 'MOCK_SOCIAL is "maybe", and it must be true or false. Example: MOCK_SOCIAL=false' },
    { env: { CRIER_TIME_ZONE: 'Berlin' }, says: 'must be a time zone with an IANA name. Example: CRIER_TIME_ZONE=Europe/Berlin' },
    { env: { CRIER_TIME_ZONE: '+02:00' }, says: 'must be a time zone with an IANA name' },
    { env: { LOG_LEVEL: 'loud' }, says: 'LOG_LEVEL is "loud", and it must be one of trace, debug' },
    { env: { CRIER_RETRY_MINUTES: '1;5' }, says: 'must be minutes with commas between. Example: CRIER_RETRY_MINUTES=1,5,15' },
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
  ])('that are secret are not repeated when they are bad: $name', ({ name, value }) => {
    expect(refusal({ [name]: value })).toContain(`${name} must be`);
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
