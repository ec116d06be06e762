// Makes the next occurrence of what recurs, when the one before is settled: after each settlement, and in the sweep. It can be asked
// at any time and by several processes at once; the store makes one.
import type { Deps } from '../ports.ts';
import type { Post, PostDetails, Series } from '../post.ts';
import { TOO_LATE_MS } from '../series.ts';
import type { NextOccurrence } from '../series-store.ts';
import { formatMoment } from '../time/format.ts';
import { nextOccurrence, occurrencesBetween } from '../time/recurrence/occurrences.ts';
import { dueInstants } from './change-post.ts';
import { slotAt } from './slot.ts';

export type NextDeps = Pick<Deps, 'clock' | 'store' | 'jobs' | 'log'>;

/** For every series that waits. One that fails is logged, and keeps no other from going on. Returns how many were made. */
export async function makeNextOccurrences(deps: NextDeps): Promise<number> {
  let count = 0;
  for (const seriesId of await deps.store.series.findWaiting()) {
    try {
      if ((await makeNextOccurrence(deps, seriesId)) !== null) count += 1;
    } catch (error) {
      deps.log.error({ series: seriesId, err: error }, 'the next occurrence could not be made and will be tried again');
    }
  }
  return count;
}

/** Null where none was made: the series is paused or ended, its newest occurrence is not settled, or its rule has run out. */
export async function makeNextOccurrence(
  { clock, store, jobs }: Pick<NextDeps, 'clock' | 'store' | 'jobs'>,
  seriesId: string,
): Promise<PostDetails | null> {
  const now = clock.now();
  const made = await store.series.makeNext(seriesId, now, (series, newest) => planNext(series, newest, now));
  if (made !== null) await jobs.wakeAt(dueInstants(made));
  return made;
}

const later = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) > 0 ? one : other;

const anInstantBefore = (at: Temporal.Instant): Temporal.Instant => at.subtract({ milliseconds: 1 });

/** The first that is not too late to be sent; those before it were missed, and are said once, with it. */
function planNext({ rule, occurrenceAt, activeSince }: Series, { slot }: Post, now: Temporal.Instant): NextOccurrence {
  // who moved the newest one left out those in between, and was told so
  const movedTo = slot !== null && Temporal.Instant.compare(slot.at, now) <= 0 ? slot.at : occurrenceAt;
  const known = [anInstantBefore(activeSince), movedTo].reduce(later, occurrenceAt);
  const sendable = later(known, anInstantBefore(now.subtract({ milliseconds: TOO_LATE_MS })));
  const next = nextOccurrence(rule, sendable);
  const missed = occurrencesBetween(rule, known, next === null ? now : anInstantBefore(next.toInstant()));
  if (next === null) return { kind: 'ended', remark: sayMissed(missed, null) };
  return { kind: 'next', slot: slotAt(next), remark: sayMissed(missed, next) };
}

function sayMissed(missed: readonly Temporal.ZonedDateTime[], next: Temporal.ZonedDateTime | null): string | null {
  const [first, last] = [missed[0], missed.at(-1)];
  if (first === undefined || last === undefined) return null;
  const place = next === null ? 'after' : 'before';
  const which =
    missed.length === 1
      ? `The one ${place} this was missed: ${formatMoment(first)}.`
      : `The ${missed.length} ${place} this were missed: ${formatMoment(first)} to ${formatMoment(last)}.`;
  return `${which} ${next === null ? 'That was the last.' : `This one goes out on ${formatMoment(next)}.`}`;
}
