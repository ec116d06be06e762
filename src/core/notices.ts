// What whoever connected an account is told of it, beside the news of posts. Notices wait in the database until a chat has taken
// them; implemented in src/db.
import type { Account } from './account.ts';
import type { Actor, ChatName } from './workspace.ts';

export const NOTICE_KINDS = ['login-dead', 'login-ends', 'connected'] as const;
/**
 * `login-dead`: the network does not take it any more. `login-ends`: it soon will not, and only a person can renew it. `connected`: it was
 * connected by a link, in a process whose chat is another's.
 */
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Within how many days of its end a login is warned of, the last warning first. */
export const WARNING_DAYS = [1, 7] as const;

export interface Notice {
  id: string;
  kind: NoticeKind;
  chat: ChatName;
  account: Account;
  /** Within how many days a login ends; null for one that is dead. */
  days: number | null;
  /** What the network said of a dead one, or what a new one cannot do. */
  sentence: string | null;
  /** Who connected the account, or, where that is not known, who wrote its newest post; null where there is nobody. */
  to: Actor | null;
}

export interface NoticeRequest {
  chats: readonly ChatName[];
  now: Temporal.Instant;
  limit: number;
}

/** A notice that is this process's to tell until `until`; after that, anybody's. */
export interface ClaimedNotice extends Notice {
  until: Temporal.Instant;
}

export interface Notices {
  /** Writes a warning for each login that ends within 7 days and one for each that ends within a day, once. Returns how many. */
  warnOfEnds: (now: Temporal.Instant) => Promise<number>;
  /**
   * Untold notices for these chats, the oldest first, but for workspaces that Crier was removed from. What is not marked as told comes
   * back: after a minute at first, and the longer it has waited the later, up to an hour.
   */
  claim: (request: NoticeRequest) => Promise<ClaimedNotice[]>;
  /** That an account was connected. @param sentence what cannot be done with it; null where all can */
  addConnected: (account: Account, sentence: string | null, now: Temporal.Instant) => Promise<void>;
  markTold: (notice: Pick<Notice, 'id'>, now: Temporal.Instant) => Promise<void>;
}
