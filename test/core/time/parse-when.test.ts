// The posting times people type, against a fixed Thursday morning in Berlin with one meaning, and what must be asked.
import { describe, expect, it } from 'vitest';
import { parseOnlyWhen } from '../../../src/core/time/parse-when.ts';
import type { When, WhenOptions } from '../../../src/core/time/when.ts';

/** Thursday 26 November 2026, 10:00 in Berlin. */
const now = Temporal.Instant.from('2026-11-26T09:00:00Z');
const berlin: WhenOptions = { now, timeZone: 'Europe/Berlin', dateOrder: 'DMY', defaultTime: '09:00' };

const wall = (at: Temporal.ZonedDateTime) =>
  at.toPlainDateTime().toString({ smallestUnit: at.second === 0 ? 'minute' : 'second' });
const localOf = (when: Extract<When, { kind: 'at' | 'past' }>) => wall(when.at);

/** One line for comparing: the kind, and the local time or times. */
function told(when: When): string {
  if (when.kind === 'none') return 'none';
  if (when.kind === 'ambiguous') return `ambiguous ${when.choices.map(({ at }) => wall(at)).join(' ')}`;
  return `${when.kind} ${localOf(when)}`;
}

describe('a time that can mean one thing', () => {
  it.each([
    ['in 3 seconds', '2026-11-26T10:00:03'],
    ['in 10 minutes', '2026-11-26T10:10'],
    ['in an hour and a half', '2026-11-26T11:30'],
    ['in two and a half hours', '2026-11-26T12:30'],
    ['in half an hour', '2026-11-26T10:30'],
    ['in three-quarters of an hour', '2026-11-26T10:45'],
    ['in 1h30', '2026-11-26T11:30'],
    ['in 1h 30m', '2026-11-26T11:30'],
    ['in 2 days at 5pm', '2026-11-28T17:00'],
    ['in 15', '2026-11-26T10:15'],
    ["in 15'", '2026-11-26T10:15'],
    ['in a couple of hours', '2026-11-26T12:00'],
    ['in a few minutes', '2026-11-26T10:03'],
    ['in 2 more minutes', '2026-11-26T10:02'],
    ['in 2h30m', '2026-11-26T12:30'],
    ['today in one hour', '2026-11-26T11:00'],
    ['in a fortnight', '2026-12-10T09:00'],
    ['in 3 weeks on Friday', '2026-12-18T09:00'],
    ['2 business days from now', '2026-11-30T09:00'],
    ['two Mondays from now', '2026-12-07T09:00'],
    ['a week from Tuesday', '2026-12-08T09:00'],
    ['Monday week', '2026-12-07T09:00'],
    ['the Monday after next', '2026-12-07T09:00'],
    ['the day before the last Friday of December', '2026-12-24T09:00'],
    ['the third Tuesday after 1 December', '2026-12-22T09:00'],
    ['3 hours from now', '2026-11-26T13:00'],
    ['2 weeks from Monday 9am', '2026-12-14T09:00'],
    ['the day after tomorrow 9am', '2026-11-28T09:00'],
    ['tomorrow 9am', '2026-11-27T09:00'],
    ['Tomorrow At 9AM', '2026-11-27T09:00'],
    ['tomorrow at 9', '2026-11-27T09:00'],
    ['9am tomorrow', '2026-11-27T09:00'],
    ['tomorrow morning at 7', '2026-11-27T07:00'],
    ['tonight at 8', '2026-11-26T20:00'],
    ['11am', '2026-11-26T11:00'],
    ['today 17:30', '2026-11-26T17:30'],
    ['today @ 5.30pm', '2026-11-26T17:30'],
    ['21h', '2026-11-26T21:00'],
    ['13h15', '2026-11-26T13:15'],
    ['9:30p', '2026-11-26T21:30'],
    ['at 8 p.m.', '2026-11-26T20:00'],
    ['at seven pm', '2026-11-26T19:00'],
    ['at 7', '2026-11-26T19:00'],
    ['9am', '2026-11-27T09:00'],
    ['ten-thirty', '2026-11-26T10:30'],
    ['half three', '2026-11-26T15:30'],
    ['at 12 15', '2026-11-26T12:15'],
    ['Friday 12:00', '2026-11-27T12:00'],
    ['around 1030', '2026-11-26T10:30'],
    ['1730 hours', '2026-11-26T17:30'],
    ['tonight 815', '2026-11-26T20:15'],
    ['3ish pm', '2026-11-26T15:00'],
    ['twenty to 2pm tomorrow', '2026-11-27T13:40'],
    ['tomorrow evening', '2026-11-27T19:00'],
    ['tomorrow lunchtime', '2026-11-27T12:00'],
    ['first thing Monday', '2026-11-30T08:00'],
    ['end of day', '2026-11-26T23:59:59'],
    ['tomorrow COB', '2026-11-27T17:00'],
    ['same time tomorrow', '2026-11-27T10:00'],
    ['this time next Monday', '2026-11-30T10:00'],
    ['EOM', '2026-11-30T09:00'],
    ['tomorrow at 7', '2026-11-27T07:00'],
    ['Monday the 27th 9am', '2027-09-27T09:00'],
    ['Sunday next week', '2026-12-06T09:00'],
    ['fifth last day of May', '2027-05-27T09:00'],
    ['on 28-12', '2026-12-28T09:00'],
    ['2026/28/Nov', '2026-11-28T09:00'],
    ['jan twenty one two thousand and twenty eight', '2028-01-21T09:00'],
    ['noon', '2026-11-26T12:00'],
    ['midnight', '2026-11-27T00:00'],
    ['quarter to noon', '2026-11-26T11:45'],
    ['half past nine tomorrow', '2026-11-27T09:30'],
    ['Monday 9am', '2026-11-30T09:00'],
    ['on Mon. at 09:00', '2026-11-30T09:00'],
    ['next Monday 9am', '2026-11-30T09:00'],
    ['this Friday at noon', '2026-11-27T12:00'],
    ['Thursday 9am', '2026-12-03T09:00'],
    ['Friday next week 9am', '2026-12-04T09:00'],
    ['Friday the 27th at 9am', '2026-11-27T09:00'],
    ['Nov 28 9am', '2026-11-28T09:00'],
    ['28 Nov 2026 18:00', '2026-11-28T18:00'],
    ['Saturday, November 28th, 2026, 6pm', '2026-11-28T18:00'],
    ['Nov 24 9am', '2027-11-24T09:00'],
    ['29 Feb 9am', '2028-02-29T09:00'],
    ['28.11. 9:00', '2026-11-28T09:00'],
    ['28.11.2026 09:00', '2026-11-28T09:00'],
    ['3/4 9am', '2027-04-03T09:00'],
    ['11/28/2026 9am', '2026-11-28T09:00'],
    ['the 20th of next month 9am', '2026-12-20T09:00'],
    ['last Monday of March 9am', '2027-03-29T09:00'],
    ['second Tuesday of next month at noon', '2026-12-08T12:00'],
    ['2026-11-28T09:00', '2026-11-28T09:00'],
    ['2026-11-28T09:00Z', '2026-11-28T10:00'],
    ['2026-11-28T09:00+02:00', '2026-11-28T08:00'],
    ['2026-11-28 09:00', '2026-11-28T09:00'],
    ['<t:1800000000>', '2027-01-15T09:00'],
    ['<t:1800000000:R>', '2027-01-15T09:00'],
    ['1800000000', '2027-01-15T09:00'],
    ['now', '2026-11-26T10:00'],
  ])('“%s” is %s', (text, local) => {
    expect(told(parseOnlyWhen(text, berlin))).toBe(`at ${local}`);
  });

  it.each([
    ['11am ET', '2026-11-26T16:00:00Z'],
    ['3pm PT', '2026-11-26T23:00:00Z'],
    ['tomorrow 9am CET', '2026-11-27T08:00:00Z'],
    ['tomorrow 09:00 utc', '2026-11-27T09:00:00Z'],
    ['tomorrow 09:00 UTC+5:30', '2026-11-27T03:30:00Z'],
    ['18:00 europe/berlin', '2026-11-26T17:00:00Z'],
    ['tomorrow 9am New York time', '2026-11-27T14:00:00Z'],
  ])('“%s” is meant in its own zone: %s', (text, instant) => {
    const when = parseOnlyWhen(text, berlin);
    expect(when.kind === 'at' && when.at.toInstant().toString()).toBe(instant);
  });

  it('takes today from the zone that was said', () => {
    const when = parseOnlyWhen('today 17:30 Pacific/Auckland', { ...berlin, now: Temporal.Instant.from('2026-11-26T20:00:00Z') });
    expect(when.kind === 'at' && when.at.toString()).toBe('2026-11-27T17:30:00+13:00[Pacific/Auckland]');
  });

  it('counts from the next whole second, never before what was asked', () => {
    const when = parseOnlyWhen('in 3 seconds', { ...berlin, now: now.add({ milliseconds: 400 }) });
    expect(told(when)).toBe('at 2026-11-26T10:00:04');
  });

  it('says which grain it has', () => {
    const grains = ['in 3 seconds', 'in 3 minutes', 'tomorrow'].map((text) => parseOnlyWhen(text, berlin));
    expect(grains.map((when) => when.kind === 'at' && when.grain)).toEqual(['second', 'minute', 'day']);
  });
});

describe('what is assumed is said', () => {
  it.each([
    ['tomorrow', 'No time of day was said, so this is at the usual 09:00.'],
    ['tomorrow at 9', 'Without am or pm, this is 9am.'],
    ['Nov 24 9am', '24 November has gone by this year, so this is 2027.'],
    ['28 Mar 2027 2:30am', 'On 2027-03-28 the clocks in Europe/Berlin go forward and there is no 02:30: this is 03:30 instead.'],
    ['31 Oct 2027 2:30am', 'On 2027-10-31 the clocks in Europe/Berlin go back and 02:30 comes twice: this is the first, CEST.'],
  ])('“%s”: %s', (text, note) => {
    const when = parseOnlyWhen(text, berlin);
    expect(when.kind === 'at' && when.notes).toEqual([note]);
  });

  it('takes the usual posting time of the workspace', () => {
    expect(told(parseOnlyWhen('tomorrow', { ...berlin, defaultTime: '14:15' }))).toBe('at 2026-11-27T14:15');
  });
});

describe('several readings are asked about', () => {
  it.each([
    ['next Friday 9am', '2026-11-27T09:00 2026-12-04T09:00'],
    ['Thursday 11am', '2026-11-26T11:00 2026-12-03T11:00'],
    ['12', '2026-11-26T12:00 2026-11-27T00:00'],
    ['at 9', '2026-11-26T21:00 2026-11-27T09:00'],
    ['tomorrow 3:30', '2026-11-27T03:30 2026-11-27T15:30'],
    ['tomorrow midnight', '2026-11-27T00:00 2026-11-28T00:00'],
    ['15 Jul 2027 9am CET', '2027-07-15T09:00 2027-07-15T10:00'],
  ])('“%s” may be %s', (text, choices) => {
    expect(told(parseOnlyWhen(text, berlin))).toBe(`ambiguous ${choices}`);
  });

  it('asks about 3/4 where the workspace has no date order, and says what differs', () => {
    const when = parseOnlyWhen('3/4 9am', { now, timeZone: 'Europe/Berlin' });
    expect(when.kind === 'ambiguous' && when.choices.map(({ label }) => label)).toEqual(['3 April', '4 March']);
  });

  it('asks at 6:50 in the morning whether 7 is 7am or 7pm', () => {
    const when = parseOnlyWhen('at 7', { ...berlin, now: Temporal.Instant.from('2026-11-26T05:50:00Z') });
    expect(when.kind === 'ambiguous' && when.choices.map(({ label }) => label)).toEqual(['7am', '7pm']);
  });
});

describe('a time gone by', () => {
  it.each([
    ['today 9am', '2026-11-26T09:00', '2026-11-27T09:00'],
    ['last Monday 9am', '2026-11-23T09:00', '2026-11-30T09:00'],
    ['2020-01-01 09:00', '2020-01-01T09:00', null],
    ['2 hours ago', '2026-11-26T08:00', null],
    ['yesterday', '2026-11-25T09:00', null],
  ])('“%s” was at %s, and next is %s', (text, local, next) => {
    const when = parseOnlyWhen(text, berlin);
    expect(told(when)).toBe(`past ${local}`);
    expect(when.kind === 'past' && when.next && wall(when.next)).toBe(next);
  });
});
