// Where somebody asked, and so where the answer belongs.
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Voice } from './voice.ts';

export interface Place {
  /** A channel, a thread, or the direct messages of a person and Crier. */
  channel: string;
  /** The message whose component was used; `ephemeral` where one person alone sees it. */
  message: { id: string; ephemeral: boolean } | null;
  /**
   * `server`: others read along. `direct`: nobody does. `elsewhere`: a person has brought Crier along to where it is not, and what
   * belongs to their own server is nobody's business there.
   */
  kind: 'server' | 'direct' | 'elsewhere';
  /** What Crier would need to write here and is not allowed, as Discord calls it: `Send Messages`. */
  missing: readonly string[];
}

/** Which way in it was: what an answer replaces depends on it. */
export type Way = 'command' | 'mention' | 'press' | 'submit';

export interface Ask {
  actor: Actor;
  way: Way;
  place: Place;
  voice: Voice;
  /** Files that came with it: a form that is opened for it sends them too. */
  files?: readonly MediaRequest[];
  /** Only looks: another card of the post is left as it is. */
  looksOnly?: boolean;
}
