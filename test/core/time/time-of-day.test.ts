// A time of day by itself, for rules that repeat.
import { describe, expect, it } from 'vitest';
import { parseTimeOfDay } from '../../../src/core/time/time-of-day.ts';

const options = { now: Temporal.Instant.from('2026-11-26T09:00:00Z'), timeZone: 'Europe/Berlin' };
const told = (text: string) => {
  const said = parseTimeOfDay(text, options);
  return typeof said === 'string' ? 'none' : said.map(({ time }) => time.toString({ smallestUnit: 'minute' })).join(' or ');
};

describe('a time of day', () => {
  it.each([
    ['9am', '09:00'],
    ['at 17:30', '17:30'],
    ['noon', '12:00'],
    ['half past 8', '08:30'],
    ['8 in the evening', '20:00'],
    ['3:30', '03:30 or 15:30'],
    ['tomorrow 9am', 'none'],
    ['9am sharpish', 'none'],
    ['', 'none'],
  ])('“%s” is %s', (text, time) => {
    expect(told(text)).toBe(time);
  });
});
