// What the bench of reports rests on: it makes as many snapshots as it was asked for, its peers find the same figures as Crier does, and it
// sees a table that is read from end to end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, figuresIn, peers } from '../../bench/analytics/peers.ts';
import { explain, sayPlan, sequentialScans, statementsOf } from '../../bench/analytics/plans.ts';
import { type Seeded, seedAnalytics } from '../../bench/analytics/seed.ts';
import { readReportPeriod } from '../../src/core/report-period.ts';
import type { Store } from '../../src/core/store.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { clockAt } from '../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { keptLog } from '../support/log.ts';

const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');
const SNAPSHOTS = 16_000;
const { span } = readReportPeriod('last month', NOW.toZonedDateTimeISO('Europe/Berlin'), 1);

let test: TestDatabase;
let database: Database;
let store: Store;
let seeded: Seeded;
beforeAll(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
  const vault = openVault({ current: keyFrom(makeKeyHex()), old: [] });
  store = database.openStore({ clock: clockAt(NOW.toString()), log: keptLog(), vault });
  seeded = await seedAnalytics(database, store, { snapshots: SNAPSHOTS, now: NOW });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

describe('the bench of reports', () => {
  it('makes as many snapshots as it is asked for, and not many more', () => {
    expect(seeded.snapshots).toBeGreaterThanOrEqual(SNAPSHOTS);
    expect(seeded.snapshots).toBeLessThan(SNAPSHOTS * 1.03);
  });

  it('has peers that find the same figures of the same posts', async () => {
    const { id } = seeded.workspace;
    const [own] = await statementsOf(database.pool, () => store.reports.results(id, span, { kind: 'all' }));
    if (!own) throw new Error('no statement was seen');
    const wanted = await ask(database.pool, own);
    expect(new Set(figuresIn(wanted)).size).toBeGreaterThan(10);
    expect(peers(id, span).size).toBe(2);
    for (const [, peer] of peers(id, span)) expect(figuresIn(await ask(database.pool, peer))).toEqual(figuresIn(wanted));
  });

  it('sees which statements are sent, and whether they read a table from end to end', async () => {
    const { id } = seeded.workspace;
    const [fast] = await statementsOf(database.pool, () => store.reports.sums(id, span, { kind: 'all' }));
    if (!fast) throw new Error('no statement was seen');
    const byIndex = await explain(database.pool, fast);
    expect(sequentialScans(byIndex, ['metric_snapshot'])).toEqual([]);
    expect(sayPlan(byIndex)).toContain('Index Scan metric_snapshot_delivery_at of metric_snapshot');
    const all = await explain(database.pool, { text: 'select figures from metric_snapshot', values: [] });
    expect(sequentialScans(all, ['metric_snapshot'])).toMatchObject([{ kind: 'Seq Scan', rows: seeded.snapshots }]);
    expect(sequentialScans(all, ['delivery'])).toEqual([]);
  });

  it('sees the statements of the ORM too, and none once the work is done', async () => {
    const sent = await statementsOf(database.pool, () => store.accounts.list(seeded.workspace.id));
    expect(sent.map(({ text }) => text).join()).toContain('"account"');
    expect(await statementsOf(database.pool, async () => {})).toEqual([]);
  });
});
