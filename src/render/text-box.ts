// Words of people in a box of one line: what has no room fades out at its end, which is at the left where they run from right to left.
import { type Box, element, isRightToLeft, roughWidth, type TextStyle, text } from './svg.ts';

const FADE = 44;

/**
 * @param behind the colour behind the box, into which it fades
 * @param baseline below the top of the box, in pixels
 */
export function textBox(words: string, box: Box, baseline: number, style: TextStyle, behind: string): string {
  const isTurned = isRightToLeft(words);
  const { width, height } = box;
  const written = isTurned
    ? text(words, width, baseline, { ...style, anchor: 'end' })
    : text(words, 0, baseline, { ...style, anchor: 'start' });
  if (roughWidth(words, style.size) < width) return boxed(box, written);
  const veil = element(
    'linearGradient',
    { id: veilId(box), x1: isTurned ? 1 : 0, x2: isTurned ? 0 : 1, y1: 0, y2: 0 },
    element('stop', { offset: 0, 'stop-color': behind, 'stop-opacity': 0 }),
    element('stop', { offset: 0.9, 'stop-color': behind, 'stop-opacity': 1 }),
  );
  const end = { x: isTurned ? 0 : width - FADE, y: 0, width: FADE, height, fill: `url(#${veilId(box)})` };
  return boxed(box, veil, written, element('rect', end));
}

const boxed = (box: Box, ...content: readonly string[]): string =>
  element('svg', { ...box, viewBox: `0 0 ${box.width} ${box.height}`, overflow: 'hidden' }, ...content);

/** Each box has its own place, and so its own id. */
const veilId = ({ x, y }: Box): string => `veil-${Math.round(x)}-${Math.round(y)}`;
