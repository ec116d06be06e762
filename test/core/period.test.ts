import { describe, expect, it } from 'vitest';
import { looksLikePeriod, readPeriod } from '../../src/core/period.ts';

const TODAY = Temporal.ZonedDateTime.from('2026-11-22T10:00[Europe/Berlin]');
const ends = (text: string, today = TODAY): (string | undefined)[] => {
  const { from, until } = readPeriod(text, today);
  return [from, until].map((end) => end?.toZonedDateTimeISO(today).toPlainDateTime().toString({ smallestUnit: 'minute' }));
};

describe('a period', () => {
  it.each([
    ['2026-11-22', '2026-11-22T00:00', '2026-11-23T00:00'],
    ['2026-02', '2026-02-01T00:00', '2026-03-01T00:00'],
    ['2025', '2025-01-01T00:00', '2026-01-01T00:00'],
    ['today', '2026-11-22T00:00', '2026-11-23T00:00'],
    ['Yesterday', '2026-11-21T00:00', '2026-11-22T00:00'],
    ['2026-11-01..2026-11-30', '2026-11-01T00:00', '2026-12-01T00:00'],
    ['2026-11 .. 2026-12', '2026-11-01T00:00', '2027-01-01T00:00'],
    ['2026-11-20..today', '2026-11-20T00:00', '2026-11-23T00:00'],
    ['2026-11-22..', '2026-11-22T00:00', undefined],
    ['..2026-11-22', undefined, '2026-11-23T00:00'],
  ])('%s takes in both of its ends', (text, from, until) => {
    expect([looksLikePeriod(text), ...ends(text)]).toEqual([true, from, until]);
  });

  it('is as long as the days of its zone are, when clocks change', () => {
    const { from, until } = readPeriod('2026-10-25', TODAY);
    expect(until?.since(from ?? until).total('hours')).toBe(25);
  });

  it('begins with the first moment of a day that has no midnight', () => {
    const inSantiago = Temporal.ZonedDateTime.from('2026-09-06T10:00[America/Santiago]');
    expect(ends('today', inSantiago)[0]).toBe('2026-09-06T01:00');
  });

  it.each([
    ['2026-13', 'There is no 2026-13 in the calendar.'],
    ['2026-02-30', 'There is no 2026-02-30 in the calendar.'],
    ['2026-11-30..2026-11-01', '2026-11-30..2026-11-01 ends before it begins: write the earlier day first.'],
    ['..', 'I could not read ".." as days.'],
    ['2026-01..2026-02..2026-03', 'I could not read'],
    ['soon..2026-03', 'Write a day like 2026-11-22, a month like 2026-11, or 2026-11-01..2026-11-30.'],
  ])('that is %s is refused with what to write', (text, sentence) => {
    expect(() => readPeriod(text, TODAY)).toThrow(sentence);
  });

  it.each(['bluesky', 'launch', 'all', '12', 'v1.2', '20261122'])('is not what %s looks like', (word) => {
    expect(looksLikePeriod(word)).toBe(false);
  });
});
