// SVG to PNG. What is in it is its maker's.
import { renderAsync } from '@resvg/resvg-js';
import { FONT_FILES, PLAIN_FAMILY } from './fonts.ts';

/** Off the main thread. */
export async function toPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const font = { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: PLAIN_FAMILY };
  const image = await renderAsync(svg, { font, logLevel: 'off' });
  return new Uint8Array(image.asPng());
}
