// The hours of the parts of a day: which ones belong to the evening, and which one stands for it where no hour is said.
import { type Clock, type ClockChoice, exactly } from './clock-choice.ts';
import type { DayPart } from './piece.ts';
import type { WhenOptions } from './when.ts';

/**
 * The first and last hour of each part, and the time it stands for. Afternoon and evening say pm, whatever the hour; night's small
 * hours belong to another date, so they are asked about.
 */
const PARTS: Readonly<Record<DayPart, { from: number; until: number; stands: string }>> = {
  'first thing': { from: 6, until: 10, stands: '08:00' },
  morning: { from: 1, until: 11, stands: '09:00' },
  lunchtime: { from: 11, until: 14, stands: '12:00' },
  afternoon: { from: 12, until: 23, stands: '15:00' },
  'close of business': { from: 16, until: 18, stands: '17:00' },
  evening: { from: 13, until: 23, stands: '19:00' },
  night: { from: 18, until: 23, stands: '21:00' },
  'end of day': { from: 16, until: 23, stands: '23:59:59' },
};

/** The usual posting time where it lies within the part and the part is as vague as a morning; else the part's own hour. */
export function hourOfPart(part: DayPart, { defaultTime }: WhenOptions): ClockChoice {
  const { from, until, stands } = PARTS[part];
  const usual = defaultTime === undefined ? undefined : Temporal.PlainTime.from(defaultTime);
  const isVague = part === 'morning' || part === 'afternoon' || part === 'evening';
  const time =
    usual && isVague && usual.hour >= from && usual.hour <= Math.min(until, 21) ? usual : Temporal.PlainTime.from(stands);
  const shown = time.toString({ smallestUnit: time.second === 0 ? 'minute' : 'second' });
  const name = part.charAt(0).toUpperCase() + part.slice(1);
  return { time, daysOn: 0, label: shown, note: `“${name}” is taken as ${shown}.` };
}

/** The hour a clock says in a part of the day, or a sentence asking which one that is. */
export function inPart(clock: Clock, part: DayPart): ClockChoice | string {
  const { from, until } = PARTS[part];
  if (!clock.certain && clock.hour === 12 && (part === 'evening' || part === 'night')) return exactly(clock, 24);
  const hours = clock.certain ? [clock.hour] : [clock.hour % 12, (clock.hour % 12) + 12];
  const hour = hours.find((each) => each >= from && each <= until);
  if (hour === undefined) {
    return `Is that ${exactly(clock, clock.hour).label.slice(0, -2)} in the ${part}? Say it with am or pm.`;
  }
  const choice = exactly(clock, hour);
  return isUsualIn(part, hour) ? choice : { ...choice, note: `In the ${part}, this is taken as ${choice.label}.` };
}

/** Nobody doubts 8 in the evening; 2 in the evening is read, and said. */
const isUsualIn = (part: DayPart, hour: number): boolean =>
  (part !== 'afternoon' || hour <= 18) && (part !== 'evening' || hour >= 16) && (part !== 'morning' || hour >= 4);
