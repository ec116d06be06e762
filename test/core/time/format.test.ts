// What a moment is called, and that its name reads back to the same moment in any zone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWhen, formatMoment, formatRelative, parseTimeZone } from '../../../src/core/time/format.ts';
import { parseWhen } from '../../../src/core/time/parse-when.ts';

const now = Temporal.Instant.from('2026-11-22T08:00:00Z');

describe('a moment in words', () => {
  it.each([
    ['2026-11-24T09:00[Europe/Berlin]', 'Tue 24 Nov 2026, 09:00 CET · in 2 days'],
    ['2026-11-22T09:00:03[Europe/Berlin]', 'Sun 22 Nov 2026, 09:00:03 CET · in 3 seconds'],
    ['2027-07-01T09:00[America/New_York]', 'Thu 1 Jul 2027, 09:00 EDT · in 7 months'],
    ['2026-11-22T13:25[Asia/Kolkata]', 'Sun 22 Nov 2026, 13:25 GMT+5:30 · 5 minutes ago'],
    ['2026-11-22T08:00[UTC]', 'Sun 22 Nov 2026, 08:00 UTC · now'],
  ])('%s is “%s”', (iso, words) => {
    expect(describeWhen(Temporal.ZonedDateTime.from(iso), now)).toBe(words);
  });

  it.each([
    [59, 'in 59 seconds'],
    [60, 'in 1 minute'],
    [3570, 'in 1 hour'],
    [90_000, 'in 1 day'],
    [-86_400 * 20, '3 weeks ago'],
  ])('%i seconds away is “%s”', (seconds, words) => {
    expect(formatRelative(now.add({ seconds }), now)).toBe(words);
  });
});

describe('what is said reads back', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'Europe/London',
    'Europe/Dublin',
    'Africa/Casablanca',
    'America/New_York',
    'America/Panama',
  ].concat([
    'America/St_Johns',
    'America/Sao_Paulo',
    'America/Phoenix',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Asia/Tokyo',
    'Australia/Lord_Howe',
    'Australia/Eucla',
    'Pacific/Auckland',
    'Pacific/Chatham',
    'Pacific/Apia',
    'Pacific/Honolulu',
  ]);
  const readsBack = (at: Temporal.ZonedDateTime) => {
    const said = describeWhen(at, now).split(' · ')[0] ?? '';
    const when = parseWhen(said, { now, timeZone: at.timeZoneId });
    expect(when.kind === 'at' || when.kind === 'past' ? when.at.toInstant().toString() : when).toBe(at.toInstant().toString());
  };

  it('for any second of twenty years in any zone', () => {
    const seconds = fc.integer({ min: now.epochMilliseconds / 1000, max: now.epochMilliseconds / 1000 + 20 * 31_557_600 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
        readsBack(Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(zone));
      }),
      { numRuns: 1000 },
    );
  });

  it('for any full hour, noon and midnight among them', () => {
    const hours = fc.integer({ min: 0, max: 20 * 8766 });
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), (hour, zone) => readsBack(now.add({ hours: hour }).toZonedDateTimeISO(zone))),
      {
        numRuns: 1000,
      },
    );
  });

  it.each(zones)('around every clock change of %s', (zone) => {
    let at: Temporal.ZonedDateTime | null = now.toZonedDateTimeISO(zone);
    for (let change = 0; change < 4; change++) {
      at = at.getTimeZoneTransition('next');
      if (at === null) return;
      for (const minutes of [-61, -30, -1, 0, 1, 29, 59, 61]) readsBack(at.add({ minutes }));
    }
  });

  it('also where the moment is short', () => {
    expect(formatMoment(Temporal.ZonedDateTime.from('2026-10-25T02:30:00+01:00[Europe/Berlin]'))).toBe(
      'Sun 25 Oct 2026, 02:30 CET',
    );
  });
});

describe('a time zone as people name it', () => {
  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['new_york', 'America/New_York'],
    ['San Francisco', 'America/Los_Angeles'],
    ['Pacific time', 'America/Los_Angeles'],
    ['ET', 'America/New_York'],
    ['pt', 'America/Los_Angeles'],
    ['CET', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Kolkata', 'Asia/Kolkata'],
  ])('“%s” is %s', (name, zone) => {
    expect(parseTimeZone(name)).toBe(zone);
  });

  it.each([
    ['+02:00', /offset.*city/],
    ['UTC+2', /offset.*city/],
    ['berln', /Did you mean Europe\/Berlin\?/],
    ['Europe/Berlim', /Did you mean Europe\/Berlin\?/],
    ['qqqqqqqq', /There is no time zone “qqqqqqqq”/],
    ['', /no time zone/],
  ])('“%s” is refused with a cure', (name, sentence) => {
    expect(() => parseTimeZone(name)).toThrow(sentence);
  });
});
