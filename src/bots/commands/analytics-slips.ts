// What mistyped words behind /analytics were meant to be, where they name no network, account or campaign: a time, or something to do.
import { nearest } from '../../core/near-miss.ts';
import { REPORT_PERIODS } from '../../core/report-period.ts';

const ONE_WORD = ['today', 'yesterday', 'week', 'month'];

/**
 * `last week` of `lst` before `week`, `last 14 days` of `last 14 dys`, `refresh` of `refrsh`. Undefined where nothing is near.
 * @param words those that were read as a name
 * @param period those beside them that were read as a time
 */
export function meantInstead(words: string, period: string | undefined, deeds: readonly string[]): string | undefined {
  const each = words.split(/\s+/);
  const beside = period === undefined ? [] : [...each, words].map((said) => `${said} ${period}`);
  const several = [words, ...beside].filter((said) => /\s/.test(said));
  return firstOf(several, nearPeriod) ?? firstOf(each, (said) => nearest(said, [...ONE_WORD, ...deeds]));
}

/** Of several words. A number is taken as it was typed. */
function nearPeriod(said: string): string | undefined {
  const names = REPORT_PERIODS.map(({ id }) => id.replaceAll('-', ' ')).filter((name) => name.includes(' '));
  const [count] = /\d+/.exec(said) ?? [];
  const counted = count === undefined ? [] : [`last ${count} days`, `last ${count} weeks`];
  const near = nearest(said, [...counted, ...names, 'this week', 'this month']);
  return count === undefined || near?.includes(count) ? near : undefined;
}

function firstOf(all: readonly string[], find: (said: string) => string | undefined): string | undefined {
  for (const said of all) {
    const found = find(said);
    if (found !== undefined) return found;
  }
  return undefined;
}
