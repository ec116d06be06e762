// What the use cases need of a database for accounts: who is connected, and whose turn it is to refresh a login. Implemented in src/db.
import type { Account, AnnouncedLimits, Credentials } from './account.ts';
import type { Refreshed } from './platform.ts';
import type { Actor } from './workspace.ts';

export interface NewAccount {
  platform: string;
  remoteId: string;
  handle: string;
  service: string;
  credentials: Credentials;
  announcedLimits: AnnouncedLimits | null;
  expiresAt: Temporal.Instant | null;
  /** As `ConnectedAccount`. */
  refreshAt?: Temporal.Instant | null;
}

/** An account that was made, or renewed where it was known already. */
export interface StoredAccount {
  account: Account;
  renewed: boolean;
  /** How many deliveries waited for it and are due again. */
  resumed: number;
  /** How many waited for it too long to go out unasked (`TOO_LATE_MS`): they stay held, and their threads ask. */
  asked: number;
}

export interface Accounts {
  list: (workspaceId: string) => Promise<Account[]>;
  /** Makes it, or renews the one with the same platform and remote id; what was held for it becomes due again, or a question. */
  connect: (actor: Actor, account: NewAccount) => Promise<StoredAccount>;
  /** Forgets the credentials. `by` is null where the network said so: whoever connected it is told then. */
  disconnect: (accountId: string, reason: string, by: Actor | null) => Promise<void>;
  saveCredentials: (accountId: string, credentials: Credentials) => Promise<void>;
  /** Whether another workspace has the same account of the network connected. */
  isElsewhere: (account: Account) => Promise<boolean>;
}

/** An account's login as it stands in the database now. */
export interface Login {
  credentials: Credentials;
  /** When its tokens are to be refreshed; null where there is nothing to refresh. */
  refreshAt: Temporal.Instant | null;
}

/** The sole right to refresh an account's login, over all processes, until its time is over. */
export interface RefreshTurn extends Login {
  account: Account;
  /** Failures since the last success. */
  failures: number;
  until: Temporal.Instant;
}

export interface Logins {
  /** Ids of connected accounts whose tokens are to be refreshed by now and that nobody refreshes, the longest overdue first. */
  toRefresh: (limit: number) => Promise<string[]>;
  /** @throws CrierError `auth-revoked` where the account is not connected. */
  read: (accountId: string) => Promise<Login>;
  /** For the first to ask; null while somebody else has it, and where the account is not connected. */
  takeTurn: (accountId: string, forMs: number) => Promise<RefreshTurn | null>;
  /** Resolves once nobody has the account's turn; false where somebody still has it after that time. @throws where the signal aborts */
  untilFree: (accountId: string, withinMs: number, signal: AbortSignal) => Promise<boolean>;
  /**
   * Writes what a refresh gave, all at once, and ends the turn. False where the turn is somebody else's by now, or the account was
   * disconnected or connected anew: then nothing is written.
   */
  keep: (turn: RefreshTurn, refreshed: Refreshed) => Promise<boolean>;
  /** Ends the turn with a failure that passes: the login stays, and is to be refreshed again at `at`. */
  putOff: (turn: RefreshTurn, at: Temporal.Instant) => Promise<void>;
  /** Ends the turn with nothing changed. */
  giveBack: (turn: RefreshTurn) => Promise<void>;
  /** Ends the turn by the network's word that the login is gone; as `disconnect`, but only where the turn still counts. */
  end: (turn: RefreshTurn, reason: string) => Promise<void>;
}
