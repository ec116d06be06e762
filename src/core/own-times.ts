// When posts of one account did well, by its own figures: good times that come before those of published studies once there are enough
// posts to tell. Pure.
import type { GoodTimes } from './good-times.ts';
import { counted } from './words.ts';

export type OwnTimes = Pick<GoodTimes, 'slots' | 'source'>;

/** A post that is out and was looked at when its figures had had time to grow. */
export interface Result {
  publishedAt: Temporal.Instant;
  engagement: number;
}

/** With fewer posts, chance tells more than the hour does. */
export const ENOUGH_POSTS = 20;
/** An hour or weekday with fewer is none to go by. */
const ENOUGH_AT_ONCE = 3;
/** The best of the hours that are better than the account's own mean. */
const MOST_HOURS = 3;

/** @param timeZone whose hours and weekdays are meant. Null where there are too few posts, or no hour stands out. */
export function ownTimes(results: readonly Result[], timeZone: string): OwnTimes | null {
  if (results.length < ENOUGH_POSTS) return null;
  const local = results.map(({ publishedAt, engagement }) => ({ at: publishedAt.toZonedDateTimeISO(timeZone), engagement }));
  const mean = meanOf(local);
  const hours = betterThan(
    mean,
    Map.groupBy(local, ({ at }) => at.hour),
  ).slice(0, MOST_HOURS);
  if (hours.length === 0) return null;
  const weekdays = betterThan(
    mean,
    Map.groupBy(local, ({ at }) => at.dayOfWeek),
  );
  const times = hours.map((hour) => `${String(hour).padStart(2, '0')}:00`).sort();
  const days = weekdays.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : weekdays.sort((one, other) => one - other);
  return { slots: [{ weekdays: days, times }], source: `its own last ${counted(results.length, 'post')}` };
}

const meanOf = (group: readonly { engagement: number }[]): number =>
  group.reduce((sum, { engagement }) => sum + engagement, 0) / group.length;

/** Keys whose posts did better than the mean, the best first; of those with as much, the earlier. */
function betterThan(mean: number, groups: ReadonlyMap<number, readonly { engagement: number }[]>): number[] {
  const told = [...groups].filter(([, group]) => group.length >= ENOUGH_AT_ONCE && meanOf(group) > mean);
  return told.sort(([one, a], [other, b]) => meanOf(b) - meanOf(a) || one - other).map(([key]) => key);
}
