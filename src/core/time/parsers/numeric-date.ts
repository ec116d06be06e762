// Dates in digits whose order only the workspace knows: 3/4, 11/24/2026, 24.11., 3-4-2026. The year first is ISO and read elsewhere.

import { comingDate } from '../calendar.ts';
import { broken, type DayChoice, definePiece, type Groups, type Piece } from '../piece.ts';
import type { WhenOptions } from '../when.ts';
import { MONTH_NAMES } from '../words.ts';

type Order = 'DMY' | 'MDY';

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

function readNumbers({ one = '', two = '', mark, last, year }: Groups, options: WhenOptions): Piece {
  const isDotted = mark === '.';
  const isBare = year === undefined && last !== '.' && two.length === 2;
  // `9.30` is a time to many; where it cannot be the ninth of a month, it is not made the thirtieth of September.
  if (isDotted && isBare && orderOf(options) !== 'MDY' && Number(one) <= 24 && Number(two) > 12 && Number(two) < 60) {
    return broken(`Is ${one}.${two} a time or a date? Say “at ${one}.${two}”, or name the month.`);
  }
  const orders: Order[] = [];
  // `24.11.` with its last dot is written where the day comes first.
  const settled = isDotted && (last === '.' || year !== undefined) ? 'DMY' : orderOf(options);
  if (settled !== 'MDY') orders.push('DMY');
  if (settled !== 'DMY') orders.push('MDY');
  const written = `${one}${mark ?? ''}${two}${year === undefined ? '' : `${mark ?? ''}${year}`}`;
  const numbers = [Number(one), Number(two), year === undefined ? undefined : fullYear(year)] as const;
  return { kind: 'days', clock24: isDotted, from: (today) => readIn(orders, numbers, today, written) };
}

const orderOf = ({ dateOrder }: WhenOptions): Order | null => (!dateOrder ? null : dateOrder === 'DMY' ? 'DMY' : 'MDY');

function readIn(
  orders: readonly Order[],
  [one, two, year]: readonly [number, number, number | undefined],
  today: Temporal.PlainDate,
  written: string,
): readonly DayChoice[] | string {
  const read = (order: Order): readonly DayChoice[] => {
    const [day, month] = order === 'DMY' ? [one, two] : [two, one];
    const choice = comingDate({ day, month, ...(year !== undefined && { year }) }, today);
    return typeof choice === 'string' ? [] : [{ ...choice, label: `${day} ${MONTH_NAMES[month - 1]}` }];
  };
  const inOrder = orders.flatMap(read);
  // Where the workspace's order gives no date, 11/24 can still be read in only one way.
  const found = inOrder.length > 0 ? inOrder : (['DMY', 'MDY'] as const).flatMap(read);
  const [first, second] = found;
  if (first === undefined) return `${written} is no date of the calendar.`;
  return second?.date.equals(first.date) ? [first] : found;
}

export const slashedDate = definePiece(
  '(?:(?:next|this|coming)\\s+)?(?<one>\\d{1,2})(?:(?<mark>/)|\\s/\\s)(?<two>\\d{1,2})(?:/(?<year>\\d{4}|\\d\\d))?',
  readNumbers,
);
export const dottedDate = definePiece(
  '(?<one>\\d{1,2})(?<mark>\\.)(?<two>\\d{1,2})(?:\\.(?<year>\\d{4}|\\d\\d)|(?<last>\\.))?',
  readNumbers,
);
/** "on 4-22": without a year, only `on` tells a date from a range. */
export const dashedDateAfterOn = definePiece('on\\s+(?<one>\\d{1,2})(?<mark>-)(?<two>\\d{1,2})', readNumbers);
export const dashedDate = definePiece('(?<one>\\d{1,2})(?<mark>-)(?<two>\\d{1,2})-(?<year>\\d{4})', readNumbers);
