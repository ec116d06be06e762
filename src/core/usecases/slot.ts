// The instant a person chose, with the wall clock and zone it was chosen in.
import { invalidArgument } from '../errors.ts';
import type { Slot } from '../post.ts';

/** What passes between reading a time and scheduling for it (fetching an image, a form), and so is not held against anyone. */
const GRACE_SECONDS = 5;

export const slotAt = (at: Temporal.ZonedDateTime): Slot => ({
  at: at.toInstant(),
  wallTime: at.toPlainDateTime().toString({ smallestUnit: 'second' }),
  timeZone: at.timeZoneId,
});

/** @throws CrierError `invalid-input` where `at` has gone by. */
export function refusePast(at: Temporal.ZonedDateTime, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(at.toInstant(), now.subtract({ seconds: GRACE_SECONDS })) >= 0) return;
  throw invalidArgument('when', 'That time has gone by. Choose a later one, or post at once with /publish.');
}
