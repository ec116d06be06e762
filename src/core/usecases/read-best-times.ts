// The hours and weekdays at which accounts' own posts did well. What to make of them is for whoever plans a post, or reads a report.
import type { Account } from '../account.ts';
import { bestTimes, type Result, worthReading } from '../best-times.ts';
import type { Deps } from '../ports.ts';
import type { BestTimes } from '../report.ts';

/** Older posts were for other followers. */
const LOOK_BACK_DAYS = 90;

type Parts = Pick<Deps, 'store' | 'clock'>;

const lately = ({ clock }: Pick<Deps, 'clock'>): { from: Temporal.Instant; until: Temporal.Instant } => {
  const until = clock.now();
  return { from: until.subtract({ hours: 24 * LOOK_BACK_DAYS }), until };
};

/** By account id, how each of its posts did that is old enough for its figures to say so. */
export const readLateResults = (
  deps: Parts,
  accounts: readonly Pick<Account, 'id'>[],
): Promise<ReadonlyMap<string, readonly Result[]>> =>
  deps.store.reports.engagements(
    accounts.map(({ id }) => id),
    lately(deps),
  );

/** Of those that post the most and enough to tell, and where an hour or a weekday stands out. @param timeZone whose hours are meant */
export async function readBestTimes(
  deps: Parts,
  workspaceId: string,
  accounts: readonly Account[],
  timeZone: string,
): Promise<BestTimes[]> {
  if (accounts.length === 0) return [];
  const counts = await deps.store.reports.counts(workspaceId, lately(deps));
  const busy = worthReading(accounts, counts);
  const results = await readLateResults(deps, busy);
  return busy.flatMap((account): BestTimes[] => {
    const best = bestTimes(results.get(account.id) ?? [], timeZone);
    return best === null || best.hours.length + best.weekdays.length === 0 ? [] : [{ account, ...best }];
  });
}
