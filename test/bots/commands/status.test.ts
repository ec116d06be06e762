// /status for admins, and the warning in /overview, on a database of this file's own: processes belong to no workspace.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartState, ProcessRole } from '../../../src/core/operations.ts';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { type Desk, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.database.pool.query('delete from process');
  await desk.database.pool.query('delete from job_run');
  await desk.database.pool.query(`update delivery set state = 'canceled', hold_reason = null`);
});
afterAll(closeNewsrooms);

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);
const now = (): Temporal.Instant => desk.clock.now();

const tell = (role: ProcessRole, parts: Record<string, PartState> = {}): Promise<void> =>
  desk.store.processes.tell(
    { id: role, role, host: `host-${role}`, pid: 42, version: '0.1.0', startedAt: now().subtract({ hours: 2 }), parts },
    now(),
  );

describe('/status', () => {
  it('says that nothing is there yet', async () => {
    expect(await words('/status')).toBe(
      'Status\nProcesses\nNone has told that it is there yet.\nQueue\nNothing waits.\nJobs\nNone has run yet.',
    );
  });

  it('shows each process with how long it has been there, on the reader’s clock', async () => {
    await tell('worker', { mongodb: 'ok' });
    desk.clock.forward({ seconds: 40 });
    const { reply } = await desk.say('/status');
    expect(wordsOf(reply)).toContain(
      'worker on host-worker, process 42, version 0.1.0, since Sun 22 Nov 2026, 08:00 CET. ' +
        'Last seen Sun 22 Nov 2026, 10:00 CET (40 seconds ago).',
    );
    expect(reply).toMatchObject({ tone: 'plain', private: true, lines: [] });
  });

  it('says plainly where nothing goes out, and what to start', async () => {
    await tell('worker');
    await tell('bot');
    desk.clock.forward({ minutes: 3 });
    await tell('bot');
    const { reply } = await desk.say('/status');
    expect(reply.tone).toBe('warning');
    expect(wordsOf(reply)).toContain(
      'No worker was seen in the last two minutes, so nothing goes out. ' +
        'Start one on the machine: npm start -- --role worker, or npm start, which does everything.',
    );
    expect(wordsOf(reply)).toContain('It has not been seen since Sun 22 Nov 2026, 10:00 CET (3 minutes ago).');
  });

  it('says since when a part fails, and what that means', async () => {
    await tell('worker', { mongodb: 'failing' });
    desk.clock.forward({ minutes: 1 });
    await tell('worker', { mongodb: 'failing' });
    await tell('bot', { mongodb: 'failing', worker: 'failing', slack: 'failing' });
    const said = await words('/status');
    expect(said).toContain(
      'MongoDB has not answered since Sun 22 Nov 2026, 10:00 CET. Posts go out all the same, up to a minute late.\n',
    );
    expect(said).toContain('Slack has not answered since Sun 22 Nov 2026, 10:01 CET. Posts go out all the same;');
    expect(said).not.toContain('No worker');
  });

  it('counts the queue by network', async () => {
    await desk.say('/schedule in 1 hour to bluesky, @crier: Soon');
    await desk.say('/schedule tomorrow 9am to bluesky: Later');
    await desk.say('/draft to @crier: A draft');
    desk.clock.forward({ hours: 1 });
    expect(await words('/status')).toContain('Queue\nBluesky: 1 due now, 1 scheduled\nMastodon: 1 due now, 1 held\nJobs');
    await desk.settle(({ account }) => (account.platform === 'bluesky' ? PUBLISHED : { state: 'unconfirmed' }));
    expect(await words('/status')).toContain('Queue\nBluesky: 1 scheduled\nMastodon: 1 held, 1 unconfirmed\nJobs');
  });

  it('shows how each job went, and when it is next', async () => {
    const { jobRuns } = desk.store;
    const take = async (name: string) => {
      const turn = await jobRuns.take(name, now(), now().add({ seconds: 60 }));
      if (!turn) throw new Error(`no turn of ${name}`);
      return turn;
    };
    const dueAt = now().add({ hours: 1 });
    const [failing, tidy] = [await take('media clean-up'), await take('tidy')];
    await take('frozen');
    await jobRuns.finish(tidy, { ok: true, result: 'forgot 2 events', dueAt }, now().add({ milliseconds: 1500 }));
    await jobRuns.finish(failing, { ok: false, result: 'the disk is full', dueAt }, now());
    desk.clock.forward({ minutes: 2 });
    await take('recurrence');
    expect((await words('/status')).split('Jobs\n')[1]?.split('\n')).toEqual([
      'frozen: the process that ran it stopped in the middle of it, and it is run again. Next Sun 22 Nov 2026, 10:00 CET.',
      'media clean-up: failed (the disk is full), Sun 22 Nov 2026, 10:00 CET, in 0.0 s. Next Sun 22 Nov 2026, 11:00 CET.',
      'recurrence: runs since Sun 22 Nov 2026, 10:02 CET. Next Sun 22 Nov 2026, 10:02 CET.',
      'tidy: forgot 2 events, Sun 22 Nov 2026, 10:00 CET, in 1.5 s. Next Sun 22 Nov 2026, 11:00 CET.',
    ]);
  });

  it('tells an admin of a team nothing of machines and of other teams, and whether all works', async () => {
    await tell('worker', { mongodb: 'failing' });
    await desk.say('/schedule in 1 hour to bluesky: Of another team');
    const { jobRuns } = desk.store;
    for (const [name, ok] of [
      ['recurrence', true],
      ['tidy', false],
    ] as const) {
      const turn = await jobRuns.take(name, now(), now().add({ seconds: 60 }));
      if (!turn) throw new Error(`no turn of ${name}`);
      await jobRuns.finish(turn, { ok, result: 'host-of-others', dueAt: now().add({ hours: 1 }) }, now());
    }
    const team = await desk.enter({ chat: 'slack', teamId: randomUUID(), userId: 'U1', role: 'admin' });
    const said = wordsOf((await desk.say('/status', team)).reply);
    expect(said).toContain('worker, version 0.1.0, since Sun 22 Nov 2026');
    expect(said).toContain('MongoDB has not answered since');
    expect(said).toContain('Queue\nNothing waits.');
    expect(said).toContain('recurrence: ran, Sun 22 Nov 2026');
    expect(said).toContain('tidy: failed, Sun 22 Nov 2026');
    expect(said).not.toMatch(/host-|process 42|Bluesky/);
  });

  it('is for admins', async () => {
    const { reply } = await desk.say('/status', await desk.enter({ userId: 'bob', role: 'author' }));
    expect(wordsOf(reply)).toContain('this takes admin');
  });
});

describe('the warning in /overview', () => {
  const overview = async (role: 'admin' | 'author' = 'admin') =>
    (await desk.say('/overview', await desk.enter({ userId: role, role }))).reply;

  it('is not there where all is well, or where no process has told anything', async () => {
    expect((await overview()).lines).toBeUndefined();
    await tell('all', { mongodb: 'ok' });
    expect(await overview()).toMatchObject({ tone: 'plain' });
    expect((await overview()).lines).toBeUndefined();
  });

  it('tells an admin in one line what does not work, and nobody else', async () => {
    await tell('worker', { mongodb: 'failing' });
    const reply = await overview();
    expect(reply).toMatchObject({ tone: 'warning' });
    expect(reply.lines).toHaveLength(1);
    expect(wordsOf(reply)).toContain(
      'Overview\nMongoDB has not answered since Sun 22 Nov 2026, 10:00 CET. ' +
        'Posts go out all the same, up to a minute late. /status says more.\n',
    );
    expect((await overview('author')).lines).toBeUndefined();
  });

  it('tells that nothing goes out', async () => {
    await tell('web');
    expect(wordsOf(await overview())).toContain('No worker was seen');
  });
});
