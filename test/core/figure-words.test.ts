import { describe, expect, it } from 'vitest';
import {
  directionOf,
  sayChange,
  sayDifference,
  sayFigure,
  sayRate,
  sayRateChange,
  sayShortFigure,
} from '../../src/core/figure-words.ts';

describe('a figure in words', () => {
  it.each([
    [null, '–', '–'],
    [0, '0', '0'],
    [1204, '1,204', '1,204'],
    [9999, '9,999', '9,999'],
    [12_449, '12,449', '12.4K'],
    [1_240_800, '1,240,800', '1.24M'],
    [-12_449, '−12,449', '−12.4K'],
  ])('of %j is %j, and %j in short', (value, whole, short) => {
    expect([sayFigure(value), sayShortFigure(value)]).toEqual([whole, short]);
  });

  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.031, '3.1 %'],
    [0.5, '50 %'],
    [0.0001, '<0.1 %'],
    [0.0005, '0.1 %'],
    [1.5, '150 %'],
  ])('is a rate: %j is %j', (rate, said) => {
    expect(sayRate(rate)).toBe(said);
  });
});

describe('a change in words', () => {
  it.each([
    ['grew', 112, 100, '+12 %', 'up'],
    ['shrank', 88, 100, '−12 %', 'down'],
    ['is as before', 100, 100, '±0 %', 'same'],
    ['grew by a little', 1004, 1000, '+0.4 %', 'up'],
    ['grew by less than can be said', 1_000_001, 1_000_000, '±0 %', 'up'],
    ['grew a lot', 1300, 100, '+1,200 %', 'up'],
    ['was none', 5, 0, 'new', 'up'],
    ['is and was none', 0, 0, null, 'same'],
    ['is gone', 0, 50, '−100 %', 'down'],
    ['grew from next to nothing', 76, 1, '+75', 'up'],
    ['shrank from a few', 4, 9, '−5', 'down'],
    ['are as few as before', 9, 9, '±0', 'same'],
    ['grew from ten', 25, 10, '+150 %', 'up'],
    ['is nearly gone', 1, 1000, '−99 %', 'down'],
    ['is not known', null, 5, null, null],
    ['was not known', 5, null, null, null],
  ] as const)('of what %s', (_, now, before, said, direction) => {
    expect([sayChange(now, before), directionOf(now, before)]).toEqual([said, direction]);
  });

  it.each([
    [3, '+3'],
    [-1204, '−1,204'],
    [0, '±0'],
    [null, null],
  ])('is a difference: %j is %j', (difference, said) => {
    expect(sayDifference(difference)).toBe(said);
  });

  it.each([
    [0.031, 0.027, '+0.4 points'],
    [0.02, 0.03, '−1 point'],
    [0.03, 0.03, '±0 points'],
    [null, 0.03, null],
    [0.03, null, null],
  ])('of a rate is in points: from %j to %j', (now, before, said) => {
    expect(sayRateChange(now, before)).toBe(said);
  });
});
