// Each kind of a form's field as the inputs Slack has for it.
import type { PlainTextInput } from '@slack/types';
import type { FormField, FormFieldKind, Line } from '../reply.ts';
import { cutText, harmless } from '../shown-text.ts';
import { isBlank, smallPrint } from './blocks.ts';
import { accountsField, type Choice, choiceField } from './form-view-choices.ts';
import { type Drawn, drawText, exampleHint, input, textInput } from './form-view-inputs.ts';
import * as limits from './limits.ts';
import { blockOf, pickerBlockOf, SECRET_INPUT } from './view-values.ts';

export interface FormViewOptions {
  /** As `writeMetadata` wrote it, in any length. */
  privateMetadata: string;
  /** By field name: shown right under the field, and under `variant:bluesky` of a network's own text. */
  notes?: Readonly<Record<string, readonly Line[]>>;
  /** Every account that can be chosen, as a field of kind `targets` takes it. */
  accounts: readonly Choice[];
  /** The values of those that are chosen at first. */
  chosen?: readonly string[];
  /** The networks that are chosen: each can have a text of its own. */
  networks?: readonly { id: string; name: string }[];
  now: Temporal.Instant;
  /** What the words of the time mean. */
  at?: Temporal.Instant | null;
  /** Said above the fields. */
  intro?: readonly Line[];
}

export interface Drawing extends FormViewOptions {
  carried: Readonly<Record<string, string>>;
  /** Over how many inputs each text went when it was drawn before. */
  parts: Readonly<Record<string, number>>;
}

export const drawField = (field: FormField, drawing: Drawing): Drawn[] => DRAW[field.kind](field, drawing);

const DRAW: Record<FormFieldKind, (field: FormField, drawing: Drawing) => Drawn[]> = {
  line: (field, drawing) => [textField(field, drawing)],
  paragraph: (field, drawing) => [textField(field, drawing)],
  secret: (field) => [secretField(field)],
  when: whenField,
  // without an account, what is typed is answered with the way to connect one
  targets: (field, drawing) => [
    accountsField(field, drawing.accounts, drawing.chosen ?? []) ?? textField({ ...field, kind: 'line' }, drawing),
  ],
  choice: (field, drawing) => [choiceField(field) ?? textField({ ...field, kind: 'line' }, drawing)],
  files: (field) => [filesField(field)],
  variants: (field, drawing) => (drawing.networks ?? []).map((network) => variantField(field, network, drawing)),
};

/** The texts that networks count: their counts are told while they are written. */
const isCounted = ({ name, kind }: FormField): boolean => kind === 'paragraph' && (name === 'text' || name === 'value');

const textField = (field: FormField, { parts }: Drawing): Drawn =>
  drawText({
    name: field.name,
    label: field.label,
    value: field.value ?? '',
    hint: exampleHint(field.hint),
    optional: !field.required,
    multiline: field.kind === 'paragraph',
    isLive: isCounted(field),
    parts: parts[field.name] ?? 1,
  });

/** The argument of a network's own text. */
export const variantName = (network: string): string => `variant:${network}`;

function variantField({ label }: FormField, { id, name }: { id: string; name: string }, { carried, parts }: Drawing): Drawn {
  const argument = variantName(id);
  return drawText({
    name: argument,
    label: `${label} for ${name}`,
    value: carried[argument] ?? '',
    hint: `Left empty, ${name} gets the text above.`,
    optional: true,
    multiline: true,
    isLive: true,
    parts: parts[argument] ?? 1,
  });
}

/** Slack has no input that hides what is typed: https://github.com/slackapi/node-slack-sdk/issues/607. */
const ONLY_HERE = 'Slack shows it to you alone while you type. Crier keeps it encrypted and never shows it again.';

function secretField(field: FormField): Drawn {
  const example = exampleHint(field.hint);
  const element: PlainTextInput = { type: 'plain_text_input', action_id: SECRET_INPUT };
  const hint = example === undefined ? ONLY_HERE : `${example}. ${ONLY_HERE}`;
  const block = input({ blockId: blockOf(field.name), label: field.label, element, optional: !field.required, hint });
  return { blocks: [block], about: field.name };
}

/** A moment as machines and forms write it; a picker shows it better. */
const EXACT = /^\s*(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*|<t:\d+(?::\w)?>|\d{10})\s*$/;

/** A picker and words for one time. Slack is told that neither is needed, since either will do. */
function whenField(field: FormField, { at = null, now }: Drawing): Drawn[] {
  const shown = at !== null && isPickable(at, now) ? at : null;
  const value = field.value ?? '';
  const words = shown !== null && EXACT.test(value) ? '' : cutText(harmless(value), limits.INPUT_TEXT);
  const picker = input({
    blockId: pickerBlockOf(field.name, shown),
    label: field.label,
    element: {
      type: 'datetimepicker',
      action_id: 'picker',
      ...(shown === null ? {} : { initial_date_time: Math.floor(shown.epochMilliseconds / 1000) }),
    },
    optional: true,
    isLive: true,
  });
  const inWords = input({
    blockId: blockOf(field.name),
    label: `${field.label}, in words`,
    element: textInput(words, { isLive: true }),
    optional: true,
    hint: exampleHint(field.hint),
    isLive: true,
  });
  return [
    { blocks: [picker], about: field.name },
    { blocks: [inWords], about: null },
  ];
}

/** The picker takes ten digits: https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element (checked 2026-11-22). */
const isPickable = (at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at, now) > 0 && /^\d{10}$/.test(String(Math.floor(at.epochMilliseconds / 1000)));

/** What Crier can post. https://docs.slack.dev/reference/objects/file-object#types names the types. */
const FILE_TYPES = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'mp4', 'mov', 'webm', 'pdf'];

function filesField(field: FormField): Drawn {
  const block = input({
    blockId: blockOf(field.name),
    label: field.label,
    element: { type: 'file_input', action_id: 'files', filetypes: FILE_TYPES, max_files: limits.FILES },
    optional: !field.required,
    hint: field.hint,
  });
  const shared = isBlank(field.value ?? '') ? [] : smallPrint([`Already with it: ${field.value}`]);
  return { blocks: [block, ...shared], about: field.name };
}
