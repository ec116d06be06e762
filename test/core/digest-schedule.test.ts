// When digests come: at the wall time of a zone through its clock changes, on the days of their cadence, and what was missed of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cadence } from '../../src/core/digest.ts';
import { missedBetween, nextDigestAt } from '../../src/core/digest-schedule.ts';

const daily = (wallTime: string): Cadence => ({ period: 'daily', wallTime, day: null });
const weekly = (day: number, wallTime = '09:00'): Cadence => ({ period: 'weekly', wallTime, day });
const monthly = (day: number, wallTime = '09:00'): Cadence => ({ period: 'monthly', wallTime, day });

const instant = (text: string) => Temporal.Instant.from(text);

/** `MM-DD HH:MM±hh:mm` of the first so many from a day on. */
function moments(cadence: Cadence, timeZone: string, from: string, count: number): string[] {
  const start = Temporal.PlainDate.from(from).toZonedDateTime(timeZone).toInstant().subtract({ milliseconds: 1 });
  const found: Temporal.Instant[] = [];
  for (let n = 0; n < count; n += 1) found.push(nextDigestAt(cadence, timeZone, found.at(-1) ?? start));
  return found.map((each) => {
    const at = each.toZonedDateTimeISO(timeZone);
    return at.toString().slice(5, 16).replace('T', ' ') + at.offset;
  });
}

describe('nine in the morning stays nine in the morning', () => {
  it.each<[string, string, string[]]>([
    ['Europe/Berlin', '2027-03-27', ['03-27 09:00+01:00', '03-28 09:00+02:00', '03-29 09:00+02:00']],
    ['Europe/Berlin', '2027-10-30', ['10-30 09:00+02:00', '10-31 09:00+01:00', '11-01 09:00+01:00']],
    ['America/New_York', '2027-03-13', ['03-13 09:00-05:00', '03-14 09:00-04:00', '03-15 09:00-04:00']],
    ['America/New_York', '2027-11-06', ['11-06 09:00-04:00', '11-07 09:00-05:00', '11-08 09:00-05:00']],
    ['Pacific/Auckland', '2027-04-03', ['04-03 09:00+13:00', '04-04 09:00+12:00', '04-05 09:00+12:00']],
    ['Pacific/Auckland', '2027-09-25', ['09-25 09:00+12:00', '09-26 09:00+13:00', '09-27 09:00+13:00']],
    ['Australia/Lord_Howe', '2027-04-03', ['04-03 09:00+11:00', '04-04 09:00+10:30', '04-05 09:00+10:30']],
    ['Australia/Lord_Howe', '2027-10-02', ['10-02 09:00+10:30', '10-03 09:00+11:00', '10-04 09:00+11:00']],
  ])('in %s from %s on', (timeZone, from, expected) => {
    expect(moments(daily('09:00'), timeZone, from, 3)).toEqual(expected);
  });
});

describe('a time that a clock change takes away is later that day, and one that it brings twice is the first', () => {
  it.each<[string, string, string, string[]]>([
    ['Europe/Berlin', '02:30', '2027-03-27', ['03-27 02:30+01:00', '03-28 03:30+02:00', '03-29 02:30+02:00']],
    ['Europe/Berlin', '02:30', '2027-10-30', ['10-30 02:30+02:00', '10-31 02:30+02:00', '11-01 02:30+01:00']],
    ['America/New_York', '02:30', '2027-03-13', ['03-13 02:30-05:00', '03-14 03:30-04:00', '03-15 02:30-04:00']],
    ['America/New_York', '01:30', '2027-11-06', ['11-06 01:30-04:00', '11-07 01:30-04:00', '11-08 01:30-05:00']],
    ['Pacific/Auckland', '02:15', '2027-09-25', ['09-25 02:15+12:00', '09-26 03:15+13:00', '09-27 02:15+13:00']],
    ['Pacific/Auckland', '02:15', '2027-04-03', ['04-03 02:15+13:00', '04-04 02:15+13:00', '04-05 02:15+12:00']],
    ['Australia/Lord_Howe', '02:15', '2027-10-02', ['10-02 02:15+10:30', '10-03 02:45+11:00', '10-04 02:15+11:00']],
    ['Australia/Lord_Howe', '01:45', '2027-04-03', ['04-03 01:45+11:00', '04-04 01:45+11:00', '04-05 01:45+10:30']],
  ])('in %s at %s from %s on', (timeZone, wallTime, from, expected) => {
    expect(moments(daily(wallTime), timeZone, from, 3)).toEqual(expected);
  });

  it('comes once on a day that a zone left out', () => {
    expect(moments(daily('09:00'), 'Pacific/Apia', '2011-12-29', 3)).toEqual([
      '12-29 09:00-10:00',
      '12-31 09:00+14:00',
      '01-01 09:00+14:00',
    ]);
  });
});

describe('the day', () => {
  it('of the week is kept through a clock change', () => {
    expect(moments(weekly(7), 'Europe/Berlin', '2027-03-22', 2)).toEqual(['03-28 09:00+02:00', '04-04 09:00+02:00']);
    expect(moments(weekly(1), 'Europe/Berlin', '2027-10-30', 2)).toEqual(['11-01 09:00+01:00', '11-08 09:00+01:00']);
  });

  it.each<[number, string, string[]]>([
    [1, '2026-12-02', ['01-01', '02-01', '03-01']],
    [15, '2026-11-15', ['11-15', '12-15', '01-15']],
    [31, '2027-01-30', ['01-31', '02-28', '03-31', '04-30']],
    [30, '2028-01-31', ['02-29', '03-30']],
    [29, '2027-02-28', ['02-28', '03-29']],
  ])('%i of a month, from %s on, or its last where it has none', (day, from, expected) => {
    const found = moments(monthly(day), 'Europe/Berlin', from, expected.length);
    expect(found.map((moment) => moment.slice(0, 5))).toEqual(expected);
  });

  it('is the same day up to the moment, and the next one from it on', () => {
    const at = instant('2026-11-23T08:00:00Z');
    expect(nextDigestAt(daily('09:00'), 'Europe/Berlin', at.subtract({ milliseconds: 1 }))).toEqual(at);
    expect(nextDigestAt(daily('09:00'), 'Europe/Berlin', at)).toEqual(at.add({ hours: 24 }));
    expect(nextDigestAt(weekly(1), 'Europe/Berlin', at)).toEqual(at.add({ hours: 24 * 7 }));
  });

  it('is not told again in the hour that comes twice', () => {
    const between = instant('2027-10-31T00:45:00Z');
    expect(nextDigestAt(daily('02:30'), 'Europe/Berlin', between)).toEqual(instant('2027-11-01T01:30:00Z'));
  });
});

const anyCadence = fc.oneof(
  fc.record({ period: fc.constant('daily' as const), day: fc.constant(null) }),
  fc.record({ period: fc.constant('weekly' as const), day: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ period: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }) }),
);
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => Temporal.PlainTime.from({ hour, minute }).toString({ smallestUnit: 'minute' }));
const anyZone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC');
const anyMoment = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const MOST_DAYS = { daily: 1, weekly: 7, monthly: 31 };

it('is ahead, on its day, and leaves none out', () => {
  fc.assert(
    fc.property(anyCadence, anyTime, anyZone, anyMoment, (on, wallTime, zone, now) => {
      const at = nextDigestAt({ ...on, wallTime }, zone, now);
      const local = at.toZonedDateTimeISO(zone);
      expect(Temporal.Instant.compare(at, now)).toBe(1);
      // an hour more where the clocks go back in between
      expect(at.since(now).total('hours')).toBeLessThanOrEqual(24 * MOST_DAYS[on.period] + 1);
      if (on.period === 'weekly') expect(local.dayOfWeek).toBe(on.day);
      if (on.period === 'monthly') expect(local.day).toBe(Math.min(on.day, local.daysInMonth));
    }),
  );
});

describe('what was missed', () => {
  const due = instant('2027-03-26T08:00:00Z');
  const missed = (now: string) => missedBetween(daily('09:00'), 'Europe/Berlin', due, instant(now));

  it('is none where only the one that is due waits', () => {
    expect(missed('2027-03-26T08:00:00Z')).toEqual({ newest: due, missed: 0 });
    expect(missed('2027-03-27T07:59:59Z')).toEqual({ newest: due, missed: 0 });
  });

  it('is counted up to the newest, over a clock change', () => {
    expect(missed('2027-03-27T08:00:00Z')).toEqual({ newest: instant('2027-03-27T08:00:00Z'), missed: 1 });
    expect(missed('2027-03-28T07:00:00Z')).toEqual({ newest: instant('2027-03-28T07:00:00Z'), missed: 2 });
    expect(missed('2027-03-29T06:59:00Z')).toEqual({ newest: instant('2027-03-28T07:00:00Z'), missed: 2 });
  });

  it('is what the zone of today says where the zone was changed since', () => {
    const at = missedBetween(daily('09:00'), 'America/New_York', due, instant('2027-03-26T14:00:00Z'));
    expect(at).toEqual({ newest: instant('2027-03-26T13:00:00Z'), missed: 1 });
  });
});
