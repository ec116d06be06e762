// `npm run jobs`: what it prints, on a server that is there, on the embedded one of a Crier that is running, and of one that is not.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeJobs } from '../../scripts/jobs.ts';
import { openDataFolder } from '../../src/data-folder.ts';
import { startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { openJobRuns } from '../../src/db/job-runs.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openProcesses } from '../../src/db/processes.ts';
import { findRunningServer } from '../../src/db/running-server.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

let folder: string;
let opened: AsyncDisposableStack;
beforeEach(async () => {
  opened = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), 'crier-jobs-'));
  opened.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
});
afterEach(() => opened.disposeAsync());

const settingsOf = (databaseUrl: string | null, mongoUrl: string | null = null) => ({
  dataDir: folder,
  databaseUrl,
  mongoUrl,
  timeZone: 'Europe/Berlin',
});

/** What stands below a title, without its head. */
const rowsOf = (text: string, title: string): string[] => {
  const part = text.split('\n\n').find((each) => each.startsWith(`${title}\n`));
  return (part ?? '').split('\n').slice(2);
};

describe('npm run jobs', () => {
  it('lists the jobs, the processes and the queue, and says where Agenda keeps its wake-ups', async () => {
    const test = await freshDatabase();
    opened.defer(test.drop);
    const database = await openDatabase(test.url);
    opened.defer(database.close);
    const runs = openJobRuns(database.pool);
    const now = Temporal.Now.instant();
    const before = now.subtract({ minutes: 5 });
    const turn = await runs.take('tidy', before, before.add({ minutes: 1 }));
    if (!turn) throw new Error('no turn');
    const ended = before.add({ milliseconds: 1500 });
    await runs.finish(turn, { ok: true, result: 'forgot 2 events', dueAt: now.add({ hours: 1, seconds: 20 }) }, ended);
    const report = { id: 'one', role: 'worker', host: 'tower', pid: 42, version: '0.1.0', startedAt: before } as const;
    const processes = openProcesses(database.pool);
    for (const at of [before, now]) await processes.tell({ ...report, parts: { mongodb: 'failing' } }, at);

    const said = await describeJobs(settingsOf(test.url, 'mongodb://somebody:secret@localhost/crier'));
    expect(said).toMatch(/^\w{3} \d+ \w{3} \d{4}, [\d:]+ CES?T\. Agenda keeps its wake-ups in MongoDB\.\n/);
    expect(said).not.toContain('secret');
    expect(said).toContain('MongoDB has not answered since ');
    expect(rowsOf(said, 'Jobs')).toEqual([
      expect.stringMatching(/^recurrence {7}1 min {2}not yet .* at once$/),
      expect.stringMatching(/^refresh tokens {3}1 min {2}not yet .* at once$/),
      expect.stringMatching(/^collect figures {2}5 min {2}not yet .* at once$/),
      expect.stringMatching(/^thin figures {5}24 h {3}not yet .* at once$/),
      expect.stringMatching(/^media clean-up {3}1 h {4}not yet /),
      expect.stringMatching(/^tidy {13}1 h {4}5 minutes ago {2}1\.5 s {2}1 {5}0 {7}in 1 hour {2}forgot 2 events$/),
    ]);
    expect(rowsOf(said, 'Processes')).toEqual([expect.stringMatching(/^worker {2}tower {2}42 .* MongoDB, 5 minutes ago$/)]);
    expect(said).toContain('Queue\nNothing waits.');
  });

  it('says kindly that no Crier was ever started, and makes nothing', async () => {
    await expect(describeJobs({ ...settingsOf(null), dataDir: join(folder, 'none') })).rejects.toMatchObject({
      kind: 'not-found',
      userMessage: expect.stringContaining('No Crier has been started here yet'),
    });
    const empty = await emptyDatabase();
    opened.defer(empty.drop);
    await expect(describeJobs(settingsOf(empty.url))).rejects.toMatchObject({
      kind: 'not-found',
      userMessage: expect.stringContaining('on this database yet'),
    });
  });

  it('says that the database does not answer', async () => {
    await expect(describeJobs(settingsOf('postgres://nobody@127.0.0.1:9/none'))).rejects.toMatchObject({
      kind: 'unavailable',
      userMessage: expect.stringContaining('The database does not answer'),
    });
  });

  it('looks into the embedded database of a Crier that is running, and starts it where none is', async () => {
    const crier = await openDataFolder(folder, '0.1.0');
    const { databasePassword: password } = await crier.secrets();
    expect(await findRunningServer(crier.path, password)).toBeNull();
    const server = await startEmbeddedServer({ folder: crier.path, password, log: keptLog(), durable: false });
    opened.defer(server.stop);
    expect(await findRunningServer(crier.path, password)).toBe(server.url);
    await (await openDatabase(server.url)).close();
    expect(await describeJobs(settingsOf(null))).toContain('Agenda keeps its wake-ups in PostgreSQL.');

    await server.stop();
    crier.close();
    expect(await findRunningServer(crier.path, password)).toBeNull();
    expect(await describeJobs(settingsOf(null))).toContain('None is running.');
    expect(await findRunningServer(crier.path, password)).toBeNull();
  });
});
