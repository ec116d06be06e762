// What chrono-node alone makes of a case: its casual English, told to look ahead, in the zone of the case.
import { parse } from 'chrono-node/en';

/** The first moment chrono finds, or null where it finds none. A date alone is noon, as chrono has it. */
export function readWithChrono({ text, now, zone }: { text: string; now: string; zone: string }): Temporal.Instant | null {
  const instant = Temporal.Instant.from(now);
  const minutes = instant.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
  const reference = { instant: new Date(instant.epochMilliseconds), timezone: minutes };
  const [first] = parse(text, reference, { forwardDate: true });
  if (first === undefined) return null;
  // chrono moves a time without a zone into the zone of the process: its parts say which wall time it meant.
  const part = (name: Parameters<typeof first.start.get>[0]) => first.start.get(name) ?? 0;
  const offset = first.start.isCertain('timezoneOffset') ? part('timezoneOffset') : minutes;
  const wall = Temporal.PlainDateTime.from({
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  });
  return wall.toZonedDateTime('UTC').toInstant().subtract({ minutes: offset });
}
