// npm run bench:analytics -- [--snapshots 1000000] [--runs 60]
// How long a month's report takes over that many snapshots, with the newest figures of each post; the same through the store alone,
// and as it is usually asked for; and by which indices. Exits with 1 where it reads posts' figures from end to end.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readReportPeriod } from '../src/core/report-period.ts';
import { readReport } from '../src/core/usecases/read-report.ts';
import { type Database, openDatabase } from '../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../src/db/vault.ts';
import { openPlatforms } from '../src/platforms/index.ts';
import { ask, figuresIn, peers } from './analytics/peers.ts';
import { explain, type Plan, type Statement, sayPlan, sequentialScans, statementsOf } from './analytics/plans.ts';
import { sayShape, seedAnalytics } from './analytics/seed.ts';
import { SILENT, startBenchServer } from './databases.ts';
import { percentile } from './measure.ts';

const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');
const GOAL_P50_MS = 300;
/** What grows without end. */
const LARGE = ['metric_snapshot', 'delivery', 'post'];
/** Until the pages are in memory and the code is compiled. */
const WARM_UP = 10;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Milliseconds of each run but the first ones. All take turns, so that a busy minute of the machine is not the matter of one alone. */
async function timeInTurns(runs: number, works: readonly (() => Promise<unknown>)[]): Promise<number[][]> {
  const times = works.map((): number[] => []);
  for (let run = -WARM_UP; run < runs; run += 1) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (run >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times;
}

const p50 = (times: readonly number[]): number => percentile(times, 50);
const ms = (times: readonly number[], name: string): string =>
  [50, 95, 99].map((percent) => `${name}_p${percent}_ms=${percentile(times, percent).toFixed(1)}`).join(' ');

/** The statement of the store by itself, beside each peer. @throws where one of them finds other figures */
async function compare(
  pool: Database['pool'],
  own: Statement,
  others: ReadonlyMap<string, Statement>,
  runs: number,
): Promise<void> {
  const wanted = figuresIn(await ask(pool, own)).join();
  for (const [name, peer] of others) {
    if (figuresIn(await ask(pool, peer)).join() !== wanted) throw new Error(`${name} does not find the same figures`);
  }
  const [ownTimes = [], ...theirTimes] = await timeInTurns(
    Math.ceil(runs / 3),
    [own, ...others.values()].map((statement) => () => ask(pool, statement)),
  );
  say(ms(ownTimes, 'statement'));
  for (const [index, name] of [...others.keys()].entries()) {
    const [theirs = [], word] = [theirTimes[index], name.replaceAll('-', '_')];
    say(`${ms(theirs, word)} statement_to_${word}_time_ratio=${(p50(ownTimes) / p50(theirs)).toFixed(2)}`);
  }
}

async function measure(database: Database, { snapshots, runs }: { snapshots: number; runs: number }): Promise<Plan[]> {
  const { pool, openStore } = database;
  const clock = { now: () => NOW };
  const store = openStore({ clock, log: SILENT, vault: openVault({ current: keyFrom(makeKeyHex()), old: [] }) });
  const seeded = await seedAnalytics(database, store, { snapshots, now: NOW });
  const { workspace } = seeded;
  say(sayShape(seeded));
  say(
    `${availableParallelism()} processors for the database and the bench; load of the machine ${loadavg()
      .map((each) => each.toFixed(1))
      .join(' ')}`,
  );

  const period = readReportPeriod('last month', NOW.toZonedDateTimeISO(workspace.timeZone), 1);
  const deps = { clock, store, platforms: openPlatforms() };
  const report = () => readReport(deps, workspace, { period, scope: { kind: 'all' } });
  const results = () => store.reports.results(workspace.id, period.span, { kind: 'all' });
  const { totals, accounts } = await report();
  say(`the report: ${period.name}, ${totals.posts} posts of ${accounts.length} accounts, engagement ${totals.engagement}`);

  const [whole = [], ofStore = []] = await timeInTurns(runs, [report, results]);
  say(`${ms(whole, 'report')} runs=${runs} goal_p50_ms=${GOAL_P50_MS} ${p50(whole) < GOAL_P50_MS ? 'reached' : 'MISSED'}`);
  say(ms(ofStore, 'store_results'));
  const [statement] = await statementsOf(pool, results);
  if (!statement) throw new Error('the store sent no statement');
  await compare(pool, statement, peers(workspace.id, period.span), runs);

  const plans: Plan[] = [];
  for (const statement of await statementsOf(pool, report)) plans.push(await explain(pool, statement));
  return plans;
}

const { values } = parseArgs({
  options: { snapshots: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '60' } },
});
const server = await startBenchServer();
try {
  await server.withDatabase(async (url) => {
    const database = await openDatabase(url);
    try {
      const plans = await measure(database, { snapshots: Number(values.snapshots), runs: Number(values.runs) });
      say(`the statements of one report, ${plans.length} different ones:`);
      for (const plan of plans) say(sayPlan(plan));
      const slow = plans.flatMap((plan) => sequentialScans(plan, LARGE));
      for (const { kind, table } of slow) say(`FAILED: ${kind} of ${table}`);
      if (slow.length > 0) process.exitCode = 1;
    } finally {
      await database.close();
    }
  });
} finally {
  await server.stop();
}
