// How far a long command is, in a terminal: lines that stay, so only some of them. What they say is the command's matter.
import type { Reply } from '../reply.ts';

export interface Steps {
  say: (reply: Reply) => Promise<void>;
  /** Prints the last one, where it was not printed. */
  end: () => void;
}

/** The first is printed, then every tenth. */
const EVERY = 10;

export function openSteps(print: (reply: Reply) => void): Steps {
  let count = 0;
  let unsaid: Reply | null = null;
  return {
    async say(reply) {
      const isTurn = count % EVERY === 0;
      count++;
      unsaid = isTurn ? null : reply;
      if (isTurn) print(reply);
    },
    end() {
      if (unsaid) print(unsaid);
      unsaid = null;
    },
  };
}
