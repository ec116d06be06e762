// The buttons of a reply, and menus for those that have no room of their own. What a press carries is read here again.
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { type Button, buttonId, type Line, type Menu } from '../reply.ts';
import { cutMiddle, cutText, harmless } from '../shown-text.ts';
import * as limits from './limits.ts';
import { isBlank, plainLine } from './markdown.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;
export type MenuRow = APIActionRowComponent<APIStringSelectComponent>;

/** What the `custom_id` of our menus begins with; their options' values are the ids of buttons. */
const MENU = 'select/';
/** Stands behind an id that occurs once more in the same reply: no id of ours holds it. */
const AGAIN = '#';

/** The id of the button that was pressed, or chosen in one of our menus; null for what is neither. */
export function readButtonId({ customId, values }: { customId: string; values?: readonly string[] }): string | null {
  const pressed = customId.startsWith(MENU) ? values?.[0] : values === undefined ? customId : undefined;
  const id = pressed?.split(AGAIN)[0] ?? '';
  return /^[^/]+\/[^/]+\//.test(id) ? id : null;
}

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

const labelOf = ({ label, name }: Button): string => (isBlank(label) ? name || '…' : harmless(label).trim());

/** Labels that Discord has no room for, to be written out. */
export const longLabels = (buttons: readonly Button[]): string[] =>
  buttons.map(labelOf).filter((label) => label.length > limits.BUTTON_LABEL);

export interface Presses {
  button: (button: Button) => APIButtonComponentWithCustomId;
  rows: (buttons: readonly Button[]) => ButtonRow[];
  menus: (entries: readonly MenuEntry[]) => MenuRow[];
  /** The reply's own. */
  menu: (menu: Menu) => MenuRow[];
}

export interface MenuEntry {
  button: Button;
  /** Of the section it belongs to. */
  heading: Line;
}

/** Each id once in a reply: Discord refuses a message in which one occurs twice. */
export function openPresses(): Presses {
  const seen = new Map<string, number>();
  const idOf = (button: Button): string => {
    const id = buttonId(button).slice(0, limits.CUSTOM_ID - 5);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}${AGAIN}${count}`;
  };
  const press = (button: Button): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style: button.style ? STYLES[button.style] : ButtonStyle.Secondary,
    label: cutMiddle(labelOf(button), limits.BUTTON_LABEL),
    custom_id: idOf(button),
  });
  const option = (button: Button): APISelectMenuOption => ({
    label: cutMiddle(labelOf(button), limits.OPTION_TEXT),
    value: idOf(button),
  });
  const entry = ({ button, heading }: MenuEntry): APISelectMenuOption => {
    const about = plainLine(heading).replace(/\s+/g, ' ').trim();
    return { ...option(button), ...(about === '' ? {} : { description: cutText(about, limits.OPTION_TEXT) }) };
  };
  return {
    button: press,
    rows: (buttons) =>
      inParts(buttons, limits.ROW_BUTTONS).map((row) => ({ type: ComponentType.ActionRow, components: row.map(press) })),
    menus: (entries) => menuRows(MENU, 'Choose what to do', entries.map(entry)),
    menu: ({ label, options }) => menuRows(`${MENU}own/`, label, options.map(option)),
  };
}

const menuRows = (idBefore: string, label: string, options: readonly APISelectMenuOption[]): MenuRow[] =>
  inParts(options, limits.OPTIONS).map((part, index) => ({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: `${idBefore}${index}`,
        placeholder: cutText(isBlank(label) ? 'Choose' : harmless(label).trim(), limits.PLACEHOLDER),
        options: part,
      },
    ],
  }));

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
