// The message beside a press that says how far it is: what was pressed stays as it is until it is answered.
import type { Log } from '../../core/ports.ts';
import { isMessageGone } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import type { Wire } from './wire.ts';

export interface Aside {
  /** In place of what it said before. @throws DiscordAPIError */
  show: (message: DiscordMessage) => Promise<void>;
  /** Answers in its place. The message's id; null where there is none (any more). @throws DiscordAPIError */
  becomes: (answer: DiscordMessage) => Promise<string | null>;
  /** Takes it away, where the answer is another message. It is a courtesy, and no reason to fail. */
  clear: () => Promise<void>;
}

export function openAside(wire: Wire, privately: boolean, log: Log): Aside {
  let shown: string | null = null;
  const take = (): string | null => {
    const id = shown;
    shown = null;
    return id;
  };
  return {
    async show(message) {
      if (shown === null) shown = await wire.follow(message, privately);
      else await wire.editFurther(shown, message);
    },
    async becomes(answer) {
      const id = take();
      try {
        return id === null ? null : await wire.editFurther(id, answer);
      } catch (error) {
        if (!isMessageGone(error)) throw error;
        return null;
      }
    },
    async clear() {
      const id = take();
      try {
        if (id !== null) await wire.deleteFurther(id);
      } catch (error) {
        log.warn({ err: error }, 'what said how far a press is could not be taken away');
      }
    },
  };
}
