// The blocks a reply is made of: headings, fields, small print and buttons, each within Slack's limits. Their order is render.ts's.
import type {
  ActionsBlock,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  Button as SlackButton,
  StaticSelect,
  TextObject,
} from '@slack/types';
import { z } from 'zod';
import { type Button, buttonId, type Field, type Line, type Menu } from '../reply.ts';
import { cutMiddle, cutText, harmless, splitText } from '../shown-text.ts';
import { type RichPart, richText } from './blocks-rich-text.ts';
import * as limits from './limits.ts';
import { isPlain, lineMrkdwn, plainLine, plainMrkdwn } from './mrkdwn.ts';

export const isBlank = (text: string): boolean => text.trim() === '';

/** Text that is shown as it stands: `:tada:` stays six letters between colons. */
export const plainObject = (text: string): PlainTextElement => ({ type: 'plain_text', text, emoji: false });

/** A line as a text object: with markup only where it holds something to press, or a moment. */
const textObject = (line: Line): TextObject =>
  isPlain(line) ? plainObject(plainLine(line)) : { type: 'mrkdwn', text: lineMrkdwn(line), verbatim: true };

/** A heading in large letters; null where it is too long for one, or holds more than text. */
export function header(mark: string, title: Line): HeaderBlock | null {
  const text = `${mark}${plainLine(title).replace(/\s+/g, ' ').trim()}`;
  return isPlain(title) && text.length <= limits.HEADER ? { type: 'header', text: plainObject(text) } : null;
}

const FIELDS_A_BLOCK = limits.SECTION_FIELDS / 2;

/** Names at the left, values at the right. One too long for a field stands below its name, in a block of its own. */
export function fieldBlocks(fields: readonly Field[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let row: TextObject[] = [];
  const endRow = (): void => {
    if (row.length > 0) blocks.push({ type: 'section', fields: row });
    row = [];
  };
  for (const { name, value } of fields) {
    const pair = fieldPair(name, value);
    if (pair === null) {
      endRow();
      blocks.push(...richText([{ lines: [name], bold: true }, { lines: [value] }]));
      continue;
    }
    row.push(...pair);
    if (row.length === FIELDS_A_BLOCK * 2) endRow();
  }
  endRow();
  return blocks;
}

function fieldPair(name: string, value: Line): [TextObject, TextObject] | null {
  const label = plainMrkdwn(name.replace(/\s+/g, ' ').trim());
  const left: TextObject = { type: 'mrkdwn', text: `*${label === '' ? '…' : label}*`, verbatim: true };
  const object = textObject(value);
  const right = isBlank(object.text) ? plainObject('–') : object;
  return Math.max(left.text.length, right.text.length) > limits.FIELD_TEXT ? null : [left, right];
}

const context = (element: TextObject): ContextBlock => ({ type: 'context', elements: [element] });

/** Small print: lines below each other. */
export function smallPrint(lines: readonly Line[]): KnownBlock[] {
  const shown = lines.filter((line) => !isBlank(plainLine(line)));
  if (shown.length === 0) return [];
  const together: TextObject = shown.every(isPlain)
    ? plainObject(shown.map(plainLine).join('\n'))
    : { type: 'mrkdwn', text: shown.map(lineMrkdwn).join('\n'), verbatim: true };
  return together.text.length <= limits.TEXT ? [context(together)] : shown.flatMap(longPrint);
}

function longPrint(line: Line): KnownBlock[] {
  if (isPlain(line)) return splitText(plainLine(line), limits.TEXT).map((text) => context(plainObject(text)));
  const object = textObject(line);
  // markup cannot be cut in two, rich text can
  return object.text.length <= limits.TEXT ? [context(object)] : richText([{ lines: [line] }]);
}

/** How the `action_id`s of our buttons begin. */
const ACTION = 'press:';

const pressSchema = z.object({
  action_id: z.string().startsWith(ACTION),
  value: z.string().min(1).nullish(),
  selected_option: z.object({ value: z.string().min(1) }).nullish(),
});

/**
 * The id of the button that an action of a block_actions payload is a press of, or a choice from a menu; null for any other action.
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload (checked 2026-11-22)
 */
export function readButtonId(action: unknown): string | null {
  const press = pressSchema.safeParse(action);
  return press.success ? (press.data.selected_option?.value ?? press.data.value ?? null) : null;
}

/** Slack's own dialog before a press that takes something away. */
function confirmation(label: string, subject: string): NonNullable<SlackButton['confirm']> {
  const name = /^[PD]\d+(?=~|$)/.exec(subject)?.[0];
  const what = name === undefined ? label : `${label} ${name}`;
  return {
    title: plainObject(cutText(`${what}?`, limits.CONFIRM_TITLE)),
    text: plainObject(cutText(`Please confirm: ${what}.`, limits.CONFIRM_TEXT)),
    confirm: plainObject(cutText(label, limits.CONFIRM_BUTTON)),
    deny: plainObject('Go back'),
    style: 'danger',
  };
}

function slackButton(button: Button, index: number): SlackButton {
  const label = labelOf(button);
  return {
    type: 'button',
    // numbered, since ids must differ within a message, and the same button may stand there twice
    action_id: cutText(`${ACTION}${index}:${button.command}/${button.name}`, limits.ID),
    value: buttonId(button).slice(0, limits.BUTTON_VALUE),
    text: plainObject(cutMiddle(label, limits.BUTTON_TEXT)),
    ...(button.style ? { style: button.style } : {}),
    ...(button.style === 'danger' ? { confirm: confirmation(label, button.subject) } : {}),
  };
}

const labelOf = ({ label, name }: Button): string => (isBlank(label) ? name || '…' : harmless(label));

/** One of each: Slack takes no two options with one value. */
function optionsOf({ options }: Menu): PlainTextOption[] {
  const byId = new Map(options.map((button) => [buttonId(button), button]));
  return Array.from(byId, ([value, button]) => ({ text: plainObject(cutMiddle(labelOf(button), limits.OPTION_TEXT)), value }));
}

/** Whether each can be an option: its id has room, and nobody has to be asked whether they are sure. */
const isListed = ({ options }: Menu): boolean =>
  options.length <= limits.OPTIONS &&
  options.every((button) => button.style !== 'danger' && buttonId(button).length <= limits.MENU_VALUE);

export interface Buttons {
  blocks: (buttons: readonly Button[] | undefined) => KnownBlock[];
  /** A select; buttons, where an option is more than a select can hold. */
  menu: (menu: Menu | undefined) => KnownBlock[];
}

/** Numbers the buttons of one reply through. Labels that Slack has no room for are written out in small print above. */
export function openButtons(): Buttons {
  let count = 0;
  const asButtons: Buttons['blocks'] = (buttons = []) => {
    const blocks: ActionsBlock[] = [];
    for (let from = 0; from < buttons.length; from += limits.ACTIONS) {
      const elements = buttons.slice(from, from + limits.ACTIONS).map((button) => slackButton(button, count++));
      blocks.push({ type: 'actions', elements });
    }
    const long = buttons.map(({ label }) => harmless(label)).filter((label) => label.length > limits.BUTTON_TEXT);
    return [...smallPrint(long), ...blocks];
  };
  return {
    blocks: asButtons,
    menu(menu) {
      if (menu === undefined || menu.options.length === 0) return [];
      if (!isListed(menu)) return [...smallPrint([menu.label]), ...asButtons(menu.options)];
      const placeholder = plainObject(cutText(isBlank(menu.label) ? 'Choose' : harmless(menu.label), limits.PLACEHOLDER));
      const select: StaticSelect = {
        type: 'static_select',
        action_id: `${ACTION}${count++}:menu`,
        placeholder,
        options: optionsOf(menu),
      };
      return [{ type: 'actions', elements: [select] }];
    },
  };
}

/** Rich text for what has something to show. */
export const richBlocks = (parts: readonly RichPart[]): KnownBlock[] =>
  richText(parts.filter((part) => ('quote' in part ? part.quote !== '' : part.lines.some((line) => !isBlank(plainLine(line))))));
