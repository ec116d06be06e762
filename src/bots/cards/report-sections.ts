// The parts of a report in words: a table of networks, the best and the weakest posts, campaigns, hashtags, authors, and best times.
import { sayChange, sayFigure, sayRate } from '../../core/figure-words.ts';
import type { Platforms } from '../../core/ports.ts';
import type { BestTime, BestTimes, Group, PostResult, Report } from '../../core/report.ts';
import { nameAccount } from '../../core/targets.ts';
import { counted } from '../../core/words.ts';
import type { Line, Section } from '../reply.ts';
import { listed, postLine, sayFigures, sayTotals } from './report-words.ts';

type Named = Pick<Platforms, 'get'>;

/** Of campaigns, hashtags and authors: the others are counted. */
const GROUPS = 5;
/** Of an account's hours, and of its weekdays. */
const TIMES = 2;
const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** Networks, and accounts where a network has several; of one network or account its accounts alone. */
export function tableSections({ scope, networks, accounts }: Report): Section[] {
  const isWide = scope.kind === 'all' || scope.kind === 'campaign';
  const tables = isWide ? [groupTable('Networks', 'Network', networks)] : [];
  const hasMore = !isWide || accounts.length > networks.length;
  return [...tables, ...(hasMore ? [groupTable('Accounts', 'Account', accounts)] : [])].filter(
    ({ table }) => table !== undefined && table.rows.length > 0,
  );
}

const groupTable = (heading: string, first: string, groups: readonly Group[]): Section => ({
  heading,
  table: {
    columns: [
      { name: first },
      { name: 'Posts', numeric: true },
      { name: 'Engagement', numeric: true },
      { name: 'Change', numeric: true },
      { name: 'Views', numeric: true },
      { name: 'Rate', numeric: true },
    ],
    rows: groups.map(rowOf),
  },
});

const rowOf = ({ name, totals, before }: Group): string[] => [
  name,
  sayFigure(totals.posts),
  sayFigure(totals.engagement),
  (before === null ? null : sayChange(totals.engagement, before.engagement)) ?? '–',
  sayFigure(totals.views),
  sayRate(totals.rate),
];

export const postSections = ({ top, weakest }: Report, platforms: Named): Section[] => [
  ...rankedSection('Top posts', top, platforms),
  ...rankedSection('Weakest posts', weakest, platforms),
];

function rankedSection(heading: string, posts: readonly PostResult[], platforms: Named): Section[] {
  const lines = posts.map(
    (result, index): Line => [
      `${index + 1}. `,
      postLine(result, platforms.get(result.platform).name),
      ` · ${sayFigures(result.figures)}`,
    ],
  );
  return lines.length === 0 ? [] : [{ heading, lines }];
}

/** Each only where there are two or more to compare. */
export const groupSections = ({ campaigns, hashtags, authors }: Report): Section[] => [
  ...comparedSection('By campaign', campaigns, (name) => name),
  ...comparedSection('By hashtag', hashtags, (name) => `#${name.replace(/^#/, '')}`),
  ...comparedSection('By author', authors, (name) => name),
];

function comparedSection(heading: string, groups: readonly Group[], nameOf: (name: string) => string): Section[] {
  if (groups.length < 2) return [];
  const lines = groups.slice(0, GROUPS).map(({ name, totals }) => `${nameOf(name)}: ${sayTotals(totals)}`);
  const more = groups.length > GROUPS ? [`+${groups.length - GROUPS} more`] : [];
  return [{ heading, lines: [...lines, ...more] }];
}

/** One part, of the accounts that something is known of. */
export function bestSections({ best }: Report, platforms: Named): Section[] {
  const lines = best.flatMap((times) => bestLines(times, nameAccount(times.account, platforms)));
  return lines.length === 0 ? [] : [{ heading: 'Best times', lines }];
}

function bestLines({ hours, weekdays, posts }: BestTimes, name: string): Line[] {
  if (hours.length === 0 && weekdays.length === 0)
    return [`${name}: no hour and no weekday stands out among its ${counted(posts, 'post')}.`];
  const known = `known from ${counted(posts, 'post')}`;
  return [
    ...timeLine(`${name}: best at`, hours, ({ at }) => `${String(at).padStart(2, '0')}:00`, known),
    ...timeLine(`${name}: best on`, weekdays, ({ at }) => WEEKDAYS[at - 1] ?? '', known),
  ];
}

function timeLine(lead: string, times: readonly BestTime[], nameOf: (time: BestTime) => string, known: string): Line[] {
  const said = times.slice(0, TIMES).map((time) => `${nameOf(time)} (${sayLift(time)})`);
  return said.length === 0 ? [] : [`${lead} ${listed(said)}, ${known}.`];
}

/** `1.6 times its mean`, `1.6 times its mean of 3 posts, a hint only`. */
const sayLift = ({ lift, posts, isSure }: BestTime): string =>
  `${lift.toFixed(1)} times its mean${isSure ? '' : `, a hint only: ${counted(posts, 'post')}`}`;
