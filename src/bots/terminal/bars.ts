// A picture of figures for those who see none: lying bars, or one line of small upright ones where there are too many to lie below each
// other. Which figures, is the reply's matter.
import { sayFigure } from '../../core/figure-words.ts';
import type { ReplyFile } from '../reply.ts';
import { cutTo, widthOf } from '../text-width.ts';
import type { Paint } from './fold.ts';
import { harmless } from './text.ts';

export type Bars = NonNullable<ReplyFile['bars']>;

/** More than these stand in one line. */
const MOST_LYING = 12;
/** Columns of the longest bar, and of the longest label. */
const LONGEST_BAR = 40;
const LONGEST_LABEL = 28;
const GAP = 2;

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const UPRIGHT = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

const labelOf = (label: string): string => harmless(label).replace(/\s+/g, ' ').trim();

const largestOf = (bars: Bars): number => Math.max(0, ...bars.map(({ value }) => value ?? 0));

/** Lines of at most `columns`, or of what is good to read where they are Infinity. */
export function barLines(bars: Bars, { columns, paint }: { columns: number; paint: Paint }): string[] {
  if (bars.length === 0) return [];
  return bars.length <= MOST_LYING ? lyingBars(bars, columns, paint) : uprightBars(bars, columns, paint);
}

function lyingBars(bars: Bars, columns: number, paint: Paint): string[] {
  const largest = largestOf(bars);
  const most = Math.min(LONGEST_LABEL, Math.floor(columns / 3));
  const rows = bars.map(({ label, value }) => ({ label: cutTo(labelOf(label), most), value, said: sayFigure(value) }));
  const labelWidth = Math.max(...rows.map(({ label }) => widthOf(label)));
  const saidWidth = Math.max(...rows.map(({ said }) => widthOf(said)));
  const room = Math.max(1, Math.min(LONGEST_BAR, columns - labelWidth - GAP - 1 - saidWidth));
  return rows.map(({ label, value, said }) => {
    const bar = barOf(value, largest, room);
    const space = ' '.repeat(labelWidth - widthOf(label) + GAP);
    return `${label}${space}${bar === '' ? '' : `${paint('cyan', bar)} `}${said}`;
  });
}

/** What is more than nothing is always to be seen. */
function barOf(value: number | null, largest: number, room: number): string {
  if (value === null || value <= 0) return '';
  const eighths = Math.max(1, Math.round((value / largest) * room * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** In as many lines as they need, and below them from where to where they go. */
function uprightBars(bars: Bars, columns: number, paint: Paint): string[] {
  const largest = largestOf(bars);
  const letters = bars.map(({ value }) => uprightBar(value, largest));
  const width = Math.max(1, Math.min(columns, letters.length));
  const lines = Array.from({ length: Math.ceil(letters.length / width) }, (_, line) =>
    paint('cyan', letters.slice(line * width, (line + 1) * width).join('')),
  );
  const [first, last] = [bars[0], bars.at(-1)].map((bar) => labelOf(bar?.label ?? ''));
  const isKnown = bars.some(({ value }) => value !== null);
  return [...lines, cutTo(`${first} to ${last}, at most ${sayFigure(isKnown ? largest : null)}`, columns)];
}

function uprightBar(value: number | null, largest: number): string {
  if (value === null) return '–';
  const step = largest === 0 ? 0 : Math.ceil((Math.max(0, value) / largest) * UPRIGHT.length) - 1;
  return UPRIGHT[Math.max(0, step)] ?? '';
}
