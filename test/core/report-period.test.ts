// Which days a report is about and with what they are compared: words, dates, calendars, and days that have 23 or 25 hours.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadSpan, ReportPeriod } from '../../src/core/report.ts';
import { digestPeriod, looksLikeReportPeriod, REPORT_PERIODS, readReportPeriod, sayDays } from '../../src/core/report-period.ts';

const MONDAY = 1;
/** A Wednesday. */
const NOW = Temporal.ZonedDateTime.from('2026-11-18T15:00[Europe/Berlin]');

const clock = (at: Temporal.Instant, { timeZone }: Pick<ReportPeriod, 'timeZone'>): string =>
  at.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
/** `2026-11-16T00:00 2026-11-19T00:00`. */
const said = ({ from, until }: ReadSpan, period: ReportPeriod): string => `${clock(from, period)} ${clock(until, period)}`;
const read = (text: string, now = NOW, firstDay = MONDAY): ReportPeriod => readReportPeriod(text, now, firstDay);
/** Days, and with what they are compared. */
const days = (period: ReportPeriod): string[] => [said(period.span, period), said(period.before, period)];

describe('a report’s period', () => {
  it.each([
    ['today', '2026-11-18T00:00 2026-11-19T00:00', '2026-11-17T00:00 2026-11-17T15:00'],
    ['Yesterday', '2026-11-17T00:00 2026-11-18T00:00', '2026-11-16T00:00 2026-11-17T00:00'],
    ['week', '2026-11-16T00:00 2026-11-19T00:00', '2026-11-09T00:00 2026-11-11T15:00'],
    ['this week', '2026-11-16T00:00 2026-11-19T00:00', '2026-11-09T00:00 2026-11-11T15:00'],
    ['last week', '2026-11-09T00:00 2026-11-16T00:00', '2026-11-02T00:00 2026-11-09T00:00'],
    ['month', '2026-11-01T00:00 2026-11-19T00:00', '2026-10-01T00:00 2026-10-18T15:00'],
    ['This Month', '2026-11-01T00:00 2026-11-19T00:00', '2026-10-01T00:00 2026-10-18T15:00'],
    ['last month', '2026-10-01T00:00 2026-11-01T00:00', '2026-09-01T00:00 2026-10-01T00:00'],
    ['last 7 days', '2026-11-12T00:00 2026-11-19T00:00', '2026-11-05T00:00 2026-11-11T15:00'],
    ['the last 2 weeks', '2026-11-05T00:00 2026-11-19T00:00', '2026-10-22T00:00 2026-11-04T15:00'],
    ['last-30-days', '2026-10-20T00:00 2026-11-19T00:00', '2026-09-20T00:00 2026-10-19T15:00'],
    ['30d', '2026-10-20T00:00 2026-11-19T00:00', '2026-09-20T00:00 2026-10-19T15:00'],
    ['past week', '2026-11-12T00:00 2026-11-19T00:00', '2026-11-05T00:00 2026-11-11T15:00'],
    ['last 1 day', '2026-11-18T00:00 2026-11-19T00:00', '2026-11-17T00:00 2026-11-17T15:00'],
    ['2026-11-02', '2026-11-02T00:00 2026-11-03T00:00', '2026-11-01T00:00 2026-11-02T00:00'],
    ['2026-09', '2026-09-01T00:00 2026-10-01T00:00', '2026-08-01T00:00 2026-09-01T00:00'],
    ['2026-11', '2026-11-01T00:00 2026-11-19T00:00', '2026-10-01T00:00 2026-10-18T15:00'],
    ['2026-11-01 .. 2026-11-10', '2026-11-01T00:00 2026-11-11T00:00', '2026-10-22T00:00 2026-11-01T00:00'],
    ['2026-11-15..2026-11-30', '2026-11-15T00:00 2026-11-19T00:00', '2026-11-11T00:00 2026-11-14T15:00'],
    ['2026-11-17..today', '2026-11-17T00:00 2026-11-19T00:00', '2026-11-15T00:00 2026-11-16T15:00'],
  ])('%s is its own days against those before, as far as it has come', (text, now, before) => {
    expect(looksLikeReportPeriod(text)).toBe(true);
    expect(days(read(text))).toEqual([now, before]);
  });

  it('begins its weeks with the day that is said', () => {
    const onSunday = Temporal.ZonedDateTime.from('2026-11-22T09:00[America/New_York]');
    expect(days(read('week', onSunday, 7))).toEqual(['2026-11-22T00:00 2026-11-23T00:00', '2026-11-15T00:00 2026-11-15T09:00']);
    expect(days(read('week', onSunday, MONDAY))[0]).toBe('2026-11-16T00:00 2026-11-23T00:00');
  });

  it.each([
    ['2026-03-31T15:00[Europe/Berlin]', '2026-03-01T00:00 2026-04-01T00:00', '2026-02-01T00:00 2026-03-01T00:00'],
    ['2026-03-10T15:00[Europe/Berlin]', '2026-03-01T00:00 2026-03-11T00:00', '2026-02-01T00:00 2026-02-10T15:00'],
    ['2024-03-30T15:00[Europe/Berlin]', '2024-03-01T00:00 2024-03-31T00:00', '2024-02-01T00:00 2024-03-01T00:00'],
    ['2026-12-31T15:00[Europe/Berlin]', '2026-12-01T00:00 2027-01-01T00:00', '2026-11-01T00:00 2026-12-01T00:00'],
  ])('that is a month at %s is compared with the same days of the month before, or all it has', (now, own, before) => {
    expect(days(read('month', Temporal.ZonedDateTime.from(now)))).toEqual([own, before]);
  });

  it.each([
    ['week', '2026-11-11T15:00'],
    ['last week', '2026-11-11T15:00'],
    ['today', '2026-11-17T15:00'],
    ['month', '2026-10-18T15:00'],
    ['last month', '2026-10-18T15:00'],
    ['last 30 days', '2026-10-19T15:00'],
    ['2026-11-01..2026-11-10', '2026-11-08T15:00'],
  ])('%s has its figures of now, and those before as they were by %s: at the same age', (text, before) => {
    const period = read(text);
    expect([clock(period.span.asOf, period), clock(period.before.asOf, period)]).toEqual(['2026-11-18T15:00', before]);
  });

  it('that is a month and over is compared with a longer one as it was as long after its end', () => {
    const period = read('last month', Temporal.ZonedDateTime.from('2026-03-01T09:00[Europe/Berlin]'));
    expect(days(period)).toEqual(['2026-02-01T00:00 2026-03-01T00:00', '2026-01-01T00:00 2026-02-01T00:00']);
    expect(clock(period.before.asOf, period)).toBe('2026-02-01T09:00');
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Pacific/Auckland', '2026-09-27', 23],
    ['Pacific/Auckland', '2026-04-05', 25],
  ])('in %s has the %s with its hours, and compares by the clock', (timeZone, date, hours) => {
    const day = Temporal.PlainDate.from(date);
    const evening = day.toZonedDateTime({ timeZone, plainTime: '18:30' });
    const today = read('today', evening);
    expect(today.span.until.since(today.span.from).total('hours')).toBe(hours);
    expect(clock(today.before.until, today)).toBe(`${day.subtract({ days: 1 })}T18:30`);
    const next = read('today', evening.add({ days: 1 }));
    expect(clock(next.before.until, next)).toBe(`${date}T18:30`);
    const week = read('last 7 days', evening.add({ days: 3 }));
    expect(week.span.until.since(week.span.from).total('hours')).toBe(7 * 24 - 24 + hours);
    expect(days(week)[1]).toBe(`${day.subtract({ days: 10 })}T00:00 ${day.subtract({ days: 4 })}T18:30`);
  });

  it('begins with the first moment of a day without a midnight', () => {
    const inSantiago = Temporal.ZonedDateTime.from('2026-09-06T10:00[America/Santiago]');
    expect(days(read('today', inSantiago))[0]).toBe('2026-09-06T01:00 2026-09-07T00:00');
  });

  it('never overlaps what it is compared with, and is never longer than a year', () => {
    const moments = fc.date({ min: new Date('2001-03-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC');
    const texts = fc.oneof(
      fc.constantFrom(...REPORT_PERIODS.map(({ id }) => id)),
      fc.integer({ min: 1, max: 366 }).map((count) => `last ${count} days`),
    );
    fc.assert(
      fc.property(moments, zones, texts, fc.integer({ min: 1, max: 7 }), (moment, zone, text, firstDay) => {
        const now = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone);
        const { span, before } = read(text, now, firstDay);
        const order = [before.from, before.until, span.from, span.until].map((at) => at.epochMilliseconds);
        expect(order.toSorted((one, other) => one - other)).toEqual(order);
        expect(span.asOf).toEqual(now.toInstant());
        expect(before.asOf.epochMilliseconds).toBeGreaterThanOrEqual(before.until.epochMilliseconds);
        expect(span.until.since(span.from).total('hours')).toBeLessThanOrEqual(366 * 24 + 1);
      }),
    );
  });

  it('reads back from its id', () => {
    const texts = [...REPORT_PERIODS.map(({ id }) => id), 'last 12 days', '2026-11', '2026-11-02', '2026-11-01..2026-11-10'];
    for (const text of texts) {
      const period = read(text);
      expect(period.id).toMatch(/^[a-z0-9.-]+$/);
      expect(read(period.id)).toEqual(period);
    }
  });

  it.each([
    ['week', 'this week', 'Mon 16 – Wed 18 November 2026'],
    ['today', 'today', 'Wed 18 November 2026'],
    ['last 30 days', 'the last 30 days', 'Tue 20 October – Wed 18 November 2026'],
    ['2026-10', 'October 2026', 'Thu 1 – Sat 31 October 2026'],
    ['2026-11', '1–18 November 2026', 'Sun 1 – Wed 18 November 2026'],
    ['2026-11-02', '2 November 2026', 'Mon 2 November 2026'],
    ['2026-09-28..2026-10-04', '28 September – 4 October 2026', 'Mon 28 September – Sun 4 October 2026'],
    ['2025-12-29..2026-01-04', '29 December 2025 – 4 January 2026', 'Mon 29 December 2025 – Sun 4 January 2026'],
  ])('that is %s is called %s', (text, name, title) => {
    const period = read(text);
    expect([period.name, sayDays(period)]).toEqual([name, title]);
  });

  it.each([
    ['tomorrow', 'tomorrow has not begun yet: write days that are past, or today.'],
    ['2026-12', '2026-12 has not begun yet'],
    ['2026-11-01..', 'Say both the first and the last day: 2026-11-01..2026-11-30'],
    ['..2026-11-01', 'Say both the first and the last day'],
    ['last 367 days', 'A report is about 1 to 366 days: the last 367 days cannot be one.'],
    ['last 0 days', 'A report is about 1 to 366 days'],
    ['2025-01-01..2026-11-01', 'A report is about 1 to 366 days: 2025-01-01..2026-11-01 cannot be one.'],
    ['0001-01-01', 'There is nothing from before 2000: write a later first day.'],
    ['2026-02-30', 'There is no 2026-02-30 in the calendar.'],
    ['2026-11-10..2026-11-01', 'ends before it begins'],
    ['last wek', 'I could not read "last wek" as days. Did you mean last week?'],
    ['last quarter', 'Write today, week, month, last 30 days, a month like 2026-11'],
  ])('that is %s is refused with what to write', (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
    expect(() => read(text)).toThrow(expect.objectContaining({ kind: 'invalid-input', field: 'period' }));
  });

  it.each(['last quarter', 'last 3 months', 'this year', '2026-13', '2026-11-01..', '30 days'])(
    'is what %s is meant as',
    (text) => {
      expect(looksLikeReportPeriod(text)).toBe(true);
    },
  );

  it.each([
    ...['bluesky', 'launch', 'last', 'last 30', 'last 30 days bluesky', 'week bluesky', '@team', 'v1.2', '12', 'd'],
    '2026-11-01..2026-11-10 bluesky',
  ])('is not what %s looks like', (text) => {
    expect(looksLikeReportPeriod(text)).toBe(false);
  });
});

describe('the period of a digest', () => {
  const on = (date: string): Temporal.ZonedDateTime => Temporal.ZonedDateTime.from(`${date}T09:00[Europe/Berlin]`);
  const told = (period: 'daily' | 'weekly' | 'monthly', date: string, dayOfMonth?: number): ReportPeriod =>
    digestPeriod(period, Temporal.PlainDate.from(date), on(date), dayOfMonth);

  it.each([
    ['daily', '2026-11-18', 'yesterday', '2026-11-17T00:00 2026-11-18T00:00', '2026-11-16T00:00 2026-11-17T00:00'],
    ['weekly', '2026-11-16', 'the past week', '2026-11-09T00:00 2026-11-16T00:00', '2026-11-02T00:00 2026-11-09T00:00'],
    ['monthly', '2026-11-01', 'October 2026', '2026-10-01T00:00 2026-11-01T00:00', '2026-09-01T00:00 2026-10-01T00:00'],
    [
      ...(['monthly', '2026-11-15', '15 October – 14 November 2026'] as const),
      ...['2026-10-15T00:00 2026-11-15T00:00', '2026-09-15T00:00 2026-10-15T00:00'],
    ],
  ] as const)('that is %s, told on %s, is %s', (period, date, name, own, before) => {
    const found = told(period, date);
    expect([found.name, ...days(found)]).toEqual([name, own, before]);
    expect(said(read(found.id, on(date)).span, found)).toBe(own);
  });

  it.each([28, 29, 30, 31])('on the %d of every month has every day in one digest', (dayOfMonth) => {
    const dates = Array.from({ length: 30 }, (_, index) => {
      const month = Temporal.PlainDate.from('2026-01-01').add({ months: index });
      return month.with({ day: Math.min(dayOfMonth, month.daysInMonth) }).toString();
    });
    const periods = dates.map((date) => told('monthly', date, dayOfMonth));
    for (const [index, period] of periods.slice(1).entries()) {
      expect(period.span.from).toEqual(periods[index]?.span.until);
      expect(period.before.from).toEqual(periods[index]?.span.from);
    }
  });

  it('is a month on any day that it is looked at ahead of its own', () => {
    expect(days(told('monthly', '2026-11-18', 1))[0]).toBe('2026-10-18T00:00 2026-11-18T00:00');
  });

  it('goes by its date where it is told on a later day', () => {
    const late = digestPeriod('daily', Temporal.PlainDate.from('2026-11-16'), on('2026-11-18'));
    expect([late.name, ...days(late)]).toEqual([
      '15 November 2026',
      '2026-11-15T00:00 2026-11-16T00:00',
      '2026-11-14T00:00 2026-11-15T00:00',
    ]);
  });
});
