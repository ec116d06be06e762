// How far a long command is, while it works: one message, changed about once a second, whose place the answer takes (answer.ts). What one
// person alone sees cannot be changed afterwards (https://github.com/slackapi/bolt-python/issues/1268, checked 2026-11-23), so there it
// is said once.
import type { Call } from '../command.ts';
import type { Reply } from '../reply.ts';
import { pauseUnlessStopped } from '../telling.ts';
import type { Front } from './front.ts';
import { showInModal } from './modals.ts';
import { isClosedChannel, type Posted } from './outbox.ts';
import { type Ask, listenerOf } from './place.ts';
import { sayPrivately } from './privately.ts';
import { renderReply } from './render.ts';
import { isInDirectMessages } from './route.ts';

/** Slack asks for no more than about one message a second in a channel. https://docs.slack.dev/apis/web-api/rate-limits (unverified) */
const EVERY_MS = 1_000;

export interface Progress {
  /** Returns at once. Of what comes within a second, the newest is shown when it is over. */
  show: NonNullable<Call['progress']>;
  /** Shows nothing any more. The message that is left, where it can be changed. */
  end: () => Promise<Posted | null>;
}

export function openProgress(front: Front, ask: Ask): Progress {
  const over = new AbortController();
  const say = openVoice(front, ask);
  let waiting: Reply | null = null;
  let telling: Promise<void> | null = null;
  let standing: Posted | null = null;

  const tell = async (): Promise<void> => {
    for (let reply = waiting; reply !== null && !over.signal.aborted; reply = waiting) {
      waiting = null;
      try {
        standing = await say(reply, standing);
      } catch (error) {
        // the command goes on, and its answer says what became of it
        front.deps.log.warn({ err: error }, 'how far a command is could not be shown');
      }
      await pauseUnlessStopped(front.pause, EVERY_MS, over.signal);
    }
    telling = null;
  };

  return {
    async show(reply) {
      waiting = reply;
      telling ??= tell();
    },
    async end() {
      over.abort();
      await telling;
      return standing;
    },
  };
}

/** Says it anew, or in place of the message it became before; null where it is nothing that can be changed. */
function openVoice(front: Front, ask: Ask): (reply: Reply, standing: Posted | null) => Promise<Posted | null> {
  const { access, place } = ask;
  let isClosed = false;
  let isSaidAlone = false;

  const post = async (reply: Reply): Promise<Posted | null> => {
    const { channel, thread } = place;
    try {
      return await front.outbox.post(access, { channel, ...(thread === undefined ? {} : { thread }) }, renderReply(reply));
    } catch (error) {
      if (!isClosedChannel(error)) throw error;
      isClosed = true;
      return null;
    }
  };

  return async (reply, standing) => {
    if (standing) {
      await front.outbox.update(access, standing, renderReply(reply));
      return standing;
    }
    if (place.modal !== undefined) {
      await showInModal(front, ask, reply);
      return null;
    }
    const isForAll = reply.public === true && !reply.private;
    const posted = !isClosed && (isForAll || isInDirectMessages(place)) ? await post(reply) : null;
    if (posted || isSaidAlone) return posted;
    isSaidAlone = true;
    await sayPrivately(front, listenerOf(ask), place, reply);
    return null;
  };
}

/** The call of a command that may take long; its answer is given with the progress, which it ends. */
export function withProgress(front: Front, ask: Ask, call: Call): { ask: Ask; call: Call } {
  const progress = openProgress(front, ask);
  return { ask: { ...ask, progress }, call: { ...call, progress: progress.show } };
}
