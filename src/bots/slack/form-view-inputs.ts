// Input blocks within Slack's limits. Which field gets which is form-view-fields.ts's.
import type { InputBlock, InputBlockElement, KnownBlock, PlainTextInput } from '@slack/types';
import { cutText, harmless, splitText } from '../shown-text.ts';
import { isBlank, plainObject } from './blocks.ts';
import * as limits from './limits.ts';
import { blockOf } from './view-values.ts';

/** The blocks of a field, or of one network's own text. */
export interface Drawn {
  blocks: readonly KnownBlock[];
  /** Whose notes belong under them; null for none. */
  about: string | null;
  /** Keys that stand for values too long for an option. */
  long?: Readonly<Record<string, string>>;
  /** Over how many inputs the text goes. */
  parts?: number;
}

export interface Input {
  blockId: string;
  label: string;
  element: InputBlockElement;
  optional: boolean;
  hint?: string | undefined;
  /** Each change is told at once. */
  isLive?: boolean;
}

export const input = ({ blockId, label, element, optional, hint, isLive = false }: Input): InputBlock => ({
  type: 'input',
  block_id: cutText(blockId, limits.ID),
  label: plainObject(cutText(isBlank(label) ? '…' : harmless(label), limits.INPUT_LABEL)),
  element,
  optional,
  ...(hint === undefined || isBlank(hint) ? {} : { hint: plainObject(cutText(harmless(hint), limits.INPUT_HINT)) }),
  ...(isLive ? { dispatch_action: true } : {}),
});

const LIVE: Pick<PlainTextInput, 'dispatch_action_config'> = {
  dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
};

export const textInput = (value: string, { multiline = false, isLive = false } = {}): PlainTextInput => ({
  type: 'plain_text_input',
  action_id: 'text',
  multiline,
  ...(value === '' ? {} : { initial_value: value }),
  ...(isLive ? LIVE : {}),
});

export interface Text {
  name: string;
  label: string;
  value: string;
  hint: string | undefined;
  optional: boolean;
  multiline: boolean;
  isLive: boolean;
  /** How many inputs it had when it was drawn before. */
  parts: number;
}

/**
 * One input, or as many as the text needs: an input holds 3,000 characters. They are put together again when they are read, and are as
 * many in each redrawing, since an input that goes takes what stands in it along.
 */
export function drawText({ name, label, value, hint, optional, multiline, isLive, parts }: Text): Drawn {
  const pieces = splitText(harmless(value), limits.INPUT_TEXT);
  const count = Math.max(pieces.length, parts);
  const isLong = multiline || count > 1 || value.includes('\n');
  const blocks = Array.from({ length: count }, (_, index) =>
    input({
      blockId: blockOf(name, index + 1),
      label: index === 0 ? label : `${label}, continued`,
      element: textInput(pieces[index] ?? '', { multiline: isLong, isLive }),
      optional: optional || index > 0,
      hint: index === 0 ? hint : undefined,
      isLive,
    }),
  );
  return { blocks, about: name, parts: count };
}

export const exampleHint = (hint: string | undefined): string | undefined =>
  hint === undefined || isBlank(hint) ? undefined : `For example: ${hint}`;
