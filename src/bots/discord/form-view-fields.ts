// Each kind of a form's field as the input Discord has for it.
import {
  type APILabelComponent,
  type APISelectMenuOption,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { FormField, FormFieldKind, Line } from '../reply.ts';
import { cutMiddle, cutText, harmless, splitText } from '../shown-text.ts';
import * as limits from './limits.ts';
import { isBlank, plainLine } from './markdown.ts';
import { inputOf, optionValue } from './view-values.ts';

/** An account, or another thing that can be chosen. */
export interface Choice {
  value: string;
  label: string;
}

export interface FormViewOptions {
  /** Of the modal: what its answer is found by. */
  customId: string;
  /** By field name: what is understood of it so far. */
  notes?: Readonly<Record<string, readonly Line[]>>;
  /** Every account that can be chosen, as a field of kind `targets` takes it. */
  accounts: readonly Choice[];
  /** The values of those that are chosen at first. */
  chosen?: readonly string[];
}

type Draw = (field: FormField, options: FormViewOptions) => APILabelComponent[];

const DRAW: Record<FormFieldKind, Draw> = {
  line: (field, options) => textLabels(field, options),
  paragraph: (field, options) => textLabels(field, options),
  when: (field, options) => textLabels(field, options),
  secret: secretLabel,
  // without an account, what is typed is answered with the way to connect one
  targets: (field, options) => {
    const { accounts, chosen = [] } = options;
    return selectLabel(field, options, { choices: accounts, chosen, isSeveral: true }) ?? textLabels(field, options);
  },
  choice: (field, options) => {
    const { choices = [], value } = field;
    return (
      selectLabel(field, options, { choices, chosen: value === undefined ? [] : [value], isSeveral: false }) ??
      textLabels(field, options)
    );
  },
  files: filesLabel,
  variants: () => [],
};

/** The labels of a field, each with an input; none for what a modal here does not ask for. */
export const drawField: Draw = (field, options) => DRAW[field.kind](field, options);

const oneLine = (text: string): string => harmless(text).replace(/\s+/g, ' ').trim();

function label(name: string, description: string | undefined, component: APILabelComponent['component']): APILabelComponent {
  const about = oneLine(description ?? '');
  return {
    type: ComponentType.Label,
    label: cutText(isBlank(name) ? '…' : oneLine(name), limits.LABEL),
    ...(about === '' ? {} : { description: cutText(about, limits.LABEL_DESCRIPTION) }),
    component,
  };
}

const exampleHint = (hint: string | undefined): string | undefined =>
  hint === undefined || isBlank(hint) ? undefined : `For example: ${oneLine(hint)}`;

/** What is understood of a field, else an example where what stands in it hides the one within. */
function describe({ name, hint, value = '' }: FormField, { notes = {} }: FormViewOptions): string | undefined {
  const own = Object.hasOwn(notes, name) ? (notes[name] ?? []) : [];
  const said = own.map(plainLine).filter((note) => !isBlank(note));
  if (said.length > 0) return said.join(' · ');
  return value === '' ? undefined : exampleHint(hint);
}

/** One input, or as many as the text needs; put together again when they are read. */
function textLabels(field: FormField, options: FormViewOptions): APILabelComponent[] {
  const { name, hint, kind, required, value = '' } = field;
  const pieces = splitText(harmless(value), limits.INPUT_TEXT);
  const isLong = kind === 'paragraph' || pieces.length > 1 || value.includes('\n');
  const example = exampleHint(hint);
  return pieces.map((piece, index) => {
    const input: APITextInputComponent = {
      type: ComponentType.TextInput,
      custom_id: inputOf(name, index + 1),
      style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required: required && index === 0,
      max_length: limits.INPUT_TEXT,
      ...(piece === '' ? {} : { value: piece }),
      ...(example === undefined ? {} : { placeholder: cutText(example, limits.INPUT_PLACEHOLDER) }),
    };
    return index === 0
      ? label(field.label, describe(field, options), input)
      : label(`${cutText(field.label, limits.LABEL - 12)}, continued`, undefined, input);
  });
}

/** Discord has no input that hides what is typed. */
const ONLY_HERE = 'Only Crier gets to see it. It is kept encrypted and never shown again.';

function secretLabel({ name, label: said, required, hint }: FormField): APILabelComponent[] {
  const example = exampleHint(hint);
  const input: APITextInputComponent = {
    type: ComponentType.TextInput,
    custom_id: inputOf(name),
    style: TextInputStyle.Short,
    required,
    max_length: limits.INPUT_TEXT,
    ...(example === undefined ? {} : { placeholder: cutText(example, limits.INPUT_PLACEHOLDER) }),
  };
  return [label(said, ONLY_HERE, input)];
}

interface Select {
  choices: readonly Choice[];
  chosen: readonly string[];
  isSeveral: boolean;
}

/**
 * Null where there is nothing to choose from, or more than a menu holds: it is then asked for in words. Choices of the form can be longer
 * than Discord takes, since the form knows them when it is read; accounts cannot.
 */
function selectLabel(field: FormField, options: FormViewOptions, select: Select): APILabelComponent[] | null {
  const all = [...new Map(select.choices.map((choice) => [choice.value, choice])).values()];
  const isTooLong = select.isSeveral && all.some(({ value }) => value.length > limits.OPTION_VALUE);
  if (all.length === 0 || all.length > limits.OPTIONS || isTooLong) return null;
  const chosen = select.isSeveral ? select.chosen : select.chosen.slice(0, 1);
  const menu = all.map(({ value, label: said }, index): APISelectMenuOption => {
    const text = isBlank(said) ? value : oneLine(said);
    return {
      label: cutMiddle(isBlank(text) ? '…' : text, limits.OPTION_TEXT),
      value: optionValue(value, index),
      ...(chosen.includes(value) ? { default: true } : {}),
    };
  });
  const component: APILabelComponent['component'] = {
    type: ComponentType.StringSelect,
    custom_id: inputOf(field.name),
    required: field.required,
    ...(select.isSeveral ? { min_values: field.required ? 1 : 0, max_values: menu.length } : {}),
    options: menu,
  };
  return [label(field.label, describe({ ...field, value: '' }, options), component)];
}

function filesLabel({ name, label: said, required, hint, value = '' }: FormField): APILabelComponent[] {
  const about = isBlank(value) ? hint : `Already with it: ${value}`;
  return [
    label(said, about, {
      type: ComponentType.FileUpload,
      custom_id: inputOf(name),
      required,
      min_values: required ? 1 : 0,
      max_values: limits.FILES,
      file_types: ['image', 'video'],
    }),
  ];
}
