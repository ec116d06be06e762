// A report that comes into a channel by itself: which, when, and what it says. When it is due is digest-schedule.ts' matter.
import type { Account } from './account.ts';
import type { Media } from './media.ts';
import type { PostDetails } from './post.ts';
import type { PostResult, Report } from './report.ts';
import type { Actor, ChatName, Workspace } from './workspace.ts';

export const DIGEST_PERIODS = ['daily', 'weekly', 'monthly'] as const;
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];

export const DIGEST_STATES = ['active', 'paused'] as const;
export type DigestState = (typeof DIGEST_STATES)[number];

export interface Cadence {
  period: DigestPeriod;
  /** `09:00` on the workspace's clock. */
  wallTime: string;
  /** Of `weekly` 1 (Monday) to 7, of `monthly` 1 to 31, where the month's last day stands in for one it does not have; null for `daily`. */
  day: number | null;
}

export interface Digest {
  id: string;
  workspaceId: string;
  /** Short and per workspace; people type it as `D2`. */
  number: number;
  /** The chat's own id of the channel. */
  channel: string;
  cadence: Cadence;
  state: DigestState;
  /** Why Crier itself paused it, as a sentence; null where a person did, and while it is active. */
  pausedBecause: string | null;
  /** Null while it is paused. */
  dueAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
}

export const digestName = ({ number }: Pick<Digest, 'number'>): string => `D${number}`;

/** One that is active. */
export type DueDigest = Digest & { dueAt: Temporal.Instant };

/** A digest that is due, and this process's to tell until its lease ends. */
export interface ClaimedDigest {
  digest: DueDigest;
  workspace: Workspace;
  /** Who asked for it: told where its channel is closed. */
  maker: Actor;
  leaseToken: string;
}

export interface DigestStore {
  /** By number. */
  list: (workspaceId: string) => Promise<Digest[]>;
  /** The number is the workspace's next; the audit trail says who. */
  add: (actor: Actor, digest: Pick<Digest, 'channel' | 'cadence'> & { dueAt: Temporal.Instant }) => Promise<Digest>;
  /** Pauses (`dueAt` null) or resumes it; the audit trail says who. Null where this workspace has no such digest. */
  setDue: (actor: Actor, number: number, dueAt: Temporal.Instant | null) => Promise<Digest | null>;
  /** Null where this workspace has no such digest. */
  remove: (actor: Actor, number: number) => Promise<Digest | null>;
  /**
   * Active digests of a workspace whose clock was changed: each gets a new instant, but those that are due and were not told yet.
   * @param dueAt one whose `dueAt` is in the past is told just now
   */
  reschedule: (workspaceId: string, dueAt: (digest: DueDigest) => Temporal.Instant) => Promise<void>;
  /** Those due, of workspaces that Crier is still in, that nobody else tells; the longest due first. */
  claim: (request: {
    chats: readonly ChatName[];
    now: Temporal.Instant;
    leaseUntil: Temporal.Instant;
    limit: number;
  }) => Promise<ClaimedDigest[]>;
  /** Ends the claim, with when it is due next. False where the lease was lost, or it was changed or stopped meanwhile. */
  settle: (claimed: ClaimedDigest, dueAt: Temporal.Instant) => Promise<boolean>;
  /** Ends the claim and pauses it, with the reason. */
  pause: (claimed: ClaimedDigest, because: string) => Promise<boolean>;
  /** Ends the claim without having told it: nobody may claim it before `again`. */
  putBack: (claimed: ClaimedDigest, again: Temporal.Instant) => Promise<void>;
}

/** One thing that follows from the figures, with what it follows from. */
export type Suggestion =
  /** Connected, and nothing went out to it since then (null: ever), nor is planned. */
  | { kind: 'unused'; account: Account; lastOutAt: Temporal.Instant | null }
  /** A free time at which the account's own posts did well. */
  | { kind: 'slot'; account: Account; at: Temporal.ZonedDateTime; lift: number; posts: number; isSure: boolean }
  /** Nothing is planned for so many days to come. */
  | { kind: 'nothing-planned'; days: number };

export interface DigestContent {
  cadence: Cadence;
  report: Report;
  /** The best of the period; null where nothing went out, or no figures are known. */
  top: { result: PostResult; picture: Media | null } | null;
  /** What failed, or waits for somebody. */
  waiting: { posts: readonly PostDetails[]; total: number };
  /** What goes out on the day it is told, from then on. */
  planned: { posts: readonly PostDetails[]; total: number };
  suggestion: Suggestion | null;
  /** When it was due, where it is told much later than that; null in time, and for a preview. */
  lateSince: Temporal.Instant | null;
  /** How many before it were missed and are not told: only the newest is. */
  missed: number;
}
