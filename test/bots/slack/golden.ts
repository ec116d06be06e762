// Golden files as the formatter leaves them: lists of words on one line, all else indented.
import { expect } from 'vitest';

const WORDS = /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g;

const json = (rendered: unknown): string =>
  `${JSON.stringify(rendered, null, 2).replace(WORDS, (_, words: string) => `[${words.replace(/,\n\s+/g, ', ')}]`)}\n`;

/** Compares with `golden/<name>.json`; `npx vitest run -u` writes it anew. */
export const expectGolden = (name: string, rendered: unknown): Promise<void> =>
  expect(json(rendered)).toMatchFileSnapshot(`golden/${name}.json`);
