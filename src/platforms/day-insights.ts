// What Meta's networks tell of an account and a day: their insights with the period `day`, and which day is the last whole one. Asks nothing.
import { z } from 'zod';
import { isForbidden } from './graph-errors.ts';

const Count = z.number().transform((count) => Math.max(0, count));

/**
 * Some metrics have a value a day, some one in all; what is not known is not there, instead of a 0.
 * https://developers.facebook.com/documentation/threads/insights (checked 2026-11-23 as a public repository keeps it) and
 * https://developers.facebook.com/documentation/instagram-platform/api-reference/instagram-user/insights (checked 2026-11-23 in part).
 */
export const DayInsights = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      total_value: z.object({ value: Count }).optional(),
      values: z.array(z.object({ value: Count, end_time: z.string().optional() })).default([]),
    }),
  ),
});
export type DayInsights = z.infer<typeof DayInsights>;

/** Nothing is told. */
export const NO_INSIGHTS: DayInsights = { data: [] };

/** Of what has one value: that. */
export const totalOf = ({ data }: DayInsights, metric: string): number | null =>
  data.find(({ name }) => name === metric)?.total_value?.value ?? null;

/** Of what has a value a day: that of the last day that is over. */
export function lastDayOf({ data }: DayInsights, metric: string, now: Temporal.Instant): number | null {
  const over = (data.find(({ name }) => name === metric)?.values ?? [])
    .flatMap(({ value, end_time: end }) => (end === undefined ? [] : [{ value, end: Temporal.Instant.from(end) }]))
    .filter(({ end }) => Temporal.Instant.compare(end, now) <= 0)
    .sort((one, other) => Temporal.Instant.compare(one.end, other.end));
  return over.at(-1)?.value ?? null;
}

/** Where their days begin: the examples of the pages above end one at 07:00 or 08:00 UTC. */
const ZONE = 'America/Los_Angeles';

/** The whole day before today, as `since` and `until` take it: seconds since 1970. The end is in that day too, and not the next one's beginning. */
export function dayBefore(now: Temporal.Instant): { since: string; until: string } {
  const today = now.toZonedDateTimeISO(ZONE).startOfDay();
  const seconds = (at: Temporal.ZonedDateTime): number => at.epochMilliseconds / 1000;
  return { since: String(seconds(today.subtract({ days: 1 }).startOfDay())), until: String(seconds(today) - 1) };
}

/** Where a permission is missing, or the network does not have them of this account (any more), the other figures are told all the same. */
export async function unlessUntold(
  insights: Promise<DayInsights>,
  isRejected: (error: unknown) => boolean,
): Promise<DayInsights> {
  try {
    return await insights;
  } catch (error) {
    if (isForbidden(error) || isRejected(error)) return NO_INSIGHTS;
    throw error;
  }
}
