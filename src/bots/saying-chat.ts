// A chat that can say something nobody just asked for: to one person, or to all who are in a place.
import type { Chat, ChatPlace } from '../core/ports.ts';
import type { Whom } from './connect-news.ts';
import type { Reply } from './reply.ts';

/** `closed`: there is no such place any more, or nobody lets Crier write there. */
export type Said = 'said' | 'closed';

export interface SayingChat extends Pick<Chat, 'name'> {
  /** For one person's eyes. @throws where the chat cannot be reached, or the person in it */
  sayTo: (whom: Whom, reply: Reply) => Promise<void>;
  /**
   * For everybody who is there. What is said again with the same key, because nobody could write down that it was said, is the same
   * message as far as the chat can tell. @throws where the chat cannot be reached: to be said later
   */
  sayIn: (place: ChatPlace, reply: Reply, key: string) => Promise<Said>;
}
