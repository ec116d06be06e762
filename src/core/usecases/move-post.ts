// Gives a post another time; a draft gets its first one and is thereby scheduled.
import { dayOf, OverCap } from '../caps.ts';
import type { PostDetails } from '../post.ts';
import { slotWindow, type Taken } from '../slots.ts';
import { formatMoment } from '../time/format.ts';
import { occurrencesBetween } from '../time/recurrence/occurrences.ts';
import { sayRecurrence } from '../time/recurrence/say.ts';
import type { Actor } from '../workspace.ts';
import {
  CHANGEABLE,
  type ChangeDeps,
  type Changed,
  changePost,
  deliveriesIn,
  makeDue,
  refuseUnpublishable,
  whatStays,
} from './change-post.ts';
import { chooseSlot, type SlotKind } from './choose-slot.ts';
import { readOwnTimes } from './read-own-times.ts';
import { fullOn } from './refuse-over-cap.ts';
import { refusePast, slotAt } from './slot.ts';

/**
 * What is out stays as it is and is named in the notes; the rest is due at `at`, with its tries counted anew.
 * @throws CrierError `invalid-input` for a time gone by, or where nothing can be moved; `not-found`; `not-permitted`.
 */
export async function movePost(
  deps: ChangeDeps,
  actor: Actor,
  { number, at }: { number: number; at: Temporal.ZonedDateTime },
): Promise<Changed> {
  const move = (post: PostDetails, taken: readonly Taken[]): string[] => {
    refusePast(at, deps.clock.now());
    const accounts = deliveriesIn(post, CHANGEABLE, 'moved').map(({ account }) => account);
    const full = fullOn(deps, actor, { accounts, at }, taken);
    if (full !== null) throw new OverCap(`${full} Choose another day, or "queue" for the next free slot.`, null);
    return moveTo(deps, post, at);
  };
  return changePost(deps, actor, number, 'moved', move, dayOf(at, actor.workspace));
}

/**
 * As `movePost`, to the next slot that is free for all that can be moved. The notes begin with why it is that one.
 * @throws CrierError as `movePost`, and `invalid-input` where no slot is free.
 */
export async function moveToSlot(
  deps: ChangeDeps,
  actor: Actor,
  { number, kind }: { number: number; kind: SlotKind },
): Promise<Changed> {
  const now = deps.clock.now();
  const window = slotWindow(now);
  const known = await deps.store.posts.find(actor.workspace.id, number);
  const own = await readOwnTimes(deps, known?.deliveries.map(({ account }) => account) ?? [], actor.workspace.timeZone);
  return changePost(
    deps,
    actor,
    number,
    'moved',
    (post, taken) => {
      const accounts = deliveriesIn(post, CHANGEABLE, 'moved').map(({ account }) => account);
      const { at, notes } = chooseSlot(deps, actor, { accounts, kind, now, taken, own });
      return [...notes, ...moveTo(deps, post, at)];
    },
    window,
  );
}

/** Returns the notes. */
function moveTo(deps: ChangeDeps, post: PostDetails, at: Temporal.ZonedDateTime): string[] {
  const movable = deliveriesIn(post, CHANGEABLE, 'moved');
  refuseUnpublishable(deps, post, movable);
  const notes = whatStays(deps, post);
  post.post.slot = slotAt(at);
  makeDue(movable, at.toInstant());
  return [...notes, ...whatFollows(post, at.toInstant())];
}

/** Of a series one occurrence is moved; the next is made when that one is out, so those in between do not come. */
function whatFollows({ post, series }: PostDetails, at: Temporal.Instant): string[] {
  if (series === null || series.state === 'ended') return [];
  const notes = [`Only this one is moved. The others stay: ${sayRecurrence(series.rule)}.`];
  if (series.postNumber !== post.number) return notes;
  const between = occurrencesBetween(series.rule, series.occurrenceAt, at).map(formatMoment);
  const [first] = between;
  if (first === undefined) return notes;
  return [
    ...notes,
    between.length === 1 ? `That of ${first} does not go out.` : `${between.length} from ${first} on do not go out.`,
  ];
}
