// One way to talk with Crier in any chat, so that a conversation is written once. What each word of it becomes in a chat (typed
// keys, a slash command, a modal) is said in that chat's own file beside this one.
import type { Newsroom } from '../../core/usecases/newsroom.ts';
import type { KeptLog } from '../../support/log.ts';

export interface Picture {
  name: string;
  bytes: Uint8Array;
  altText: string;
}

/** By the label a person reads, every field that is asked for, in the order they are shown; '' leaves one empty. */
export type Filled = Readonly<Record<string, string>>;

export interface Front {
  /** A whole line, `/schedule tomorrow 9am to bluesky: Hello`, as it is said in this chat; a picture as people share one there. */
  say: (line: string, picture?: Picture) => Promise<void>;
  /** The newest button with this label. */
  press: (label: string) => Promise<void>;
  /** Fills in and sends the form that was opened last; one that was refused is opened again first, where the chat closes it. */
  fill: (values: Filled) => Promise<void>;
  /** Lets the networks publish what is due, and tells it. */
  publishDue: () => Promise<void>;
  /** Everything that was shown since the last thing that was done here. */
  lastReplyText: () => string;
  /** All that Crier has shown from the beginning, as it left. */
  everythingShown: () => string;
  newsroom: Newsroom;
  log: KeptLog;
  workspaceId: string;
  /** Words of this front's own that stand in the database, each with what they are called in every front. */
  ownWords: Readonly<Record<string, string>>;
  /** What the chat's server found wrong with what was sent to it. */
  problems: () => readonly unknown[];
  close: () => Promise<void>;
}

/** Spaces and line breaks are each chat's own. */
export const inOneRow = (text: string): string => text.replace(/\s+/g, ' ').trim();
