// Which feast a name means. The longest name wins: Christmas Eve is not Christmas. Those that differ by country are country.ts'.
import { WORD_ENDS } from '../piece.ts';
import { CHRISTIAN } from './christian.ts';
import { CIVIL } from './civil.ts';
import { INDIAN } from './indian.ts';
import { CHINESE, JEWISH, MUSLIM } from './moon.ts';
import type { Feast } from './rule.ts';

const FEASTS: readonly Feast[] = [...CHRISTIAN, ...CIVIL, ...JEWISH, ...MUSLIM, ...CHINESE, ...INDIAN];
/** In the sources `[ ]` stands for what people put between words. */
const spaced = (source: string): string => source.replaceAll('[ ]?', '[\\s-]*').replaceAll('[ ]', '[\\s-]+');

/** Any name of a feast, as the source of a regular expression: it may stop short of the whole name. */
export const FEAST_NAME = FEASTS.map(({ names }) => spaced(names)).join('|');

const patterns = FEASTS.map((feast) => ({ feast, pattern: new RegExp(`(?:${spaced(feast.names)})${WORD_ENDS}`, 'iy') }));

/** The feast with the longest name that stands at a place of a text. */
export function feastAt(text: string, index: number): { feast: Feast; length: number } | null {
  let best: { feast: Feast; length: number } | null = null;
  for (const { feast, pattern } of patterns) {
    pattern.lastIndex = index;
    const length = pattern.exec(text)?.[0].length ?? 0;
    if (length > (best?.length ?? 0)) best = { feast, length };
  }
  return best;
}
