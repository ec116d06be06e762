// Reports of days as chance makes them, beside the same worked out with plain loops over the rows: every figure has to be the same. And
// whatever says a report has to say the same figures.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whatHappened } from '../../../src/bots/cards/report-words.ts';
import { headline } from '../../../src/bots/digests.ts';
import { chartBars, chartOf } from '../../../src/core/build-chart.ts';
import { sayFigure } from '../../../src/core/figure-words.ts';
import { engagementOf } from '../../../src/core/figures.ts';
import type { Group, PostResult, Report, ReportPeriod, ReportScope } from '../../../src/core/report.ts';
import { readReportPeriod } from '../../../src/core/report-period.ts';
import { exportSnapshots } from '../../../src/core/usecases/export-snapshots.ts';
import { readReport } from '../../../src/core/usecases/read-report.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { type MadeUpDays, madeUpDays, writeDays } from '../../support/made-up-days.ts';
import { naiveReport, type Rows, readRows } from '../../support/naive-report.ts';
import { closeNewsrooms, type Newsroom, openNewsroom } from './newsroom.ts';

/** Hours before and after clocks change, also by half an hour and at midnight, and days like others. */
const MOMENTS = [
  '2026-03-29T14:10[Europe/Berlin]',
  '2026-10-25T02:30+01:00[Europe/Berlin]',
  '2026-11-01T23:59:59[America/New_York]',
  '2026-04-05T09:00[Australia/Lord_Howe]',
  '2026-09-06T18:00[America/Santiago]',
  '2026-03-01T00:00[Asia/Kolkata]',
  '2026-11-18T15:00[UTC]',
];
const PERIODS = [
  'today',
  'yesterday',
  'week',
  'last week',
  'month',
  'last month',
  'last 3 days',
  'last 30 days',
  '2026-02-20..2026-03-29',
];

/** The same each time; another seed is another few dozen days. */
const RUNS = { numRuns: 50, seed: 33 };

interface Asked {
  moment: string;
  period: string;
  scope: ReportScope['kind'];
  ours: MadeUpDays;
  theirs: MadeUpDays;
}
const asked: fc.Arbitrary<Asked> = fc.record({
  moment: fc.constantFrom(...MOMENTS),
  period: fc.constantFrom(...PERIODS),
  scope: fc.constantFrom('all', 'all', 'network', 'account', 'campaign'),
  ours: madeUpDays,
  theirs: madeUpDays,
});

let room: Newsroom;
beforeAll(async () => {
  room = await openNewsroom({ connect: false });
});
afterAll(closeNewsrooms);

interface Made {
  report: Report;
  rows: Rows;
  ann: Actor;
  period: ReportPeriod;
  scope: ReportScope;
  deps: Newsroom['deps'];
}

const TABLES = ['metric_snapshot', 'delivery', 'post', 'account'];

/** A report of the first of two workspaces. */
async function make({ moment, period: words, scope: kind, ours, theirs }: Asked): Promise<Made> {
  const { database, enter } = room;
  for (const table of TABLES) await database.pool.query(`delete from ${table}`);
  const now = Temporal.ZonedDateTime.from(moment);
  const period = readReportPeriod(words, now, 1);
  const deps = { ...room.deps, clock: { now: () => now.toInstant() } };
  const ann = await enter({});
  const ben = await enter({ userId: 'ben', userName: 'Ben' });
  const other = await enter({ teamId: 'another team' });
  const members = [ann.member.id, ben.member.id];
  await writeDays(database, { workspaceId: ann.workspace.id, members, period }, ours);
  await writeDays(database, { workspaceId: other.workspace.id, members: [other.member.id, other.member.id], period }, theirs);
  const [account] = await deps.store.accounts.list(ann.workspace.id);
  if (!account) throw new Error('there is no account');
  const scope: ReportScope =
    kind === 'network'
      ? { kind, platform: account.platform }
      : kind === 'account'
        ? { kind, account }
        : kind === 'campaign'
          ? { kind, name: 'Launch' }
          : { kind };
  const workspace = { ...ann.workspace, timeZone: now.timeZoneId };
  const report = await readReport(deps, workspace, { period, scope });
  return { report, rows: await readRows(database), ann, period, scope, deps };
}

const byKey = (groups: readonly Group[]) =>
  Object.fromEntries(groups.map(({ key, totals, before }) => [key, { totals, before }]));

/** What is said of the same report by its counterpart. */
const figuresOf = ({ days, health, ...report }: Report) => ({
  totals: report.totals,
  before: report.before,
  networks: byKey(report.networks),
  accounts: byKey(report.accounts),
  campaigns: byKey(report.campaigns),
  hashtags: byKey(report.hashtags),
  authors: byKey(report.authors),
  days: Object.fromEntries(days.map(({ date, ...day }) => [date.toString(), day])),
  followers: report.followers,
  failures: Object.fromEntries(
    health.flatMap(({ failures }) => failures.map((each) => [`${each.accountId} ${each.kind}`, each.count])),
  ),
  unread: report.unread,
});

describe('a report of whatever days there are', () => {
  it('has the figures that anybody would add up by hand', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async (wanted) => {
        const { report, rows, ann, period, scope } = await make(wanted);
        const { engagements, ...naive } = naiveReport(rows, ann.workspace.id, period, scope);
        expect(figuresOf(report)).toEqual(naive);
        expectRanked(report, engagements);
      }),
      RUNS,
    );
  }, 120_000);

  it('is said with the same figures by the chart, the sentences and the file', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async (wanted) => {
        const { report, ann, deps, period, scope } = await make(wanted);
        const { totals } = report;
        const chart = chartOf(report, deps.platforms);
        const tiles = new Map(chart.tiles.map(({ label, value }) => [label, value]));
        expect([tiles.get('Posts'), tiles.get('Engagement')]).toEqual([sayFigure(totals.posts), sayFigure(totals.engagement)]);
        if (totals.views !== null) expect(tiles.get('Views')).toBe(sayFigure(totals.views));
        if (chart.bars.kind === 'days') {
          const measured = chart.bars.title.startsWith('Views') ? totals.views : totals.engagement;
          expect(sumOf(chartBars(chart).map(({ value }) => value))).toBe(measured);
          expect(chart.bars.posts.reduce((sum, posts) => sum + posts, 0)).toBe(totals.posts);
        }
        if (totals.engagement !== null && totals.engagement > 0) {
          const said = ` ${sayFigure(totals.engagement)} `;
          expect([whatHappened(report).includes(said), headline(report).includes(said)]).toEqual([true, true]);
        }
        const exported = await exportedEngagement(deps, ann, { period, scope });
        expect(exported).toBe(totals.engagement);
      }),
      RUNS,
    );
  }, 120_000);
});

const engagementOfOne = ({ figures }: PostResult): number => engagementOf(figures) ?? Number.NaN;

/** The best first, the worst first, each as it did, and none of the weakest did better than one of the top. */
function expectRanked({ top, weakest }: Report, engagements: Readonly<Record<string, number>>): void {
  const [best, worst] = [top.map(engagementOfOne), weakest.map(engagementOfOne)];
  const byWorth = (one: number, other: number): number => other - one;
  const all = Object.values(engagements).sort(byWorth);
  expect([...top, ...weakest].map((each) => [each.deliveryId, engagementOfOne(each)])).toEqual(
    [...top, ...weakest].map(({ deliveryId }) => [deliveryId, engagements[deliveryId]]),
  );
  expect(new Set([...top, ...weakest].map(({ deliveryId }) => deliveryId)).size).toBe(top.length + weakest.length);
  expect(best).toEqual(all.slice(0, best.length));
  expect(worst).toEqual(worst.toSorted(byWorth).reverse());
  expect(Math.max(...worst, Number.NEGATIVE_INFINITY)).toBeLessThanOrEqual(Math.min(...best, Number.POSITIVE_INFINITY));
}

function sumOf(figures: readonly (number | null)[]): number | null {
  const told = figures.filter((each) => each !== null);
  return told.length === 0 ? null : told.reduce((sum, each) => sum + each, 0);
}

/** Of the last look at each post in the file that tells anything, by the moment of the report. */
async function exportedEngagement(
  deps: Newsroom['deps'],
  ann: Actor,
  { period, scope }: Pick<Made, 'period' | 'scope'>,
): Promise<number | null> {
  const last = new Map<string, number | null>();
  for await (const rows of exportSnapshots(deps, ann, { span: period.span, scope }, 7)) {
    for (const row of rows) {
      const isLater = Temporal.Instant.compare(Temporal.Instant.from(row.seen_at), period.span.asOf) > 0;
      const figures = [row.engagement, row.views, row.reach, row.clicks];
      if (!isLater && figures.some((figure) => figure !== ''))
        last.set(row.remote_id, row.engagement === '' ? null : Number(row.engagement));
    }
  }
  return sumOf([...last.values()]);
}
