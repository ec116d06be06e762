// The documented limits of components, answered as Discord answers: code 50035 with a tree of what is wrong where.
// https://docs.discord.com/developers/components/reference (2026-11-22)
import { ComponentType as is } from 'discord.js';
import type { Component, ModalBody } from './bodies.ts';
import { checkCustomId, checkInput, SELECTS } from './input-checks.ts';
import { checkCount, checkLength, openProblems, type Path, type Problems, Refusal, required } from './refusals.ts';

const MAX_COMPONENTS = 40;
const MAX_LEGACY_ROWS = 5;
const MAX_TEXT = 4_000;
/** Beyond it Discord breaks with a 500, which is not documented: https://github.com/discord/discord-api-docs/issues/8554 */
const MAX_TEXT_BYTES = 10_170;
const BYTES_PER_TEXT_DISPLAY = 12;

const IN_CONTAINER: readonly number[] = [is.ActionRow, is.TextDisplay, is.Section, is.MediaGallery, is.Separator, is.File];
const IN_V2: readonly number[] = [...IN_CONTAINER, is.Container];
const IN_LABEL: readonly number[] = [is.TextInput, ...SELECTS, is.FileUpload, is.RadioGroup, is.CheckboxGroup, is.Checkbox];
const IN_MODAL: readonly number[] = [is.Label, is.TextDisplay, is.ActionRow];

/** Every component, the outer before the inner. */
export function* eachComponent(
  components: readonly Component[],
  path: Path = [],
): Generator<{ component: Component; path: Path }> {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    yield { component, path: here };
    yield* eachComponent(component.components ?? [], [...here, 'components']);
    if (component.component) yield* one(component.component, [...here, 'component']);
    if (component.accessory) yield* one(component.accessory, [...here, 'accessory']);
  }
}

function* one(component: Component, path: Path): Generator<{ component: Component; path: Path }> {
  yield { component, path };
  yield* eachComponent(component.components ?? [], [...path, 'components']);
}

interface Checking {
  problems: Problems;
  /** Names that `attachment://` may point at. */
  fileNames: ReadonlySet<string>;
  inModal: boolean;
}

/** Notes what is wrong with a message's components; `path` is where they stand in the body. */
export function checkComponents(
  components: readonly Component[],
  options: { v2: boolean; path: Path; problems: Problems; fileNames: ReadonlySet<string> },
): void {
  const { v2, path, problems, fileNames } = options;
  const all = [...eachComponent(components, path)];
  if (v2) {
    if (all.length > MAX_COMPONENTS)
      problems.note(path, 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', `Total components exceed maximum of ${MAX_COMPONENTS}`);
    checkText(all, path, problems);
  } else checkCount(problems, path, components.length, { min: 0, max: MAX_LEGACY_ROWS });
  for (const [index, component] of components.entries())
    mustBe(component, v2 ? IN_V2 : [is.ActionRow], [...path, index], problems);
  for (const each of all) checkOne(each.component, each.path, { problems, fileNames, inModal: false });
  checkUnique(all, problems);
}

/** Refuses a modal that breaks a limit. https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
export function checkModal(modal: ModalBody): void {
  const problems = openProblems();
  checkLength(problems, ['data', 'custom_id'], modal.custom_id, { min: 1, max: 100 });
  checkLength(problems, ['data', 'title'], modal.title, { min: 1, max: 45 });
  const path = ['data', 'components'];
  checkCount(problems, path, modal.components.length, { min: 1, max: 5 });
  const all = [...eachComponent(modal.components, path)];
  for (const [index, component] of modal.components.entries()) mustBe(component, IN_MODAL, [...path, index], problems);
  for (const each of all) checkOne(each.component, each.path, { problems, fileNames: new Set(), inModal: true });
  checkUnique(all, problems);
  problems.throwIfAny();
}

function checkText(all: readonly { component: Component }[], path: Path, problems: Problems): void {
  const texts = all.flatMap(({ component }) => (component.type === is.TextDisplay ? [component.content ?? ''] : []));
  const characters = texts.reduce((sum, text) => sum + [...text].length, 0);
  const code = 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED';
  if (characters > MAX_TEXT) problems.note(path, code, `Components displayable text size exceeds maximum size of ${MAX_TEXT}`);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + BYTES_PER_TEXT_DISPLAY, 0);
  if (characters <= MAX_TEXT && bytes > MAX_TEXT_BYTES) throw new Refusal(500, 0, '500: Internal Server Error');
}

function checkUnique(all: readonly { component: Component; path: Path }[], problems: Problems): void {
  const names = new Set<string>();
  const ids = new Set<number>();
  for (const { component, path } of all) {
    const { custom_id, id } = component;
    if (custom_id && names.has(custom_id))
      problems.note([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    if (id && ids.has(id)) problems.note([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
    if (custom_id) names.add(custom_id);
    if (id) ids.add(id);
  }
}

function mustBe(component: Component, allowed: readonly number[], path: Path, problems: Problems): void {
  if (!allowed.includes(component.type))
    problems.note([...path, 'type'], 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')}).`);
}

function checkOne(component: Component, path: Path, checking: Checking): void {
  switch (component.type) {
    case is.ActionRow:
      checkRow(component, path, checking);
      break;
    case is.Button:
      checkButton(component, path, checking.problems);
      break;
    case is.Section:
    case is.Container:
    case is.Label:
      checkAround(component, path, checking.problems);
      break;
    case is.TextDisplay:
      checkLength(checking.problems, [...path, 'content'], component.content ?? '', { min: 1, max: MAX_TEXT });
      break;
    case is.MediaGallery:
    case is.Thumbnail:
    case is.File:
      checkMedia(component, path, checking);
      break;
    case is.Separator:
      break;
    default:
      checkInput(component, path, checking);
  }
}

/** What sits around others: which it may hold, and how many. */
function checkAround(outer: Component, path: Path, problems: Problems): void {
  const inside = outer.components ?? [];
  const below = [...path, 'components'];
  const allBe = (allowed: readonly number[]): void => {
    for (const [index, each] of inside.entries()) mustBe(each, allowed, [...below, index], problems);
  };
  const oneBe = (key: 'accessory' | 'component', allowed: readonly number[]): void => {
    const one = outer[key];
    if (one) mustBe(one, allowed, [...path, key], problems);
    else required(problems, [...path, key]);
  };
  if (outer.type === is.Section) {
    checkCount(problems, below, inside.length, { min: 1, max: 3 });
    allBe([is.TextDisplay]);
    oneBe('accessory', [is.Button, is.Thumbnail]);
  } else if (outer.type === is.Container) {
    checkCount(problems, below, inside.length, { min: 1, max: MAX_COMPONENTS });
    allBe(IN_CONTAINER);
  } else {
    checkLength(problems, [...path, 'label'], outer.label ?? '', { min: 1, max: 45 });
    checkLength(problems, [...path, 'description'], outer.description ?? '', { max: 100 });
    oneBe('component', IN_LABEL);
  }
}

function checkRow(row: Component, path: Path, { problems, inModal }: Checking): void {
  const inside = row.components ?? [];
  const below = [...path, 'components'];
  const selects = inside.filter((each) => SELECTS.includes(each.type)).length;
  checkCount(problems, below, inside.length, { min: 1, max: inModal || selects > 0 ? 1 : 5 });
  const allowed = inModal ? [is.TextInput] : [is.Button, ...SELECTS];
  for (const [index, each] of inside.entries()) mustBe(each, allowed, [...below, index], problems);
}

function checkButton(button: Component, path: Path, problems: Problems): void {
  checkLength(problems, [...path, 'label'], button.label ?? '', { max: 80 });
  if (!button.label && !button.emoji) problems.note(path, 'BUTTON_COMPONENT_MISSING_LABEL', 'A button needs a label or an emoji');
  if (button.style === 5) {
    checkLength(problems, [...path, 'url'], button.url ?? '', { min: 1, max: 512 });
    if (button.custom_id)
      problems.note(
        [...path, 'custom_id'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    return;
  }
  if (![1, 2, 3, 4].includes(button.style ?? 0))
    problems.note([...path, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of {1, 2, 3, 4, 5, 6}.');
  checkCustomId(button, path, problems);
}

function checkMedia(component: Component, path: Path, { problems, fileNames }: Checking): void {
  const items = component.items ?? [];
  if (component.type === is.MediaGallery) checkCount(problems, [...path, 'items'], items.length, { min: 1, max: 10 });
  const alone = component.type === is.Thumbnail ? component.media : component.file;
  const alt = component.description;
  const shown =
    component.type === is.MediaGallery
      ? items.map((item, index) => ({ ...item, at: [...path, 'items', index] }))
      : [{ media: alone ?? { url: '' }, description: alt, at: path }];
  for (const { media, description, at } of shown) {
    const name = media.url.startsWith('attachment://') ? media.url.slice('attachment://'.length) : null;
    const where = [...at, component.type === is.File ? 'file' : 'media', 'url'];
    checkLength(problems, [...at, 'description'], description ?? '', { max: 1024 });
    if (name !== null && !fileNames.has(name))
      problems.note(where, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', 'The referenced attachment was not found');
    else if (name === null && (component.type === is.File || !/^https?:\/\//.test(media.url)))
      problems.note(where, 'URL_TYPE_INVALID_SCHEME', `Scheme must be one of ('http', 'https', 'attachment').`);
  }
}
