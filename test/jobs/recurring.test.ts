// What recurs, on the real database: each occurrence on its wall time, the next made when the one before is settled, and an outage
// that is told and not made up for.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderNews } from '../../src/bots/news.ts';
import type { PostDetails } from '../../src/core/post.ts';
import type { News } from '../../src/core/store.ts';
import { parseRecurrence } from '../../src/core/time/recurrence.ts';
import { makeNextOccurrences } from '../../src/core/usecases/make-next-occurrence.ts';
import { retryPost } from '../../src/core/usecases/retry-post.ts';
import { slotAt } from '../../src/core/usecases/slot.ts';
import { openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { wordsOf } from '../bots/commands/desk.ts';
import { breaksOff, failsBeforeSending, isRefused } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

const deps = () => ({ ...bench, jobs: { wakeAt: async () => {} } });

/** Schedules by words; several series of one account stand for its load. */
async function schedule(words: string, accounts = bench.accounts): Promise<PostDetails> {
  const reading = parseRecurrence(words, { now: bench.clock.now(), timeZone: 'Europe/Berlin' });
  if (reading.kind !== 'recurring') throw new Error(JSON.stringify(reading));
  const slot = slotAt(reading.first);
  const origin = { chat: 'terminal', channel: 'here', message: null } as const;
  const said = { text: words, variants: {}, mediaIds: [], hashtags: [], campaign: null, origin };
  const deliveries = accounts.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: slot.at }) as const);
  return bench.store.series.create(bench.actor, reading.rule, { ...said, slot, deliveries });
}

async function at(instant: string): Promise<void> {
  bench.clock.forward(bench.clock.now().until(Temporal.Instant.from(instant)));
  await bench.work();
}

async function find(number: number): Promise<PostDetails> {
  const found = await bench.store.posts.find(bench.actor.workspace.id, number);
  if (!found) throw new Error(`P${number} is not there`);
  return found;
}

const stateOf = async (number: number): Promise<string | undefined> => (await find(number)).deliveries[0]?.state;
const plannedAt = async (number: number): Promise<string | undefined> => (await find(number)).post.slot?.at.toString();
const count = async (): Promise<number> => Number((await bench.database.pool.query('select count(*) from post')).rows[0].count);

async function news(): Promise<News[]> {
  const told = await bench.store.queue.claimNews({
    chats: ['terminal'],
    now: bench.clock.now(),
    leaseUntil: bench.clock.now().add({ minutes: 1 }),
    limit: 100,
    busyChannels: [],
  });
  for (const each of told) await bench.store.queue.markTold(each);
  return told;
}

const sayNews = async (): Promise<string[]> => (await news()).map((each) => wordsOf(renderNews(each, bench.platforms)));

describe('nine in the morning', () => {
  it.each([
    ['Europe/Berlin', '2027-03-26T12:00Z', ['2027-03-27T08:00:00Z', '2027-03-28T07:00:00Z', '2027-03-29T07:00:00Z']],
    ['Europe/Berlin', '2027-10-29T12:00Z', ['2027-10-30T07:00:00Z', '2027-10-31T08:00:00Z', '2027-11-01T08:00:00Z']],
    ['America/New_York', '2027-03-12T18:00Z', ['2027-03-13T14:00:00Z', '2027-03-14T13:00:00Z', '2027-03-15T13:00:00Z']],
    ['America/New_York', '2027-11-05T18:00Z', ['2027-11-06T13:00:00Z', '2027-11-07T14:00:00Z', '2027-11-08T14:00:00Z']],
    ['Pacific/Auckland', '2027-04-02T12:00Z', ['2027-04-02T20:00:00Z', '2027-04-03T21:00:00Z', '2027-04-04T21:00:00Z']],
    ['Pacific/Auckland', '2027-09-24T12:00Z', ['2027-09-24T21:00:00Z', '2027-09-25T20:00:00Z', '2027-09-26T20:00:00Z']],
  ])('stays nine in %s when clocks change after %s', async (zone, start, expected) => {
    bench.clock.forward(bench.clock.now().until(Temporal.Instant.from(start)));
    await schedule(`every day at 9am ${zone}`);
    const planned: string[] = [];
    for (const [index, instant] of expected.entries()) {
      planned.push((await plannedAt(index + 1)) ?? '');
      expect((await find(index + 1)).post.slot?.wallTime.slice(11)).toBe('09:00:00');
      await at(instant);
    }
    expect(planned).toEqual(expected);
    expect(bench.network.posts).toHaveLength(expected.length);
  });
});

describe('the next occurrence', () => {
  it('is made when the one before is settled, says the same, and is woken for', async () => {
    await schedule('every Monday at 9am');
    await bench.work();
    expect(await count()).toBe(1);
    await at('2026-11-23T08:00:00Z');
    expect(await stateOf(1)).toBe('published');
    expect(await plannedAt(2)).toBe('2026-11-30T08:00:00Z');
    expect((await find(2)).post).toMatchObject({ text: 'every Monday at 9am', campaign: null });
    expect(bench.wakes.map(String)).toContain('2026-11-30T08:00:00Z');
    expect(await count()).toBe(2);
  });

  it('waits while the one before is tried again', async () => {
    await schedule('every day at 9am');
    bench.network.next(failsBeforeSending('unavailable'));
    await at('2026-11-23T08:00:00Z');
    expect(await stateOf(1)).toBe('retrying');
    expect(await count()).toBe(1);
    await at('2026-11-23T08:01:00Z');
    expect(await stateOf(1)).toBe('published');
    expect(await plannedAt(2)).toBe('2026-11-24T08:00:00Z');
  });

  it('does not wait for a person: a failure or a question about one is no end of the series', async () => {
    await schedule('every day at 9am');
    bench.network.next(isRefused('rejected'));
    await at('2026-11-23T08:00:00Z');
    expect(await stateOf(1)).toBe('failed');
    bench.network.asked = 'cannot-say';
    bench.network.next(breaksOff(true));
    await at('2026-11-24T08:00:00Z');
    expect(await stateOf(2)).toBe('unconfirmed');
    await at('2026-11-25T08:00:00Z');
    expect(await stateOf(3)).toBe('published');
  });

  it('is one, however many make it', async () => {
    await schedule('every day at 9am');
    await schedule('every day at 10am');
    bench.clock.forward({ hours: 26 });
    await bench.dispatcher.wake();
    await bench.dispatcher.idle();
    await Promise.all([1, 2, 3, 4].map(() => makeNextOccurrences(deps())));
    await makeNextOccurrences(deps());
    expect(await count()).toBe(4);
    expect(bench.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('is told in the thread of the first', async () => {
    const { post } = await schedule('every day at 9am');
    await bench.store.posts.setOrigin(post.id, { channel: 'there', message: 'message-7' });
    await at('2026-11-23T08:00:00Z');
    expect((await find(2)).post.origin).toEqual({ chat: 'terminal', channel: 'there', message: 'message-7' });
  });

  it('is asked for by the engine once the outcome is written', async () => {
    await schedule('every day at 9am');
    let asked = 0;
    const other = bench.anotherDispatcher({}, () => asked++);
    bench.clock.forward({ hours: 23 });
    await other.wake();
    await other.idle();
    await other.drain(0);
    expect(asked).toBe(1);
  });

  it('is made by another process after a restart', async () => {
    await schedule('every day at 9am');
    bench.clock.forward({ hours: 23 });
    await bench.dispatcher.wake();
    await bench.dispatcher.idle();
    const database = await openDatabase(bench.url);
    const vault = openVault({ current: keyFrom(makeKeyHex()), old: [] });
    const store = database.openStore({ clock: bench.clock, log: bench.log, vault });
    await makeNextOccurrences({ ...deps(), store });
    await database.close();
    expect(await plannedAt(2)).toBe('2026-11-24T08:00:00Z');
  });

  it('of one series is made though another one cannot be', async () => {
    const broken = await schedule('every day at 9am');
    await schedule('every day at 9am');
    await bench.database.pool.query("update series set rule = 'FREQ=NEVER' where id = $1", [broken.post.seriesId]);
    await at('2026-11-23T08:00:00Z');
    expect(await count()).toBe(3);
    expect(bench.log.lines.some(({ message }) => message.includes('the next occurrence could not be made'))).toBe(true);
  });
});

describe('after an outage', () => {
  it('of a week, the missed ones are told once, nothing is made up for, and the next goes out on time', async () => {
    await schedule('every day at 9am');
    await at('2026-11-23T08:00:00Z');
    await news();
    await at('2026-11-30T12:00:00Z');
    expect(bench.network.posts).toHaveLength(1);
    expect(await stateOf(2)).toBe('canceled');
    expect(await plannedAt(3)).toBe('2026-12-01T08:00:00Z');
    expect(await sayNews()).toEqual([
      [
        'P2 canceled for testnet · @account1',
        '"every day at 9am"',
        'canceled',
        'Missed: it was planned for Tue 24 Nov 2026, 09:00 CET, and what recurs is not sent more than an hour late.',
      ].join('\n'),
      [
        'P3 scheduled for testnet · @account1',
        '"every day at 9am"',
        'The 6 before this were missed: Wed 25 Nov 2026, 09:00 CET to Mon 30 Nov 2026, 09:00 CET. This one goes out on Tue 1 Dec 2026, 09:00 CET.',
      ].join('\n'),
    ]);
    await bench.work();
    expect(await sayNews()).toEqual([]);
    await at('2026-12-01T08:00:00Z');
    expect(await stateOf(3)).toBe('published');
    expect((await find(3)).deliveries[0]?.errorMessage).toBeNull();
    expect(bench.network.posts).toHaveLength(2);
  });

  it('does not burst, however many series there are', async () => {
    for (let n = 0; n < 20; n++) await schedule('every day at 9am');
    await at('2026-11-29T12:00:00Z');
    for (let minute = 0; minute < 30; minute++) {
      bench.clock.forward({ minutes: 1 });
      await bench.work();
    }
    expect(bench.network.posts).toHaveLength(0);
    expect(await count()).toBe(40);
  });

  it('of less than an hour, it goes out late', async () => {
    await schedule('every day at 9am');
    await at('2026-11-23T08:59:00Z');
    expect(await stateOf(1)).toBe('published');
  });

  it('between a settlement and the next, the one of that time is made and sent where it is not too late', async () => {
    await schedule('every day at 9am');
    bench.clock.forward({ hours: 23 });
    await bench.dispatcher.wake();
    await bench.dispatcher.idle();
    await at('2026-11-25T08:30:00Z');
    expect(await plannedAt(2)).toBe('2026-11-25T08:00:00Z');
    expect((await find(2)).deliveries[0]?.errorMessage).toContain('The one before this was missed: Tue 24 Nov 2026, 09:00 CET.');
    await bench.work();
    expect(await stateOf(2)).toBe('published');
    expect(await plannedAt(3)).toBe('2026-11-26T08:00:00Z');
  });

  it('that outlasts the rule, its end is told', async () => {
    await schedule('every day at 9am for 4 days');
    await at('2026-12-20T12:00:00Z');
    expect((await find(1)).series?.state).toBe('ended');
    const [told, ...more] = await sayNews();
    expect(more).toEqual([]);
    expect(told).toContain(
      'The 3 after this were missed: Tue 24 Nov 2026, 09:00 CET to Thu 26 Nov 2026, 09:00 CET. That was the last.',
    );
  });

  it('of an account, what waited for it too long is missed and not sent when it is back', async () => {
    await schedule('every day at 9am');
    bench.network.next(isRefused('auth-revoked'));
    await at('2026-11-23T08:00:00Z');
    expect(await stateOf(1)).toBe('held');
    bench.clock.forward({ hours: 50 });
    const { platform, remoteId, handle, service } = (await find(1)).deliveries[0]?.account ?? bench.accounts[0] ?? {};
    if (!platform || !remoteId || !handle || !service) throw new Error('no account');
    const login = { credentials: { token: 'new' }, announcedLimits: null, expiresAt: null };
    await bench.store.accounts.connect(bench.actor, { platform, remoteId, handle, service, ...login });
    await bench.work();
    expect(await stateOf(1)).toBe('canceled');
    expect(await plannedAt(2)).toBe('2026-11-26T08:00:00Z');
    expect(bench.network.posts).toHaveLength(0);
  });

  it('a post that goes out once is still sent', async () => {
    const post = await bench.schedule({ in: { hours: 1 } });
    bench.clock.forward({ hours: 100 });
    await bench.work();
    expect((await bench.read(post)).deliveries[0]?.state).toBe('published');
  });

  it('one that a person has tried again is sent, late as it is', async () => {
    await schedule('every day at 9am');
    bench.network.next(isRefused('rejected'));
    await at('2026-11-23T08:00:00Z');
    bench.clock.forward({ hours: 5 });
    await retryPost(deps(), bench.actor, 1);
    await bench.work();
    expect(await stateOf(1)).toBe('published');
  });

  it('one that may be out already is asked about, and is no miss', async () => {
    await schedule('every day at 9am');
    bench.network.asked = 'fails';
    bench.network.next(breaksOff(true));
    await at('2026-11-23T08:00:00Z');
    expect(await stateOf(1)).toBe('retrying');
    bench.network.asked = 'knows';
    await at('2026-11-23T20:00:00Z');
    expect(await stateOf(1)).toBe('published');
    expect(bench.network.posts).toHaveLength(1);
  });
});

describe('the database', () => {
  it('refuses a second post for one occurrence, and an occurrence of no series', async () => {
    await schedule('every day at 9am');
    const run = (sql: string) => bench.database.pool.query(sql);
    await expect(
      run(
        "insert into post select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'number', 99))).* from post p",
      ),
    ).rejects.toMatchObject({ constraint: 'post_series_occurrence' });
    await expect(run('update post set series_id = null')).rejects.toMatchObject({ constraint: 'post_occurrence_is_whole' });
    await expect(run("update series set state = 'asleep'")).rejects.toMatchObject({ constraint: 'series_state_check' });
  });
});
