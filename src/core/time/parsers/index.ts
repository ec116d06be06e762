// Every parser, one idea each. Their order settles only who wins where two take the very same characters.
import * as clock from './clock.ts';
import * as dayOfMonth from './day-of-month.ts';
import * as dayPart from './day-part.ts';
import * as duration from './duration.ts';
import * as feast from './feast.ts';
import * as machine from './machine-time.ts';
import * as monthDate from './month-date.ts';
import * as monthPlace from './month-place.ts';
import * as namedDay from './named-day.ts';
import * as numericDate from './numeric-date.ts';
import * as shift from './shift.ts';
import * as spokenClock from './spoken-clock.ts';
import * as weekday from './weekday.ts';
import { workingDays } from './working-day.ts';
import * as zone from './zone.ts';

export const parsers = [
  machine.isoMoment,
  machine.isoDate,
  machine.compactIsoDate,
  machine.discordTime,
  machine.unixTime,
  feast.feast,
  monthPlace.nthWeekdayOfMonth,
  monthPlace.nthDayOfMonth,
  monthPlace.weekdayOfNthWeek,
  monthPlace.edgeOfMonth,
  monthPlace.ides,
  monthPlace.wholeMonth,
  shift.durationFromDay,
  shift.weekdayFromDay,
  shift.eveOf,
  workingDays,
  duration.inDuration,
  duration.durationFromNow,
  duration.inMinutes,
  duration.upcoming,
  weekday.weekdaysFromNow,
  monthDate.dayBeforeMonth,
  monthDate.monthBeforeDay,
  monthDate.yearBeforeMonth,
  monthDate.yearWithinDate,
  clock.colonClock,
  clock.dottedClock,
  clock.dottedClockAfterAt,
  clock.compactClock,
  clock.compactClockAfterAt,
  clock.spacedClock,
  clock.hourClock,
  clock.hClock,
  clock.vagueHour,
  clock.sameTime,
  spokenClock.minutesPastHour,
  spokenClock.wordClock,
  spokenClock.halfHour,
  spokenClock.noon,
  spokenClock.midnight,
  numericDate.slashedDate,
  numericDate.dottedDate,
  numericDate.dashedDate,
  numericDate.dashedDateAfterOn,
  namedDay.namedDay,
  namedDay.rightNow,
  weekday.weekday,
  weekday.week,
  dayPart.dayPart,
  dayPart.tonight,
  dayPart.firstThing,
  dayPart.endOfDay,
  dayPart.closeOfBusiness,
  clock.spokenHour,
  dayOfMonth.ordinalDay,
  dayOfMonth.ordinalWordDay,
  dayOfMonth.numberDay,
  dayOfMonth.numberOfNearMonth,
  zone.zoneName,
  zone.zoneOffset,
  zone.zoneAbbreviation,
  zone.indianTime,
  zone.cityTime,
  clock.compactBare,
  clock.bareNumber,
] as const;

/** What is written the same in every language. */
export const neutralParsers = [
  machine.isoMoment,
  machine.isoDate,
  machine.compactIsoDate,
  machine.discordTime,
  machine.unixTime,
  clock.colonClock24,
  clock.hClock,
  numericDate.slashedDate,
  numericDate.dottedDate,
  numericDate.dashedDate,
  zone.zoneName,
  zone.zoneOffset,
  zone.zoneAbbreviation,
] as const;
