// What has to be known to read the picture of a report: figures that are old, not told or not read yet, and what they are compared with.
import type { Platforms } from './ports.ts';
import type { AccountHealth, Group, ReadSpan, Report, ReportPeriod } from './report.ts';
import type { ChartTile } from './report-chart.ts';
import { sayDays } from './report-days.ts';
import { shorten } from './text.ts';
import { counted } from './words.ts';

/** Letters of a network's name. */
const NAME = 30;

export function notesOf(report: Report, tiles: readonly ChartTile[], platforms: Pick<Platforms, 'get'>): string[] {
  if (report.totals.posts === 0) return comparedWith(report, tiles);
  const [mute, telling] = partition(report.networks, (network) => isMute(network, report));
  const [silent, told] = partition(telling, ({ totals }) => knowsNothing(totals));
  const old = report.health.filter(
    (each) => (isOfReport(each, report) || hasFollowers(each, report)) && isOld(each, report.period),
  );
  const late = silent.filter(({ key }) => !old.some(({ account }) => account.platform === key));
  const explained = [...mute, ...silent].reduce((posts, { totals }) => posts + totals.posts, 0);
  const unread = report.unread - explained;
  return [
    ...old.map((each) => sayAge(each, report, platforms.get(each.account.platform).name)),
    ...(mute.length > 0 ? [`${said(mute)} Crier no figures.`] : []),
    ...(late.length > 0 ? [`Figures of ${listed(late)} are not known yet.`] : []),
    ...untold(report, told),
    ...(unread > 0 ? [`Figures of ${counted(unread, 'post')} are not known yet.`] : []),
    ...comparedWith(report, tiles),
  ];
}

/** What a figure of all leaves out: of each network, those it does not tell although others do. */
function untold({ totals }: Report, networks: readonly Group[]): string[] {
  const shown = (['engagement', 'views', 'reach'] as const).filter((figure) => totals[figure] !== null);
  const missing = networks.map((network) => ({
    network,
    figures: shown.filter((figure) => network.totals[figure] === null).join(' and no '),
  }));
  return [...Map.groupBy(missing, ({ figures }) => figures)]
    .filter(([figures]) => figures !== '')
    .map(([figures, those]) => `${said(those.map(({ network }) => network))} no ${figures}.`);
}

/** That no account of it tells figures. */
function isMute({ key }: Group, report: Report): boolean {
  const accounts = report.health.filter((each) => each.account.platform === key && isOfReport(each, report));
  return accounts.length > 0 && accounts.every(({ tellsFigures }) => !tellsFigures);
}

const knowsNothing = ({ engagement, views, reach, clicks }: Group['totals']): boolean =>
  [engagement, views, reach, clicks].every((figure) => figure === null);

/** Posts of it went out in the period. */
const isOfReport = ({ account }: AccountHealth, { accounts }: Report): boolean => accounts.some(({ key }) => key === account.id);

/** Its followers are among those of all, also where nothing went out to it. */
const hasFollowers = ({ account }: AccountHealth, { accountResults }: Report): boolean =>
  accountResults.some((each) => each.account.id === account.id && (each.now?.figures.followers ?? null) !== null);

const isOld = ({ figuresAt, figuresFailure, tellsFigures }: AccountHealth, { span }: ReportPeriod): boolean =>
  tellsFigures && figuresFailure !== null && (figuresAt === null || Temporal.Instant.compare(figuresAt, span.asOf) < 0);

/** `Figures of Mastodon are from 14:00.`, with the day where it is another. */
function sayAge({ account, figuresAt }: AccountHealth, { health, period }: Report, network: string): string {
  const isOnly = health.filter((each) => each.account.platform === account.platform).length === 1;
  const name = isOnly ? network : `${account.handle} on ${network}`;
  if (figuresAt === null) return `Figures of ${name} could not be read yet.`;
  const at = figuresAt.toZonedDateTimeISO(period.timeZone);
  const isToday = at.toPlainDate().equals(period.span.asOf.toZonedDateTimeISO(period.timeZone).toPlainDate());
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = at.toPlainDate();
  return `Figures of ${name} are from ${isToday ? time : `${sayDays({ first: day, last: day })}, ${time}`}.`;
}

function comparedWith({ period }: Report, tiles: readonly ChartTile[]): string[] {
  if (tiles.every(({ change }) => change === null)) return [];
  return [`Compared with ${sayDays(daysOf(period.before, period.timeZone))}, at the same age.`];
}

function daysOf({ from, until }: ReadSpan, timeZone: string): Pick<ReportPeriod, 'first' | 'last'> {
  const dateOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(timeZone).toPlainDate();
  return { first: dateOf(from), last: dateOf(until.subtract({ nanoseconds: 1 })) };
}

/** `Bluesky, Mastodon and X`. */
const listed = (networks: readonly Group[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(networks.map(({ name }) => shorten(name, NAME)));

/** `Bluesky and Mastodon tell`. */
const said = (networks: readonly Group[]): string => `${listed(networks)} ${networks.length === 1 ? 'tells' : 'tell'}`;

function partition<T>(all: readonly T[], is: (each: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((each) => !is(each))];
}
