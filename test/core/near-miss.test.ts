import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/core/near-miss.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['post', 'post', 0],
    ['psot', 'post', 1],
    ['pots', 'post', 1],
    ['shedule', 'schedule', 1],
    ['kitten', 'sitting', 3],
  ])('from "%s" to "%s" is %i', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
    expect(editDistance(to, from)).toBe(edits);
  });
});

describe('nearest', () => {
  const commands = ['schedule', 'publish', 'post', 'posts', 'settings', 'timezone'];

  it.each([
    ['shedule', 'schedule'],
    ['scheduel', 'schedule'],
    ['SCHEDULE', 'schedule'],
    ['pubilsh', 'publish'],
    ['pots', 'post'],
    ['time', 'timezone'],
    ['sett', 'settings'],
  ])('takes "%s" for %s', (typed, meant) => {
    expect(nearest(typed, commands)).toBe(meant);
  });

  it.each(['', 'xyz', 'x', 'banana', 'cancel', 'schedule'.repeat(20)])('has no suggestion for "%s"', (typed) => {
    expect(nearest(typed, commands)).toBeUndefined();
  });

  it('has no suggestion where there are no candidates', () => {
    expect(nearest('post', [])).toBeUndefined();
  });
});
