// Which server a button is about, on the button itself. Posts are numbered in each server anew, and in direct messages nothing else says
// whose P12 was meant.
import { type APIMessageComponent, ComponentType } from 'discord.js';
import type { Reply } from '../reply.ts';
import { CUSTOM_ID } from './limits.ts';
import { type DiscordMessage, renderReply } from './render.ts';

/** Behind the id of a button, which holds none itself. */
const STAMP = /@(\d{1,20})$/;

const stamped = (id: string, teamId: string): string => {
  const whole = `${id}@${teamId}`;
  return whole.length <= CUSTOM_ID ? whole : id;
};

/** A reply as messages whose buttons say which server they are about. */
export const renderFor = (teamId: string, reply: Reply): DiscordMessage[] =>
  renderReply(reply).map((message) => stampTeam(message, teamId));

/** The same for a message that was rendered already. */
export const stampTeam = (message: DiscordMessage, teamId: string): DiscordMessage =>
  renameButtons(message, (id) => stamped(id, teamId));

/** Other ids for the buttons of a message, and for the choices of its menus that stand for buttons. */
export const renameButtons = (message: DiscordMessage, rename: (id: string) => string): DiscordMessage => ({
  ...message,
  components: message.components.map((component) => renamed(component, rename)),
});

function renamed<T extends APIMessageComponent>(component: T, rename: (id: string) => string): T {
  switch (component.type) {
    case ComponentType.Button:
      return 'custom_id' in component ? { ...component, custom_id: rename(component.custom_id) } : component;
    case ComponentType.StringSelect:
      return { ...component, options: component.options.map((each) => ({ ...each, value: rename(each.value) })) };
    case ComponentType.Section:
      return { ...component, accessory: renamed(component.accessory, rename) };
    case ComponentType.Container:
    case ComponentType.ActionRow:
      return { ...component, components: component.components.map((each) => renamed(each, rename)) };
    default:
      return component;
  }
}

/** The id as it was before, and the server it is about; null where it does not say. */
export function readStamp(id: string): { id: string; teamId: string | null } {
  const match = STAMP.exec(id);
  return match ? { id: id.slice(0, match.index), teamId: match[1] ?? null } : { id, teamId: null };
}
