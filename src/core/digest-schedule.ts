// When a digest comes: at a wall time of its workspace's zone, day for day through clock changes. Pure; who tells it is not known here.
import type { Cadence, DueDigest } from './digest.ts';

/** The dates of a cadence from `first` on, without end. A day that a month does not have is its last. */
function* datesFrom({ period, day }: Cadence, first: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  const wanted = day ?? 1;
  const weekday = first.add({ days: (wanted - first.dayOfWeek + 7) % 7 });
  for (let count = 0; ; count += 1) {
    if (period === 'daily') yield first.add({ days: count });
    else if (period === 'weekly') yield weekday.add({ weeks: count });
    else yield first.toPlainYearMonth().add({ months: count }).toPlainDate({ day: wanted });
  }
}

/**
 * The first moment after `after` at which the clocks of the zone show the cadence's wall time on one of its days. A time that they jump
 * over is as much later as they jump; of a time that comes twice it is the first.
 * @param timeZone IANA
 */
export function nextDigestAt(cadence: Cadence, timeZone: string, after: Temporal.Instant): Temporal.Instant {
  // the day before: a time that the clocks jumped over may be of the day before its moment's
  const first = after.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 });
  const moments = datesFrom(cadence, first).map((date) =>
    date.toZonedDateTime({ timeZone, plainTime: cadence.wallTime }).toInstant(),
  );
  const next = moments.find((moment) => Temporal.Instant.compare(moment, after) > 0);
  if (!next) throw new Error(`a digest that never comes: ${cadence.period} ${cadence.day} ${cadence.wallTime}`);
  return next;
}

/**
 * When a digest comes after its workspace's clock was changed: at its time by the new one, and on no day for which it was told already.
 * @param digest its `dueAt` is by the old clock, and not after `now` where it is told just now
 */
export function movedDigestAt(
  { cadence, dueAt, createdAt }: Pick<DueDigest, 'cadence' | 'dueAt' | 'createdAt'>,
  { from, to, now }: { from: string; to: string; now: Temporal.Instant },
): Temporal.Instant {
  const { compare } = Temporal.Instant;
  const day = dueAt.toZonedDateTimeISO(from).toPlainDate();
  const isToldNow = compare(dueAt, now) <= 0;
  const isFirst = compare(nextDigestAt(cadence, from, createdAt), dueAt) >= 0;
  if (isFirst && !isToldNow) return nextDigestAt(cadence, to, now);
  const open = (isToldNow ? day.add({ days: 1 }) : day).toZonedDateTime(to).toInstant();
  return nextDigestAt(cadence, to, compare(open, now) > 0 ? open.subtract({ nanoseconds: 1 }) : now);
}

/** Of what came due and was not told by `now`: the newest, and how many there were before it. @param dueAt the oldest, not after `now` */
export function missedBetween(
  cadence: Cadence,
  timeZone: string,
  dueAt: Temporal.Instant,
  now: Temporal.Instant,
): { newest: Temporal.Instant; missed: number } {
  let [newest, missed] = [dueAt, 0];
  for (;;) {
    const next = nextDigestAt(cadence, timeZone, newest);
    if (Temporal.Instant.compare(next, now) > 0) return { newest, missed };
    newest = next;
    missed += 1;
  }
}
