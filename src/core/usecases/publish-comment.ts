// The first comment below a post that is out. It is written at most once, and a post is out whatever becomes of it: what went wrong is
// handed on in a sentence, with the words to copy.
import { CrierError } from '../errors.ts';
import { logFieldsOf } from '../log-fields.ts';
import { optionsFor } from '../post.ts';
import { withFreshLogin } from './fresh-login.ts';
import { accessOf, own, saveStage, timed } from './publish-part.ts';
import { LeaseLost, requireLease, type Try } from './publish-try.ts';

/** Null where there is nothing to say: it is written, or none was asked for. @throws LeaseLost; and where this process is stopping. */
export async function commentBelow(attempt: Try): Promise<string | null> {
  const { claim, platform, stage } = attempt;
  const { comment } = claim.post.beside;
  const [first] = stage.progress.out;
  if (comment === null || !first) return null;
  // said when it was scheduled
  if (!platform.comment && !platform.capabilities.threads) return null;
  if (stage.progress.comment === 'sending')
    return `Crier stopped while it was writing the first comment, so it may be missing: look at ${first.url}. It says: "${comment}"`;
  // a process that is stopping leaves it to the next one
  attempt.options.signal.throwIfAborted();
  requireLease(attempt);
  try {
    stage.progress.comment = 'sending';
    await own(attempt, () => saveStage(attempt));
    const refused = (): void => {
      attempt.sentAt = null;
    };
    await withFreshLogin(attempt, () => write(attempt, comment), refused);
    return null;
  } catch (thrown) {
    if (thrown instanceof LeaseLost || attempt.isLost) throw new LeaseLost();
    const error = thrown instanceof CrierError ? thrown : platform.classifyError(thrown);
    attempt.deps.log.warn({ ...logFieldsOf(claim), kind: error.kind, err: thrown }, 'the first comment could not be written');
    const isKnown = error.kind !== 'outcome-unknown';
    return `${isKnown ? 'The first comment could not be written' : 'The first comment may be missing'}: ${error.userMessage} It says: "${comment}"`;
  }
}

async function write(attempt: Try, comment: string): Promise<void> {
  const { claim, platform, stage } = attempt;
  const [first] = stage.progress.out;
  if (!first) return;
  attempt.signal = timed(attempt);
  const access = await accessOf(attempt);
  const beforeSend = async (): Promise<void> => {
    attempt.signal.throwIfAborted();
    requireLease(attempt);
    attempt.sentAt = attempt.deps.clock.now();
  };
  if (platform.comment) return platform.comment({ ...access, text: comment, post: first, beforeSend });
  await platform.publish({
    ...access,
    text: comment,
    media: [],
    options: optionsFor(claim.post, platform.id),
    thread: stage.progress.out,
    mediaLink: () => {
      throw new CrierError('invalid-input', 'A comment has no files.');
    },
    idempotencyKey: `${claim.delivery.idempotencyKey}/comment`,
    handles: {},
    saveHandles: async () => {},
    beforeSend,
  });
}
