// Figures in words: numbers, rates and how much they changed. What is not known is a dash and never 0. Pure.

export const UNKNOWN = '–';
/** A true minus, as wide as a plus. */
const MINUS = '\u2212';

export type Direction = 'up' | 'down' | 'same';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** `1,204`; `–` where it is not known. */
export const sayFigure = (value: number | null): string => (value === null ? UNKNOWN : withMinus(whole.format(value)));

/** `1,204`, and from ten thousand on in three digits: `12.4K`, `1.2M`. */
export const sayShortFigure = (value: number | null): string =>
  value === null || Math.abs(value) < 10_000 ? sayFigure(value) : withMinus(compact.format(value));

/** @param rate a part of one: 0.031 is `3.1 %` */
export function sayRate(rate: number | null): string {
  if (rate === null) return UNKNOWN;
  return rate > 0 && rate < 0.0005 ? '<0.1 %' : `${withMinus(tenths.format(rate * 100))} %`;
}

/** Of fewer than this a percentage says nothing: from 1 to 76 is 75 more, and not +7,500 %. */
const FEW = 10;

/** `+12 %`, `−0.4 %`, `±0 %`; of a few `+75`; `new` where there was none before; null where there is nothing to compare. */
export function sayChange(now: number | null, before: number | null): string | null {
  if (now === null || before === null || (now === 0 && before === 0)) return null;
  if (before <= 0) return now > 0 ? 'new' : null;
  if (before < FEW) return signed(now - before);
  const percent = (100 * (now - before)) / before;
  const shown = Math.abs(percent) < 1 ? round(percent, 1) : Math.round(percent);
  // −100 % is said only where nothing is left.
  return `${signed(now > 0 ? Math.max(shown, -99) : shown)} %`;
}

/** `+3`, `−1`, `±0`: of what is counted in few, or is known as a difference. Null where it is not known. */
export const sayDifference = (difference: number | null): string | null => (difference === null ? null : signed(difference));

/** `+0.4 points`, of two rates; null where there is nothing to compare. */
export function sayRateChange(now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null;
  const points = round(100 * (now - before), 1);
  return `${signed(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
}

/** Null where there is nothing to compare. */
export function directionOf(now: number | null, before: number | null): Direction | null {
  if (now === null || before === null) return null;
  if (now === before) return 'same';
  return now > before ? 'up' : 'down';
}

function signed(value: number): string {
  const sign = value > 0 ? '+' : value < 0 ? MINUS : '±';
  return `${sign}${tenths.format(Math.abs(value))}`;
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

const withMinus = (said: string): string => said.replace('-', MINUS);
