// The figures of emulated posts and accounts by themselves: quick at first so that who tries Crier sees some, slow after that, and never less.
import { expect, it } from 'vitest';
import { figuresOf, followersOf } from '../../src/emulator/growth.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POSTS = Array.from({ length: 60 }, (_, index) => `post-${index}`);
const viewsAfter = (ms: number): number[] => POSTS.map((id) => figuresOf(id, ms).views);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

it('a post that is just out, or not out yet, has none', () => {
  const none = { views: 0, reach: 0, likes: 0, comments: 0, shares: 0, saves: 0, clicks: 0 };
  expect([figuresOf('post-1', 0), figuresOf('post-1', -HOUR)]).toEqual([none, none]);
});

it('every post was seen within a minute, and most are liked within five', () => {
  for (const views of viewsAfter(MINUTE)) expect(views).toBeGreaterThan(0);
  const liked = POSTS.filter((id) => figuresOf(id, 5 * MINUTE).likes > 0);
  expect(liked.length).toBeGreaterThan(POSTS.length / 2);
});

it('about a tenth of all comes in the first ten minutes, and about half by nine hours', () => {
  const all = total(viewsAfter(10_000 * HOUR));
  expect(total(viewsAfter(10 * MINUTE)) / all).toBeCloseTo(0.108, 2);
  expect(total(viewsAfter(9 * HOUR)) / all).toBeCloseTo(0.55, 2);
});

it('no figure falls, and what people do is within how many saw the post', () => {
  for (const id of POSTS.slice(0, 10)) {
    let before = figuresOf(id, 0);
    for (let ms = 0; ms < 48 * HOUR; ms += 7 * MINUTE) {
      const now = figuresOf(id, ms);
      for (const [name, value] of Object.entries(now)) expect([name, value <= now.views]).toEqual([name, true]);
      expect(
        Object.entries(before).filter(([name, value]) => Object.entries(now).some(([n, v]) => n === name && v < value)),
      ).toEqual([]);
      before = now;
    }
  }
});

it('followers grow by some a day, the same at every look, and differ between accounts', () => {
  const at = (day: string, id = 'account-1'): number => followersOf(id, Temporal.Instant.from(`${day}T12:00:00Z`));
  expect(at('2026-11-22')).toBe(at('2026-11-22'));
  expect(at('2026-11-29') - at('2026-11-22')).toBeGreaterThanOrEqual(7);
  expect(at('2026-11-29') - at('2026-11-22')).toBeLessThanOrEqual(36);
  expect(at('2026-11-22', 'account-2')).not.toBe(at('2026-11-22'));
});
