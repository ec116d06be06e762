// At which hours and on which weekdays the posts of accounts did well, in words, and how sure that is.
import type { Platforms } from '../../core/ports.ts';
import type { BestTime, BestTimes, Report } from '../../core/report.ts';
import { nameAccount } from '../../core/targets.ts';
import { counted } from '../../core/words.ts';
import type { Section } from '../reply.ts';

/** Of an account's hours, and of its weekdays. */
const TIMES = 2;
/** A report of everything says those of so many accounts: a report of one network says them all. */
const ACCOUNTS = 3;
const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** One line for each account that something is known of: first those of which it is sure. */
export function bestSections({ best, scope }: Report, platforms: Pick<Platforms, 'get'>): Section[] {
  if (best.length === 0) return [];
  const isWide = scope.kind === 'all' || scope.kind === 'campaign';
  const surestFirst = [...best.filter(isSure), ...best.filter((times) => !isSure(times))];
  const shown = isWide ? surestFirst.slice(0, ACCOUNTS) : surestFirst;
  const left = best.length - shown.length;
  const more = left > 0 ? [`+${left} more ${left === 1 ? 'account' : 'accounts'}: choose a network to see theirs`] : [];
  return [{ heading: 'Best times', lines: [...shown.map((times) => lineOf(times, platforms)), ...more] }];
}

const isSure = ({ hours, weekdays }: BestTimes): boolean => [...hours, ...weekdays].some((time) => time.isSure);

/** `Bluesky (@team), 34 posts: 14:00 (1.6 times its mean), 09:00 (1.2, a hint only: 3 posts), Tuesdays (1.4)`. */
function lineOf({ account, posts, hours, weekdays }: BestTimes, platforms: Pick<Platforms, 'get'>): string {
  const named = [
    ...hours.slice(0, TIMES).map((time) => ({ time, name: `${String(time.at).padStart(2, '0')}:00` })),
    ...weekdays.slice(0, TIMES).map((time) => ({ time, name: WEEKDAYS[time.at - 1] ?? '' })),
  ];
  const said = named.map(({ time, name }, index) => `${name} (${sayLift(time, index === 0)})`);
  const times = said.length === 0 ? 'no hour and no weekday stands out' : said.join(', ');
  return `${nameAccount(account, platforms)}, ${counted(posts, 'post')}: ${times}`;
}

/** What is multiplied is said once. */
const sayLift = ({ lift, posts, isSure: known }: BestTime, isFirst: boolean): string =>
  `${lift.toFixed(1)}${isFirst ? ' times its mean' : ''}${known ? '' : `, a hint only: ${counted(posts, 'post')}`}`;
