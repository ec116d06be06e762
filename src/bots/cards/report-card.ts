// A report as a reply: what happened in a sentence, the chart, the table, the best and the weakest posts, and how the accounts are.
import type { Deps } from '../../core/ports.ts';
import type { Report, ReportPeriod } from '../../core/report.ts';
import { REPORT_PERIODS, sayDays } from '../../core/report-period.ts';
import { scopeName } from '../../core/usecases/find-report-scope.ts';
import type { Workspace } from '../../core/workspace.ts';
import { type Button, type Line, MENU_OPTIONS, type Menu, type Reply, type Section, type Span } from '../reply.ts';
import { bestSections } from './report-best.ts';
import { csvButton, refreshButton, reportButton, type Seen } from './report-buttons.ts';
import { healthSection, minute, newestFigures } from './report-health.ts';
import { drawReport } from './report-picture.ts';
import { groupSections, postSections, tableSections } from './report-sections.ts';
import { sayFollowers, whatHappened, within } from './report-words.ts';

type Parts = Pick<Deps, 'pictures' | 'platforms' | 'log'>;

export interface ReportCardOptions extends Seen {
  workspace: Workspace;
  /** Ids of `REPORT_PERIODS` that get a button. */
  offered: readonly string[];
  /** Ids of the networks that there are accounts on. */
  networks: readonly string[];
  /** Above all else: what could not be read just now. */
  lines?: readonly Line[];
}

/** For everybody in the channel, unless somebody looks at it alone. */
export async function reportCard(deps: Parts, report: Report, options: ReportCardOptions): Promise<Reply> {
  const isEmpty = report.totals.posts === 0;
  const { files, notes } = isEmpty ? NOTHING_DRAWN : await drawReport(deps, options.workspace, report);
  const scope = scopeName(report.scope, deps.platforms);
  const menu = networkMenu(deps.platforms, report, options);
  const followers = sayFollowers(report.followers);
  return {
    tone: 'plain',
    title: titleOf(report.period, scope),
    lines: [
      ...(options.lines ?? []),
      isEmpty ? nothingHappened(report.period, scope) : happened(report),
      ...(followers === null ? [] : [`${followers}.`]),
    ],
    sections: [...(isEmpty ? [] : saidInWords(report, deps.platforms)), ...healthOf(report, deps.platforms)],
    notes: [...notes, ...notesOf(report)],
    buttons: buttonsOf(report, options),
    ...(options.isForOne ? { private: true } : { public: true }),
    ...(menu === null ? {} : { menu }),
    ...(files.length === 0 ? {} : { files }),
  };
}

const NOTHING_DRAWN = { files: [], notes: [] };

/** `Analytics of this week, Mon 16 – Wed 18 November 2026 · Bluesky`. A name that is dates itself is not said twice. */
function titleOf(period: ReportPeriod, scope: string | null): string {
  const days = /\d{4}$/.test(period.name) ? period.name : `${period.name}, ${sayDays(period)}`;
  return `Analytics of ${days}${scope === null ? '' : ` · ${scope}`}`;
}

/** Figures are read some time after a post went out: whoever cannot wait for that reads how. */
const happened = (report: Report): Line =>
  report.totals.engagement === null && report.unread > 0 && report.health.some(({ tellsFigures }) => tellsFigures)
    ? [`${whatHappened(report)} Read them now: `, { code: '/analytics refresh' }]
    : whatHappened(report);

/** What there is to look at before nothing is. */
const LONGEST_DAYS = 90;

const nothingHappened = (period: ReportPeriod, scope: string | null): Line => {
  const isLong = period.first.until(period.last).days + 1 >= LONGEST_DAYS;
  return [
    `Nothing went out ${within(period)}${scope === null ? '' : ` for ${scope}`}, so there are no figures of posts. `,
    ...(isLong
      ? ['Plan one: ', { code: '/schedule tomorrow 9am to all: Hello' }]
      : ['Look further back: ', { code: '/analytics last 90 days' }]),
  ];
};

const saidInWords = (report: Report, platforms: Deps['platforms']): Section[] => [
  ...tableSections(report),
  ...postSections(report, platforms),
  ...groupSections(report),
  ...bestSections(report, platforms),
];

const healthOf = ({ health, period }: Report, platforms: Deps['platforms']): Section[] =>
  healthSection(health, platforms, { now: period.span.asOf, timeZone: period.timeZone });

function notesOf({ period, totals, unread, health }: Report): Line[] {
  const newest = newestFigures(health);
  const read: Span[] =
    newest === null ? [' No figures were read yet.'] : [' Figures were last read ', minute(newest, period.timeZone), '.'];
  const isSomeUnread = unread > 0 && unread < totals.posts;
  return [
    [`Days and times in ${period.timeZone}.`, ...read],
    ...(totals.posts === 0 ? [] : ['A post counts once for each account it went to. "–" is what is not told, or not known yet.']),
    ...(isSomeUnread ? [`No figures of ${unread} of the ${totals.posts} posts are known yet.`] : []),
  ];
}

function buttonsOf({ period, totals }: Report, { offered, ...seen }: ReportCardOptions): Button[] {
  const others = REPORT_PERIODS.filter(({ id }) => offered.includes(id) && id !== period.id);
  return [
    ...others.map(({ id, label }) => reportButton(label, id, seen)),
    ...(totals.posts === 0 ? [] : [csvButton(period.id, seen)]),
    refreshButton(period.id, seen),
  ];
}

/** One network, or all of them again. Null where there is nothing to choose. */
function networkMenu(
  platforms: Deps['platforms'],
  { period, scope }: Report,
  { networks, isForOne }: ReportCardOptions,
): Menu | null {
  const isAll = scope.kind === 'all';
  if (isAll && networks.length < 2) return null;
  const one = networks.map((id) => reportButton(platforms.get(id).name, period.id, { scopeWord: `n:${id}`, isForOne }));
  const options = [...(isAll ? [] : [reportButton('All networks', period.id, { scopeWord: 'all', isForOne })]), ...one];
  return { label: 'Show a network', options: options.slice(0, MENU_OPTIONS) };
}
