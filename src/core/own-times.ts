// When to post by an account's own figures (best-times.ts): good times that come before those of published studies once there are enough
// posts to tell. Pure.
import { bestTimes, type Result } from './best-times.ts';
import type { GoodTimes } from './good-times.ts';
import { counted } from './words.ts';

export type OwnTimes = Pick<GoodTimes, 'slots' | 'source'>;

/** The best of the hours that are better than the account's own mean. */
const MOST_HOURS = 3;

/** @param timeZone whose hours and weekdays are meant. Null where there are too few posts, or no hour stands out. */
export function ownTimes(results: readonly Result[], timeZone: string): OwnTimes | null {
  const best = bestTimes(results, timeZone);
  if (best === null || best.hours.length === 0) return null;
  const hours = best.hours.slice(0, MOST_HOURS);
  const times = hours.map(({ at }) => `${String(at).padStart(2, '0')}:00`).sort();
  const weekdays = best.weekdays.map(({ at }) => at).sort((one, other) => one - other);
  const days = weekdays.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : weekdays;
  return { slots: [{ weekdays: days, times }], source: `its own last ${counted(best.posts, 'post')}` };
}
