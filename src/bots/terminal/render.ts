// A neutral reply as lines of text for a terminal. Nothing here knows where they are written.
import { layOutColumns } from '../columns.ts';
import {
  type Button,
  type Field,
  type Form,
  type Line,
  type Menu,
  type Reply,
  type ReplyFile,
  type Section,
  sayPlainly,
  type Table,
  type Tone,
} from '../reply.ts';
import { widthOf } from '../text-width.ts';
import { barLines } from './bars.ts';
import { fold, openPaint, type Paint, type Piece, type Style } from './fold.ts';
import { harmless } from './text.ts';

export interface RenderOptions {
  /** Width to fold at; Infinity leaves lines whole. */
  columns: number;
  color: boolean;
  /** Number of the first button. */
  firstButton: number;
  /** Where a file of the reply is kept; null, or left out, where it is not. */
  pathOf?: (file: ReplyFile) => string | null;
}

/** Lines longer than this are hard to read, however wide the window is. */
const WIDEST = 100;
const INDENT = '  ';

const MARKS: Readonly<Record<Tone, { mark: string; style: Style }>> = {
  plain: { mark: '', style: 'bold' },
  good: { mark: '✔ ', style: ['bold', 'green'] },
  warning: { mark: '! ', style: ['bold', 'yellow'] },
  bad: { mark: '✖ ', style: ['bold', 'red'] },
};

function piecesOf(line: Line, style?: Style): Piece[] {
  const base = style === undefined ? {} : { style };
  if (typeof line === 'string') return [{ text: line, ...base }];
  return line.map((span) => {
    if (typeof span === 'string') return { text: span, ...base };
    if ('code' in span) return { text: span.code, style: 'cyan' };
    if ('moment' in span || 'mention' in span) return { text: span.text, style: 'bold' };
    return { text: span.text === span.url ? span.url : `${span.text} ${span.url}`, style: 'underline' };
  });
}

interface Page {
  columns: number;
  paint: Paint;
  pathOf: NonNullable<RenderOptions['pathOf']>;
}

const indented = (line: Line, { columns, paint }: Page, style?: Style): string[] =>
  fold(piecesOf(line, style), columns - INDENT.length, paint).map((row) => (row === '' ? '' : INDENT + row));

/** The tone's mark stands before the title, or before the first line where there is none. */
function head(reply: Reply, page: Page): string[] {
  const { mark, style } = MARKS[reply.tone];
  const [first, ...rest] = reply.title === undefined ? (reply.lines ?? []) : [reply.title, ...(reply.lines ?? [])];
  if (first === undefined) return [];
  const isTitle = reply.title !== undefined;
  const marked = [{ text: mark, style }, ...piecesOf(first, isTitle ? style : undefined)].filter(({ text }) => text !== '');
  const [top = '', ...more] = fold(marked, page.columns, page.paint);
  const hang = mark === '' ? '' : INDENT;
  const following =
    isTitle || hang !== ''
      ? (line: Line) => indented(line, page)
      : (line: Line) => fold(piecesOf(line), page.columns, page.paint);
  return [top, ...more.map((row) => hang + row), ...rest.flatMap(following)];
}

function fieldLines(fields: readonly Field[], { columns, paint }: Page): string[] {
  const nameWidth = Math.max(0, ...fields.map(({ name }) => widthOf(harmless(name))));
  return fields.flatMap(({ name, value }) => {
    const label = harmless(name) + ' '.repeat(nameWidth - widthOf(harmless(name)) + 2);
    const rows = fold(piecesOf(value), columns - INDENT.length - nameWidth - 2, paint);
    return rows.map((row, index) => INDENT + (index === 0 ? paint('dim', label) : ' '.repeat(nameWidth + 2)) + row);
  });
}

/** Text as it will be posted, with a bar at its left that tells it from ours. */
const quoteLines = (text: string, { columns, paint }: Page): string[] =>
  fold([{ text }], columns - INDENT.length - 2, paint).map((row) => `${INDENT}${paint('dim', '│')} ${row}`.trimEnd());

/** The names of the columns stand above them, dimmed. */
function tableLines(table: Table, { columns, paint }: Page): string[] {
  const [names = '', ...rows] = layOutColumns(table, { columns: columns - INDENT.length, shown: harmless });
  return [...(names === '' ? [] : [INDENT + paint('dim', names)]), ...rows.map((row) => INDENT + row)];
}

const pathField = (file: ReplyFile, { pathOf }: Page): Field[] => {
  const path = pathOf(file);
  return path === null ? [] : [{ name: 'File', value: [{ code: path }] }];
};

/** What is in the picture as bars, and where it is. */
const pictureLines = (file: ReplyFile, page: Page): string[] => [
  ...barLines(file.bars ?? [], { ...page, columns: page.columns - INDENT.length }).map((row) => INDENT + row),
  ...fieldLines(pathField(file, page), page),
];

const sectionLines = (section: Section, firstButton: number, page: Page): string[] => [
  ...indented(section.heading, page, 'bold'),
  ...(section.quote === undefined ? [] : quoteLines(section.quote, page)),
  ...(section.lines ?? []).flatMap((line) => indented(line, page)),
  ...(section.table ? tableLines(section.table, page) : []),
  ...(section.picture ? pictureLines(section.picture, page) : []),
  ...buttonLines(section.buttons ?? [], firstButton, page),
];

const menuLines = ({ label, options }: Menu, firstButton: number, page: Page): string[] =>
  options.length === 0 ? [] : [...indented(label, page, 'bold'), ...buttonLines(options, firstButton, page)];

function buttonLines(buttons: readonly Button[], firstButton: number, { columns, paint }: Page): string[] {
  const lines: string[] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [index, { label, style }] of buttons.entries()) {
    const number = `[${firstButton + index}]`;
    const name = harmless(label).replaceAll('\n', ' ');
    const width = widthOf(number) + 1 + widthOf(name);
    const painted = `${paint('cyan', number)} ${style ? paint(style === 'danger' ? 'red' : 'bold', name) : name}`;
    if (used + 2 + width > columns) {
      lines.push(INDENT + painted);
      used = INDENT.length + width;
    } else {
      lines.push(`${lines.pop() ?? ''}  ${painted}`);
      used += 2 + width;
    }
  }
  return lines;
}

/** Whether the reply's own title already says what its form is for. */
export const isTitledLike = (reply: Reply, form: Form): boolean =>
  reply.title !== undefined && sayPlainly(reply.title) === form.title;

/** What a form asks for, where it cannot be filled in: what is missing, and how to say it all in one line. */
function formLines(form: Form, isTitled: boolean, page: Page): string[] {
  const all = form.fields.filter(({ aside }) => aside !== true);
  const missing = all.filter(({ required, value }) => required && !value);
  const asked = missing.length > 0 ? missing : all;
  const fields = asked.map(({ label, hint }) => ({
    name: label,
    value: hint ? `e.g. ${hint}` : missing.length > 0 ? 'needed' : 'can be changed',
  }));
  const title = missing.length > 0 ? `${form.title}: still missing` : form.title;
  return [
    ...(isTitled && missing.length === 0 ? [] : fold([{ text: title, style: 'bold' }], page.columns, page.paint)),
    ...fieldLines(fields, page),
    ...indented(['In one line: ', { code: form.inOneLine }], page),
  ];
}

/**
 * The reply as text of several lines, without a newline at its end. Parts are kept apart by blank lines, text of people is made
 * harmless, and a form is described (the interactive chat asks for it instead, with `form` taken out).
 */
export function renderReply(reply: Reply, options: RenderOptions): string {
  const columns = options.columns === Number.POSITIVE_INFINITY ? options.columns : Math.min(options.columns, WIDEST);
  const page: Page = { columns, paint: openPaint(options.color), pathOf: options.pathOf ?? (() => null) };
  const { fields = [], files = [], menu } = reply;
  const paths = files.filter(({ bars }) => bars === undefined).flatMap((file) => pathField(file, page));
  const top = [...head(reply, page), ...fieldLines([...fields, ...paths], page)];
  const charts = files.filter(({ bars }) => bars !== undefined).map((file) => pictureLines(file, page));
  // buttons are numbered in the order of `buttonsOf`
  let next = options.firstButton;
  const sections = (reply.sections ?? []).map((section) => {
    const first = next;
    next += section.buttons?.length ?? 0;
    return sectionLines(section, first, page);
  });
  const compact = sections.every((lines) => lines.length === 1);
  const notes = (reply.notes ?? []).flatMap((line) => indented(sayPlainly(line), page, 'dim'));
  const form = reply.form ? formLines(reply.form, isTitledLike(reply, reply.form), page) : [];
  const choices = menu ? menuLines(menu, next, page) : [];
  next += menu?.options.length ?? 0;
  const own = buttonLines(reply.buttons ?? [], next, page);
  const parts = [top, ...charts, ...(compact ? [sections.flat()] : sections), notes, form, choices, own];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
