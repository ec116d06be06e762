// Publishing one claimed delivery, from the last checks to the written outcome. Every path ends in exactly one settlement, or in
// none where the lease was lost: then somebody else has taken over, and asks the network what became of this try.
import { CrierError } from '../errors.ts';
import { logFieldsOf } from '../log-fields.ts';
import { optionsFor, textFor } from '../post.ts';
import { afterFailure, nextTryAt } from '../retry.ts';
import { isTooLate } from '../series.ts';
import type { Claim, Settlement } from '../store.ts';
import { isAllOut, partsFor, sayWhatIsOut, stageOf, wasSending } from '../thread.ts';
import { formatMoment } from '../time/format.ts';
import { askNetwork } from './ask-network.ts';
import { commentBelow } from './publish-comment.ts';
import { keepPart, publishParts, timed } from './publish-part.ts';
import { LeaseLost, type PublishDeps, type PublishOptions, plannedAt, requireLease, type Try } from './publish-try.ts';
import * as settlement from './settlement.ts';

/** A post that takes the process down with it each time must not do so for ever. */
const MAX_INTERRUPTIONS = 10;

/** Publishes, and returns how it ended. @throws LeaseLost, and whatever is a bug or a database that does not answer. */
export async function publishDelivery(deps: PublishDeps, claim: Claim, options: PublishOptions): Promise<Settlement> {
  const attempt = begin(deps, claim, options);
  return sayingWhatIsOut(attempt, await settle(attempt));
}

function begin(deps: PublishDeps, claim: Claim, options: PublishOptions): Try {
  const { post, account, interruptedSince } = claim;
  const platform = deps.platforms.get(account.platform);
  const limits = platform.limits(account.announcedLimits, optionsFor(post, platform.id));
  const texts = partsFor(platform, limits, textFor(post, platform.id), post.beside.thread);
  const stage = stageOf(claim.handles, texts, interruptedSince !== null);
  const { progress } = stage;
  const began = progress.sending === null ? null : Temporal.Instant.from(progress.sending.since);
  return {
    deps,
    claim,
    platform,
    options,
    signal: timed({ options }),
    stage,
    keepsProgress: stage.isStored || progress.texts.length > 1 || post.beside.comment !== null,
    doubtSince: stage.isStored && !wasSending(progress) ? null : interruptedSince && (began ?? interruptedSince),
    sentAt: null,
    isLost: false,
    inDoubt: false,
  };
}

async function settle(attempt: Try): Promise<Settlement> {
  const { claim } = attempt;
  if (attempt.doubtSince) {
    const answer = await askNetwork(attempt, attempt.doubtSince);
    if (answer.kind === 'ended') return answer.settlement;
    if (answer.kind === 'found') await keepPart(attempt, answer.published);
    attempt.inDoubt = answer.kind === 'merged';
  }
  if (!isAllOut(attempt.stage.progress)) {
    if (claim.interruptions >= MAX_INTERRUPTIONS) return giveUp(attempt, tooManyInterruptions(claim.interruptions));
    const missed = attempt.inDoubt ? null : reasonToMiss(attempt);
    if (missed) return missed;
    const held = await reasonToHold(attempt);
    if (held) return held;
  }
  return publishRest(attempt);
}

/** A failure after which a part turns out to be there all the same is none: the next part follows. */
async function publishRest(attempt: Try): Promise<Settlement> {
  for (;;) {
    try {
      await publishParts(attempt);
      return await conclude(attempt);
    } catch (error) {
      if (error instanceof LeaseLost || attempt.isLost) throw new LeaseLost();
      const failure = await settleFailure(attempt, error);
      if (failure !== 'found') return failure;
    }
  }
}

async function conclude(attempt: Try): Promise<Settlement> {
  const [first] = attempt.stage.progress.out;
  if (!first) throw new Error(`nothing of delivery ${attempt.claim.delivery.id} was published`);
  return settlement.published(first, await commentBelow(attempt));
}

/** Of a thread that is not whole its first post is kept, and what is out is said. */
function sayingWhatIsOut({ stage: { progress } }: Try, ended: Settlement): Settlement {
  const [first] = progress.out;
  if (!first || ended.state === 'published') return ended;
  const said = sayWhatIsOut(progress);
  if (ended.errorMessage === null || said === null) return { ...ended, published: first };
  const asked = ended.state === 'unconfirmed' ? [ASK_OF_PART] : [];
  return { ...ended, published: first, errorMessage: [said, ended.errorMessage, ...asked].join(' ') };
}

const ASK_OF_PART =
  'That is the next part: "Post it again" writes it anew and goes on with the rest, and "It went out" leaves the thread as it is.';

/** What recurs comes round again: the Monday post is not sent on Thursday because that is when Crier is back. */
function reasonToMiss({ deps, claim, stage }: Try): Settlement | null {
  const { slot, seriesId } = claim.post;
  if (seriesId === null || slot === null || stage.progress.out.length > 0) return null;
  if (!isTooLate(plannedAt(claim) ?? slot.at, deps.clock.now())) return null;
  const planned = formatMoment(slot.at.toZonedDateTimeISO(slot.timeZone));
  return settlement.missed(`Missed: it was planned for ${planned}, and what recurs is not sent more than an hour late.`);
}

async function reasonToHold({ deps, claim, platform, stage }: Try): Promise<Settlement | null> {
  const { removedFrom, cap } = await deps.store.queue.standingOf(claim.account, platform.dailyCap);
  // before the account: what is held for that goes on by itself, and this must not, however much later Crier is back
  if (removedFrom !== null) return settlement.held('removed', `Crier was removed from ${removedFrom} when this was due.`);
  if (claim.account.state !== 'connected') {
    return settlement.held('account', claim.account.stateReason ?? 'The account is not connected.');
  }
  // the first part is what counts
  if (cap === null || stage.progress.out.length > 0) return null;
  const from = deps.clock.now().toZonedDateTimeISO(cap.timeZone).startOfDay().toInstant();
  const count = await deps.store.queue.countPublishedSince(claim.account.id, from, claim.delivery.id);
  return count < cap.perDay ? null : settlement.held('cap', `${claim.account.handle} has had its ${cap.perDay} posts for today.`);
}

/** `found`: the part is out all the same. */
async function settleFailure(attempt: Try, thrown: unknown): Promise<Settlement | 'found'> {
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

async function askAfterSending(attempt: Try, error: CrierError): Promise<Settlement | 'found'> {
  const { deps, doubtSince, sentAt } = attempt;
  // the try's own signal may be what ended it: asking gets a time of its own
  attempt.signal = timed(attempt);
  const answer = await askNetwork(attempt, doubtSince ?? sentAt ?? deps.clock.now());
  if (answer.kind === 'ended') return answer.settlement;
  if (answer.kind === 'found') {
    await keepPart(attempt, answer.published);
    return 'found';
  }
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
