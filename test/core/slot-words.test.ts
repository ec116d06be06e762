// Slots as people type them, and shown back exactly.
import { describe, expect, it } from 'vitest';
import { isOnlyDays, readWeekSlots, sayWeekSlots } from '../../src/core/slot-words.ts';
import type { WhenOptions } from '../../src/core/time/when.ts';

const OPTIONS: WhenOptions = { now: Temporal.Instant.fromEpochMilliseconds(0), timeZone: 'Europe/Berlin' };
const read = (text: string, more: Partial<WhenOptions> = {}): string =>
  sayWeekSlots(readWeekSlots(text, { ...OPTIONS, ...more }));

describe('slots', () => {
  it.each([
    ['Mon-Fri 09:00, 12:30; Sat 10:00', 'Mon-Fri 09:00, 12:30; Sat 10:00'],
    ['daily 9am, 5pm', 'daily 09:00, 17:00'],
    ['9:30 12:30 17:00', 'daily 09:30, 12:30, 17:00'],
    ['every day at 9 am and 5:30 pm', 'daily 09:00, 17:30'],
    ['Mon, Wed, Fri 9am', 'Mon, Wed, Fri 09:00'],
    ['Monday to Friday 9.30am, Saturdays noon', 'Mon-Fri 09:30; Sat 12:00'],
    ['weekdays 9; weekends 11', 'Mon-Fri 09:00; Sat, Sun 11:00'],
    ['Sat-Mon 15h', 'Mon, Sat, Sun 15:00'],
    ['Mon-Fri: 09:00\nTue 14:00', 'Mon, Wed-Fri 09:00; Tue 09:00, 14:00'],
    ['17:00, 09:00, 9am', 'daily 09:00, 17:00'],
    ['Mon 9am; 6pm', 'Mon 09:00, 18:00'],
  ])('%s', (typed, said) => {
    expect(read(typed)).toBe(said);
    expect(read(said)).toBe(said);
  });

  it('are read by the habits of the workspace', () => {
    expect(read('Mon 3:30', { dateOrder: 'MDY' })).toBe('Mon 15:30');
  });

  it.each([
    ['', 'Say at which times'],
    ['Mon-Fri', 'Say at which times'],
    ['Mon 9am, Tue', 'At which times on Tue?'],
    ['Mon 25:00', '“25:00” is no time of day'],
    ['Funday 9am', '“Funday 9am” is no time of day'],
    ['Mon 3:30', 'can be 3:30am or 3:30pm'],
    ['daily midnight', 'Say 00:00 or 23:59'],
    ['9am-5pm', 'is no time of day'],
    ['09:00, 09:14', '09:00 and 09:14 are too near'],
    ['Sun 23:55, Mon 00:05', '23:55 and 00:05 are too near'],
    ['09:00:30', 'on the minute'],
  ])('%j is refused with a reason', (typed, reason) => {
    expect(() => read(typed)).toThrow(reason);
  });
});

it.each([
  ['Mon-Fri', true],
  ['weekends', true],
  ['bluesky', false],
  ['monkeys', false],
  ['Mon 9am', false],
])('%s names days only: %s', (text, expected) => {
  expect(isOnlyDays(text)).toBe(expected);
});
