// An export of figures: a row per post, network and look, each once, and of what was asked for alone.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UNTOLD } from '../../../src/core/figures.ts';
import type { SnapshotFilter } from '../../../src/core/figures-store.ts';
import { SNAPSHOT_COLUMNS, type SnapshotRow } from '../../../src/core/snapshot-export.ts';
import { exportSnapshots } from '../../../src/core/usecases/export-snapshots.ts';
import { type FiguresBench, openFiguresBench } from '../../support/figures-bench.ts';

let bench: FiguresBench;
beforeEach(async () => {
  bench = await openFiguresBench();
});
afterEach(() => bench.close());

const from = Temporal.Instant.from('2026-11-01T00:00:00Z');
const ALL: SnapshotFilter = { span: { from, until: from.add({ hours: 24 * 60 }) }, scope: { kind: 'all' } };

async function rows(filter: Partial<SnapshotFilter> = {}, pageSize?: number, onPage = async () => {}): Promise<SnapshotRow[]> {
  const all: SnapshotRow[] = [];
  for await (const page of exportSnapshots(bench.deps, bench.actor, { ...ALL, ...filter }, pageSize)) {
    all.push(...page);
    await onPage();
  }
  return all;
}
const short = (all: readonly SnapshotRow[]) => all.map((row) => `${row.post} ${row.network} ${row.hours_since_published}`);

/** Two posts to both networks, some hours apart, each looked at after an hour and after six. */
async function twoPosts(): Promise<void> {
  for (let post = 0; post < 2; post += 1) {
    await bench.publish();
    for (const hours of [1, 5]) {
      bench.clock.forward({ hours });
      await bench.collect();
    }
    bench.clock.forward({ hours: 10 });
  }
}
const EACH = ['P1', 'P2'].flatMap((post) =>
  ['one', 'two'].flatMap((id) => ['1.0', '6.0'].map((hours) => `${post} ${id} ${hours}`)),
);

it.each([1, 3, 8, 100])('has each look once in pages of %i, by post, network and time', async (pageSize) => {
  await twoPosts();
  expect(short(await rows({}, pageSize))).toEqual(EACH);
});

it('goes on where it was while looks are added and others are thinned', async () => {
  await twoPosts();
  let pages = 0;
  const all = await rows({}, 3, async () => {
    pages += 1;
    if (pages > 1) return;
    // the last row of the first page is gone before the second is asked for
    await bench.database.pool.query(
      'delete from metric_snapshot where id in (select id from metric_snapshot order by at limit 2)',
    );
  });
  expect(short(all)).toEqual(EACH);
});

it('says what was told as it was told, and nothing of what was not', async () => {
  bench.tellingOf('one').ofPost = () => ({ ...UNTOLD, likes: 3, comments: 0, views: 1204 });
  await bench.publish('one');
  await bench.database.pool.query(
    `update post set campaign = 'launch', hashtags = '["kites", "wind"]', variants = '{"one": "@one, look"}'`,
  );
  bench.clock.forward({ minutes: 90 });
  await bench.collect();
  const [row] = await rows();
  expect(Object.keys(row ?? {})).toEqual([...SNAPSHOT_COLUMNS]);
  expect(row).toEqual({
    ...{ post: 'P1', network: 'one', account: 'us@one', campaign: 'launch', hashtags: '#kites #wind', author: 'Ann' },
    ...{ likes: '3', comments: '0', shares: '', saves: '', engagement: '3', views: '1204', reach: '', clicks: '' },
    seen_at: '2026-11-22T11:30:00+01:00[Europe/Berlin]',
    published_at: '2026-11-22T10:00:00+01:00[Europe/Berlin]',
    hours_since_published: '1.5',
    ...{ url: 'https://testnet.example/testnet-1', remote_id: 'testnet-1', text: '@one, look' },
  });
});

it('holds what went out in the time, and of the network, account or campaign alone', async () => {
  await twoPosts();
  await bench.database.pool.query(`update post set campaign = 'launch' where number = 2`);
  const { account } = bench.tellingOf('two');
  const posts = (all: readonly SnapshotRow[]) => [...new Set(all.map((row) => `${row.post} ${row.network}`))];
  const after = (first: string) => ({
    from: Temporal.Instant.from(first),
    until: Temporal.Instant.from(first).add({ hours: 16 }),
  });
  expect(posts(await rows({ span: after('2026-11-22T09:00:00Z') }))).toEqual(['P1 one', 'P1 two']);
  expect(posts(await rows({ span: after('2026-11-22T09:00:00.001Z') }))).toEqual(['P2 one', 'P2 two']);
  expect(posts(await rows({ scope: { kind: 'network', platform: 'one' } }))).toEqual(['P1 one', 'P2 one']);
  expect(posts(await rows({ scope: { kind: 'account', account } }))).toEqual(['P1 two', 'P2 two']);
  expect(posts(await rows({ scope: { kind: 'campaign', name: 'launch' } }))).toEqual(['P2 one', 'P2 two']);
});

it('is nobody else’s', async () => {
  await twoPosts();
  const other = await bench.store.workspaces.enter({
    ...{ chat: 'terminal', teamId: 'others', teamName: 'Others', userId: 'bob', userName: 'Bob' },
    ...{ role: 'admin', timeZone: 'UTC' },
  });
  expect(await bench.store.figures.exportPage(other.workspace.id, ALL, null, 100)).toEqual([]);
});
