// Makes assertions compare moments, days and lengths by what they say. Without this, `toMatchObject` takes any two of a kind for equal,
// since what a Temporal object holds is no property of it (seen with vitest 5.1.1).
import { expect } from 'vitest';

const kindOf = (value: unknown): string => Object.prototype.toString.call(value);

const isTemporal = (value: unknown): boolean => kindOf(value).startsWith('[object Temporal.');

expect.addEqualityTesters([
  (one: unknown, other: unknown): boolean | undefined => {
    if (!isTemporal(one) && !isTemporal(other)) return undefined;
    return kindOf(one) === kindOf(other) && String(one) === String(other);
  },
]);
