// The parts of a report in words: a table of networks, the best and the weakest posts, campaigns, hashtags and authors. Best times and how
// accounts are have files of their own.
import { sayChange, sayFigure, sayRate, sayShortFigure } from '../../core/figure-words.ts';
import { engagementOf } from '../../core/figures.ts';
import type { Platforms } from '../../core/ports.ts';
import type { Group, PostResult, Report } from '../../core/report.ts';
import type { Line, Section } from '../reply.ts';
import { postLine, sayRanked, sayTotals } from './report-words.ts';

type Named = Pick<Platforms, 'get'>;

/** A line has to be short enough for a phone. */
const RANKED_WORDS = 40;
const WEAKEST = 3;
/** Of campaigns, hashtags and authors: the others are counted. */
const GROUPS = 5;
/** Of a table: an agency's hundred accounts would fill the channel. */
const ROWS = 12;

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
    rows: groups.slice(0, ROWS).map(rowOf),
  },
  ...(groups.length > ROWS ? { lines: [`The first ${ROWS} by engagement of ${groups.length}; the file has all of them.`] } : {}),
});

const rowOf = ({ name, totals, before }: Group): string[] => [
  name,
  sayFigure(totals.posts),
  sayFigure(totals.engagement),
  (before === null ? null : sayChange(totals.engagement, before.engagement)) ?? '–',
  sayShortFigure(totals.views),
  sayRate(totals.rate),
];

/** What nobody did anything with is no top post. */
export const postSections = ({ top, weakest }: Report, platforms: Named): Section[] => [
  ...rankedSection(
    'Top posts',
    top.filter(({ figures }) => (engagementOf(figures) ?? 0) > 0),
    platforms,
  ),
  ...rankedSection('Weakest posts', weakest.slice(0, WEAKEST), platforms),
];

function rankedSection(heading: string, posts: readonly PostResult[], platforms: Named): Section[] {
  const lines = posts.map(
    (result, index): Line => [
      `${index + 1}. `,
      postLine(result, platforms.get(result.platform).name, RANKED_WORDS),
      ` · ${sayRanked(result.figures)}`,
    ],
  );
  return lines.length === 0 ? [] : [{ heading, lines }];
}

/** Each only where there are two or more to compare, and something is known of one. */
export const groupSections = ({ campaigns, hashtags, authors }: Report): Section[] => [
  ...comparedSection('By campaign', campaigns, (name) => name),
  ...comparedSection('By hashtag', hashtags, (name) => `#${name.replace(/^#/, '')}`),
  ...comparedSection('By author', authors, (name) => name),
];

function comparedSection(heading: string, groups: readonly Group[], nameOf: (name: string) => string): Section[] {
  if (groups.length < 2 || groups.every(({ totals }) => totals.engagement === null)) return [];
  const lines = groups.slice(0, GROUPS).map(({ name, totals }) => `${nameOf(name)}: ${sayTotals(totals)}`);
  const more = groups.length > GROUPS ? [`+${groups.length - GROUPS} more`] : [];
  return [{ heading, lines: [...lines, ...more] }];
}
