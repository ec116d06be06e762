// Choices as radio buttons and menus: those of a field, and the accounts of a workspace.
import type { InputBlockElement, PlainTextOption } from '@slack/types';
import type { FormField } from '../reply.ts';
import { cutMiddle, cutText, harmless } from '../shown-text.ts';
import { isBlank, plainObject, smallPrint } from './blocks.ts';
import { type Drawn, input } from './form-view-inputs.ts';
import * as limits from './limits.ts';
import { blockOf } from './view-values.ts';

/** An account, or another thing that can be chosen. */
export interface Choice {
  value: string;
  label: string;
}

interface Options {
  options: PlainTextOption[];
  long: Record<string, string>;
  /** The option of a value, to be chosen at first. */
  find: (value: string) => PlainTextOption | undefined;
}

const unique = (choices: readonly Choice[]): Choice[] => [...new Map(choices.map((choice) => [choice.value, choice])).values()];

/** A value too long for an option goes by a key; `long` says which. */
function optionsOf(name: string, choices: readonly Choice[]): Options {
  const long: Record<string, string> = {};
  const byValue = new Map<string, PlainTextOption>();
  for (const [index, { value, label }] of choices.entries()) {
    const isLong = value.length > limits.OPTION_VALUE;
    const key = isLong ? cutText(`~${index}:${name}`, limits.OPTION_VALUE) : value;
    if (isLong) long[key] = value;
    const text = [label, value].map(harmless).find((words) => !isBlank(words)) ?? '…';
    byValue.set(value, { text: plainObject(cutMiddle(text, limits.OPTION_TEXT)), value: key });
  }
  return { options: [...byValue.values()], long, find: (value) => byValue.get(value) };
}

interface Group {
  label: PlainTextOption['text'];
  options: PlainTextOption[];
}

const inHundreds = (label: string, options: readonly PlainTextOption[]): Group[] =>
  Array.from({ length: Math.ceil(options.length / limits.OPTIONS) }, (_, index) => ({
    label: plainObject(cutText(index === 0 ? label : `${label}, continued`, limits.OPTION_TEXT)),
    options: options.slice(index * limits.OPTIONS, (index + 1) * limits.OPTIONS),
  }));

type Menu = { options: PlainTextOption[] } | { option_groups: Group[] };

const inGroups = (groups: readonly Group[]): Menu => ({ option_groups: groups.slice(0, limits.OPTION_GROUPS) });

/** `Bluesky` of `Bluesky (@team)`; where a label does not say it, the network's id of `bluesky/@team`. */
const networkOf = ({ value, label }: Choice): string =>
  harmless(/^(.+?) (?:\(|·)/.exec(label)?.[1] ?? value.split('/')[0] ?? value);

/** A list up to this length is read at a glance without groups. */
const UNGROUPED = 8;

function accountMenu(accounts: readonly Choice[], { options }: Options): Menu {
  const grouped = Map.groupBy(options, (_, index) => networkOf(accounts[index] ?? { value: '', label: '' }) || '…');
  if (options.length <= UNGROUPED || (grouped.size === 1 && options.length <= limits.OPTIONS)) return { options };
  return inGroups([...grouped].flatMap(([network, members]) => inHundreds(network, members)));
}

/** Accounts to choose several of; null where there are none. */
export function accountsField(field: FormField, accounts: readonly Choice[], chosen: readonly string[]): Drawn | null {
  const choices = unique(accounts);
  if (choices.length === 0) return null;
  const options = optionsOf(field.name, choices);
  const initial = new Set(chosen.map(options.find).filter((option) => option !== undefined));
  const block = input({
    blockId: blockOf(field.name),
    label: field.label,
    element: {
      type: 'multi_static_select',
      action_id: 'choice',
      placeholder: plainObject('Choose accounts'),
      ...accountMenu(choices, options),
      ...(initial.size > 0 ? { initial_options: [...initial] } : {}),
    },
    optional: !field.required,
    isLive: true,
  });
  return { blocks: [block], about: field.name, long: options.long };
}

/** Few choices stand open, more of them in a menu; null where there are none. Labels that had to be cut are written out below. */
export function choiceField(field: FormField): Drawn | null {
  const choices = unique(field.choices ?? []);
  if (choices.length === 0) return null;
  const { options, long, find } = optionsOf(field.name, choices);
  const initial = find(field.value ?? '');
  const chosen = initial ? { initial_option: initial } : {};
  const menu = options.length <= limits.OPTIONS ? { options } : inGroups(inHundreds(field.label, options));
  const element: InputBlockElement =
    options.length <= limits.RADIO_OPTIONS
      ? { type: 'radio_buttons', action_id: 'choice', options, ...chosen }
      : { type: 'static_select', action_id: 'choice', ...menu, ...chosen };
  const block = input({ blockId: blockOf(field.name), label: field.label, element, optional: !field.required });
  const cut = choices.map(({ label }) => harmless(label)).filter((label) => label.length > limits.OPTION_TEXT);
  return { blocks: [block, ...smallPrint(cut)], about: field.name, long };
}
