// Makes a post that goes out at the next slot that is free, and says beforehand which that would be.
import type { Account } from '../account.ts';
import type { Deps } from '../ports.ts';
import { slotWindow } from '../slots.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import type { Changed } from './change-post.ts';
import { type ChosenSlot, chooseSlot, type SlotKind } from './choose-slot.ts';
import type { PostRequest } from './compose-post.ts';
import { readOwnTimes } from './read-own-times.ts';
import { composeReady, type ScheduleDeps, storeNew } from './schedule-post.ts';
import { slotAt } from './slot.ts';

/**
 * Of two posts that are queued at the same moment, one gets the slot and the other the next. The notes say why it is that slot.
 * @throws CrierError `invalid-input` where no slot is free for all its accounts, and as `schedulePost`. Nothing is written then.
 */
export async function queuePost(deps: ScheduleDeps, actor: Actor, request: PostRequest & { kind: SlotKind }): Promise<Changed> {
  requirePermission(actor, 'write');
  const { kind } = request;
  const { composed, notes: leftOut } = await composeReady(deps, actor, request);
  const { accounts } = composed;
  // a post for which there is no slot leaves no file behind
  await foreseeSlot(deps, actor, { accounts, kind, exceptNumber: null });
  const now = deps.clock.now();
  const own = await readOwnTimes(deps, accounts, actor.workspace.timeZone);
  let notes: string[] = [];
  const details = await storeNew(deps, composed, (atSlot) =>
    deps.store.posts.createInSlot(actor, slotWindow(now), (taken) => {
      const chosen = chooseSlot(deps, actor, { accounts, kind, now, taken, own });
      notes = chosen.notes;
      return atSlot(slotAt(chosen.at));
    }),
  );
  return { details, notes: [...notes, ...leftOut] };
}

/** The slot that a post would get now: of a new one, or of the stored one of that number. Throws as `chooseSlot`. */
export async function foreseeSlot(
  deps: Pick<Deps, 'clock' | 'store' | 'platforms'>,
  actor: Actor,
  { accounts, kind, exceptNumber }: { accounts: readonly Account[]; kind: SlotKind; exceptNumber: number | null },
): Promise<ChosenSlot> {
  requirePermission(actor, 'view');
  const now = deps.clock.now();
  const taken = await deps.store.posts.taken(actor.workspace.id, slotWindow(now), exceptNumber);
  const own = await readOwnTimes(deps, accounts, actor.workspace.timeZone);
  return chooseSlot(deps, actor, { accounts, kind, now, taken, own });
}
