// Publishing one claimed delivery, from the last checks to the written outcome. Every path ends in exactly one settlement, or in
// none where the lease was lost: then somebody else has taken over, and asks the network what became of this try.
import { CrierError } from '../errors.ts';
import type { Http } from '../http.ts';
import { logFieldsOf } from '../log-fields.ts';
import type { MediaFile, Published } from '../platform.ts';
import { postName, textFor } from '../post.ts';
import { problemsOf } from '../preview.ts';
import { afterFailure, nextTryAt } from '../retry.ts';
import { isTooLate } from '../series.ts';
import type { Claim, Settlement } from '../store.ts';
import { formatMoment } from '../time/format.ts';
import { askNetwork } from './ask-network.ts';
import { LeaseLost, type PublishDeps, type PublishOptions, plannedAt, requireLease, type Try } from './publish-try.ts';
import * as settlement from './settlement.ts';

/** A post that takes the process down with it each time must not do so for ever. */
const MAX_INTERRUPTIONS = 10;

/** Publishes, and returns how it ended. @throws LeaseLost, and whatever is a bug or a database that does not answer. */
export async function publishDelivery(deps: PublishDeps, claim: Claim, options: PublishOptions): Promise<Settlement> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const attempt: Try = {
    deps,
    claim,
    platform: deps.platforms.get(claim.account.platform),
    options,
    signal,
    sentAt: null,
    isLost: false,
    inDoubt: false,
  };

  if (claim.interruptedSince) {
    const answer = await askNetwork(attempt, claim.interruptedSince);
    if (answer.kind === 'ended') return answer.settlement;
    attempt.inDoubt = answer.kind === 'merged';
  }
  if (claim.interruptions >= MAX_INTERRUPTIONS) return giveUp(attempt, tooManyInterruptions(claim.interruptions));
  const missed = attempt.inDoubt ? null : reasonToMiss(attempt);
  if (missed) return missed;
  const held = await reasonToHold(attempt);
  if (held) return held;
  try {
    return settlement.published(await publish(attempt));
  } catch (error) {
    if (error instanceof LeaseLost || attempt.isLost) throw new LeaseLost();
    return settleFailure(attempt, error);
  }
}

/** What recurs comes round again: the Monday post is not sent on Thursday because that is when Crier is back. */
function reasonToMiss({ deps, claim }: Try): Settlement | null {
  const { slot, seriesId } = claim.post;
  if (seriesId === null || slot === null) return null;
  if (!isTooLate(plannedAt(claim) ?? slot.at, deps.clock.now())) return null;
  const planned = formatMoment(slot.at.toZonedDateTimeISO(slot.timeZone));
  return settlement.missed(`Missed: it was planned for ${planned}, and what recurs is not sent more than an hour late.`);
}

async function reasonToHold({ deps, claim }: Try): Promise<Settlement | null> {
  const { removedFrom, cap } = await deps.store.queue.standingOf(claim.account);
  // before the account: what is held for that goes on by itself, and this must not, however much later Crier is back
  if (removedFrom !== null) return settlement.held('removed', `Crier was removed from ${removedFrom} when this was due.`);
  if (claim.account.state !== 'connected') {
    return settlement.held('account', claim.account.stateReason ?? 'The account is not connected.');
  }
  if (cap === null) return null;
  const from = deps.clock.now().toZonedDateTimeISO(cap.timeZone).startOfDay().toInstant();
  const count = await deps.store.queue.countPublishedSince(claim.account.id, from, claim.delivery.id);
  return count < cap.perDay ? null : settlement.held('cap', `${claim.account.handle} has had its ${cap.perDay} posts for today.`);
}

async function publish(attempt: Try): Promise<Published> {
  const { deps, claim, platform, signal } = attempt;
  const { store, clock } = deps;
  const { account, delivery } = claim;
  const own = <T>(ask: () => Promise<T>): Promise<T> => ask().catch((cause) => Promise.reject(ownFailure(attempt, cause)));
  const text = textFor(claim.post, account.platform);
  const media = await own(() => mediaOf(attempt));
  requireFit(attempt, text, media);
  return platform.publish({
    http: onlyWithLease(attempt),
    clock,
    signal,
    account,
    credentials: await own(() => store.credentials(account.id)),
    saveCredentials: (credentials) => own(() => store.accounts.saveCredentials(account.id, credentials)),
    text,
    media,
    idempotencyKey: delivery.idempotencyKey,
    handles: claim.handles,
    saveHandles: (handles) => own(() => store.queue.saveHandles(claim, handles)),
    beforeSend: async () => {
      signal.throwIfAborted();
      const now = clock.now();
      if (!(await own(() => store.queue.markSending(claim, now)))) throw new LeaseLost();
      requireLease(attempt);
      attempt.sentAt = now;
    },
  });
}

/** Limits may have changed since it was scheduled. What may be out already is repeated as it was. @throws CrierError `rejected`. */
function requireFit({ claim, platform, inDoubt }: Try, text: string, media: readonly MediaFile[]): void {
  if (inDoubt) return;
  const problems = problemsOf(claim.account, platform, { text, media, postName: postName(claim.post) });
  if (problems.length > 0) throw new CrierError('rejected', problems.join(' '));
}

/** Connecting takes its time after the mark: the lease is looked at once more when the connection stands. */
function onlyWithLease(attempt: Try): Http {
  const { http } = attempt.deps;
  const mayLeave = (): void => {
    if (!attempt.sentAt) return;
    attempt.isLost = true;
    requireLease(attempt);
    attempt.isLost = false;
  };
  return http.asking?.(mayLeave) ?? http;
}

/** Our own database or media store failed, not the network. */
function ownFailure({ sentAt }: Try, cause: unknown): unknown {
  if (cause instanceof CrierError) return cause;
  return new CrierError(sentAt ? 'outcome-unknown' : 'unavailable', 'Crier could not reach its own database just then.', {
    cause,
  });
}

async function mediaOf({ deps, claim }: Try): Promise<MediaFile[]> {
  const media = await deps.store.media.get(claim.post.mediaIds);
  return media.map((each) => ({ ...each, read: () => deps.mediaStore.read(each.hash) }));
}

async function settleFailure(attempt: Try, thrown: unknown): Promise<Settlement> {
  const { deps, claim, platform, options } = attempt;
  if (options.signal.aborted && !attempt.sentAt) return settlement.released(deps.clock.now());
  const error = thrown instanceof CrierError ? thrown : platform.classifyError(thrown);
  deps.log.warn(
    { ...logFieldsOf(claim), kind: error.kind, sent: attempt.sentAt !== null, err: thrown },
    'a try to publish failed',
  );
  switch (afterFailure(error.kind, attempt.sentAt !== null)) {
    case 'ask':
      return askAfterSending(attempt, error);
    case 'again':
      return retryOrGiveUp(attempt, error);
    case 'hold':
      // whoever has taken over may have renewed the login that this try found refused
      requireLease(attempt);
      await deps.store.accounts.disconnect(claim.account.id, error.userMessage, null);
      return settlement.refusedAccount(error, attempt.inDoubt);
    case 'fail':
      return giveUp(attempt, error);
  }
}

async function askAfterSending(attempt: Try, error: CrierError): Promise<Settlement> {
  const { options, claim, deps } = attempt;
  // the try's own signal may be what ended it: asking gets a time of its own
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const answer = await askNetwork({ ...attempt, signal }, claim.interruptedSince ?? attempt.sentAt ?? deps.clock.now());
  if (answer.kind === 'ended') return answer.settlement;
  return retryOrGiveUp({ ...attempt, inDoubt: answer.kind === 'merged' }, error);
}

function retryOrGiveUp(attempt: Try, error: CrierError): Settlement {
  const { deps, claim, options } = attempt;
  const dueAt = nextTryAt(deps.clock.now(), claim.delivery.tries + 1, error.retryAfterMs, options.retryMinutes);
  if (!dueAt) return giveUp(attempt, error);
  return attempt.inDoubt ? settlement.askingLater(dueAt, error) : settlement.retrying(dueAt, error);
}

/** `failed` says that it is certainly not out; where that is not certain, a person is asked. */
const giveUp = (attempt: Try, error: CrierError): Settlement =>
  attempt.inDoubt ? settlement.unconfirmed(error.userMessage) : settlement.failed(error);

const tooManyInterruptions = (times: number): CrierError =>
  new CrierError('rejected', `Crier stopped ${times} times while it was publishing this, so it does not try again by itself.`);
