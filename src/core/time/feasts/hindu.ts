// Days of the Hindu calendars by where moon and sun stand over India: a lunar day (tithi) is twelve degrees of the moon's way from
// the sun, a month is named for the sign the sun is in at its new moon. Tables differ by a day now and then; so may this.
import { MoonPhase, SearchMoonPhase, SunPosition } from 'astronomy-engine';
import type { DayMoment } from './rule.ts';

/** Civil time of India, of the whole of it: hours after midnight at which a feast is looked for, near the year's mean in Ujjain. */
const HOURS: Readonly<Record<DayMoment, number>> = {
  sunrise: 6.4,
  midday: 12,
  afternoon: 14.6,
  dusk: 18.8,
  moonrise: 20.2,
  midnight: 24,
};
const INDIA_HOURS = 5.5;
const DAY_MS = 86_400_000;

const toMoment = (date: Temporal.PlainDate, hours: number): Date =>
  new Date(date.toZonedDateTime('UTC').epochMilliseconds + (hours - INDIA_HOURS) * 3_600_000);
const toDate = (moment: Date): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO('Asia/Kolkata').toPlainDate();

/**
 * The sun's longitude among the fixed stars, in degrees. Lahiri's zero point, 23.853° in 2000 and moving 50.29″ a year, is that of
 * India's Calendar Reform Committee (https://en.wikipedia.org/wiki/Ayanamsa, checked 2026-11-22).
 */
function siderealSun(moment: Date): number {
  const year = 1970 + moment.getTime() / (365.2425 * DAY_MS);
  return (SunPosition(moment).elon - 23.853 - (year - 2000) * 0.013_969 + 720) % 360;
}

const signAt = (moment: Date): number => Math.floor(siderealSun(moment) / 30);

/** The new moon on or after a moment. One always comes within thirty days. */
function newMoonAfter(moment: Date): Date {
  const found = SearchMoonPhase(0, moment, 31);
  if (found === null) throw new Error(`no new moon within 31 days of ${moment.toISOString()}`);
  return found.date;
}

/**
 * The days of a Gregorian year on which the lunar day prevails at the feast's part of the day. `month` is 1 (Chaitra) to 12 in months
 * that end with the new moon; `tithi` 1 to 15 is the waxing half, 16 to 30 the waning one. A leap month has no feasts.
 */
export function lunarDay(
  { month, tithi, at }: { month: number; tithi: number; at: DayMoment },
  year: number,
): Temporal.PlainDate[] {
  const sign = (month + 10) % 12;
  return [year - 1, year].flatMap((each) => {
    // The sun enters Aries in the middle of April, and a sign a month from then on.
    const entry = new Temporal.PlainDate(each, 4, 14).add({ days: Math.round(30.44 * (sign - (sign === 11 ? 12 : 0))) - 3 });
    const start = monthStart(entry, sign);
    if (start === null) return [];
    const date = dayOf(start, tithi, HOURS[at]);
    return date.year === year ? [date] : [];
  });
}

/** The new moon that begins the month named for a sign: the last one of two, where the sun stays in it for both. */
function monthStart(entry: Temporal.PlainDate, sign: number): Date | null {
  let start: Date | null = null;
  let moon = newMoonAfter(toMoment(entry, 0));
  for (let count = 0; count < 3; count++) {
    if (signAt(moon) === sign) start = moon;
    moon = newMoonAfter(new Date(moon.getTime() + 20 * DAY_MS));
  }
  return start;
}

function dayOf(start: Date, tithi: number, hours: number): Temporal.PlainDate {
  const guess = toDate(new Date(start.getTime() + (tithi - 1) * 0.984 * DAY_MS));
  for (let days = -2; days <= 3; days++) {
    const date = guess.add({ days });
    const degrees = MoonPhase(toMoment(date, hours));
    // Beside the new moon, 359° is before the month and 1° is in it.
    if (Math.floor(degrees / 12) + 1 === tithi) return date;
  }
  return guess;
}

/** The day the sun comes to a point of the zodiac of fixed stars; after sunset, the next one. */
export function sunEnters({ degrees, dayAfter }: { degrees: number; dayAfter?: boolean }, year: number): Temporal.PlainDate {
  let date = new Temporal.PlainDate(year, 4, 12).add({
    days: Math.round((degrees / 360) * 365.25) - (degrees > 255 ? 365 : 0) - 3,
  });
  const sunset = 18;
  const isPast = (each: Temporal.PlainDate) => (siderealSun(toMoment(each, sunset)) - degrees + 540) % 360 >= 180;
  while (!isPast(date)) date = date.add({ days: 1 });
  return dayAfter ? date.add({ days: 1 }) : date;
}
