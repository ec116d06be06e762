// What was filled into a form's modal -> a command's raw arguments, and files. Which input is which field's is told by its custom id.
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import type { RawArgs } from '../command.ts';
import type { Form } from '../reply.ts';
import { CUSTOM_ID, OPTION_VALUE } from './limits.ts';
import { isBlank } from './markdown.ts';
import { type Attached, mediaOf } from './options-read.ts';

const FIELD = 'field/';

/** The `custom_id` of a field's input: `field/when`. Text that is too long for one input goes on in the next, `field/text+2`. */
export function inputOf(field: string, part = 1): string {
  const end = part === 1 ? '' : `+${part}`;
  return `${FIELD}${field}`.slice(0, CUSTOM_ID - end.length) + end;
}

/** The value of an option; one that is too long for Discord goes by its place in the list. */
export const optionValue = (value: string, index: number): string =>
  value === '' || value.length > OPTION_VALUE ? `~${index}` : value;

/** An input as discord.js reads it: `interaction.fields.fields.values()`. */
export interface FilledInput {
  customId: string;
  /** Of what is typed; of other inputs it is something else or not there. */
  value?: string | boolean | null;
  values?: readonly string[];
  attachments?: ReadonlyMap<string, Attached>;
}

export interface FilledForm {
  /** What was carried, and what had no room in the modal, and over them what stands in the inputs; an empty one is not there. */
  args: RawArgs;
  files: MediaRequest[];
}

/** Reads the inputs of a modal that `formView` drew of this form. */
export function readFormView(form: Form, inputs: Iterable<FilledInput>): FilledForm {
  const byId = new Map([...inputs].map((input) => [input.customId, input]));
  const args: Record<string, string> = { ...form.carried };
  const files: MediaRequest[] = [];
  for (const { name, kind, value, choices = [] } of form.fields) {
    const input = byId.get(inputOf(name));
    if (kind === 'files') files.push(...[...(input?.attachments?.values() ?? [])].map((file) => mediaOf(file)));
    if (kind === 'files' || kind === 'variants') continue;
    // without an input of its own, a field keeps what it was filled with
    const said = input === undefined ? (value ?? '') : textOf(input, byId, { name, choices });
    if (!isBlank(said)) args[name] = said;
  }
  return { args, files };
}

function textOf(
  input: FilledInput,
  byId: ReadonlyMap<string, FilledInput>,
  { name, choices }: { name: string; choices: readonly { value: string }[] },
): string {
  if (input.values) return input.values.map((value) => wholeValue(value, choices)).join(', ');
  const parts: string[] = [];
  for (let part = 1, at: FilledInput | undefined = input; at !== undefined; part++, at = byId.get(inputOf(name, part)))
    parts.push(typeof at.value === 'string' ? at.value : '');
  return parts.join('');
}

/** The options are unique by their values, and so is their order. */
function wholeValue(value: string, choices: readonly { value: string }[]): string {
  const index = /^~(\d+)$/.exec(value)?.[1];
  const unique = [...new Set(choices.map((choice) => choice.value))];
  return (index === undefined ? undefined : unique[Number(index)]) ?? value;
}
