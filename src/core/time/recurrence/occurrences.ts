// When a rule comes round. Dates are found on the wall clock and then put through the zone, so that 9:00 stays 9:00 when clocks
// change; a gap moves forward and an overlap takes the earlier, as for every time. (RFC 5545 leaves out what falls into a gap:
// https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10, checked 2026-11-22. A post should not be left out for that.)
import { inZone } from '../wall-time.ts';
import { onWallClock, type Recurrence } from './rule.ts';

export interface Occurrence {
  at: Temporal.ZonedDateTime;
  /** As the rule says it: differs from `at` only in a gap. */
  wall: Temporal.PlainDateTime;
  /** What a clock change does to it, as sentences. */
  notes: readonly string[];
}

/** No clock has ever jumped further than the date line. */
const LARGEST_JUMP = { days: 1 } as const;

/** Occurrences after an instant, one after the other, without end where the rule has none. */
export function* occurrencesAfter(rule: Recurrence, after: Temporal.Instant): Generator<Occurrence> {
  const onWall = onWallClock(rule);
  const from = after.toZonedDateTimeISO(rule.timeZone).toPlainDateTime().subtract(LARGEST_JUMP).toZonedDateTime('UTC');
  let last = after;
  for (let next = onWall.next(from); next !== null; next = onWall.next(next)) {
    const wall = next.toPlainDateTime();
    const { at, notes } = inZone(wall, rule.timeZone);
    // two that a jump has put on one instant are one
    if (Temporal.Instant.compare(at.toInstant(), last) <= 0) continue;
    last = at.toInstant();
    yield { at, wall, notes };
  }
}

/** The first occurrence after an instant, or null where the rule has run out. */
export function nextOccurrence(rule: Recurrence, after: Temporal.Instant): Temporal.ZonedDateTime | null {
  for (const { at } of occurrencesAfter(rule, after)) return at;
  return null;
}

/** Occurrences after `after` and not after `until`. */
export function occurrencesBetween(rule: Recurrence, after: Temporal.Instant, until: Temporal.Instant): Temporal.ZonedDateTime[] {
  const found: Temporal.ZonedDateTime[] = [];
  for (const { at } of occurrencesAfter(rule, after)) {
    if (Temporal.Instant.compare(at.toInstant(), until) > 0) break;
    found.push(at);
  }
  return found;
}

/** Up to so many occurrences after an instant. */
export const nextOccurrences = (rule: Recurrence, after: Temporal.Instant, count: number): Occurrence[] =>
  occurrencesAfter(rule, after).take(count).toArray();
