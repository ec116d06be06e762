// What is declined and why, times within sentences, and that nothing typed makes the reader throw.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnlyWhen, parseOnlyWhen, parseWhen, spotWhen, startsWithWhen } from '../../../src/core/time/parse-when.ts';
import type { WhenOptions } from '../../../src/core/time/when.ts';

/** Thursday 26 November 2026, 10:00 in Berlin. */
const now = Temporal.Instant.from('2026-11-26T09:00:00Z');
const berlin: WhenOptions = { now, timeZone: 'Europe/Berlin', dateOrder: 'DMY', defaultTime: '09:00' };

describe('what cannot be read is declined with a reason', () => {
  it.each([
    ['', 'When?'],
    ['soonish', '“soonish”'],
    ['tomorrow banana', '“banana”'],
    ['every Monday 9am', '“every”'],
    ['last Monday of Mars', '“of Mars”'],
    ['tomorrow 9am until noon', '“until”'],
    ['9-11am', '“9-11am”'],
    ['9am 10am', 'two times of day'],
    ['tomorrow 28 Nov', 'two different days'],
    ['Monday 28 Nov', 'is not a Monday'],
    ['31 Feb', 'There is no 31 February.'],
    ['29 Feb 2027', 'There is no 29 February 2027.'],
    ['31/31', 'no date of the calendar'],
    ['25:00', '25:00 is no time of day'],
    ['13pm', 'no time of day'],
    ['2026-13-01T09:00', 'no moment of the calendar'],
    ['fifth Monday of February', 'has only 4 Mondays'],
    ['next week', 'Which day'],
    ['9am tomorrow evening', 'in the evening'],
    ['Monday 9', 'Say “at 9”'],
    ['in 2 hours at 9am', 'nothing else can stand beside it'],
    ['in 99999 years', 'more than 20 years'],
    ['9am Europe/Berlim', 'no time zone “Europe/Berlim”'],
    ['9am XST', '“XST”'],
    ['tomorrow early morning', 'Say the hour'],
    ['9.30', 'a time or a date'],
    ['at 5ish', 'say “5am” or “5pm”'],
    ['in 12:30', 'a length of time'],
    ['in 3 years at 7pm', 'say the date'],
    ['tonight at 2am', 'in the night'],
    ['the second closest Monday to 5 Oct', '“closest to”'],
  ])('“%s”: %s', (text, reason) => {
    const when = parseOnlyWhen(text, berlin);
    expect(when.kind === 'none' && when.reason).toContain(reason);
  });
});

describe('a time within a sentence', () => {
  it.each([
    ['We launch tomorrow at 9am in style', 'tomorrow at 9am'],
    ["I'll be there on Friday at noon!", 'on Friday at noon'],
    ['meet me in 10 minutes, ok?', 'in 10 minutes'],
  ])('in “%s” it takes “%s”', (text, taken) => {
    const when = parseWhen(text, berlin);
    expect(when.kind === 'at' && when.text).toBe(taken);
    expect(when.kind === 'at' && text.slice(when.index, when.index + when.text.length)).toBe(taken);
  });

  it.each([
    ['every Monday at 9am we post', '“every”'],
    ['the day before we meet on Monday', '“the day before” count from'],
    ['tomorrow 9am, and for the others Friday 10am', 'two times'],
    ['not tomorrow', '“not”'],
    ['tomorrow 9 or 10', '“or”'],
    ['from 9am to 5pm', 'two times'],
    ['the Mon edition comes out tomorrow', 'two times'],
    ['we have 9 reasons to march on', 'no time'],
    ['the sun and the sat nav', 'no time'],
  ])('“%s” is declined: %s', (text, reason) => {
    const when = parseWhen(text, berlin);
    expect(when.kind === 'none' && when.reason).toContain(reason);
  });

  it('spots words of a time without knowing when it is', () => {
    expect(spotWhen('Hello tomorrow 9am there')).toEqual({ index: 6, text: 'tomorrow 9am' });
    expect([startsWithWhen('Monday to x'), startsWithWhen('x Monday')]).toEqual([true, false]);
    expect([isOnlyWhen('on Monday, 9am'), isOnlyWhen('Monday blues')]).toEqual([true, false]);
  });
});

describe('whatever is typed', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const scraps = [
    'at',
    '25:61',
    'in',
    '3',
    '/',
    '99999',
    'days',
    'next',
    'Feb',
    '31',
    '9am',
    'after',
    'the',
    '1/2',
    'CET',
    'last',
    '.',
    'T',
    '-',
  ].concat([
    '0000-00-00',
    '9999-12-31',
    'Monday',
    'half past',
    '<t:99999999999>',
    'Europe/',
    'to',
    'of',
    'midnight',
    'tonight',
    '24:00',
    'a',
    'and a half',
  ]);
  const reads = (text: string, timeZone: string) => {
    const when = parseOnlyWhen(text, { now, timeZone });
    expect(['at', 'ambiguous', 'past', 'none']).toContain(when.kind);
    if (when.kind === 'at') expect(Temporal.Instant.compare(when.at.toInstant(), now)).toBeGreaterThanOrEqual(0);
    expect(parseWhen(text, { now, timeZone }).kind).toBeTypeOf('string');
  };

  it('is read or declined and never throws: any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom(...zones), reads), { numRuns: 300 });
  });

  it('is read or declined and never throws: scraps of times', () => {
    const text = fc.array(fc.constantFrom(...scraps), { maxLength: 8 }).map((words) => words.join(' '));
    fc.assert(fc.property(text, fc.constantFrom(...zones), reads), { numRuns: 1000 });
  });
});
