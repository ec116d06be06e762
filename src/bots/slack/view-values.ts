// What was filled into a form's modal -> a command's raw arguments, and files. Which field is which is told by block ids, so that they
// are the same in every redrawing of a form and Slack keeps what was typed.
import { z } from 'zod';
import type { RawArgs } from '../command.ts';
import { isBlank } from './blocks.ts';
import { SlackFile } from './payloads.ts';
import { withEmoji } from './text-in-emoji.ts';
import type { FormMetadata } from './view-values-metadata.ts';

export { type FormMetadata, readMetadata, writeMetadata } from './view-values-metadata.ts';

const FIELD = 'field:';
const PICKER = 'pick:';

/** The block of a field, to which Slack takes an error: `field:when`. Text that is too long for one block goes on in the next. */
export const blockOf = (field: string, part = 1): string => `${FIELD}${field}${part === 1 ? '' : `+${part}`}`;

/** The block of the date and time picker of a field; it is another one once it shows another time. */
export const pickerBlockOf = (field: string, shown: Temporal.Instant | null): string =>
  `${PICKER}${field}:${shown === null ? '' : Math.floor(shown.epochMilliseconds / 1000)}`;

/** The field that a block belongs to; null for blocks that ask for nothing. */
export function fieldOf(blockId: string): string | null {
  const match = /^field:(.+?)(?:\+\d+)?$/s.exec(blockId) ?? /^pick:(.+):\d*$/s.exec(blockId);
  return match?.[1] ?? null;
}

/** The metadata once a block was changed: of the two ways to say a time, the one used last counts. */
export function touched(metadata: FormMetadata, blockId: string): FormMetadata {
  if (blockId.startsWith(PICKER)) return { ...metadata, whenBy: 'picker' };
  const field = metadata.form.fields.find(({ name }) => name === fieldOf(blockId));
  return field?.kind === 'when' ? { ...metadata, whenBy: 'words' } : metadata;
}

/** `action_id` of what must arrive to the letter. */
export const SECRET_INPUT = 'secret';

const Chosen = z.object({ value: z.string() });

/** https://docs.slack.dev/reference/views#state, and each element's own page */
const Element = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }),
  z.object({ type: z.literal('datetimepicker'), selected_date_time: z.number().nullish() }),
  z.object({ type: z.literal('multi_static_select'), selected_options: z.array(Chosen).nullish() }),
  z.object({ type: z.literal('static_select'), selected_option: Chosen.nullish() }),
  z.object({ type: z.literal('radio_buttons'), selected_option: Chosen.nullish() }),
  z.object({ type: z.literal('file_input'), files: z.array(SlackFile).nullish() }),
]);
type Element = z.infer<typeof Element>;

const ViewState = z.object({ values: z.record(z.string(), z.record(z.string(), Element)) });

interface Filled {
  blockId: string;
  actionId: string;
  element: Element;
}

/** Seconds since 1970 as the picker gives them -> a time that is read as that moment and no other, and says it in the member's zone. */
export function sayInstant(seconds: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timeZone);
  // a zone that is only an offset is said by the offset already
  return at.toString({ smallestUnit: 'second', timeZoneName: /^[A-Z]/i.test(at.timeZoneId) ? 'auto' : 'never' });
}

function textOf({ element, actionId }: Filled, { long }: FormMetadata): string {
  const whole = (value: string): string => long[value] ?? value;
  switch (element.type) {
    case 'plain_text_input':
      return actionId === SECRET_INPUT ? (element.value ?? '') : withEmoji(element.value ?? '');
    case 'multi_static_select':
      return (element.selected_options ?? []).map(({ value }) => whole(value)).join(', ');
    case 'static_select':
    case 'radio_buttons':
      return element.selected_option ? whole(element.selected_option.value) : '';
    case 'datetimepicker':
    case 'file_input':
      return '';
  }
}

interface Picked {
  field: string;
  seconds: number;
}

function pickedIn(filled: readonly Filled[]): Picked | null {
  for (const { blockId, element } of filled) {
    const field = blockId.startsWith(PICKER) ? fieldOf(blockId) : null;
    if (field === null || element.type !== 'datetimepicker' || !element.selected_date_time) continue;
    return { field, seconds: element.selected_date_time };
  }
  return null;
}

/** Of words and picker what was used last; where that is not known, words that were typed, else the moment that the picker shows. */
const isByPicker = (words: string, { whenBy, words: shown }: FormMetadata): boolean =>
  isBlank(words) || (whenBy === null ? words === shown : whenBy === 'picker');

export interface FilledForm {
  /** The carried arguments, and over them what stands in the fields; a field that was left empty is not there. */
  args: RawArgs;
  files: SlackFile[];
}

/**
 * Reads a modal's `view.state` as it comes with block_actions and view_submission. `timeZone` is the member's.
 * @throws ZodError where Slack sends what it does not document.
 */
export function readFormView(state: unknown, metadata: FormMetadata, { timeZone }: { timeZone: string }): FilledForm {
  const { values } = ViewState.parse(state);
  const filled = Object.entries(values).flatMap(([blockId, elements]) =>
    Object.entries(elements).map(([actionId, element]): Filled => ({ blockId, actionId, element })),
  );
  const typed: Record<string, string> = {};
  for (const each of inOrder(filled)) {
    const name = fieldOf(each.blockId);
    if (name !== null && !each.blockId.startsWith(PICKER)) typed[name] = (typed[name] ?? '') + textOf(each, metadata);
  }
  const picked = pickedIn(filled);
  if (picked && isByPicker(typed[picked.field] ?? '', metadata)) typed[picked.field] = sayInstant(picked.seconds, timeZone);
  return {
    args: { ...metadata.carried, ...withoutBlanks(typed, metadata.carried) },
    files: filled.flatMap(({ element }) => (element.type === 'file_input' ? (element.files ?? []) : [])),
  };
}

/** Parts of one text follow each other, whatever order Slack sends its blocks in. */
const inOrder = (filled: readonly Filled[]): Filled[] => {
  const part = ({ blockId }: Filled): number => Number(/\+(\d+)$/.exec(blockId)?.[1] ?? 1);
  return filled.toSorted((one, other) => part(one) - part(other));
};

/** A carried text that was emptied in its field is empty now. */
const withoutBlanks = (typed: RawArgs, carried: RawArgs): RawArgs =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => !isBlank(value) || name in carried));

/** What is missing of a form that Slack cannot ask for itself, by block: a time is needed in one of two ways. */
export function missingInputs({ form }: FormMetadata, args: RawArgs): Record<string, string> {
  const missing = form.fields.filter(({ kind, required, name }) => kind === 'when' && required && isBlank(args[name] ?? ''));
  return Object.fromEntries(missing.map(({ name }) => [blockOf(name), 'Pick a time above, or say it in words.']));
}
