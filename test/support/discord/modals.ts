// A modal in a person's hands: what they fill in becomes the data of a modal submit, held to what the Discord client itself checks.
// https://docs.discord.com/developers/components/reference#label (2026-11-22)
import { ComponentType as is } from 'discord.js';
import type { Component, ModalBody } from './bodies.ts';
import { numbered } from './compose.ts';
import type { StoredFile, Upload } from './files.ts';

/** By custom id: a text, chosen values, or files. What is left out keeps what the modal was filled with. */
export type Filled = Record<string, string | readonly string[] | readonly Upload[]>;

export interface Submission {
  custom_id: string;
  components: Component[];
  files: StoredFile[];
  /** People, roles and channels that were chosen. */
  entityIds: string[];
}

const ENTITY_SELECTS: readonly number[] = [is.UserSelect, is.RoleSelect, is.MentionableSelect, is.ChannelSelect];
const isUploads = (value: readonly string[] | readonly Upload[]): value is readonly Upload[] =>
  value.some((each) => typeof each !== 'string');

/** Fails with a sentence where the Discord client would not let a person submit. */
export async function fillIn(
  modal: ModalBody,
  filled: Filled,
  store: (upload: Upload) => Promise<StoredFile>,
): Promise<Submission> {
  const files: StoredFile[] = [];
  const entityIds: string[] = [];
  const known = new Set<string>();
  const one = async (component: Component): Promise<Component> => {
    const { type, id, custom_id } = component;
    if (type === is.TextDisplay) return { type, id };
    if (type === is.Label) return { type, id, component: component.component ? await one(component.component) : null };
    if (type === is.ActionRow) return { type, id, components: await Promise.all((component.components ?? []).map(one)) };
    const name = custom_id ?? '';
    known.add(name);
    const value = filled[name];
    if (type === is.TextInput) return { type, id, custom_id: name, value: textOf(component, value) };
    if (type !== is.FileUpload) {
      const values = chosen(component, value);
      if (ENTITY_SELECTS.includes(type)) entityIds.push(...values);
      return { type, id, custom_id: name, values };
    }
    const stored = await Promise.all(uploadsOf(component, value).map(store));
    files.push(...stored);
    return { type, id, custom_id: name, values: stored.map((file) => file.id) };
  };
  const components = await Promise.all(numbered(modal.components).map(one));
  const unknown = Object.keys(filled).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`the modal has no field ${unknown}; it has ${[...known].join(', ')}`);
  return { custom_id: modal.custom_id, components, files, entityIds };
}

function textOf(field: Component, value: Filled[string] | undefined): string {
  const text = value ?? field.value ?? '';
  if (typeof text !== 'string') throw new Error(`${field.custom_id} takes a text`);
  const length = [...text].length;
  if (text === '' && field.required !== false) throw new Error(`${field.custom_id} is required`);
  if (text !== '' && length < (field.min_length ?? 0)) throw new Error(`${field.custom_id} is too short`);
  if (length > (field.max_length ?? 4_000))
    throw new Error(`${field.custom_id} takes at most ${field.max_length ?? 4_000} characters`);
  return text;
}

function chosen(field: Component, value: Filled[string] | undefined): string[] {
  const options = field.options ?? [];
  const preset = options.filter((option) => option.default === true).map((option) => option.value);
  const values = value === undefined ? preset : typeof value === 'string' ? [value] : value;
  if (isUploads(values)) throw new Error(`${field.custom_id} takes choices, not files`);
  const stranger = values.find((each) => field.type === is.StringSelect && !options.some((option) => option.value === each));
  if (stranger !== undefined) throw new Error(`${field.custom_id} does not offer ${stranger}`);
  checkHowMany(field, values.length);
  return [...values];
}

function uploadsOf(field: Component, value: Filled[string] | undefined): readonly Upload[] {
  const uploads = value ?? [];
  if (typeof uploads === 'string' || (uploads.length > 0 && !isUploads(uploads)))
    throw new Error(`${field.custom_id} takes files`);
  const files = isUploads(uploads) ? uploads : [];
  checkHowMany(field, files.length);
  return files;
}

export function checkHowMany(field: Component, count: number): void {
  const least = field.required === false && count === 0 ? 0 : (field.min_values ?? 1);
  const most = field.max_values ?? 1;
  if (count < least || count > most) throw new Error(`${field.custom_id} takes ${least} to ${most}, not ${count}`);
}
