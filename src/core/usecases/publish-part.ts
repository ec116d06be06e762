// Handing the part that is next to its platform: with what it needs, and with the marks that say afterwards how far it came. What a
// failure leads to is publish-delivery.ts's.
import { CrierError } from '../errors.ts';
import type { Http } from '../http.ts';
import type { AccountAccess, Limits, MediaFile, Published } from '../platform.ts';
import { optionsFor, postName } from '../post.ts';
import { LINK_HOURS, problemsOf } from '../preview.ts';
import { handlesOf, isAllOut, keyOf, type Stage } from '../thread.ts';
import { fittingMedia } from './fitting-media.ts';
import { withFreshLogin } from './fresh-login.ts';
import { LeaseLost, requireLease, type Try } from './publish-try.ts';

/** Publishes what is not out yet, part after part, and notes each as it is out. @throws what the platform throws; CrierError `rejected`. */
export async function publishParts(attempt: Try): Promise<void> {
  const media =
    attempt.stage.progress.out.length === 0 ? await own(attempt, () => fittingMedia(attempt, limitsFor(attempt).images)) : [];
  requireFit(attempt, media);
  if (attempt.keepsProgress) await own(attempt, () => saveStage(attempt));
  while (!isAllOut(attempt.stage.progress)) {
    const isFirst = attempt.stage.progress.out.length === 0;
    const publish = (): Promise<Published> => publishPart(attempt, isFirst ? media : []);
    const published = await withFreshLogin(attempt, publish, () => {
      attempt.sentAt = null;
    });
    await keepPart(attempt, published);
  }
}

async function publishPart(attempt: Try, media: readonly MediaFile[]): Promise<Published> {
  const { deps, claim, platform, stage } = attempt;
  const { progress } = stage;
  const part = progress.out.length;
  attempt.signal = timed(attempt);
  return platform.publish({
    ...(await accessOf(attempt)),
    text: progress.texts[part] ?? '',
    media,
    options: optionsFor(claim.post, platform.id),
    thread: progress.out,
    mediaLink: (file) => linkTo(attempt, file),
    idempotencyKey: keyOf(claim.delivery.idempotencyKey, part),
    handles: stage.part,
    saveHandles: async (handles) => {
      stage.part = handles;
      await own(attempt, () => saveStage(attempt));
    },
    beforeSend: async () => {
      attempt.signal.throwIfAborted();
      const now = deps.clock.now();
      if (!(await own(attempt, () => deps.store.queue.markSending(claim, now)))) throw new LeaseLost();
      if (attempt.keepsProgress) {
        progress.sending = { part, since: now.toString() };
        await own(attempt, () => saveStage(attempt));
      }
      requireLease(attempt);
      attempt.sentAt = now;
    },
  });
}

/** A time of its own for each request that makes something public, and for asking about one. */
export const timed = ({ options }: Pick<Try, 'options'>): AbortSignal =>
  AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);

/** Notes that the part which was next is out: what follows is certain anew. */
export async function keepPart(attempt: Try, published: Published): Promise<void> {
  const { progress } = attempt.stage;
  const { remoteId, url } = published;
  const stage: Stage = { ...attempt.stage, progress: { ...progress, out: [...progress.out, { remoteId, url }] }, part: {} };
  // known here only once it is stored: a part that is not is asked for
  if (attempt.keepsProgress) await own(attempt, () => saveStage({ ...attempt, stage }));
  attempt.stage = stage;
  attempt.sentAt = null;
  attempt.doubtSince = null;
  attempt.inDoubt = false;
}

export const saveStage = ({ deps, claim, stage, keepsProgress }: Try): Promise<void> =>
  deps.store.queue.saveHandles(claim, keepsProgress ? handlesOf(stage) : stage.part);

/** What every request of this try is made with. */
export async function accessOf(attempt: Try): Promise<AccountAccess> {
  const { deps, claim, platform, signal } = attempt;
  const { account } = claim;
  return {
    http: onlyWithLease(attempt),
    clock: deps.clock,
    signal,
    account,
    app: deps.networkHome?.(platform.id).app ?? null,
    credentials: await own(attempt, () => deps.store.credentials(account.id)),
    saveCredentials: (credentials) => own(attempt, () => deps.store.accounts.saveCredentials(account.id, credentials)),
  };
}

function linkTo({ deps, platform }: Try, file: MediaFile): string {
  const link = deps.mediaLinks?.linkTo(file, deps.clock.now().add({ hours: LINK_HOURS })) ?? null;
  if (link !== null) return link;
  const sentence = `${platform.name} fetches files itself, and this Crier has no address it can be reached at: whoever runs it sets PUBLIC_URL.`;
  throw new CrierError('invalid-input', sentence);
}

const limitsFor = ({ claim, platform }: Try): Limits =>
  platform.limits(claim.account.announcedLimits, optionsFor(claim.post, platform.id));

/** Limits may have changed since it was scheduled. What may be out already is repeated as it was. @throws CrierError `rejected`. */
function requireFit({ claim, platform, inDoubt, stage }: Try, media: readonly MediaFile[]): void {
  if (inDoubt) return;
  const { texts, out } = stage.progress;
  const problems = problemsOf(claim.account, platform, {
    texts: texts.slice(out.length),
    media: out.length === 0 ? media : null,
    options: optionsFor(claim.post, platform.id),
    postName: postName(claim.post),
  });
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

/** Asks our own database or media store: where that fails, it is not the network. */
export const own = <T>({ sentAt }: Pick<Try, 'sentAt'>, ask: () => Promise<T>): Promise<T> =>
  ask().catch((cause) => Promise.reject(ownFailure(sentAt, cause)));

function ownFailure(sentAt: Try['sentAt'], cause: unknown): unknown {
  if (cause instanceof CrierError) return cause;
  return new CrierError(sentAt ? 'outcome-unknown' : 'unavailable', 'Crier could not reach its own database just then.', {
    cause,
  });
}
