// Refuses a time at which one of a post's accounts has all its posts of that day, and says which time would do. What is over all the same,
// since two asked at once or a cap was lowered, is held when it comes due.
import type { Account } from '../account.ts';
import { capOf, countIn, dayOf, OverCap } from '../caps.ts';
import { CrierError } from '../errors.ts';
import type { Deps } from '../ports.ts';
import type { Taken } from '../slots.ts';
import { nameAccount } from '../targets.ts';
import { formatMoment } from '../time/format.ts';
import { type Actor, zoneOf } from '../workspace.ts';
import { foreseeSlot } from './queue-post.ts';

type CapDeps = Pick<Deps, 'clock' | 'store' | 'platforms'>;

/** More, and a person has to choose. */
const DAYS_AHEAD = 60;

interface Wanted {
  accounts: readonly Account[];
  at: Temporal.ZonedDateTime;
}

/** For a new post. @throws OverCap with the next free slot */
export async function refuseOverCap(deps: CapDeps, actor: Actor, { accounts, at }: Wanted): Promise<void> {
  const { workspace } = actor;
  const capped = accounts.filter(({ platform }) => capOf(workspace, deps.platforms.get(platform)) !== null);
  if (capped.length === 0) return;
  const taken = await deps.store.posts.taken(workspace.id, dayOf(at, workspace), null);
  const full = fullOn(deps, actor, { accounts: capped, at }, taken);
  if (full === null) return;
  const slot = await nextFree(deps, actor, accounts);
  if (slot) throw new OverCap(`${full} The next free slot is ${formatMoment(slot.withTimeZone(zoneOf(actor)))}.`, slot);
  const day = await nextDayWithRoom(deps, actor, { accounts: capped, at });
  const cure = day
    ? `The next day with room for it is ${formatMoment(day.withTimeZone(zoneOf(actor)))}, at the same time.`
    : 'Choose another day.';
  throw new OverCap(`${full} ${cure}`, day);
}

/** Networks without a slot in common leave their days: the same time on the first one that each account has room on. */
async function nextDayWithRoom(deps: CapDeps, actor: Actor, { accounts, at }: Wanted): Promise<Temporal.ZonedDateTime | null> {
  const until = at.add({ days: DAYS_AHEAD + 2 }).toInstant();
  const taken = await deps.store.posts.taken(actor.workspace.id, { from: at.toInstant(), until }, null);
  const days = Array.from({ length: DAYS_AHEAD }, (_, index) => at.add({ days: index + 1 }));
  return days.find((day) => fullOn(deps, actor, { accounts, at: day }, taken) === null) ?? null;
}

/** The sentence for the first account that has all its posts of the day; null where each has room. */
export function fullOn(
  { platforms }: Pick<Deps, 'platforms'>,
  { workspace }: Actor,
  { accounts, at }: Wanted,
  taken: readonly Taken[],
): string | null {
  const day = dayOf(at, workspace);
  for (const account of accounts) {
    const cap = capOf(workspace, platforms.get(account.platform));
    if (cap === null || countIn(taken, account.id, day) < cap) continue;
    const posts = cap === 1 ? 'its one post' : `all its ${cap} posts`;
    return `${nameAccount(account, platforms)} has ${posts} of that day (/settings cap ${account.platform} ${cap + 1} would allow one more).`;
  }
  return null;
}

/** Where no slot is free either, a person has to choose. */
async function nextFree(deps: CapDeps, actor: Actor, accounts: readonly Account[]): Promise<Temporal.ZonedDateTime | null> {
  try {
    return (await foreseeSlot(deps, actor, { accounts, kind: 'queue', exceptNumber: null })).at;
  } catch (error) {
    if (error instanceof CrierError && error.kind === 'invalid-input') return null;
    throw error;
  }
}
