// Every message Crier sends to Slack leaves through here: one after another per channel, waiting where Slack asks to wait, and never
// twice where it can be helped. What a message looks like is render.ts' matter, and who is told what is tell.ts' and the app's.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../core/ports.ts';
import { openChannelQueues } from './channel-queue.ts';
import { isAtSlack } from './connection.ts';
import { isSpentUrl, refusal } from './outbox-errors.ts';
import { type Patience, type Pause, sendPatiently } from './outbox-patience.ts';
import { makePoster, type Posted } from './outbox-post.ts';
import { sendResponse } from './outbox-respond.ts';
import type { Message } from './render.ts';
import type { TeamAccess } from './teams.ts';

export { isClosedChannel } from './outbox-errors.ts';
export type { Posted } from './outbox-post.ts';
export { isDeadToken } from './refusals.ts';
export type { Message } from './render.ts';
export { isSpentUrl };

/**
 * All of them throw CrierError: `rate-limited` with `retryAfterMs` where Slack wants more than 30 s of patience, `rejected` with Slack's
 * code in `meta.slack` (see `isClosedChannel`), `auth-revoked` (see `isDeadToken`), `unavailable` where Slack was not reached, and
 * `outcome-unknown` where nobody can say whether the message is there.
 */
export interface Outbox {
  /**
   * The first message's place; further ones go into its thread. Once the first is posted nothing is thrown any more: what of the
   * rest cannot be posted is logged.
   * @param to a channel, or a person by their id: a direct message
   * @param key by which `findByKey` (outbox-marks.ts) knows the message again
   */
  post: (
    access: TeamAccess,
    to: { channel: string; thread?: string },
    messages: readonly Message[],
    key?: string,
  ) => Promise<Posted>;
  /** Changes a posted message; further messages change those that `post` put into its thread, or are put there. */
  update: (access: TeamAccess, at: Posted, messages: readonly Message[]) => Promise<void>;
  /** For the eyes of one person in that channel. */
  whisper: (
    access: TeamAccess,
    to: { channel: string; userId: string; thread?: string },
    messages: readonly Message[],
  ) => Promise<void>;
  /**
   * Answers a command or a press by its response_url: for the person alone unless `inChannel`. Each message takes one of the URL's five
   * uses within thirty minutes; a spent one is `rejected` (see `isSpentUrl`), and so is an address that is not Slack's.
   */
  respond: (
    responseUrl: string,
    messages: readonly Message[],
    how: { replaceOriginal?: boolean; inChannel?: boolean },
  ) => Promise<void>;
  /** Resolves when nothing is on its way any more. Waits for rate limits are broken off after five seconds. */
  drain: () => Promise<void>;
}

/** Longer waits are the caller's: news is told later rather than holding up what is behind it. Milliseconds. */
const MAX_WAIT_MS = 30_000;
/** The rest of a message that has begun is worth more patience. */
const MAX_WAIT_FOR_REST_MS = 5 * 60_000;
const DRAIN_MS = 5_000;

export interface OutboxOptions {
  log: Log;
  /** The Slack-compatible server that response_urls may lead to; null for Slack alone. */
  apiUrl?: string | null;
  /** The way out to response_urls, which come with requests that were signed by Slack. */
  fetch?: typeof globalThis.fetch;
  /** Waits that many milliseconds; rejects when the signal aborts. Tests move time here. */
  pause?: Pause;
}

const pauseFor: Pause = (ms, signal) => sleep(ms, undefined, { signal });

export function openOutbox({ log, apiUrl = null, fetch = globalThis.fetch, pause = pauseFor }: OutboxOptions): Outbox {
  const queues = openChannelQueues();
  const stopping = new AbortController();
  const patience: Patience = { pause, signal: stopping.signal, maxWaitMs: MAX_WAIT_MS };
  const poster = makePoster({ log, patience, patienceForRest: { ...patience, maxWaitMs: MAX_WAIT_FOR_REST_MS } });
  const inTurn = <T>({ teamId }: TeamAccess, channel: string, work: () => Promise<T>): Promise<T> =>
    queues.run(`${teamId}/${channel}`, work);

  return {
    post: (access, to, messages, key) => inTurn(access, to.channel, () => poster.post(access, to, messages, key)),
    update: (access, at, messages) => inTurn(access, at.channel, () => poster.update(access, at, messages)),
    whisper: (access, to, messages) => inTurn(access, to.channel, () => poster.whisper(access, to, messages)),
    respond: (responseUrl, messages, { replaceOriginal = false, inChannel = false }) =>
      queues.run(responseUrl, async () => {
        if (!isAtSlack(responseUrl, apiUrl)) throw refusal('expired_url');
        for (const [index, message] of messages.entries()) {
          const how = { replaceOriginal: replaceOriginal && index === 0, inChannel };
          await sendPatiently(patience, () => sendResponse(fetch, responseUrl, message, how));
        }
      }),
    async drain() {
      const done = new AbortController();
      await Promise.race([queues.idle(), pause(DRAIN_MS, done.signal)]);
      done.abort();
      stopping.abort();
      await queues.idle();
    },
  };
}
