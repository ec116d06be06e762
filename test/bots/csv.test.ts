import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../src/bots/csv.ts';
import { readCsv } from '../support/csv.ts';

async function* pagesOf(...pages: { text: string }[][]): AsyncGenerator<{ text: string }[]> {
  yield* pages;
}
const fileOf = (...texts: string[]) => writeCsv(['text'], pagesOf(texts.map((text) => ({ text }))));
const readBack = async (text: string): Promise<string | undefined> => readCsv((await fileOf(text)).bytes)[1]?.[0];

describe('a CSV file', () => {
  it('ends each record as RFC 4180 says, quotes every field and begins with no mark', async () => {
    const { bytes, rows } = await writeCsv(['text'], pagesOf([{ text: 'Zoë' }], [{ text: '' }]));
    expect([new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), rows]).toEqual(['"text"\r\n"Zoë"\r\n""\r\n', 2]);
  });

  it.each([
    ['a comma', 'one, two'],
    ['quotes', 'say "hello", "" and "'],
    ['line breaks of every kind', 'one\ntwo\r\nthree\rfour\n\n'],
    ['emoji of several code points', '👩🏽‍🚀 🏳️‍🌈 e\u0301'],
    ['text from right to left', 'שלום, עולם\u200f مرحبا'],
    ['blanks at both ends', '  spaced\t '],
    ['separators of other programs', 'a;b\tc|d\u2028e'],
    ['an apostrophe of its own', "'quoted'"],
  ])('gives back %s as it was', async (_, text) => {
    expect(await readBack(text)).toBe(text);
  });

  it.each(['=1+1', '+49 30 1', '-2+3', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠a', ' =1', '\u00a0\n=1', '-'])(
    'keeps %j from being a formula',
    async (text) => {
      expect(await readBack(text)).toBe(`'${text}`);
    },
  );

  it.each(['1=1', 'a@b.example', 'https://x.example/?a=-1', '#tag', '2026-11-22', ' plain'])(
    'leaves %j as it is',
    async (text) => {
      expect(await readBack(text)).toBe(text);
    },
  );

  it('gives back any text, but for the apostrophe before what could be a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), async (texts) => {
        const [, ...records] = readCsv((await fileOf(...texts)).bytes);
        const back = records.map(([text = ''], index) => (text === texts[index] ? text : text.replace(/^'/, '')));
        expect(back).toEqual(texts);
      }),
    );
  });

  it('refuses to become larger than a chat can hand over, with what to ask for', async () => {
    const file = writeCsv(['text'], pagesOf([{ text: 'x'.repeat(3_000_000) }]), 2_000_000);
    await expect(file).rejects.toThrow('more than 2 MB. Ask for less at once, a month like 2026-11 or one network.');
  });
});
