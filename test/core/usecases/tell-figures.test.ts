// Figures in the threads of posts: told at their age, once, with what each network told by then.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import { UNTOLD } from '../../../src/core/figures.ts';
import type { FiguresNews } from '../../../src/core/figures-store.ts';
import { postName } from '../../../src/core/post.ts';
import { type FiguresTeller, tellFigures } from '../../../src/core/usecases/tell-figures.ts';
import { type FiguresBench, openFiguresBench, PLAN } from '../../support/figures-bench.ts';
import { failsBeforeSending } from '../../support/scripted-network.ts';

let bench: FiguresBench;
beforeEach(async () => {
  bench = await openFiguresBench();
});
afterEach(() => bench.close());

const pass = (hours: number, minutes = 0) => bench.clock.forward({ hours, minutes });
async function tell(teller: Partial<FiguresTeller> = {}, hours: readonly number[] = PLAN.tellAfterHours): Promise<FiguresNews[]> {
  const told: FiguresNews[] = [];
  const taking: FiguresTeller['tell'] = async (news) => {
    told.push(news);
    return 'said';
  };
  await tellFigures(bench, [{ name: 'terminal', tell: taking, ...teller }], hours);
  return told;
}
const short = (all: readonly FiguresNews[]) => all.map(({ post, hours }) => `${postName(post)} after ${hours}`);
/** Passes so many hours, looks and tells; what was told. */
async function toldAfter(hours: number): Promise<string[]> {
  pass(hours);
  await bench.collect();
  return short(await tell());
}

describe('a post that went out', () => {
  it('has its figures told once after a day and once after a week', async () => {
    await bench.publish();
    for (const hours of [1, 5, 17]) expect(await toldAfter(hours)).toEqual([]);
    expect(await toldAfter(1)).toEqual(['P1 after 24']);
    for (const hours of [1, 23, 24, 24, 71]) expect(await toldAfter(hours)).toEqual([]);
    expect(await toldAfter(1)).toEqual(['P1 after 168']);
    for (const hours of [1, 23, 23]) expect(await toldAfter(hours)).toEqual([]);
  });

  it('has them told with what each network told, its author and where they are to be seen', async () => {
    const { deliveries } = await bench.publish();
    const urlOn = (id: string) => deliveries.find(({ platform }) => platform === id)?.url ?? 'nowhere';
    bench.tellingOf('two').ofPost = () => ({ ...UNTOLD, views: 40 });
    pass(24);
    await bench.collect();
    const [news] = await tell();
    expect(news).toMatchObject({ hours: 24, author: bench.actor, post: { number: 1, origin: { channel: 'here' } } });
    const seenAt = bench.clock.now();
    expect(news?.results).toEqual([
      { platform: 'one', handle: '@us@one', url: urlOn('one'), figures: { ...UNTOLD, likes: 3 }, seenAt },
      { platform: 'two', handle: '@us@two', url: urlOn('two'), figures: { ...UNTOLD, views: 40 }, seenAt },
    ]);
  });

  it('is told by one of several processes', async () => {
    await bench.publish();
    pass(24);
    await bench.collect();
    expect((await Promise.all([tell(), tell(), tell()])).flat()).toHaveLength(1);
  });

  it('is not told before it was looked at, nor where nobody told anything', async () => {
    bench.tellingOf('two').ofPost = () => UNTOLD;
    await bench.publish('one');
    await bench.publish('two');
    pass(23);
    await bench.collect();
    pass(1);
    expect(await tell()).toEqual([]);
    await bench.collect();
    pass(1);
    expect(short(await tell())).toEqual(['P1 after 24']);
  });

  it('waits half an hour for networks that were not looked at yet, and goes on without them, saying how old theirs are', async () => {
    await bench.publish();
    pass(1);
    await bench.collect();
    const before = bench.clock.now();
    bench.tellingOf('two').ofPost = () => {
      throw new CrierError('unavailable', 'Two is away.');
    };
    pass(23);
    await bench.collect();
    expect(await tell()).toEqual([]);
    pass(0, 30);
    const [news] = await tell();
    expect(news?.results.map(({ platform, seenAt }) => [platform, seenAt])).toEqual([
      ['one', before.add({ hours: 23 })],
      ['two', before],
    ]);
  });

  it('is as old as the first of its deliveries, and one that went out much later is told as it stands', async () => {
    bench.network.next(failsBeforeSending('unavailable', { retryAfterMs: 20 * 3_600_000 }));
    const { deliveries } = await bench.publish();
    const late = deliveries.find(({ state }) => state === 'retrying')?.account.platform;
    pass(20);
    await bench.work();
    pass(4);
    await bench.collect();
    const [news] = await tell();
    expect(news?.results).toHaveLength(2);
    expect(news?.results.map(({ platform }) => platform)).toContain(late);
    pass(20);
    await bench.collect();
    expect(await tell()).toEqual([]);
  });

  it('that reached one network some minutes after another waits for both to be a day old', async () => {
    bench.network.next(failsBeforeSending('unavailable', { retryAfterMs: 5 * 60_000 }));
    await bench.publish();
    pass(0, 10);
    await bench.work();
    pass(23, 50);
    await bench.collect();
    expect(await tell()).toEqual([]);
    pass(0, 10);
    await bench.collect();
    const [news] = await tell();
    const now = bench.clock.now();
    expect(news?.results.map(({ seenAt }) => now.since(seenAt).total('minutes')).sort()).toEqual([0, 10]);
  });

  it('longer ago than two days beyond its age is told no more', async () => {
    await bench.publish();
    pass(24 + 48);
    await bench.collect();
    expect(await tell()).toEqual([]);
  });

  it('is not told in a chat that is not this process’s, nor in a team that Crier is out of, nor where it has no card', async () => {
    await bench.publish();
    pass(24);
    await bench.collect();
    const sql = (text: string) => bench.database.pool.query(text);
    expect(await tell({ name: 'slack' })).toEqual([]);
    await sql(`update workspace set chat = 'slack'`);
    await sql(`update post set origin_chat = 'slack'`);
    expect(await tell({ name: 'slack' })).toEqual([]);
    await sql(`update post set origin_message = '1.2'`);
    await sql('update workspace set removed_at = now()');
    expect(await tell({ name: 'slack' })).toEqual([]);
    await sql('update workspace set removed_at = null');
    expect(short(await tell({ name: 'slack' }))).toEqual(['P1 after 24']);
  });

  it('is told nothing where whoever runs Crier wants none told', async () => {
    await bench.publish();
    pass(24);
    await bench.collect();
    expect(await tell({}, [])).toEqual([]);
  });
});

describe('a chat', () => {
  beforeEach(async () => {
    await bench.publish();
    pass(24);
    await bench.collect();
  });

  it('that cannot be reached is told later, and not in between', async () => {
    await tell({ tell: () => Promise.reject(new Error('the chat is away')) });
    expect(await tell()).toEqual([]);
    pass(0, 10);
    expect(short(await tell())).toEqual(['P1 after 24']);
  });

  it('is told by another process, with the same key, while the chat still knows what it was told', async () => {
    await tell({ tell: () => Promise.reject(new Error('killed')) });
    // Discord knows a key for some minutes: see src/bots/discord/sending.ts
    pass(0, 3);
    expect(short(await tell())).toEqual(['P1 after 24']);
  });

  it('is told all that is ready in one go, however much', async () => {
    for (let n = 2; n <= 9; n += 1) await bench.publish('one');
    pass(24);
    await bench.collect();
    expect((await tell()).filter(({ post }) => post.number > 1)).toHaveLength(8);
  });

  it('whose thread is closed is not told again', async () => {
    await tell({ tell: async () => 'closed' });
    pass(0, 10);
    expect(await tell()).toEqual([]);
    expect(bench.log.lines).toContainEqual(
      expect.objectContaining({ level: 'info', fields: expect.objectContaining({ post: 'P1' }) }),
    );
  });

  it('that takes longer than its turn is not told twice', async () => {
    const slow: FiguresTeller['tell'] = async () => {
      pass(0, 11);
      return 'said';
    };
    await tell({ tell: slow });
    expect(await tell()).toEqual([]);
  });
});
