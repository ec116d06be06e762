// Makes old snapshots fewer, so that a table which only ever grows does not grow by each hour for ever.
import type { Deps } from '../ports.ts';

/** By then a post is almost done growing, and two weeks are all that anybody looks at by the hour. */
const DAILY_AFTER_DAYS = 14;
/** A year and a month stay by the day, so that a month can be set beside the same month of the year before. */
const MONTHLY_AFTER_DAYS = 400;
/** Gone in one statement, so that none holds many rows for long. */
const AT_ONCE = 20_000;
/** The rest is the next run's. */
const MOST_ROUNDS = 50;

/** Returns how many snapshots are gone. @throws where the database does not answer */
export async function thinFigures({ store, clock }: Pick<Deps, 'store' | 'clock'>): Promise<number> {
  const ago = (days: number): Temporal.Instant => clock.now().subtract({ hours: 24 * days });
  const before = { dailyBefore: ago(DAILY_AFTER_DAYS), monthlyBefore: ago(MONTHLY_AFTER_DAYS) };
  let gone = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const now = await store.figures.thin(before, AT_ONCE);
    gone += now;
    if (now < AT_ONCE) break;
  }
  return gone;
}
