// Rows of text as a CSV file: RFC 4180, UTF-8 without a byte order mark, every field in quotes. What the columns mean is their caller's.
import { stringify } from 'csv-stringify/sync';
import { invalidInput } from '../core/errors.ts';

export interface CsvFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Without the header. */
  rows: number;
}

/** More than this is no file to hand over in a chat, and it is held in memory until it is sent. */
const MAX_BYTES = 100_000_000;

/**
 * What a spreadsheet may take for a formula: a sign that begins one, full-width forms included, also behind blanks that it leaves out, and
 * the control characters that OWASP names. `escape_formulas` of csv-stringify 6.9.0 knows neither the line feed nor such blanks.
 * https://owasp.org/www-community/attacks/CSV_Injection (unverified)
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** With an apostrophe before it where a spreadsheet would calculate: it shows the text then. */
const defused = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

const written = (records: readonly (readonly string[])[]): Buffer =>
  Buffer.from(stringify([...records], { quoted: true, quoted_empty: true, record_delimiter: 'windows' }));

/**
 * Each page is text and bytes before the next is asked for, so that it is the file alone that is held.
 * @throws CrierError `invalid-input` where it would be more than `maxBytes`.
 */
export async function writeCsv<Column extends string>(
  columns: readonly Column[],
  pages: AsyncIterable<readonly Readonly<Record<Column, string>>[]>,
  maxBytes = MAX_BYTES,
): Promise<CsvFile> {
  const chunks = [written([columns])];
  let rows = 0;
  let size = 0;
  for await (const page of pages) {
    const chunk = written(page.map((row) => columns.map((column) => defused(row[column]))));
    chunks.push(chunk);
    rows += page.length;
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
  }
  return { bytes: Buffer.concat(chunks), rows };
}

const tooLarge = (maxBytes: number) =>
  invalidInput(
    `This would be a file of more than ${Math.floor(maxBytes / 1_000_000)} MB. Ask for less at once, a month like 2026-11 or one network.`,
  );
