// Says moments in words: whole, short, and as a distance from now. What it says parses back to the same moment.
import { abbreviate } from './time-zone.ts';

export { parseTimeZone } from './time-zone.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue 24 Nov 2026, 09:00 CET`; with seconds where they are not zero. */
export function formatMoment(at: Temporal.ZonedDateTime): string {
  const time = at.toPlainTime().toString({ smallestUnit: at.second === 0 ? 'minute' : 'second' });
  return `${DAYS[at.dayOfWeek - 1]} ${at.day} ${MONTHS[at.month - 1]} ${at.year}, ${time} ${abbreviate(at)}`;
}

const STEPS = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 60 },
  { unit: 'hour', seconds: 3600, below: 24 },
  { unit: 'day', seconds: 86_400, below: 14 },
  { unit: 'week', seconds: 604_800, below: 9 },
  { unit: 'month', seconds: 2_629_746, below: 24 },
  { unit: 'year', seconds: 31_556_952, below: Number.POSITIVE_INFINITY },
] as const;

/** `in 2 days`, `in 3 seconds`, `5 minutes ago`, `now`: in the largest unit that says enough, rounded. */
export function formatRelative(at: Temporal.Instant | Temporal.ZonedDateTime, now: Temporal.Instant): string {
  const seconds = Math.round((at.epochMilliseconds - now.epochMilliseconds) / 1000);
  if (seconds === 0) return 'now';
  const distance = Math.abs(seconds);
  const step = STEPS.find(({ seconds: length, below }) => Math.round(distance / length) < below);
  const count = Math.round(distance / (step?.seconds ?? 1));
  const words = `${count} ${step?.unit ?? 'second'}${count === 1 ? '' : 's'}`;
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

/** `Tue 24 Nov 2026, 09:00 CET · in 2 days`. */
export const describeWhen = (at: Temporal.ZonedDateTime, now: Temporal.Instant): string =>
  `${formatMoment(at)} · ${formatRelative(at, now)}`;
