// Where somebody asked, and so where the answer belongs. It travels with a modal in its private_metadata, since minutes may pass
// between a press and the form that is sent.
import { z } from 'zod';
import type { Meeting } from './front.ts';
import type { Progress } from './progress.ts';

export const Place = z.object({
  /** A channel, or a person (`U123`) for their direct messages where it was nowhere in particular: App Home, a global shortcut. */
  channel: z.string(),
  /** The thread it was said in, by its first message. */
  thread: z.string().optional(),
  /** The message whose button was pressed, where everybody sees it. */
  message: z.string().optional(),
  /** Answers for one person's eyes go here, without Crier being in the channel; for thirty minutes. */
  responseUrl: z.string().optional(),
  /** Changes the message whose button was pressed, also where Crier is not in the channel any more; for thirty minutes. */
  messageUrl: z.string().optional(),
  /** The message whose button was pressed is one that this person alone sees, and is reached by `responseUrl`. */
  ephemeral: z.boolean().optional(),
  /** The modal that shows the reply whose button was pressed. */
  modal: z.string().optional(),
  /** It began in App Home, which is to show what has changed. */
  home: z.boolean().optional(),
});
export type Place = z.infer<typeof Place>;

/** Which way in it was: what an answer replaces depends on it. */
export type Way = 'command' | 'mention' | 'press' | 'submit';

export interface Ask extends Meeting {
  way: Way;
  place: Place;
  /** Opens one modal within three seconds; null where there is none (messages). */
  triggerId: string | null;
  /** Slack's ids of files that came with it: a form that is opened for it sends them too. */
  files?: readonly string[];
  /** How far it was, where that was shown: the answer ends it. */
  progress?: Progress;
  /** Only looks: another card of the post is left as it is. */
  looksOnly?: boolean;
}

/** Whoever asked, as one who is to be told. */
export const listenerOf = ({ access, userId }: Meeting): { teamId: string; userId: string } => ({
  teamId: access.teamId,
  userId,
});

/** A person's own id in the place of a channel: their direct messages. https://docs.slack.dev/reference/methods/chat.postMessage */
export const isPerson = (channel: string): boolean => /^[UW]/.test(channel);

/** Direct messages, where nobody else reads along. */
export const isDirect = (channel: string): boolean => channel.startsWith('D');

/** `/post P12`: a line that shows a post and changes nothing. */
export const looksAtPost = (line: string): boolean => /^\s*\/post\s+\S+(?:\s+show)?\s*$/i.test(line);
