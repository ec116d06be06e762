// One post to one account: its states, which may follow which, and what a try at it leaves behind.
import type { ErrorKind } from './errors.ts';

export const DELIVERY_STATES = [
  'scheduled',
  'publishing',
  'published',
  'retrying',
  'unconfirmed',
  'held',
  'failed',
  'canceled',
] as const;
/**
 * `retrying`: a try failed, and another is due: either this one certainly was not applied, or the delivery is `inDoubt` and the
 * network is asked first. `unconfirmed`: a try may have been applied, the network cannot say, a person decides. `held`: waits for a person or an account (`holdReason`). The rest say themselves.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const HOLD_REASONS = ['draft', 'account', 'cap', 'paused', 'removed', 'late'] as const;
/** `removed`: Crier was not in the team any more when it was due. `late`: its account was connected again too late to send it unasked. */
export type HoldReason = (typeof HOLD_REASONS)[number];

const NEXT: Record<DeliveryState, readonly DeliveryState[]> = {
  // to itself: moved to another instant
  scheduled: ['scheduled', 'publishing', 'held', 'canceled'],
  // to scheduled: handed back unsent while draining; to canceled: an occurrence of a series that was too late to be sent
  publishing: ['published', 'retrying', 'unconfirmed', 'held', 'failed', 'scheduled', 'canceled'],
  published: [],
  retrying: ['publishing', 'scheduled', 'held', 'canceled'],
  unconfirmed: ['published', 'scheduled', 'canceled'],
  held: ['scheduled', 'canceled'],
  failed: ['scheduled', 'canceled'],
  canceled: [],
};

export const canMove = (from: DeliveryState, to: DeliveryState): boolean => NEXT[from].includes(to);

/** @throws Error (a bug, not bad input) where `to` may not follow `from`. */
export function assertMove(from: DeliveryState, to: DeliveryState): void {
  if (!canMove(from, to)) throw new Error(`a delivery cannot go from ${from} to ${to}`);
}

/** States a person may still cancel from. */
export const isOpen = (state: DeliveryState): boolean => state !== 'publishing' && canMove(state, 'canceled');

/** States in which Crier has nothing more to do by itself. */
export const SETTLED: readonly DeliveryState[] = ['published', 'unconfirmed', 'failed', 'canceled'];

export interface Delivery {
  id: string;
  workspaceId: string;
  postId: string;
  accountId: string;
  /** The account's platform id, kept here so that claims need no join to know it. */
  platform: string;
  state: DeliveryState;
  holdReason: HoldReason | null;
  /** When it is to be claimed next; null for a draft. */
  dueAt: Temporal.Instant | null;
  /** Tries made so far in this round; a person's retry starts a new round. */
  tries: number;
  /** An earlier try may have been applied, and the network has not said yet: it is asked before anything more is sent. */
  inDoubt: boolean;
  /** The same for every try, so that a network that knows it can refuse a repeat. */
  idempotencyKey: string;
  remoteId: string | null;
  url: string | null;
  errorKind: ErrorKind | null;
  /** The last failure, as a sentence for the person. */
  errorMessage: string | null;
  publishedAt: Temporal.Instant | null;
}

/** `sending` is written before the request that makes the post public: an attempt found there may have been applied. */
export const ATTEMPT_PHASES = ['preparing', 'sending', 'done'] as const;

export const ATTEMPT_OUTCOMES = ['published', 'not-applied', 'unknown', 'released'] as const;
/** `released`: handed back unsent (the process was draining, or the account could not be used). */
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** What a network gave on the way (a container id, an uploaded blob), so that the next try goes on from there. */
export type Handles = Record<string, unknown>;
