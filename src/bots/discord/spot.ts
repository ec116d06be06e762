// Where a message of Discord is, and how a post's origin remembers its card: by the card's own message, under which its thread is begun,
// and by those in which a long card goes on.

export interface Spot {
  channel: string;
  /** The card's own message first, then those in which it goes on. */
  messages: readonly [first: string, ...more: string[]];
}

/** As `Origin.message` keeps it: `1392734382110`, or with further messages `1392734382110/1392734382111`. */
export const writeMessage = ({ messages }: Pick<Spot, 'messages'>): string => messages.join('/');

/** The first is where the thread is and what is shown anew; the others are where it goes on. */
export function readMessage(message: string): Spot['messages'] {
  const [first = message, ...more] = message.split('/');
  return [first, ...more];
}
