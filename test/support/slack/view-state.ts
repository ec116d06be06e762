// What a person can put into the inputs of a view, as Slack hands it over: https://docs.slack.dev/reference/views.
// Refuses what Slack's own window refuses: a field that is not there, a choice not offered, a required field empty.
import type { ShownView, ViewState } from './records.ts';
import { isObject, type Json, text } from './wire.ts';

/** Text; the value of an option, or several; seconds since 1970 or an instant; files; null to empty a field. */
export type Typed = string | readonly string[] | number | Temporal.Instant | readonly Json[] | null;

interface Field {
  blockId: string;
  actionId: string;
  element: Json;
  isInput: boolean;
  /** Whether the app hears of it at once; inputs only with dispatch_action. */
  isTold: boolean;
  isOptional: boolean;
}

/** Every element somebody can act on, in the order of the blocks. Slack names blocks and elements that have no name. */
export function elementsOf(blocks: readonly unknown[]): Field[] {
  return blocks.filter(isObject).flatMap((block, index) => {
    const blockId = text(block.block_id) || `block-${index}`;
    const several = Array.isArray(block.elements) ? block.elements : [];
    const elements = [block.element, block.accessory, ...several].filter(isObject);
    const isInput = block.type === 'input';
    const isTold = !isInput || block.dispatch_action === true;
    const rest = { blockId, isInput, isTold, isOptional: block.optional === true };
    const isActive = ({ type }: Json): boolean => !['image', 'mrkdwn', 'plain_text'].includes(text(type));
    return block.type === 'context' || block.type === 'rich_text'
      ? []
      : elements
          .filter(isActive)
          .map((element, at) => ({ ...rest, element, actionId: text(element.action_id) || `action-${at}` }));
  });
}

const hasState = ({ element }: Field): boolean => !['button', 'overflow', 'workflow_button'].includes(text(element.type));

function optionOf(element: Json, value: unknown): Json {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const options = [element.options, ...groups.map(({ options }) => options)].flat().filter(isObject);
  const found = options.find((option) => option.value === value);
  if (!found)
    throw new Error(
      `${String(value)} is not offered in ${text(element.action_id)}: ${options.map(({ value }) => value).join(', ')}`,
    );
  return found;
}

/** What one element holds after somebody put `value` into it. */
export function heldAfter(element: Json, value: Typed): Json {
  const type = text(element.type);
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  const one = value === null ? null : String(value);
  switch (type) {
    case 'datetimepicker':
      return { type, selected_date_time: value instanceof Temporal.Instant ? Math.floor(value.epochMilliseconds / 1000) : value };
    case 'datepicker':
      return { type, selected_date: one };
    case 'timepicker':
      return { type, selected_time: one };
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: value === null ? null : optionOf(element, value) };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: list.map((each) => optionOf(element, each)) };
    case 'users_select':
      return { type, selected_user: one };
    case 'conversations_select':
      return { type, selected_conversation: one };
    case 'channels_select':
      return { type, selected_channel: one };
    case 'file_input':
      return { type, files: list };
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: one === '' ? null : one };
    default:
      throw new Error(`The tests do not know yet what people do with a ${type}.`);
  }
}

/** What an element holds before anybody touches it. */
function initialOf(element: Json): Json {
  const option = isObject(element.initial_option) ? text(element.initial_option.value) : null;
  const options = Array.isArray(element.initial_options) ? element.initial_options.filter(isObject) : [];
  const type = text(element.type);
  if (type === 'multi_static_select' || type === 'checkboxes')
    return heldAfter(
      element,
      options.map(({ value }) => text(value)),
    );
  if (type === 'static_select' || type === 'radio_buttons') return heldAfter(element, option);
  if (type === 'file_input') return heldAfter(element, []);
  if (type === 'datetimepicker')
    return heldAfter(element, typeof element.initial_date_time === 'number' ? element.initial_date_time : null);
  const plain = ['initial_value', 'initial_date', 'initial_time', 'initial_user', 'initial_conversation', 'initial_channel'];
  return heldAfter(element, text(plain.map((name) => element[name]).find((value) => value !== undefined)) || null);
}

/** The view's state with what was typed before and what is typed now; `values` are by action_id or block_id. */
export function stateOf(view: ShownView, values: Record<string, Typed> = {}): ViewState {
  const fields = elementsOf(view.blocks).filter(hasState);
  for (const name of Object.keys(values)) {
    if (fields.some(({ blockId, actionId }) => blockId === name || actionId === name)) continue;
    throw new Error(`There is no field ${name} in this view, only ${fields.map(({ actionId }) => actionId).join(', ')}.`);
  }
  const state: ViewState = {};
  for (const { blockId, actionId, element } of fields) {
    const value = values[actionId] ?? values[blockId];
    const isTouched = actionId in values || blockId in values;
    const before = view.typed[blockId]?.[actionId] ?? initialOf(element);
    state[blockId] = { ...state[blockId], [actionId]: isTouched ? heldAfter(element, value ?? null) : before };
  }
  return state;
}

const isEmpty = ({ type, ...held }: Json): boolean =>
  Object.values(held).every((value) => value === null || (Array.isArray(value) && value.length === 0));

/** @throws Error where Slack would keep the window open itself: a required field is empty, a text too short or too long */
export function checkSubmittable(view: ShownView, state: ViewState): void {
  for (const { blockId, actionId, element, isInput, isOptional } of elementsOf(view.blocks)) {
    const held = state[blockId]?.[actionId] ?? {};
    if (isInput && !isOptional && isEmpty(held)) throw new Error(`Slack does not submit this: ${actionId} is empty.`);
    const { length } = text(held.value);
    const { min_length = 0, max_length = 3000 } = element;
    if (length > 0 && (length < Number(min_length) || length > Number(max_length))) {
      throw new Error(`Slack does not submit this: ${actionId} has ${length} characters.`);
    }
  }
}
