// What a form's modal remembers while it is open, in its private_metadata: which form it is, where its answer belongs, and what Slack has
// no room for in its fields. What stands in the fields is view-values.ts's.
import { z } from 'zod';
import type { Form, FormField, FormFieldKind } from '../reply.ts';
import { cutText } from '../shown-text.ts';
import { PRIVATE_METADATA } from './limits.ts';
import { Place } from './place.ts';

/** Which of the two ways to say a time was used last. */
const WAYS = ['picker', 'words'] as const;
type Way = (typeof WAYS)[number];

export interface FormMetadata {
  /** The form as it was opened: without the values of its fields, and without its line. */
  form: Form;
  command: string;
  carried: Readonly<Record<string, string>>;
  place: Place;
  /** Slack's ids of the files that came with what was said. */
  files: readonly string[];
  whenBy: Way | null;
  /** The words that the time's field was filled with at first; null until it is drawn. */
  words: string | null;
  /** What the keys of options stand for whose values are too long for Slack. */
  long: Readonly<Record<string, string>>;
  /** Over how many inputs a text goes, where that is more than one. */
  parts: Readonly<Record<string, number>>;
}

const KINDS = [
  'line',
  'paragraph',
  'when',
  'targets',
  'secret',
  'choice',
  'files',
  'variants',
] as const satisfies readonly FormFieldKind[];

const Words = z.record(z.string(), z.string());

const Stored = z.object({
  title: z.string(),
  command: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      kind: z.enum(KINDS),
      required: z.boolean(),
      hint: z.string().exactOptional(),
      aside: z.literal(true).exactOptional(),
      choices: z.array(z.object({ value: z.string(), label: z.string() })).exactOptional(),
    }),
  ),
  carried: Words,
  place: Place,
  files: z.array(z.string()).default([]),
  whenBy: z.enum(WAYS).nullable().default(null),
  words: z.string().nullable().default(null),
  long: Words.default({}),
  parts: z.record(z.string(), z.number()).default({}),
});
type Stored = z.input<typeof Stored>;

const withoutValue = ({ value: _, choices, ...field }: FormField): Stored['fields'][number] => ({
  ...field,
  ...(choices ? { choices: [...choices] } : {}),
});

export type Remembered = Pick<FormMetadata, 'form' | 'place'> &
  Partial<Pick<FormMetadata, 'files' | 'whenBy' | 'words' | 'long' | 'parts'>>;

/** May be longer than Slack takes (3,000 characters): `formView` makes room. */
export function writeMetadata({
  form,
  place,
  files = [],
  whenBy = null,
  words = null,
  long = {},
  parts = {},
}: Remembered): string {
  const stored: Stored = {
    title: form.title,
    command: form.command,
    fields: form.fields.map(withoutValue),
    carried: { ...form.carried },
    place,
    ...(files.length > 0 ? { files: [...files] } : {}),
    ...(whenBy === null ? {} : { whenBy }),
    ...(words === null ? {} : { words }),
    ...(Object.keys(long).length > 0 ? { long: { ...long } } : {}),
    ...(Object.keys(parts).length > 0 ? { parts: { ...parts } } : {}),
  };
  return JSON.stringify(stored);
}

/** Null for what this Crier has not written: a modal of an earlier one, or one that shows no form. */
export function readMetadata(text: string): FormMetadata | null {
  const stored = Stored.safeParse(readJson(text));
  if (!stored.success) return null;
  const { title, command, fields, carried, ...rest } = stored.data;
  return { ...rest, command, carried, form: { title, command, fields, carried, inOneLine: '' } };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isRoomy = (remembered: Remembered): boolean => Buffer.byteLength(writeMetadata(remembered)) <= PRIVATE_METADATA;

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Arguments shorter than this take more room as a field. */
const WORTH_A_FIELD = 100;

/** As much as Slack takes, with nothing lost: the longest carried arguments become fields of the form, in which they are seen and sent. */
export function makeRoom(remembered: Remembered): Remembered {
  const { form } = remembered;
  const [longest] = Object.entries(form.carried).sort(([, one], [, other]) => other.length - one.length);
  if (isRoomy(remembered) || !longest || longest[1].length < WORTH_A_FIELD) return remembered;
  const [name, value] = longest;
  const { [name]: _, ...carried } = form.carried;
  const field: FormField = { name, label: capitalized(name), kind: 'paragraph', required: false, value };
  return makeRoom({ ...remembered, form: { ...form, carried, fields: [...form.fields, field] } });
}

const KEPT_LABEL = 60;

/** What is remembered only to draw the form again in all its words, by what is missed least. */
const SPARE: readonly ((remembered: Remembered) => Remembered)[] = [
  (all) => withFields(all, ({ choices: _, ...field }) => field),
  (all) => withFields(all, ({ hint: _, ...field }) => field),
  (all) =>
    withFields({ ...all, form: { ...all.form, title: cutText(all.form.title, KEPT_LABEL) } }, (field) => ({
      ...field,
      label: cutText(field.label, KEPT_LABEL),
    })),
  (all) => ({ ...all, words: '' }),
  (all) => ({ ...all, long: {} }),
];

const withFields = (remembered: Remembered, change: (field: FormField) => FormField): Remembered => ({
  ...remembered,
  form: { ...remembered.form, fields: remembered.form.fields.map(change) },
});

/** `makeRoom`'s result as Slack takes it. */
export function writeShort(remembered: Remembered): string {
  let short = remembered;
  for (const spare of SPARE) {
    if (isRoomy(short)) break;
    short = spare(short);
  }
  return writeMetadata(short);
}
