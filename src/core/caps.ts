// How many posts an account may have on one day: what the workspace said, else what is usual for the network. Pure.
import { CrierError } from './errors.ts';
import type { Platform } from './platform.ts';
import type { Platforms } from './ports.ts';
import type { Taken } from './slots.ts';
import type { Workspace } from './workspace.ts';

/** What a workspace says for a network where it wants no cap, though one is usual. */
export const NO_CAP = 0;

/** Posts per account and day of the workspace's zone; null: as many as there are. */
export const capOf = (
  { dailyCaps }: Pick<Workspace, 'dailyCaps'>,
  { id, dailyCap }: Pick<Platform, 'id' | 'dailyCap'>,
): number | null => (dailyCaps[id] ?? dailyCap) || null;

/** Those there are, by platform id. */
export const capsOf = (workspace: Pick<Workspace, 'dailyCaps'>, platforms: Pick<Platforms, 'all'>): Record<string, number> =>
  Object.fromEntries(
    platforms.all().flatMap((platform) => {
      const cap = capOf(workspace, platform);
      return cap === null ? [] : [[platform.id, cap]];
    }),
  );

/** The day of an instant, in the zone whose days are counted. */
export function dayOf(
  at: Temporal.ZonedDateTime,
  { timeZone }: Pick<Workspace, 'timeZone'>,
): { from: Temporal.Instant; until: Temporal.Instant } {
  const start = at.withTimeZone(timeZone).startOfDay();
  return { from: start.toInstant(), until: start.add({ days: 1 }).toInstant() };
}

/** Posts of one account in a time. */
export const countIn = (taken: readonly Taken[], accountId: string, { from, until }: ReturnType<typeof dayOf>): number =>
  taken.filter((each) => each.accountId === accountId && isFrom(each.at, from) && !isFrom(each.at, until)).length;

const isFrom = (at: Temporal.Instant, from: Temporal.Instant): boolean => Temporal.Instant.compare(at, from) >= 0;

/** One of a post's accounts has had all its posts of that day. `next`: a slot that is free for all of them; null where none was found. */
export class OverCap extends CrierError {
  readonly next: Temporal.ZonedDateTime | null;

  constructor(sentence: string, next: Temporal.ZonedDateTime | null) {
    super('invalid-input', sentence, { field: 'when' });
    this.next = next;
  }
}
