// What is above and below the bars of a report: its title, tiles with figures, the networks beside each other, and what is to be known.
import type { ChartTile, ReportChart } from '../core/report-chart.ts';
import type { Part } from './calendar-frame.ts';
import type { ReportLook } from './report-look.ts';
import { type Box, element, rect, roughWidth, text } from './svg.ts';
import { textBox } from './text-box.ts';
import { wrapWords } from './wrap-words.ts';

export const WIDTH = 720;
export const MARGIN = 28;
export const INNER = WIDTH - 2 * MARGIN;

const GAP = 14;
const TITLE = 38;
/** With a line for the change, and without. */
const [TILE, LOW_TILE] = [124, 96];
/** In one row. */
const MOST_TILES = 3;

export function drawTitle({ title, subtitle }: ReportChart, y: number, look: ReportLook): Part {
  const [first = '', ...more] = roughWidth(title, TITLE) < INNER ? [title] : title.split(' · ');
  const lines = [first, ...(more.length > 0 ? [more.join(' · ')] : [])];
  const height = lines.length * 50;
  const style = { size: TITLE, weight: 600, fill: look.ink } as const;
  const drawn = [
    ...lines.map((words, index) =>
      textBox(
        words,
        { x: MARGIN, y: y + index * 50, width: INNER, height: 54 },
        42,
        { ...style, size: index === 0 ? TITLE : 30 },
        look.page,
      ),
    ),
    textBox(subtitle, { x: MARGIN, y: y + height + 4, width: INNER, height: 34 }, 24, { size: 22, fill: look.muted }, look.page),
  ];
  return { height: height + 56, drawn: drawn.join('') };
}

/** In rows of up to three, as even as they go. */
export function drawTiles(tiles: readonly ChartTile[], y: number, look: ReportLook): Part {
  const rows = Math.ceil(tiles.length / MOST_TILES);
  const perRow = Math.ceil(tiles.length / Math.max(1, rows));
  const height = tiles.some(({ change }) => change !== null) ? TILE : LOW_TILE;
  const drawn = tiles.map((tile, index) => {
    const row = Math.floor(index / perRow);
    const inRow = Math.min(perRow, tiles.length - row * perRow);
    const width = (INNER - (inRow - 1) * GAP) / inRow;
    return drawTile(tile, { x: MARGIN + (index % perRow) * (width + GAP), y: y + row * (height + GAP), width, height }, look);
  });
  return { height: rows * (height + GAP), drawn: drawn.join('') };
}

function drawTile({ label, value, change, direction }: ChartTile, box: Box, look: ReportLook): string {
  const { x, y, width } = box;
  const fill = direction === 'up' ? look.up : direction === 'down' ? look.down : look.muted;
  const arrow = direction === 'up' ? 'M0 7 L7 -6 L14 7 Z' : direction === 'down' ? 'M0 -6 L7 7 L14 -6 Z' : '';
  const at = { x: x + 16, y: y + 106 };
  const room = width - 32;
  return [
    rect(box, look.quiet, 12, { stroke: look.line, 'stroke-width': 1.5 }),
    textBox(label, { x: x + 16, y: y + 8, width: room, height: 30 }, 24, { size: 20, fill: look.muted }, look.quiet),
    text(value, x + 16, y + 76, { size: roughWidth(value, 42) < room ? 42 : 34, weight: 600, fill: look.ink }),
    ...(arrow ? [element('path', { d: arrow, fill, transform: `translate(${at.x} ${at.y - 8})` })] : []),
    ...(change === null ? [] : [text(change, at.x + (arrow ? 21 : 0), at.y, { size: 21, weight: 600, fill })]),
  ].join('');
}

export const drawHeading = (words: string, y: number, look: ReportLook): Part => ({
  height: 44,
  drawn: textBox(words, { x: MARGIN, y, width: INNER, height: 36 }, 28, { size: 25, weight: 600, fill: look.ink }, look.page),
});

const ROW = 48;
const NAMES = 200;
const BARS_AT = MARGIN + NAMES + 10;

/** Also the key to the colours: a swatch, the name, a bar, the figure and its change. */
export function drawNetworks(
  { title, rows }: NonNullable<ReportChart['networks']>,
  y: number,
  colours: ReadonlyMap<string, string>,
  look: ReportLook,
): Part {
  const heading = drawHeading(title, y, look);
  const most = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  const changes = Math.max(...rows.map(({ change }) => (change === null ? 0 : roughWidth(change, 21) + 22)));
  const right = WIDTH - MARGIN - changes;
  const length = right - Math.max(...rows.map(({ shown }) => roughWidth(shown, 22))) - 28 - BARS_AT;
  const drawn = rows.map(({ id, name, value, shown, change }, index) => {
    const top = y + heading.height + index * ROW;
    const fill = colours.get(id) ?? look.muted;
    const bar = {
      x: BARS_AT,
      y: top + 13,
      width: value === null ? 0 : Math.max(value > 0 ? 4 : 0, (length * value) / most),
      height: 22,
    };
    const strong = { size: 22, weight: 600, anchor: 'end' } as const;
    return [
      rect({ x: MARGIN, y: top + 13, width: 22, height: 22 }, fill, 5),
      textBox(name, { x: MARGIN + 34, y: top, width: NAMES - 34, height: ROW }, 32, { size: 22, fill: look.ink }, look.page),
      rect({ ...bar, width: length }, look.quiet, 5),
      ...(bar.width > 0 ? [rect(bar, fill, 5)] : []),
      text(shown, right, top + 32, { ...strong, fill: look.ink }),
      ...(change === null
        ? []
        : [text(change, WIDTH - MARGIN, top + 32, { ...strong, weight: 400, size: 21, fill: look.muted })]),
    ].join('');
  });
  return { height: heading.height + rows.length * ROW + 10, drawn: heading.drawn + drawn.join('') };
}

const NOTE = 20;
const NOTE_LINE = 29;

export function drawNotes(notes: readonly string[], y: number, look: ReportLook): Part {
  const lines = notes.flatMap((note) => wrapWords(note, INNER, NOTE));
  const drawn = lines.map((words, index) => text(words, MARGIN, y + 22 + index * NOTE_LINE, { size: NOTE, fill: look.muted }));
  return { height: lines.length * NOTE_LINE + 8, drawn: drawn.join('') };
}
