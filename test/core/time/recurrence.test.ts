// What recurs, read: each way people say it, what is asked and what is declined; and that a rule in words reads back as itself.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cadence, type Recurrence, readRule, writeRule } from '../../../src/core/time/recurrence/rule.ts';
import { END_OF_DAY, sayRecurrence } from '../../../src/core/time/recurrence/say.ts';
import { isOnlyRecurrence, parseRecurrence, type RecurrenceReading, soundsRecurring } from '../../../src/core/time/recurrence.ts';

/** Sunday, ten in the morning in Berlin. */
const now = Temporal.Instant.from('2026-11-22T09:00:00Z');
const options = { now, timeZone: 'Europe/Berlin', dateOrder: null, defaultTime: '09:00' };

function read(text: string): Extract<RecurrenceReading, { kind: 'recurring' }> {
  const reading = parseRecurrence(text, options);
  if (reading.kind !== 'recurring') throw new Error(`${text}: ${JSON.stringify(reading)}`);
  return reading;
}

describe('what recurs', () => {
  it.each([
    ['every Monday at 9am', 'FREQ=WEEKLY;BYDAY=MO', 'Mon 2026-11-23T09:00'],
    ['Every monday 9am', 'FREQ=WEEKLY;BYDAY=MO', 'Mon 2026-11-23T09:00'],
    ['at 9am every Monday', 'FREQ=WEEKLY;BYDAY=MO', 'Mon 2026-11-23T09:00'],
    ['every Sunday at 11am', 'FREQ=WEEKLY;BYDAY=SU', 'Sun 2026-11-22T11:00'],
    ['every Sunday at 9am', 'FREQ=WEEKLY;BYDAY=SU', 'Sun 2026-11-29T09:00'],
    ['every weekday at 8:30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Mon 2026-11-23T08:30'],
    ['weekdays 9am', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Mon 2026-11-23T09:00'],
    ['Mon-Fri 9am', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Mon 2026-11-23T09:00'],
    ['every Tuesday to Thursday at 9am', 'FREQ=WEEKLY;BYDAY=TU,WE,TH', 'Tue 2026-11-24T09:00'],
    ['every Monday and Thursday 9:00', 'FREQ=WEEKLY;BYDAY=MO,TH', 'Mon 2026-11-23T09:00'],
    ['every Mon, Wed & Fri 10:30', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', 'Mon 2026-11-23T10:30'],
    ['on Mondays and Thursdays at 9', 'FREQ=WEEKLY;BYDAY=MO,TH', 'Mon 2026-11-23T09:00'],
    ['weekends at 10am', 'FREQ=WEEKLY;BYDAY=SA,SU', 'Sat 2026-11-28T10:00'],
    ['every other Friday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'Fri 2026-11-27T09:00'],
    ['every second Wednesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', 'Wed 2026-11-25T09:00'],
    ['every 2 weeks on Tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'Tue 2026-11-24T09:00'],
    ['every fortnight on Monday and Thursday 8am', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'Mon 2026-11-23T08:00'],
    ['Tuesdays every other week at noon', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'Tue 2026-11-24T12:00'],
    ['weekly on Friday 9am', 'FREQ=WEEKLY;BYDAY=FR', 'Fri 2026-11-27T09:00'],
    ['daily at 18:00 until 24 Dec', 'FREQ=DAILY;UNTIL=20261224T235959Z', 'Sun 2026-11-22T18:00'],
    ['daily at 18:00 until Christmas', 'FREQ=DAILY;UNTIL=20261225T235959Z', 'Sun 2026-11-22T18:00'],
    ['every day at noon', 'FREQ=DAILY', 'Sun 2026-11-22T12:00'],
    ['every morning at 8', 'FREQ=DAILY', 'Mon 2026-11-23T08:00'],
    ['every 3 days', 'FREQ=DAILY;INTERVAL=3', 'Mon 2026-11-23T09:00'],
    ['every other day at 17:00', 'FREQ=DAILY;INTERVAL=2', 'Sun 2026-11-22T17:00'],
    ['first Tuesday of the month at noon', 'FREQ=MONTHLY;BYDAY=1TU', 'Tue 2026-12-01T12:00'],
    ['the second Wednesday of every month', 'FREQ=MONTHLY;BYDAY=2WE', 'Wed 2026-12-09T09:00'],
    ['every first Monday at 9am', 'FREQ=MONTHLY;BYDAY=1MO', 'Mon 2026-12-07T09:00'],
    ['the first and third Monday of each month', 'FREQ=MONTHLY;BYDAY=1MO,3MO', 'Mon 2026-12-07T09:00'],
    ['last Friday of each month 17:00', 'FREQ=MONTHLY;BYDAY=-1FR', 'Fri 2026-11-27T17:00'],
    ['every 3 months on the last Friday', 'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR', 'Fri 2026-11-27T09:00'],
    ['on the 15th of every month', 'FREQ=MONTHLY;BYMONTHDAY=15', 'Tue 2026-12-15T09:00'],
    ['every 15th', 'FREQ=MONTHLY;BYMONTHDAY=15', 'Tue 2026-12-15T09:00'],
    ['monthly on the 1st', 'FREQ=MONTHLY;BYMONTHDAY=1', 'Tue 2026-12-01T09:00'],
    ['monthly on the 1st and 15th 9:15am', 'FREQ=MONTHLY;BYMONTHDAY=1,15', 'Tue 2026-12-01T09:15'],
    ['on the last day of every month', 'FREQ=MONTHLY;BYMONTHDAY=-1', 'Mon 2026-11-30T09:00'],
    ['quarterly on the 1st', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1', 'Tue 2026-12-01T09:00'],
    ['yearly on 24 Nov', 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24', 'Tue 2026-11-24T09:00'],
    ['every November 24th at 9am', 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24', 'Tue 2026-11-24T09:00'],
    ['every 4th of July', 'FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4', 'Sun 2027-07-04T09:00'],
    ['every Monday 9am for 10 times', 'FREQ=WEEKLY;BYDAY=MO;COUNT=10', 'Mon 2026-11-23T09:00'],
    ['10 times every day', 'FREQ=DAILY;COUNT=10', 'Mon 2026-11-23T09:00'],
    ['every Monday 9am for 10 weeks', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131T235959Z', 'Mon 2026-11-23T09:00'],
    ['every day for a week', 'FREQ=DAILY;UNTIL=20261129T235959Z', 'Mon 2026-11-23T09:00'],
    ['until 31 Dec every Monday at 9am', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T235959Z', 'Mon 2026-11-23T09:00'],
    ['every day at 9am until 24 Dec at 10am', 'FREQ=DAILY;UNTIL=20261224T100000Z', 'Mon 2026-11-23T09:00'],
    ['every Monday 9am starting 1 Jan', 'FREQ=WEEKLY;BYDAY=MO', 'Mon 2027-01-04T09:00'],
    ['every 3 days from tomorrow at 5pm', 'FREQ=DAILY;INTERVAL=3', 'Mon 2026-11-23T17:00'],
    ['weekly starting 1 Dec', 'FREQ=WEEKLY;BYDAY=TU', 'Tue 2026-12-01T09:00'],
  ])('“%s” is %s from %s on', (text, rrule, first) => {
    const reading = read(text);
    const [, day = '', wall = ''] = /^(\w+) (.+)$/.exec(first) ?? [];
    expect(reading.rule).toEqual({ rrule, start: `${wall}:00`, timeZone: 'Europe/Berlin' });
    expect(reading.first.toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(wall);
    expect(reading.first.toLocaleString('en-GB', { weekday: 'short' })).toBe(day);
    expect(isOnlyRecurrence(text)).toBe(true);
  });

  it.each([
    ['every Monday 9am ET', 'America/New_York', '2026-11-23T14:00:00Z'],
    ['each Tuesday 14:00 Europe/London', 'Europe/London', '2026-11-24T14:00:00Z'],
    ['daily at 9am Kolkata time', 'Asia/Kolkata', '2026-11-23T03:30:00Z'],
    ['every Monday 9am UTC', 'UTC', '2026-11-23T09:00:00Z'],
  ])('“%s” is anchored to the zone it names, %s', (text, timeZone, first) => {
    const reading = read(text);
    expect(reading.rule.timeZone).toBe(timeZone);
    expect(reading.first.toInstant().toString()).toBe(first);
  });

  it.each([
    ['every Monday', ['No time of day was said, so this is at the usual 09:00.']],
    ['every Monday at 9', ['Without am or pm, this is 9am.']],
    ['on the 31st of every month 9am', ['A month without a 31st takes its last day.']],
    ['every 29 February 9am', ['A year without 29 February takes 28 February.']],
    ['fifth Monday of the month 9am', ['A month without a fifth one is left out.']],
    [
      'every second Friday 9am',
      ['“Every second” is every other one. For the one of each month, say “on the second Friday of every month”.'],
    ],
    ['every first Friday 9am', ['This is read as the one of each month.']],
  ])('“%s” says what was assumed', (text, notes) => {
    expect(read(text).notes).toEqual(notes);
  });
});

describe('what can be meant in more than one way is asked', () => {
  it.each([
    ['every Monday 3:30', ['every Monday at 03:30 in Europe/Berlin', 'every Monday at 15:30 in Europe/Berlin']],
    [
      'every third Friday at 10am',
      [
        'every 3 weeks on Friday at 10:00 in Europe/Berlin, starting 27 November 2026',
        'on the third Friday of every month at 10:00 in Europe/Berlin',
      ],
    ],
    [
      'every day at 9am until 3/4',
      ['every day at 09:00 in Europe/Berlin until 3 April 2027', 'every day at 09:00 in Europe/Berlin until 4 March 2027'],
    ],
  ])('%s', (text, choices) => {
    const reading = parseRecurrence(text, options);
    expect(reading.kind === 'ambiguous' && reading.choices.map(({ rule }) => sayRecurrence(rule))).toEqual(choices);
    for (const words of choices) expect(sayRecurrence(read(words).rule)).toBe(words);
  });
});

describe('what is not sure is declined', () => {
  it.each([
    ['tomorrow 9am', 'does not say how often'],
    ['every', 'does not say how often'],
    ['every Monday in December', '“in December”'],
    ['every Monday except 24 Dec', '“except 24 Dec”'],
    ['every Monday at 9 sharpish', '“9 sharpish”'],
    ['every day Monday 9am', '“Monday 9am”'],
    ['every Monday tomorrow', '“tomorrow”'],
    ['every day at 9am and 5pm', '“9am and 5pm”'],
    ['every Tuesday and the 15th of every month', '“every Tuesday and”'],
    ['every Monday until the cows come home', 'cows come home'],
    ['every Monday until 31 Dec at 9am', 'the time it goes out, or the time it ends'],
    ['every Monday until 1 Nov 2026', '“1 Nov 2026” has gone by.'],
    ['every Monday starting next week', 'Which day of that week?'],
    ['every Friday 9am until Tuesday', 'It would end before it begins.'],
    ['every Monday for 3 weeks until 24 Dec', 'It can end only once'],
    ['every Monday for 0 times', 'Say a number from 1 on.'],
    ['every 0 days', 'Say a number from 1 on.'],
    ['weekly', 'Which day of the week?'],
    ['monthly at 9am', 'Which day of the month?'],
    ['every year', 'Which day of the year?'],
    ['biweekly on Monday', 'more than one way'],
    ['twice a week', 'more than one way'],
    ['every 15 minutes', 'once a day at most'],
    ['hourly', 'once a day at most'],
    ['every weekend', 'Which day of the weekend?'],
    ['every other weekday', 'Which days are'],
    ['every Monday at midnight', 'Say 00:00 or 23:59.'],
    ['every Monday 9am UTC+2', 'knows no summer time'],
    ['on the 32nd of every month', 'No month has a day 32.'],
    ['on the 30th and 31st of every month', 'are one day'],
    ['every 30 February', 'There is no day 30 in that month.'],
    [`every Monday ${'x'.repeat(300)}`, 'too long'],
  ])('%.50s', (text, reason) => {
    const reading = parseRecurrence(text, options);
    expect(reading.kind === 'none' ? reason && reading.reason : reading).toContain(reason);
  });

  it.each(['tomorrow 9am', 'Monday 9am', 'the 15th', 'next month', 'last Friday of October'])('“%s” is no recurrence', (text) => {
    expect(soundsRecurring(text)).toBe(false);
    expect(isOnlyRecurrence(text)).toBe(false);
  });
});

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'UTC',
];

const someOf = (from: number, to: number, most: number) =>
  fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: most }).map((days) => days.sort((a, b) => a - b));
const interval = fc.integer({ min: 1, max: 20 });
const cadences: fc.Arbitrary<Cadence> = fc.oneof(
  fc.record({ unit: fc.constant('day' as const), interval }),
  fc.record({ unit: fc.constant('week' as const), interval, weekdays: someOf(1, 7, 7) }),
  fc.record({
    unit: fc.constant('month' as const),
    interval,
    days: fc.oneof(someOf(1, 28, 4), fc.constantFrom([-1], [1, 31], [29], [15, -1])),
  }),
  fc.record({
    unit: fc.constant('month-weekday' as const),
    interval,
    nth: fc.oneof(someOf(1, 5, 3), fc.constantFrom([-1], [1, -1])),
    weekday: fc.integer({ min: 1, max: 7 }),
  }),
  fc.record({
    unit: fc.constant('year' as const),
    interval,
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  }),
  fc.constant({ unit: 'year', interval: 1, month: 2, day: 29 } as const),
);
const ends = fc.oneof(
  fc.constant({ until: null, count: null }),
  fc.integer({ min: 1, max: 99 }).map((count) => ({ until: null, count })),
  fc.integer({ min: 8000, max: 20_000 }).map((days) => ({ until: day(days).toPlainDateTime(END_OF_DAY), count: null })),
);
const day = (ahead: number): Temporal.PlainDate => Temporal.PlainDate.from('2026-11-22').add({ days: ahead });
const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });

describe('a rule in words', () => {
  it('is what was written', () => {
    fc.assert(
      fc.property(cadences, ends, (cadence, { until, count }) => {
        const rule: Recurrence = { rrule: writeRule({ cadence, until, count }), start: '2026-11-22T10:00:00', timeZone: 'UTC' };
        expect(readRule(rule)).toEqual({ cadence, until, count });
      }),
    );
  });

  it('reads back as the same rule, said in any zone', () => {
    fc.assert(
      fc.property(
        cadences,
        ends,
        time,
        fc.constantFrom(...ZONES),
        fc.constantFrom(...ZONES),
        (cadence, ended, at, zone, home) => {
          const start = Temporal.PlainDate.from('2026-11-23').toPlainDateTime(at).toString();
          // the first occurrence is the rule's own, as a reading makes it
          const said = sayRecurrence({
            rrule: writeRule({ cadence: { ...cadence, interval: 1 }, until: null, count: null }),
            start,
            timeZone: zone,
          });
          const first = parseRecurrence(said, { ...options, timeZone: home });
          if (first.kind !== 'recurring') throw new Error(`${said}: ${JSON.stringify(first)}`);
          const rule = { ...first.rule, rrule: writeRule({ cadence, ...ended }) };
          const again = parseRecurrence(sayRecurrence(rule), { ...options, timeZone: home });
          expect(again).toMatchObject({ kind: 'recurring', rule });
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('whatever is typed', () => {
  const words = fc
    .array(
      fc.constantFrom(
        ...'every each other second 2 3rd Monday Mondays and , weekdays month of the last day 15th on at 9 9am until starting for times 24 Dec weekly / -'.split(
          ' ',
        ),
      ),
      { maxLength: 60 },
    )
    .map((each) => each.join(' ').slice(0, 500));
  const anything = fc.oneof(
    words,
    fc.string({ unit: 'grapheme', maxLength: 500 }),
    fc.constantFrom('every 1'.repeat(70), 'Monday, '.repeat(60)),
  );

  it('is read, asked about or declined in no time, and never breaks', () => {
    parseRecurrence('every Monday at 9am', options);
    fc.assert(
      fc.property(anything, (text) => {
        const begun = performance.now();
        expect(['recurring', 'ambiguous', 'none']).toContain(parseRecurrence(text, options).kind);
        isOnlyRecurrence(text);
        // far more than it takes, and far less than a backtracking expression would
        expect(performance.now() - begun).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a length that is counted in working days', () => {
  it.each(['2 business days from now at 10', 'in two working days', 'in a business day', '10 weekdays from now'])(
    '%s happens once',
    (text) => {
      expect(soundsRecurring(text)).toBe(false);
    },
  );

  it.each(['weekdays at 9', 'every 2 business days', 'on business days at 9'])('%s recurs', (text) => {
    expect(soundsRecurring(text)).toBe(true);
  });
});
