// How often a digest comes, as people type it and as it is said back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCadence, sayCadence } from '../../src/core/cadence-words.ts';
import type { Cadence } from '../../src/core/digest.ts';

const HABITS = { timeZone: 'Europe/Berlin', defaultTime: '08:30', dateOrder: null, language: null };
const read = (text: string, more: Partial<Parameters<typeof readCadence>[1]> = {}): string =>
  sayCadence(readCadence(text, { ...HABITS, ...more }));

describe('a digest', () => {
  it.each([
    ['daily 9am', 'every day at 09:00'],
    ['Daily at 9', 'every day at 09:00'],
    ['daily', 'every day at 08:30'],
    ['every day at 9', 'every day at 09:00'],
    ['each day 18:15', 'every day at 18:15'],
    ['every morning at 9', 'every day at 09:00'],
    ['9am daily', 'every day at 09:00'],
    ['daily noon', 'every day at 12:00'],
    ['daily 00:00', 'every day at 00:00'],
    ['weekly', 'every Monday at 08:30'],
    ['weekly 9am', 'every Monday at 09:00'],
    ['weekly monday 9:30', 'every Monday at 09:30'],
    ['weekly on fridays at 5pm', 'every Friday at 17:00'],
    ['weekly 9am friday', 'every Friday at 09:00'],
    ['every monday 9am', 'every Monday at 09:00'],
    ['every week on Sunday', 'every Sunday at 08:30'],
    ['mondays at 10', 'every Monday at 10:00'],
    ['monday 9am', 'every Monday at 09:00'],
    ['monthly', 'on the 1st of every month at 08:30'],
    ['monthly 9am', 'on the 1st of every month at 09:00'],
    ['monthly at 9', 'on the 1st of every month at 09:00'],
    ['monthly 1st 9am', 'on the 1st of every month at 09:00'],
    ['monthly 9am 1st', 'on the 1st of every month at 09:00'],
    ['monthly 15', 'on the 15th of every month at 08:30'],
    ['monthly 9', 'on the 9th of every month at 08:30'],
    ['monthly 15 9:30', 'on the 15th of every month at 09:30'],
    ['monthly 15 at 9', 'on the 15th of every month at 09:00'],
    ['monthly on the 2nd at 5 pm', 'on the 2nd of every month at 17:00'],
    ['monthly fifteenth', 'on the 15th of every month at 08:30'],
    ['on the 3rd of every month at 9', 'on the 3rd of every month at 09:00'],
    ['monthly 31', 'on the 31st, or the last day, of every month at 08:30'],
    ['monthly last day 9am', 'on the 31st, or the last day, of every month at 09:00'],
    ['on the last day of every month at 9am', 'on the 31st, or the last day, of every month at 09:00'],
    ['monthly 29 9am', 'on the 29th, or the last day, of every month at 09:00'],
  ])('%s', (typed, said) => {
    expect(read(typed)).toBe(said);
  });

  it('is read in the language of the workspace as well', () => {
    expect(read('jeden Montag um 9 Uhr', { language: 'de' })).toBe('every Monday at 09:00');
    expect(read('täglich um 18 Uhr', { language: 'de' })).toBe('every day at 18:00');
    expect(read('daily 9am', { language: 'de' })).toBe('every day at 09:00');
  });

  it('is said in words that are read as the same', () => {
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const days = fc.oneof(
      fc.constant(['daily', null] as const),
      fc.tuple(fc.constant('weekly' as const), fc.integer({ min: 1, max: 7 })),
      fc.tuple(fc.constant('monthly' as const), fc.integer({ min: 1, max: 31 })),
    );
    fc.assert(
      fc.property(days, time, ([period, day], [hour, minute]) => {
        const wallTime = Temporal.PlainTime.from({ hour, minute }).toString({ smallestUnit: 'minute' });
        const cadence: Cadence = { period, day, wallTime };
        expect(readCadence(sayCadence(cadence), HABITS)).toEqual(cadence);
      }),
    );
  });
});

describe('what cannot be', () => {
  it.each([
    ['', 'How often? Write it like: daily 9am'],
    ['9am', '“9am” does not say how often.'],
    ['dayly 9am', 'Did you mean daily?'],
    ['hourly', 'once a day at most'],
    ['every 2 hours', 'once a day at most'],
    ['every 30 minutes', 'once a day at most'],
    ['twice a day', 'A digest comes every day, on one day of the week, or on one day of the month.'],
    ['every 2 weeks on monday', 'on one day of the week'],
    ['every first monday', 'on one day of the month'],
    ['yearly on 3 May', 'on one day of the month'],
    ['weekdays 9am', 'on one day of the week'],
    ['every weekday 9am', 'make one digest for each, “weekly monday”, “weekly tuesday”'],
    ['weekly monday and thursday 9am', 'make one digest for each, “weekly monday”, “weekly thursday”'],
    ['on the 1st and 15th of every month', 'make one digest for each'],
    ['daily 9am 5pm', 'are two times, and a digest comes at one'],
    ['daily 9am and 5pm', 'are two times, and a digest comes at one'],
    ['weekly 9am funday', 'There is no day “funday”. Did you mean Sunday?'],
    ['weekly tusday', 'Did you mean Tuesday?'],
    ['daily 25:00', '“25:00” is no time of day.'],
    ['daily soonish', '“soonish” is no time of day.'],
    ['daily 3:30', 'can be 3:30am or 3:30pm: say which'],
    ['daily midnight', 'Say 00:00 or 23:59'],
    ['monthly 32', 'No month has a day 32.'],
    ['monthly on the 45th', 'No month has a day 45.'],
    ['daily 9am Tokyo time', 'by the clock of the workspace, Europe/Berlin'],
    ['daily 9am EST', 'by the clock of the workspace, Europe/Berlin'],
    [`daily ${'9am '.repeat(60)}`, 'too long'],
  ])('%s is refused with what to type instead', (typed, reason) => {
    expect(() => read(typed)).toThrow(reason);
    expect(() => read(typed)).toThrow(expect.objectContaining({ kind: 'invalid-input', field: 'cadence' }));
  });
});
