// What becomes of a link to a network's own page: the words that the page and the chat are given. It decides nothing.
import { CrierError } from '../errors.ts';
import type { Asker, Candidate, OAuthScope } from '../oauth.ts';
import type { Platform } from '../platform.ts';
import type { Deps } from '../ports.ts';
import type { Connection } from './connect-account.ts';

export interface Ended {
  platform: Platform;
  asker: Asker;
}

/** One of several accounts that a login leads to. */
export interface Offer extends Pick<Candidate, 'kind' | 'handle'> {
  /** Whether the workspace has it already. */
  isConnected: boolean;
}

/** What is to be chosen from. */
export interface Offers {
  kind: 'choose';
  /** A secret: whoever has it chooses, once and within ten minutes. */
  token: string;
  /** Each is chosen by its place in this list, from 0. */
  offers: readonly Offer[];
  /** What was wrong with the last choice; null for the first. */
  sentence: string | null;
}

export interface Connected {
  kind: 'connected';
  connections: readonly [Connection, ...Connection[]];
  /** Scopes that were not given. */
  missing: readonly OAuthScope[];
}

/**
 * `unknown`: its state is none of ours, or was used, or is over; there is nobody to tell. `choose`: nothing is connected yet, and the
 * chat is told nothing.
 */
export type LinkOutcome =
  | { kind: 'unknown' }
  | (Connected & Ended)
  | (Offers & Ended)
  | ({ kind: 'denied' } & Ended)
  | ({ kind: 'failed'; sentence: string } & Ended);

/** What the person or the network can mend is an outcome. @param about for the log. @throws all else. */
export async function outcomeOf(
  { log }: Pick<Deps, 'log'>,
  ended: Ended,
  about: object,
  work: () => Promise<Connected | Offers | { kind: 'denied' }>,
): Promise<LinkOutcome> {
  try {
    return { ...(await work()), ...ended };
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    log.warn({ err: error, platform: ended.platform.id, ...about }, 'an account could not be connected by its link');
    return { kind: 'failed', sentence: error.userMessage, ...ended };
  }
}
