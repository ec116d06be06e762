// When a rule comes round: on the wall clock of its zone, over clock changes, in short months, and to its end.
import { describe, expect, it } from 'vitest';
import { nextOccurrence, nextOccurrences, occurrencesBetween } from '../../../../src/core/time/recurrence/occurrences.ts';
import type { Recurrence } from '../../../../src/core/time/recurrence/rule.ts';

const rule = (rrule: string, start: string, timeZone: string): Recurrence => ({ rrule, start, timeZone });
const justBefore = (each: Recurrence): Temporal.Instant =>
  Temporal.PlainDateTime.from(each.start).toZonedDateTime(each.timeZone).toInstant().subtract({ milliseconds: 1 });

/** `MM-DD HH:MM±hh:mm` of the first so many. */
const moments = (each: Recurrence, count: number): string[] =>
  nextOccurrences(each, justBefore(each), count).map(({ at }) => at.toString().slice(5, 16).replace('T', ' ') + at.offset);

describe('nine in the morning stays nine in the morning', () => {
  it.each<[string, string, string[]]>([
    ['Europe/Berlin', '2027-03-27', ['03-27 09:00+01:00', '03-28 09:00+02:00', '03-29 09:00+02:00']],
    ['Europe/Berlin', '2027-10-30', ['10-30 09:00+02:00', '10-31 09:00+01:00', '11-01 09:00+01:00']],
    ['America/New_York', '2027-03-13', ['03-13 09:00-05:00', '03-14 09:00-04:00', '03-15 09:00-04:00']],
    ['America/New_York', '2027-11-06', ['11-06 09:00-04:00', '11-07 09:00-05:00', '11-08 09:00-05:00']],
    ['Pacific/Auckland', '2027-04-03', ['04-03 09:00+13:00', '04-04 09:00+12:00', '04-05 09:00+12:00']],
    ['Pacific/Auckland', '2027-09-25', ['09-25 09:00+12:00', '09-26 09:00+13:00', '09-27 09:00+13:00']],
    ['Australia/Lord_Howe', '2027-04-03', ['04-03 09:00+11:00', '04-04 09:00+10:30', '04-05 09:00+10:30']],
    ['America/St_Johns', '2027-03-13', ['03-13 09:00-03:30', '03-14 09:00-02:30', '03-15 09:00-02:30']],
    ['Africa/Cairo', '2027-04-29', ['04-29 09:00+02:00', '04-30 09:00+03:00', '05-01 09:00+03:00']],
    ['Asia/Kolkata', '2027-03-27', ['03-27 09:00+05:30', '03-28 09:00+05:30', '03-29 09:00+05:30']],
  ])('in %s from %s on', (timeZone, date, expected) => {
    expect(moments(rule('FREQ=DAILY', `${date}T09:00:00`, timeZone), 3)).toEqual(expected);
  });
});

describe('a time that a clock change takes away or brings twice', () => {
  it.each<[string, string, string[]]>([
    ['Europe/Berlin', '2027-03-27T02:30:00', ['03-27 02:30+01:00', '03-28 03:30+02:00', '03-29 02:30+02:00']],
    ['Europe/Berlin', '2027-10-30T02:30:00', ['10-30 02:30+02:00', '10-31 02:30+02:00', '11-01 02:30+01:00']],
    ['America/New_York', '2027-03-13T02:30:00', ['03-13 02:30-05:00', '03-14 03:30-04:00', '03-15 02:30-04:00']],
    ['America/New_York', '2027-11-06T01:30:00', ['11-06 01:30-04:00', '11-07 01:30-04:00', '11-08 01:30-05:00']],
    ['Pacific/Auckland', '2027-09-25T02:15:00', ['09-25 02:15+12:00', '09-26 03:15+13:00', '09-27 02:15+13:00']],
    ['Australia/Lord_Howe', '2027-10-02T02:15:00', ['10-02 02:15+10:30', '10-03 02:45+11:00', '10-04 02:15+11:00']],
    ['Africa/Cairo', '2027-04-29T00:30:00', ['04-29 00:30+02:00', '04-30 01:30+03:00', '05-01 00:30+03:00']],
  ])('in %s from %s on moves forward, or is the earlier, on that day alone', (timeZone, start, expected) => {
    expect(moments(rule('FREQ=DAILY', start, timeZone), 3)).toEqual(expected);
  });

  it('is named', () => {
    const daily = rule('FREQ=DAILY', '2027-03-27T02:30:00', 'Europe/Berlin');
    const notes = nextOccurrences(daily, justBefore(daily), 3).map((each) => each.notes.length);
    expect(notes).toEqual([0, 1, 0]);
  });

  it('that never was is one with the next: a day that a zone left out', () => {
    const daily = rule('FREQ=DAILY', '2011-12-29T09:00:00', 'Pacific/Apia');
    expect(moments(daily, 3)).toEqual(['12-29 09:00-10:00', '12-31 09:00+14:00', '01-01 09:00+14:00']);
  });
});

describe('months without the day', () => {
  const dates = (rrule: string, start: string, count: number): string[] =>
    nextOccurrences(rule(rrule, `${start}T09:00:00`, 'UTC'), Temporal.Instant.from(`${start}T00:00Z`), count).map(({ at }) =>
      at.toPlainDate().toString(),
    );

  it.each([
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', '2027-01-31', ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']],
    ['FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1', '2028-02-01', ['2028-02-15', '2028-02-29', '2028-03-15', '2028-03-30']],
    ['FREQ=MONTHLY;BYDAY=5MO', '2026-11-01', ['2026-11-30', '2027-03-29', '2027-05-31', '2027-08-30']],
    [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1',
      '2027-02-28',
      ['2027-02-28', '2028-02-29', '2029-02-28', '2030-02-28'],
    ],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', '2026-11-26', ['2026-11-26', '2026-12-08', '2026-12-10', '2026-12-22']],
  ])('%s from %s on', (rrule, start, expected) => {
    expect(dates(rrule, start, 4)).toEqual(expected);
  });
});

describe('a rule that ends', () => {
  const three = rule('FREQ=DAILY;COUNT=3', '2026-11-23T09:00:00', 'Europe/Berlin');

  it('has no occurrence behind its last', () => {
    const last = Temporal.Instant.from('2026-11-25T08:00:00Z');
    expect(nextOccurrence(three, last.subtract({ seconds: 1 }))?.toInstant()).toEqual(last);
    expect(nextOccurrence(three, last)).toBeNull();
    expect(nextOccurrences(three, justBefore(three), 9)).toHaveLength(3);
  });

  it('takes in the day it is said to end on', () => {
    const until = rule('FREQ=DAILY;UNTIL=20261124T235959Z', '2026-11-23T23:30:00', 'Pacific/Auckland');
    expect(moments(until, 9)).toEqual(['11-23 23:30+13:00', '11-24 23:30+13:00']);
  });

  it('between two instants has those after the first and not after the second', () => {
    const [from, to] = ['2026-11-23T08:00:00Z', '2026-11-25T08:00:00Z'].map((at) => Temporal.Instant.from(at));
    if (!from || !to) throw new Error('two instants');
    expect(occurrencesBetween(three, from, to).map((at) => at.toInstant().toString())).toEqual([
      '2026-11-24T08:00:00Z',
      '2026-11-25T08:00:00Z',
    ]);
  });
});
