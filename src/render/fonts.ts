// The fonts that come along, so that every machine draws the same whatever is installed there; and words made such that they are drawn.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const PLAIN_FAMILY = 'Noto Sans';

/** Latin, Greek, Cyrillic and Devanagari; Arabic; Hebrew; emoji in outline. Letters of other scripts become empty boxes. */
export const FONT_FILES = [
  require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf'),
];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20E3/u;
/** Of these, one letter is one sign in any font, once marks and ligatures are out of the way. */
const SIMPLE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Common}\p{Script=Inherited}]*$/u;
const MARKS = /\p{Mn}/gu;
const F_LIGATURE = /f(?=\p{L})/gu;
const NO_LIGATURE = 'f\u200C';

/**
 * Words such that emoji among them are drawn. resvg takes another font for what is missing only where that font makes as many signs of
 * the whole text: so an emoji of several signs becomes its first, flags become letters, and in scripts whose letters join, emoji go.
 */
export function drawable(words: string): string {
  const composed = words.normalize('NFC');
  if (!EMOJI.test(composed)) return composed;
  const clusters = [...graphemes.segment(composed)].map(({ segment }) => segment);
  if (!SIMPLE.test(composed)) return clusters.filter((cluster) => !EMOJI.test(cluster)).join('');
  return clusters.map(simpler).join('').replace(MARKS, '').replace(F_LIGATURE, NO_LIGATURE);
}

function simpler(cluster: string): string {
  if (!EMOJI.test(cluster)) return cluster;
  if (/^\p{Regional_Indicator}/u.test(cluster)) return [...cluster].map(plainLetter).join('');
  return [...cluster][0] ?? '';
}

/** `D` of the half of a flag that stands for it. */
const plainLetter = (half: string): string => String.fromCodePoint((half.codePointAt(0) ?? 0) - 0x1f1e6 + 65);
