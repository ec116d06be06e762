// The documented limits of what a person fills in: text inputs, selects, groups of options, file uploads.
// https://docs.discord.com/developers/components/reference (2026-11-22)
import { ComponentType as is } from 'discord.js';
import type { Component } from './bodies.ts';
import { checkCount, checkLength, type Path, type Problems, required } from './refusals.ts';

const MAX_TEXT = 4_000;
export const SELECTS: readonly number[] = [is.StringSelect, is.UserSelect, is.RoleSelect, is.MentionableSelect, is.ChannelSelect];
/** How many options each kind takes. */
const OPTIONS: Record<number, { min: number; max: number }> = {
  [is.StringSelect]: { min: 1, max: 25 },
  [is.RadioGroup]: { min: 2, max: 10 },
  [is.CheckboxGroup]: { min: 1, max: 10 },
};

export function checkCustomId(component: Component, path: Path, problems: Problems): void {
  if (component.custom_id === undefined || component.custom_id === null) required(problems, [...path, 'custom_id']);
  else checkLength(problems, [...path, 'custom_id'], component.custom_id, { min: 1, max: 100 });
}

/** Notes what is wrong with an interactive component other than a button. */
export function checkInput(input: Component, path: Path, { problems, inModal }: { problems: Problems; inModal: boolean }): void {
  checkCustomId(input, path, problems);
  if (inModal && input.disabled)
    problems.note([...path, 'disabled'], 'COMPONENT_DISABLED_IN_MODAL', 'A component in a modal cannot be disabled');
  if (input.type === is.TextInput) checkTextInput(input, path, problems);
  const bounds = OPTIONS[input.type];
  if (bounds) checkOptions(input, path, problems, bounds);
  if (!SELECTS.includes(input.type) && input.type !== is.CheckboxGroup && input.type !== is.FileUpload) return;
  checkLength(problems, [...path, 'placeholder'], input.placeholder ?? '', { max: 150 });
  checkValues(input, path, problems, SELECTS.includes(input.type) ? 25 : 10, inModal);
}

function checkTextInput(input: Component, path: Path, problems: Problems): void {
  checkLength(problems, [...path, 'placeholder'], input.placeholder ?? '', { max: 100 });
  const max = input.max_length ?? MAX_TEXT;
  checkLength(problems, [...path, 'value'], input.value ?? '', { max: Math.min(max, MAX_TEXT) });
  if (input.style !== 1 && input.style !== 2)
    problems.note([...path, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of {1, 2}.');
  if (max < 1 || max > MAX_TEXT)
    problems.note([...path, 'max_length'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${MAX_TEXT}.`);
  // inside a label the label names the field; an own one is refused, an empty one too
  if (path.at(-1) === 'component' && typeof input.label === 'string')
    problems.note([...path, 'label'], 'BASE_TYPE_BAD_LENGTH', 'A text input in a label has no label of its own.');
}

function checkOptions(input: Component, path: Path, problems: Problems, bounds: { min: number; max: number }): void {
  const options = input.options ?? [];
  const at = [...path, 'options'];
  checkCount(problems, at, options.length, bounds);
  const values = new Set<string>();
  for (const [index, option] of options.entries()) {
    checkLength(problems, [...at, index, 'label'], option.label, { min: 1, max: 100 });
    checkLength(problems, [...at, index, 'value'], option.value, { min: 1, max: 100 });
    checkLength(problems, [...at, index, 'description'], option.description ?? '', { max: 100 });
    if (values.has(option.value))
      problems.note(
        [...at, index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    values.add(option.value);
  }
}

function checkValues(input: Component, path: Path, problems: Problems, most: number, inModal: boolean): void {
  const least = input.min_values ?? 1;
  const max = input.max_values ?? 1;
  if (least < 0 || least > most)
    problems.note([...path, 'min_values'], 'NUMBER_TYPE_MAX', `int value should be between 0 and ${most}.`);
  if (max < 1 || max > most)
    problems.note([...path, 'max_values'], 'NUMBER_TYPE_MAX', `int value should be between 1 and ${most}.`);
  if (inModal && input.required !== false && input.min_values === 0)
    problems.note(
      [...path, 'min_values'],
      'COMPONENT_REQUIRED_MIN_VALUES',
      'min_values must be at least 1 where the component is required',
    );
  if (input.type === is.StringSelect && max > (input.options?.length ?? 0))
    problems.note([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE', 'max_values exceeds the number of options');
  if ((input.options ?? []).filter((option) => option.default === true).length > max)
    problems.note([...path, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'Too many options are selected by default');
}
