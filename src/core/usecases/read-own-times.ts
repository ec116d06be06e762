// The good times of accounts by their own figures, for those that have posted enough.
import type { Account } from '../account.ts';
import { engagementOf } from '../figures.ts';
import { type OwnTimes, ownTimes } from '../own-times.ts';
import type { Deps } from '../ports.ts';

/** Older posts were for other followers. */
const LOOK_BACK_DAYS = 90;

/** By account id. @param timeZone whose hours are meant */
export async function readOwnTimes(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  accounts: readonly Account[],
  timeZone: string,
): Promise<ReadonlyMap<string, OwnTimes>> {
  const until = clock.now();
  const between = { from: until.subtract({ hours: 24 * LOOK_BACK_DAYS }), until };
  const own = new Map<string, OwnTimes>();
  for (const { id } of accounts) {
    const seen = await store.figures.seen(id, between);
    const results = seen.flatMap(({ publishedAt, figures }) => {
      const engagement = engagementOf(figures);
      return engagement === null ? [] : [{ publishedAt, engagement }];
    });
    const times = ownTimes(results, timeZone);
    if (times) own.set(id, times);
  }
  return own;
}
