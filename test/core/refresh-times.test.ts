// When a login is refreshed: ahead of its time, spread out, and later and later while it fails.
import { describe, expect, it } from 'vitest';
import { refreshAgainAt, spreadOut } from '../../src/core/refresh-times.ts';

const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z');
const inHours = (hours: number): Temporal.Instant => NOW.add({ hours });
const ids = Array.from({ length: 200 }, (_, index) => `019aaaaa-0000-7000-8000-${String(index).padStart(12, '0')}`);

describe('the time of a refresh', () => {
  it('is never after what the network wants, and at most a tenth of the time left before it', () => {
    for (const id of ids) {
      const hours = spreadOut(inHours(100), NOW, id).since(NOW).total('hours');
      expect(hours).toBeGreaterThan(90);
      expect(hours).toBeLessThanOrEqual(100);
    }
  });

  it('differs from account to account, and is the same each time for one', () => {
    const times = ids.map((id) => spreadOut(inHours(100), NOW, id).epochMilliseconds);
    expect(new Set(times).size).toBeGreaterThan(190);
    expect(ids.map((id) => spreadOut(inHours(100), NOW, id).epochMilliseconds)).toEqual(times);
    const early = times.filter((time) => time < inHours(95).epochMilliseconds).length;
    expect(early).toBeGreaterThan(60);
    expect(early).toBeLessThan(140);
  });

  it('stays as it is where it has passed already', () => {
    expect(spreadOut(inHours(-1), NOW, 'any').toString()).toBe(inHours(-1).toString());
  });
});

describe('the next try after a failure', () => {
  it.each([
    [0, 1],
    [1, 5],
    [2, 15],
    [3, 60],
    [4, 60],
    [90, 60],
  ])('comes, after %i failures before it, in %i minutes', (failures, minutes) => {
    expect(refreshAgainAt(NOW, failures).since(NOW).total('minutes')).toBe(minutes);
  });

  it('is not made before the network wants it', () => {
    expect(refreshAgainAt(NOW, 0, 600_000).since(NOW).total('minutes')).toBe(10);
    expect(refreshAgainAt(NOW, 3, 600_000).since(NOW).total('minutes')).toBe(60);
  });
});
