// A connected social account: whose it is on the network, and whether it can be used.

export const ACCOUNT_STATES = ['connected', 'disconnected'] as const;
/** `connected` can publish; `disconnected` waits for `/connect`, by the network's word or by `/disconnect`. */
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** What a network's login gave; opaque outside its platform file, encrypted at rest. */
export type Credentials = Record<string, unknown>;

/** Limits that this server or account announced when it was connected (Mastodon: per instance); opaque outside its platform file. */
export type AnnouncedLimits = Record<string, unknown>;

export interface Account {
  id: string;
  workspaceId: string;
  /** A platform id, `bluesky`. */
  platform: string;
  /** The network's own id of the account. */
  remoteId: string;
  /** As people write it, `@crier@mastodon.social`. */
  handle: string;
  /** Base URL of the server the account lives on. */
  service: string;
  state: AccountState;
  /** Why it is not connected, as a sentence; null while it is. */
  stateReason: string | null;
  announcedLimits: AnnouncedLimits | null;
  /** When the credentials die and cannot be refreshed; null where they do not. */
  expiresAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
}
