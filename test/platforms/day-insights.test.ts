// Which day of Meta's insights is the last whole one, and what is told where there is none.
import { describe, expect, it } from 'vitest';
import { DayInsights, dayBefore, lastDayOf, totalOf } from '../../src/platforms/day-insights.ts';

const at = (text: string) => Temporal.Instant.from(text);
const asInstants = (now: string) =>
  Object.values(dayBefore(at(now))).map((seconds) => String(Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000)));

describe('the day before', () => {
  it.each([
    ['2026-11-22T12:00:00Z', '2026-11-21T08:00:00Z', '2026-11-22T07:59:59Z'],
    ['2026-11-22T07:59:59Z', '2026-11-20T08:00:00Z', '2026-11-21T07:59:59Z'],
    ['2026-11-22T08:00:00Z', '2026-11-21T08:00:00Z', '2026-11-22T07:59:59Z'],
    // clocks in California go back on 1 November 2026, and forward on 8 March
    ['2026-11-02T20:00:00Z', '2026-11-01T07:00:00Z', '2026-11-02T07:59:59Z'],
    ['2026-03-09T20:00:00Z', '2026-03-08T08:00:00Z', '2026-03-09T06:59:59Z'],
  ])('at %s is from %s to %s', (now, since, until) => {
    expect(asInstants(now)).toEqual([since, until]);
  });
});

describe('a metric', () => {
  const insights = DayInsights.parse({
    data: [
      {
        name: 'views',
        values: [
          { value: 7, end_time: '2026-11-22T08:00:00+0000' },
          { value: 5, end_time: '2026-11-21T08:00:00+0000' },
          { value: 9 },
        ],
      },
      { name: 'followers_count', total_value: { value: -1 } },
    ],
  });

  it('counts for the day that ended last, in whichever order the days come', () => {
    expect(lastDayOf(insights, 'views', at('2026-11-22T08:00:00Z'))).toBe(7);
    expect(lastDayOf(insights, 'views', at('2026-11-22T07:59:59Z'))).toBe(5);
  });

  it('is unknown where no day is over, or there is none of that name', () => {
    expect(lastDayOf(insights, 'views', at('2026-11-21T07:00:00Z'))).toBeNull();
    expect(lastDayOf(insights, 'reach', at('2026-11-22T08:00:00Z'))).toBeNull();
    expect(totalOf(insights, 'views')).toBeNull();
  });

  it('is never below 0', () => {
    expect(totalOf(insights, 'followers_count')).toBe(0);
  });
});
