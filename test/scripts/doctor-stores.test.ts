// `npm run doctor` on settings that cannot be read, and on folder, database, key and bucket.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../support/database.ts';
import { about, type Case, HUSH, itNames } from './doctor-case.ts';
import { openPatient, type Patient } from './doctor-patient.ts';

const opened = new AsyncDisposableStack();
let patient: Patient;
beforeAll(async () => {
  patient = await openPatient(opened);
});
afterAll(() => opened.disposeAsync());

const unreadable: Case[] = [
  {
    broken: 'a key that is too short',
    change: { ENCRYPTION_KEY: 'abc123' },
    name: 'ENCRYPTION_KEY',
    found: 'must be 64 hex digits',
    cure: 'openssl rand',
  },
  { broken: 'no key', change: { ENCRYPTION_KEY: undefined }, name: 'ENCRYPTION_KEY', found: 'is not set', cure: 'openssl rand' },
  {
    broken: 'half an app',
    change: { X_CLIENT_SECRET: undefined },
    name: 'X_CLIENT_SECRET',
    found: 'is not set',
    cure: 'docs/platforms/x.md',
  },
  {
    broken: 'an address that is none',
    change: { PUBLIC_URL: 'crier' },
    name: 'PUBLIC_URL',
    found: 'must be a URL',
    cure: 'Example: PUBLIC_URL=',
  },
  {
    broken: 'a version that is none',
    change: { LINKEDIN_VERSION: 'v2' },
    name: 'LINKEDIN_VERSION',
    found: 'a year and a month',
    cure: 'Example',
  },
  {
    broken: 'half a bucket',
    change: { S3_BUCKET: undefined },
    name: 'S3_BUCKET',
    found: 'not set',
    cure: 'leave all S3_ settings out',
  },
  {
    broken: 'a setting that is none',
    change: { CRIER_DATA_DIRR: 'x' },
    name: 'CRIER_DATA_DIRR',
    grade: 'warning',
    found: 'no effect',
    cure: 'CRIER_DATA_DIR?',
  },
];

const stores: Case[] = [
  {
    broken: 'a file for a folder',
    change: { CRIER_DATA_DIR: import.meta.filename },
    name: 'CRIER_DATA_DIR',
    found: 'a file',
    cure: 'Set CRIER_DATA_DIR',
  },
  {
    broken: 'no PostgreSQL',
    change: { DATABASE_URL: `postgres://ann:${HUSH}@127.0.0.1:9/crier` },
    name: 'DATABASE_URL',
    found: 'the connection was refused',
    cure: 'Check that it runs',
  },
  {
    broken: 'no MongoDB',
    change: { MONGO_URL: `mongodb://ann:${HUSH}@127.0.0.1:9/crier` },
    name: 'MONGO_URL',
    found: 'MongoDB does not answer',
    cure: 'Check that MongoDB runs',
  },
  {
    broken: 'another key',
    change: { ENCRYPTION_KEY: 'cd'.repeat(32) },
    name: 'ENCRYPTION_KEY',
    found: 'was sealed with',
    cure: 'ENCRYPTION_KEYS_OLD',
  },
  {
    broken: 'another bucket',
    change: { S3_BUCKET: 'others' },
    name: 'S3_BUCKET',
    found: 'has no bucket others',
    cure: 'Make it there',
  },
  {
    broken: 'another secret of the bucket',
    change: { S3_ACCESS_KEY_ID: 'NOBODY' },
    name: 'S3_BUCKET',
    found: 'does not know the key',
    cure: 'S3_ACCESS_KEY_ID',
  },
  {
    broken: 'no server of the bucket',
    change: { S3_ENDPOINT: 'http://127.0.0.1:9' },
    name: 'S3_ENDPOINT',
    found: 'does not answer',
    cure: 'Check that the server runs',
  },
];

describe('what is broken is named, with its cure', () => itNames([...unreadable, ...stores], () => patient));

describe('the tables', () => {
  const sql = (text: string) => patient.database.pool.query(text);
  afterEach(() => sql(`delete from mikro_orm_migrations where name in ('0002-series', '9999-later')`).then(() => sql(RESTORE)));
  const RESTORE = `insert into mikro_orm_migrations (name, executed_at) values ('0002-series', now())`;

  it('are made at the first start', async () => {
    const empty = await emptyDatabase();
    try {
      const findings = await patient.examine({ DATABASE_URL: empty.url });
      expect(about(findings, 'DATABASE_URL')).toMatchObject([
        { grade: 'note', found: expect.stringContaining('at the first start') },
      ]);
    } finally {
      await empty.drop();
    }
  });

  it('are brought up to date by a start', async () => {
    await sql(`delete from mikro_orm_migrations where name = '0002-series'`);
    const findings = await patient.examine();
    const [finding] = about(findings, 'DATABASE_URL');
    expect(finding).toMatchObject({ grade: 'warning', found: expect.stringContaining('one change of its tables is to come') });
    expect(finding?.cure).toBe('Start this version of Crier: it makes them.');
  });

  it('of a newer Crier are left to that one', async () => {
    await sql(`insert into mikro_orm_migrations (name, executed_at) values ('9999-later', now())`);
    expect(about(await patient.examine(), 'DATABASE_URL')).toMatchObject([
      { grade: 'wrong', found: expect.stringContaining('9999-later'), cure: 'Update this Crier.' },
    ]);
  });
});
