// Days as Meta's networks count them, which is by Pacific time: their examples end a day at 07:00 or 08:00 UTC. Knows no network.
// https://developers.facebook.com/documentation/threads/insights (checked 2026-11-23 as a public repository keeps it).

const ZONE = 'America/Los_Angeles';

type Stretch = readonly [from: Temporal.Instant, to: Temporal.Instant];

/** The whole day that a moment is in. */
export function dayAround(moment: Temporal.Instant): Stretch {
  const start = moment.toZonedDateTimeISO(ZONE).startOfDay();
  return [start.toInstant(), start.add({ days: 1 }).startOfDay().toInstant()];
}

/** Like 2024-07-12T07:00:00+0000. */
const asGraphTime = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' }).replace('Z', '+0000');

/** One value for yesterday, and one for what there is of today, as an answer has them where nobody asks for other days. */
export function valuesByDay(now: Temporal.Instant, count: (stretch: Stretch) => number): { value: number; end_time: string }[] {
  const [midnight, end] = dayAround(now);
  const yesterday = dayAround(midnight.subtract({ hours: 1 }));
  return [
    { value: count(yesterday), end_time: asGraphTime(midnight) },
    { value: count([midnight, now]), end_time: asGraphTime(end) },
  ];
}
