// Every parser, one idea each. Their order settles only who wins where two take the very same characters.
import * as clock from './clock.ts';
import * as dayOfMonth from './day-of-month.ts';
import * as dayPart from './day-part.ts';
import * as duration from './duration.ts';
import * as machine from './machine-time.ts';
import * as monthDate from './month-date.ts';
import * as namedDay from './named-day.ts';
import { nthWeekdayOfMonth } from './nth-weekday.ts';
import * as numericDate from './numeric-date.ts';
import * as spokenClock from './spoken-clock.ts';
import * as weekday from './weekday.ts';
import * as zone from './zone.ts';

export const parsers = [
  machine.isoMoment,
  machine.isoDate,
  machine.discordTime,
  machine.unixTime,
  nthWeekdayOfMonth,
  duration.durationFromDay,
  duration.inDuration,
  duration.durationFromNow,
  monthDate.dayBeforeMonth,
  monthDate.monthBeforeDay,
  monthDate.yearBeforeMonth,
  clock.colonClock,
  clock.dottedClock,
  clock.dottedClockAfterAt,
  clock.compactClock,
  clock.hourClock,
  clock.hClock,
  spokenClock.minutesPastHour,
  spokenClock.wordClock,
  spokenClock.noon,
  spokenClock.midnight,
  numericDate.slashedDate,
  numericDate.dottedDate,
  numericDate.dashedDate,
  namedDay.namedDay,
  namedDay.rightNow,
  weekday.weekday,
  weekday.week,
  dayPart.dayPart,
  dayPart.tonight,
  clock.spokenHour,
  dayOfMonth.ordinalDay,
  dayOfMonth.ordinalWordDay,
  dayOfMonth.numberDay,
  zone.zoneName,
  zone.zoneOffset,
  zone.zoneAbbreviation,
  zone.cityTime,
  clock.bareNumber,
] as const;
