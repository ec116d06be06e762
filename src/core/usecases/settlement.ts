// The ways a try can end, each as what is written for it.
import type { HoldReason } from '../delivery.ts';
import type { CrierError } from '../errors.ts';
import type { Published } from '../platform.ts';
import type { Settlement } from '../store.ts';

const NOTHING = {
  published: null,
  holdReason: null,
  dueAt: null,
  countsAsTry: true,
  errorKind: null,
  errorMessage: null,
  tell: true,
} as const;

const causeOf = (error: CrierError): Pick<Settlement, 'errorKind' | 'errorMessage'> => ({
  errorKind: error.kind,
  errorMessage: error.userMessage,
});

/** `remark` is told with it: what could not be done beside it. */
export const published = (published: Published, remark: string | null = null): Settlement => ({
  ...NOTHING,
  errorMessage: remark,
  outcome: 'published',
  state: 'published',
  published,
});

export const failed = (error: CrierError): Settlement => ({
  ...NOTHING,
  ...causeOf(error),
  outcome: 'not-applied',
  state: 'failed',
});

/** Certainly not applied; the next try is due at `dueAt`. */
export const retrying = (dueAt: Temporal.Instant, error: CrierError): Settlement => ({
  ...NOTHING,
  ...causeOf(error),
  outcome: 'not-applied',
  state: 'retrying',
  dueAt,
});

/** May have been applied, and the network could not be asked now: the next claim asks again before it sends anything. */
export const askingLater = (dueAt: Temporal.Instant, error: CrierError): Settlement => ({
  ...retrying(dueAt, error),
  outcome: 'unknown',
});

export const unconfirmed = (errorMessage: string): Settlement => ({
  ...NOTHING,
  outcome: 'unknown',
  state: 'unconfirmed',
  errorKind: 'outcome-unknown',
  errorMessage,
});

/** Not even tried: an older doubt stays as it is. */
export const held = (holdReason: HoldReason, errorMessage: string): Settlement => ({
  ...NOTHING,
  outcome: 'released',
  state: 'held',
  holdReason,
  countsAsTry: false,
  errorMessage,
});

/** Tried, and the network does not take this account's word any more. */
export const refusedAccount = (error: CrierError, inDoubt: boolean): Settlement => ({
  ...held('account', error.userMessage),
  ...causeOf(error),
  outcome: inDoubt ? 'unknown' : 'not-applied',
});

/** An occurrence of a series that came too late to be sent; certainly not applied. */
export const missed = (errorMessage: string): Settlement => ({
  ...NOTHING,
  outcome: 'not-applied',
  state: 'canceled',
  countsAsTry: false,
  errorMessage,
});

/** Handed back unsent while the process drains: somebody else takes it at once. */
export const released = (dueAt: Temporal.Instant): Settlement => ({
  ...NOTHING,
  outcome: 'released',
  state: 'scheduled',
  dueAt,
  countsAsTry: false,
  tell: false,
});
