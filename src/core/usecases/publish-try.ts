// One try at a delivery: what it is handed, and what is known of it while it runs.
import type { Platform } from '../platform.ts';
import type { Deps } from '../ports.ts';
import type { Claim } from '../store.ts';
import type { Stage } from '../thread.ts';

export type PublishDeps = Pick<
  Deps,
  'clock' | 'store' | 'platforms' | 'http' | 'mediaStore' | 'mediaLinks' | 'convertImage' | 'networkHome' | 'log'
>;

export interface PublishOptions {
  retryMinutes: readonly number[];
  /** A try that takes longer is broken off; what it had sent by then is asked about. Milliseconds. */
  timeoutMs: number;
  /** Until when the claim's lease holds, as far as this process knows. */
  leaseUntil: () => Temporal.Instant;
  /** Aborted where the lease was lost or the process must stop. */
  signal: AbortSignal;
}

/** The lease ran out or was taken over: nothing may be sent, and nothing may be written. */
export class LeaseLost extends Error {}

/** What one try needs at every step. */
export interface Try {
  deps: PublishDeps;
  claim: Claim;
  platform: Platform;
  options: PublishOptions;
  signal: AbortSignal;
  /** How far it has come. */
  stage: Stage;
  /** Whether that is stored: of a post of its own without a comment it is not. */
  keepsProgress: boolean;
  /** Since when the part that is next may have been applied by an earlier try; null: it was not sent. */
  doubtSince: Temporal.Instant | null;
  /** When the request that makes the part public left in this try; null before that. */
  sentAt: Temporal.Instant | null;
  /** The lease was over when its request was about to leave, so that nothing left. */
  isLost: boolean;
  /** Whether this try or an earlier one may have applied the part, with no proof yet that it was not. */
  inDoubt: boolean;
}

/**
 * A process that was frozen, or whose machine slept, has lost its lease without knowing it.
 * @throws LeaseLost where the lease ran out by now
 */
export function requireLease({ deps, options }: Pick<Try, 'deps' | 'options'>): void {
  if (Temporal.Instant.compare(deps.clock.now(), options.leaseUntil()) >= 0) throw new LeaseLost();
}

/**
 * When it was to be out, as people know it: by the post's plan, or by the word of a person who moved it or had it tried again. A retry,
 * or being spaced out after a standstill, makes it due later and planned no later. Null for what was never planned.
 */
export const plannedAt = ({ post, delivery, dueByPerson }: Claim): Temporal.Instant | null =>
  dueByPerson ? (delivery.dueAt ?? post.slot?.at ?? null) : (post.slot?.at ?? delivery.dueAt);
