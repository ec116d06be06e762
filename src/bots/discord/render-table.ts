// A table in Discord: a code block in columns of one width, narrow enough for a phone. Markdown means nothing within one.
// https://docs.discord.com/developers/reference#message-formatting (checked 2026-11-22)
import { layOutColumns } from '../columns.ts';
import type { Table } from '../reply.ts';
import { harmless } from '../shown-text.ts';
import { TEXT_DISPLAY } from './limits.ts';

/** Letters in a row of a code block that a phone shows without folding it. This is our own choice. */
const ROW_COLUMNS = 56;

/** A block ends at the next three backticks: a letter that looks the same stands in for them. What turns a whole row round is left out. */
const shown = (text: string): string => harmless(text).replace(ORDERS, '').replaceAll('`', 'ˋ');

const ORDERS = /[\u202A-\u202E\u2066-\u2069]/g;
const TURNS_ROUND = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** What is written from right to left would turn the figures beside it round. https://www.unicode.org/reports/tr9/ (unverified) */
const isolated = (cell: string): string => (TURNS_ROUND.test(cell) ? `\u2068${cell}\u2069` : cell);

const fenced = (rows: readonly string[]): string => `\`\`\`\n${rows.join('\n')}\n\`\`\``;

/** As few blocks as hold it, each with the names of the columns above. */
export function tableTexts(table: Table): string[] {
  const [names = '', ...rows] = layOutColumns(table, { columns: ROW_COLUMNS, shown, around: isolated });
  const blocks: string[][] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (last && fenced([...last, row]).length <= TEXT_DISPLAY) last.push(row);
    else blocks.push([names, row]);
  }
  return blocks.map(fenced);
}
