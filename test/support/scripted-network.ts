// A network in the test's own process, declared like any other, whose answers the test scripts. It keeps what was really posted,
// so that a test can count, and it can fail before or after applying.
import { CrierError } from '../../src/core/errors.ts';
import { definePlatform, type FindResult, type Platform, type PublishContext } from '../../src/core/platform.ts';

export type Step = (context: PublishContext, apply: () => { remoteId: string; url: string }) => Promise<void>;

export interface ScriptedNetwork {
  platform: Platform;
  posts: { remoteId: string; text: string; accountId: string; key: string; inReplyTo: string | null }[];
  /** What the next publishes do, one each; without one they simply publish. */
  next: (...steps: Step[]) => void;
  /** How `findPublished` answers: by what is there, not at all, or by failing. */
  asked: 'knows' | 'cannot-say' | 'fails';
  asks: number;
}

export function scriptedNetwork(
  options: {
    id?: string;
    repeatHarmlessForMs?: number;
    canBeAsked?: boolean;
    refresh?: Platform['refresh'];
    threads?: boolean;
    comment?: Platform['comment'];
    settlesWithinMs?: number;
  } = {},
): ScriptedNetwork {
  const {
    id = 'testnet',
    repeatHarmlessForMs = 0,
    canBeAsked = true,
    refresh = null,
    threads = false,
    comment = null,
    settlesWithinMs = 0,
  } = options;
  const steps: Step[] = [];

  function apply(context: PublishContext): { remoteId: string; url: string } {
    const known = repeatHarmlessForMs > 0 ? network.posts.find((post) => post.key === context.idempotencyKey) : undefined;
    const remoteId = known?.remoteId ?? `${id}-${network.posts.length + 1}`;
    const inReplyTo = context.thread.at(-1)?.remoteId ?? null;
    if (!known)
      network.posts.push({ remoteId, text: context.text, accountId: context.account.id, key: context.idempotencyKey, inReplyTo });
    return { remoteId, url: `https://${id}.example/${remoteId}` };
  }

  async function find(key: string): Promise<FindResult> {
    network.asks += 1;
    if (network.asked === 'fails') throw new CrierError('unavailable', 'The network does not answer.');
    if (network.asked === 'cannot-say') return { kind: 'cannot-say' };
    const post = network.posts.find((each) => each.key === key);
    return post ? { kind: 'found', remoteId: post.remoteId, url: `https://${id}.example/${post.remoteId}` } : { kind: 'absent' };
  }

  const network: ScriptedNetwork = {
    posts: [],
    asked: 'knows',
    asks: 0,
    next: (...more) => void steps.push(...more),
    platform: definePlatform({
      id,
      name: id,
      aliases: [],
      setup: { intro: '', fields: [] },
      capabilities: { altText: true, threads, repeatHarmlessForMs, settlesWithinMs },
      limits: () => ({
        text: [{ max: 280, unit: 'characters', count: (text) => text.length }],
        images: null,
        videos: null,
        mixedMedia: false,
        needsMedia: false,
      }),
      connect: () => Promise.reject(new CrierError('invalid-input', 'There is nothing to connect here.')),
      publish: async (context) => {
        const step = steps.shift();
        if (step) await step(context, () => apply(context));
        else await context.beforeSend();
        return apply(context);
      },
      oauth: null,
      refresh,
      comment,
      findPublished: canBeAsked ? (context) => find(context.idempotencyKey) : null,
      classifyError: (error) => new CrierError('outcome-unknown', 'The network broke off.', { cause: error }),
    }),
  };
  return network;
}

/** Fails without having sent anything. */
export const failsBeforeSending =
  (kind: CrierError['kind'], options: { retryAfterMs?: number } = {}): Step =>
  async () => {
    throw new CrierError(kind, `${kind} before sending`, options);
  };

/** Sends, and the network refuses. */
export const isRefused =
  (kind: CrierError['kind'], options: { retryAfterMs?: number } = {}): Step =>
  async (context) => {
    await context.beforeSend();
    throw new CrierError(kind, `${kind} by the network`, options);
  };

/** Sends, and no answer comes; whether it was applied is the script's matter. */
export const breaksOff =
  (applied: boolean): Step =>
  async (context, apply) => {
    await context.beforeSend();
    if (applied) apply();
    throw new Error('socket closed');
  };
