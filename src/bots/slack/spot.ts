// Where a message of Slack is, and how a post's origin remembers it: the thread to be told, and the card to be refreshed, are one
// message where the card stands in the channel itself, and two where it stands in a thread.

export interface Spot {
  channel: string;
  /** The message's own timestamp, which is its id in the channel. */
  ts: string;
  /** The timestamp of the thread's first message; null where it stands in the channel itself. */
  thread: string | null;
}

/** As `Origin.message` keeps it: `1732266000.000100`, or thread and message, `1732266000.000100/1732266005.000200`. */
export const writeMessage = ({ ts, thread }: Pick<Spot, 'ts' | 'thread'>): string =>
  thread === null || thread === ts ? ts : `${thread}/${ts}`;

/** `thread` is where news goes, `ts` the card that is refreshed. */
export function readMessage(message: string): { thread: string; ts: string } {
  const [thread = message, ts = thread] = message.split('/');
  return { thread, ts };
}
