// A neutral reply as Discord shows it: messages of components V2, as plain data that discord.js sends unchanged. Discord's limits are
// kept by menus, more texts and more messages, so that nothing of a reply is lost and nothing of it is refused.
import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js';
import { askedInLines, openFormButton } from '../form-button.ts';
import { fillMessages, type Layout, type Room } from '../message-pages.ts';
import { type Field, type Form, filesOf, type Line, type Reply, type Section, sayPlainly, type Tone } from '../reply.ts';
import * as limits from './limits.ts';
import { escapeText, isBlank, lineMarkdown } from './markdown.ts';
import { boldRows, onOneRow, quoteRows, type Row, rowsOf, smallRows, textsOf } from './markdown-rows.ts';
import { longLabels, type MenuEntry, openPresses, type Presses } from './render-buttons.ts';
import { fileBlocks, filesIn, tooLargeLines } from './render-files.ts';
import { tableTexts } from './render-table.ts';

export interface DiscordMessage {
  components: APIContainerComponent[];
  flags: MessageFlags.IsComponentsV2;
  /** Whoever is named is not called. */
  allowedMentions: { parse: [] };
  /** What its components show by `attachment://` and the name. */
  files?: readonly RawFile[];
}

type Block = APIComponentInContainer;

/** Told by shape and not by colour alone. */
const MARKS: Record<Tone, string> = { plain: '', good: '✅ ', warning: '⚠️ ', bad: '❌ ' };
const COLOURS: Record<Tone, number | null> = { plain: null, good: 0x2e_9e_5b, warning: 0xe0_a1_00, bad: 0xd8_3c_3e };

const textDisplays = (rows: readonly Row[]): APITextDisplayComponent[] =>
  textsOf(rows).map((content) => ({ type: ComponentType.TextDisplay, content }));

/** The title, or the tone's mark before the first line where there is none; then lines and fields. */
function topRows({ tone, title, lines = [], fields = [] }: Reply): Row[] {
  const mark = MARKS[tone];
  const fieldRows = fields.flatMap(rowsOfField);
  if (title !== undefined && !isBlank(lineMarkdown(title)))
    return [...rowsOf(onOneRow(title), { before: '## ', first: mark }), ...lines.flatMap((line) => rowsOf(line)), ...fieldRows];
  return [...lines.flatMap((line, index) => rowsOf(line, { first: index === 0 ? mark : '' })), ...fieldRows];
}

/** A name with room for its value beside it. */
const SHORT_NAME = 200;

function rowsOfField({ name, value }: Field): Row[] {
  const said = isBlank(lineMarkdown(value)) ? '–' : value;
  const label = escapeText(name.replace(/\s+/g, ' ').trim());
  if (label === '' || label.length > SHORT_NAME) return [...boldRows(name), ...rowsOf(said)];
  return rowsOf(said, { first: `**${label}:** ` });
}

const rowsOfSection = ({ heading, quote = '', lines = [] }: Section): Row[] => [
  ...boldRows(heading),
  ...quoteRows(quote),
  ...lines.flatMap((line) => rowsOf(line)),
];

/** One button stands beside its text, several below it, or all of them in a menu. A table and a picture stand below the text. */
function sectionBlocks(section: Section, presses: Presses, inMenu: boolean): Block[] {
  const { buttons = [], table, picture } = section;
  const texts = textDisplays([...rowsOfSection(section), ...longLabels(buttons).flatMap(smallRows)]);
  const shown: Block[] = [
    ...(table ? tableTexts(table).map((content): Block => ({ type: ComponentType.TextDisplay, content })) : []),
    ...fileBlocks(picture && [picture]),
  ];
  const [only] = buttons;
  if (only && buttons.length === 1 && texts.length === 1)
    return [{ type: ComponentType.Section, components: texts, accessory: presses.button(only) }, ...shown];
  return [...texts, ...shown, ...(inMenu && isSeveral(section) ? [] : presses.rows(buttons))];
}

const isSeveral = ({ buttons = [] }: Section): boolean => buttons.length > 1;

function formRows(form: Form, title: Line | undefined): Row[] {
  const isTitled = title !== undefined && sayPlainly(title) === form.title;
  return [...(isTitled ? [] : boldRows(form.title)), ...askedInLines(form).flatMap((line) => rowsOf(line))];
}

function layOut(reply: Reply, inMenu: boolean): Layout<Block> {
  const presses = openPresses();
  const { form, sections = [], notes = [], buttons = [], files, menu } = reply;
  const top = textDisplays(topRows(reply));
  const [first, ...rest] = sections
    .map((section) => sectionBlocks(section, presses, inMenu))
    .filter((blocks) => blocks.length > 0);
  const parted: Block[][] = top.length > 0 && first ? [[{ type: ComponentType.Separator }, ...first]] : first ? [first] : [];
  const own = form ? [openFormButton(form), ...buttons] : buttons;
  const entries = sections
    .filter(isSeveral)
    .flatMap(({ heading, buttons: all = [] }) => all.map((button): MenuEntry => ({ button, heading })));
  const small = textDisplays([...tooLargeLines(filesOf(reply)), ...notes, ...longLabels(own)].flatMap(smallRows));
  const units: Block[][] = [
    top,
    fileBlocks(files),
    ...parted,
    ...rest,
    form ? textDisplays(formRows(form, reply.title)) : [],
    small,
  ];
  const tail = [...(inMenu ? presses.menus(entries) : []), ...(menu ? presses.menu(menu) : []), ...presses.rows(own)];
  const all = units.filter((blocks) => blocks.length > 0);
  return { units: all.length > 0 || tail.length > 0 ? all : [NOTHING], tail };
}

const NOTHING: Block[] = [{ type: ComponentType.TextDisplay, content: 'There is nothing to show.' }];

/** How many components Discord counts: those within others too. */
function countOf(block: Block): number {
  switch (block.type) {
    case ComponentType.ActionRow:
      return 1 + block.components.length;
    case ComponentType.Section:
      return 2 + block.components.length;
    default:
      return 1;
  }
}

const textsIn = (block: Block): string[] => {
  if (block.type === ComponentType.TextDisplay) return [block.content];
  return block.type === ComponentType.Section ? block.components.map(({ content }) => content) : [];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The container is a component too. */
const componentsOf = (blocks: readonly Block[]): number => 1 + sum(blocks.map(countOf));

const bytesOf = (text: string): number => Buffer.byteLength(text) + limits.BYTES_PER_TEXT_DISPLAY;

const ROOM: Room<Block> = {
  fits: (blocks) => {
    const texts = blocks.flatMap(textsIn);
    return (
      componentsOf(blocks) <= limits.COMPONENTS &&
      sum(texts.map(({ length }) => length)) <= limits.TEXT &&
      sum(texts.map(bytesOf)) <= limits.TEXT_BYTES
    );
  },
  leavesHalf: (blocks) => componentsOf(blocks) <= limits.COMPONENTS / 2,
};

/** Menus stand in for the buttons of sections where there are more of them than one message has room for. */
function layOutInRoom(reply: Reply): Layout<Block> {
  const open = layOut(reply, false);
  const isRoomy = componentsOf([...open.units.flat(), ...open.tail]) <= limits.COMPONENTS;
  return isRoomy || !(reply.sections ?? []).some(isSeveral) ? open : layOut(reply, true);
}

/**
 * The reply as messages within Discord's limits (limits.ts), at least one. The first holds the title and the reply's own buttons; what
 * has no room in it follows in further ones.
 */
export function renderReply(reply: Reply): DiscordMessage[] {
  const colour = COLOURS[reply.tone];
  return fillMessages(layOutInRoom(reply), ROOM).map((components) => ({
    components: [{ type: ComponentType.Container, ...(colour === null ? {} : { accent_color: colour }), components }],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
    ...attached(filesIn(components, filesOf(reply))),
  }));
}

const attached = (files: RawFile[]): { files?: RawFile[] } => (files.length === 0 ? {} : { files });
