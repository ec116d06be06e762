// Whether a try that may have been applied was: the network is asked, and only where it cannot say does a person have to.
import { CrierError } from '../errors.ts';
import { logFieldsOf } from '../log-fields.ts';
import type { FindResult, Published } from '../platform.ts';
import { optionsFor } from '../post.ts';
import { nextTryAt } from '../retry.ts';
import type { Settlement } from '../store.ts';
import { keyOf } from '../thread.ts';
import { withFreshLogin } from './fresh-login.ts';
import type { Try } from './publish-try.ts';
import * as settlement from './settlement.ts';

/**
 * - `found`: it is out.
 * - `ended`: the delivery ends (for now) by what the network said.
 * - `absent`: proof that nothing was applied; it may be sent.
 * - `merged`: the network cannot say, but would merge a repeat with the first; it may be sent, and the doubt stays.
 */
export type Answer =
  | { kind: 'found'; published: Published }
  | { kind: 'ended'; settlement: Settlement }
  | { kind: 'absent' }
  | { kind: 'merged' };

/** Of a thread the part that is next is asked for. @param since when the try that may have been applied began to send */
export async function askNetwork(attempt: Try, since: Temporal.Instant): Promise<Answer> {
  const answer = await find(attempt, since);
  if (answer instanceof CrierError) return { kind: 'ended', settlement: askLaterOrPerson(attempt, answer) };
  if (answer.kind === 'absent') {
    const waitMs = unsettledMs(attempt, since);
    return waitMs > 0 ? { kind: 'ended', settlement: askLaterOrPerson(attempt, tooEarly(attempt, waitMs)) } : answer;
  }
  if (answer.kind === 'found') return { kind: 'found', published: answer };
  if (repeatIsMerged(attempt, since)) return { kind: 'merged' };
  const question = `${attempt.platform.name} cannot say whether it was posted.`;
  return { kind: 'ended', settlement: settlement.unconfirmed(question) };
}

async function find(attempt: Try, since: Temporal.Instant): Promise<FindResult | CrierError> {
  const { deps, claim, platform, signal, stage } = attempt;
  const { texts, out } = stage.progress;
  const { findPublished } = platform;
  if (!findPublished || claim.account.state !== 'connected') return { kind: 'cannot-say' };
  const { store, clock, http } = deps;
  const ask = async (): Promise<FindResult> =>
    findPublished({
      http,
      clock,
      signal,
      account: claim.account,
      app: deps.networkHome?.(platform.id).app ?? null,
      credentials: await store.credentials(claim.account.id),
      saveCredentials: (credentials) => store.accounts.saveCredentials(claim.account.id, credentials),
      text: texts[out.length] ?? '',
      options: optionsFor(claim.post, platform.id),
      thread: out,
      idempotencyKey: keyOf(claim.delivery.idempotencyKey, out.length),
      handles: stage.part,
      since,
      isTaken: async (remoteId) =>
        out.some((part) => part.remoteId === remoteId) ||
        (await store.queue.isRemoteIdTaken(claim.account.id, remoteId, claim.delivery.id)),
    });
  try {
    return await withFreshLogin(attempt, ask);
  } catch (thrown) {
    const error = thrown instanceof CrierError ? thrown : platform.classifyError(thrown);
    deps.log.warn(
      { ...logFieldsOf(claim), kind: error.kind, err: thrown },
      'the network could not be asked whether it has the post',
    );
    return error;
  }
}

function askLaterOrPerson({ deps, claim, options, platform }: Try, error: CrierError): Settlement {
  const dueAt = nextTryAt(deps.clock.now(), claim.delivery.tries + 1, error.retryAfterMs, options.retryMinutes);
  return dueAt
    ? settlement.askingLater(dueAt, error)
    : settlement.unconfirmed(`${platform.name} could not be asked whether it was posted: ${error.userMessage}`);
}

/** How long it takes until "not there" is proof; 0 or less: it is by now. */
const unsettledMs = ({ deps, platform }: Try, since: Temporal.Instant): number =>
  platform.capabilities.settlesWithinMs - deps.clock.now().since(since).total('milliseconds');

const tooEarly = ({ platform }: Try, retryAfterMs: number): CrierError =>
  new CrierError('unavailable', `${platform.name} does not show it yet, and may still do so: it is asked again.`, {
    retryAfterMs,
  });

function repeatIsMerged({ deps, platform }: Try, since: Temporal.Instant): boolean {
  const { repeatHarmlessForMs } = platform.capabilities;
  return deps.clock.now().epochMilliseconds - since.epochMilliseconds < repeatHarmlessForMs;
}
