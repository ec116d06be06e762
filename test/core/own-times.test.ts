// When an account's own posts did well, and from when on that counts.
import { describe, expect, it } from 'vitest';
import { ENOUGH_POSTS, type Result } from '../../src/core/best-times.ts';
import { ownTimes } from '../../src/core/own-times.ts';

/** A post on the given day of November 2026 at that hour in Berlin. */
const post = (day: number, hour: number, engagement: number): Result => ({
  publishedAt: Temporal.ZonedDateTime.from(
    `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:20[Europe/Berlin]`,
  ).toInstant(),
  engagement,
});
const many = (days: readonly number[], hour: number, engagement: number): Result[] =>
  days.map((day) => post(day, hour, engagement));
/** Mondays to Fridays of two weeks. */
const WEEKDAYS = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13];

describe('an account’s own times', () => {
  it('are the hours whose posts did better than its others, on the weekdays that did', () => {
    const results = [...many(WEEKDAYS, 18, 50), ...many(WEEKDAYS, 9, 5), ...many([7, 8, 14], 18, 1)];
    expect(ownTimes(results, 'Europe/Berlin')).toEqual({
      slots: [{ weekdays: [1, 2, 3, 4, 5], times: ['18:00'] }],
      source: 'its own last 23 posts',
    });
  });

  it('are at most three hours, the best of them, in the order of the day', () => {
    const results = [20, 8, 12, 15].flatMap((hour, place) => many(WEEKDAYS, hour, 100 - place)).concat(many(WEEKDAYS, 3, 0));
    expect(ownTimes(results, 'Europe/Berlin')?.slots[0]?.times).toEqual(['08:00', '12:00', '20:00']);
  });

  it('are told in the zone that is asked for', () => {
    const results = [...many(WEEKDAYS, 18, 50), ...many(WEEKDAYS, 9, 5)];
    expect(ownTimes(results, 'America/New_York')?.slots[0]?.times).toEqual(['12:00']);
  });

  it('are none with fewer posts than tell anything', () => {
    const enough = [...many(WEEKDAYS, 18, 50), ...many(WEEKDAYS, 9, 5)];
    expect(enough).toHaveLength(ENOUGH_POSTS);
    expect(ownTimes(enough, 'Europe/Berlin')).not.toBeNull();
    expect(ownTimes(enough.slice(1), 'Europe/Berlin')).toBeNull();
  });

  it('are none where one hour did as well as the other', () => {
    expect(ownTimes([...many(WEEKDAYS, 18, 7), ...many(WEEKDAYS, 9, 7)], 'Europe/Berlin')).toBeNull();
  });

  it('take no account of an hour with two posts', () => {
    const results = [...many(WEEKDAYS, 18, 50), ...many(WEEKDAYS, 9, 5), ...many([2, 3], 23, 1000)];
    expect(ownTimes(results, 'Europe/Berlin')?.slots[0]?.times ?? []).not.toContain('23:00');
  });
});
