// A neutral reply as Slack shows it: messages, a modal, or App Home. Slack's limits are kept by more blocks and more messages, so that
// nothing of a reply is lost and nothing of it is refused.
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { askedInLines, openFormButton } from '../form-button.ts';
import type { Layout } from '../message-pages.ts';
import { type Form, type Line, type Reply, type Section, sayPlainly, type Tone } from '../reply.ts';
import { cutText } from '../shown-text.ts';
import { fieldBlocks, header, isBlank, openButtons, plainObject, richBlocks, smallPrint } from './blocks.ts';
import { NO_PICTURES, type Pictures, pictureBlocks } from './blocks-picture.ts';
import type { RichPart } from './blocks-rich-text.ts';
import { openTables } from './blocks-table.ts';
import * as limits from './limits.ts';
import { plainLine, plainMrkdwn } from './mrkdwn.ts';
import { fillMessages, fillView } from './render-pages.ts';

export interface Message {
  /** For notifications and readers aloud. */
  text: string;
  blocks: KnownBlock[];
}

/** Told by shape and not by colour alone. */
const MARKS: Record<Tone, string> = { plain: '', good: '✅ ', warning: '⚠️ ', bad: '❌ ' };

/** `callback_id` of a modal that only shows something. */
export const REPLY_VIEW = 'reply';

/** The title, or the tone's mark before the first line where there is none; then lines and fields. */
function topBlocks(reply: Reply): KnownBlock[] {
  const mark = MARKS[reply.tone];
  const lines = reply.lines ?? [];
  const fields = fieldBlocks(reply.fields ?? []);
  if (reply.title === undefined || isBlank(sayPlainly(reply.title))) {
    const [first, ...rest] = lines;
    return [...richBlocks([{ lines: first === undefined ? [] : [marked(mark, first), ...rest] }]), ...fields];
  }
  const large = header(mark, reply.title);
  if (large) return [large, ...richBlocks([{ lines }]), ...fields];
  return [...richBlocks([{ lines: [marked(mark, reply.title)], bold: true }, { lines }]), ...fields];
}

const marked = (mark: string, line: Line): Line => (mark === '' ? line : [mark, ...(typeof line === 'string' ? [line] : line)]);

function sectionParts({ heading, quote = '', lines = [] }: Section): RichPart[] {
  return [{ lines: [heading], bold: true }, { quote }, { lines }];
}

/** What a form asks for, for where it cannot be shown. */
const describeForm = (form: Form, isTitled: boolean): RichPart[] => [
  { lines: isTitled ? [] : [form.title], bold: true },
  { lines: askedInLines(form) },
];

interface Surface {
  inView: boolean;
  pictures: Pictures;
}

function layOut(reply: Reply, { inView, pictures }: Surface): Layout<KnownBlock> {
  const buttons = openButtons();
  const tables = openTables({ inView });
  const sections = (reply.sections ?? []).map((section) => [
    ...richBlocks(sectionParts(section)),
    ...pictureBlocks(section.picture ? [section.picture] : [], pictures),
    ...tables.blocks(section.table),
    ...buttons.blocks(section.buttons),
  ]);
  const top = topBlocks(reply);
  const body = sections.filter((blocks) => blocks.length > 0);
  const [first, ...rest] = body;
  const parted = top.length > 0 && first ? [[{ type: 'divider' as const }, ...first], ...rest] : body;
  const { form } = reply;
  const isTitled = form !== undefined && reply.title !== undefined && sayPlainly(reply.title) === form.title;
  const opens = form ? [openFormButton(form)] : [];
  const shown = pictureBlocks(reply.files ?? [], pictures);
  const units = [top, shown, ...parted, form ? richBlocks(describeForm(form, isTitled)) : [], smallPrint(reply.notes ?? [])];
  const tail = [...buttons.blocks([...opens, ...(reply.buttons ?? [])]), ...buttons.menu(reply.menu)];
  const all = { units: units.filter((blocks) => blocks.length > 0), tail };
  return all.units.length > 0 || all.tail.length > 0 ? all : { units: [NOTHING], tail: [] };
}

const NOTHING: KnownBlock[] = [{ type: 'section', text: plainObject('There is nothing to show.') }];

/** What notifications show: the first words. */
function firstWords(reply: Reply): string {
  const title = reply.title === undefined ? [] : [reply.title];
  const fields = (reply.fields ?? []).map(({ name, value }) => `${name}: ${sayPlainly(value)}`);
  const headings = (reply.sections ?? []).map(({ heading }) => heading);
  const said = [...title, ...(reply.lines ?? []), ...fields, ...headings].map(plainLine).filter((line) => !isBlank(line));
  const words = cutText(said.length === 0 ? 'Crier' : said.join('\n'), limits.FALLBACK_TEXT);
  return `${MARKS[reply.tone]}${plainMrkdwn(words)}`;
}

const titleOf = (reply: Reply): string => {
  const title = reply.title === undefined ? '' : plainLine(reply.title).replace(/\s+/g, ' ').trim();
  return title === '' ? 'Crier' : title;
};

/**
 * The reply as messages within Slack's limits (limits.ts), at least one. The first holds the reply's own buttons; what has no room in
 * it follows in further ones, which belong into its thread.
 * @param pictures those that Slack shows in it; the others are left out
 */
export function renderReply(reply: Reply, pictures: Pictures = NO_PICTURES): Message[] {
  return fillMessages(layOut(reply, { inView: false, pictures })).map((blocks, index) => ({
    text: index === 0 ? firstWords(reply) : plainMrkdwn(cutText(`${titleOf(reply)}, continued`, limits.FALLBACK_TEXT)),
    blocks,
  }));
}

/** The reply in a modal, for what was pressed in App Home. `title` of at most 24 characters; the reply's own is cut to that. */
export function renderModal(reply: Reply, title = titleOf(reply)): ModalView {
  return {
    type: 'modal',
    callback_id: REPLY_VIEW,
    title: plainObject(cutText(title, limits.VIEW_TITLE)),
    close: plainObject('Close'),
    blocks: fillView(layOut(reply, IN_VIEW)),
  };
}

/** A view holds no pictures: whoever it is for has them by direct message. */
const IN_VIEW: Surface = { inView: true, pictures: NO_PICTURES };

/** The reply as App Home. */
export const renderHome = (reply: Reply): HomeView => ({ type: 'home', blocks: fillView(layOut(reply, IN_VIEW)) });
