// Messages with pictures: Slack looks through a file for a moment before it shows it, and refuses a message that comes too early. What
// it goes on refusing is said in words. Which pictures there are is decided before (files-out.ts).
import type { Log } from '../../core/ports.ts';
import { inWords } from './blocks-picture.ts';
import { isPictureRefused } from './outbox-errors.ts';
import type { Patience } from './outbox-patience.ts';
import type { Message } from './render.ts';

/**
 * Milliseconds before each further try. Slack says that it takes "a few moments" and tells nobody when they are over:
 * https://github.com/slackapi/slack-github-action/issues/413 (checked 2026-11-23)
 */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

interface Options {
  log: Log;
  patience: Pick<Patience, 'pause' | 'signal'>;
}

/** What `send` throws, but for a picture that never comes to be shown. */
export async function withPictures<T>(
  { log, patience: { pause, signal } }: Options,
  message: Message,
  send: (message: Message) => Promise<T>,
): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await send(message);
    } catch (error) {
      if (!isPictureRefused(error)) throw error;
      if (!(await waited(pause(waitMs, signal), signal))) break;
    }
  }
  try {
    return await send(message);
  } catch (error) {
    if (!isPictureRefused(error)) throw error;
    log.warn({ err: error }, 'Slack does not show a picture, which is said in words');
    return send({ ...message, blocks: inWords(message.blocks) });
  }
}

/** False where Crier stops, and nothing is waited for any more. */
async function waited(pause: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  try {
    await pause;
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}
