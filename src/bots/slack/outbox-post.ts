// Posting, changing and whispering messages with one team's token, a call at a time; turns and queues are outbox.ts' matter.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../../core/ports.ts';
import { areBlocksRefused, isPictureRefused } from './outbox-errors.ts';
import { findParts, findPosted, type Mark, markFirst, markKey, markPart } from './outbox-marks.ts';
import { type Patience, sendPatiently } from './outbox-patience.ts';
import { withPictures } from './outbox-pictures.ts';
import type { Message } from './render.ts';
import type { TeamAccess } from './teams.ts';

/** Where a message stands: its channel, and its timestamp, which is its id there. */
const Posted = z.object({ channel: z.string(), ts: z.string() });
export type Posted = z.infer<typeof Posted>;

interface Target {
  channel: string;
  thread?: string;
}

export interface Poster {
  post: (access: TeamAccess, to: Target, messages: readonly Message[], key?: string) => Promise<Posted>;
  update: (access: TeamAccess, at: Posted, messages: readonly Message[]) => Promise<void>;
  whisper: (access: TeamAccess, to: Target & { userId: string }, messages: readonly Message[]) => Promise<void>;
}

interface PosterOptions {
  log: Log;
  patience: Patience;
  patienceForRest: Patience;
}

/** Links in a card are for reading; what they lead to would bury it. */
const QUIET = { unfurl_links: false, unfurl_media: false };

export function makePoster({ log, patience, patienceForRest }: PosterOptions): Poster {
  /**
   * chat.postMessage has no idempotency key among its arguments, so each message carries an
   * id in its metadata, and after a try that may have been applied the channel is asked for it before anything is sent again.
   * https://docs.slack.dev/reference/methods/chat.postMessage (checked 2026-11-22), https://docs.slack.dev/messaging/message-metadata
   */
  const postOne = ({ client }: TeamAccess, to: Target, message: Message, mark: Mark, patience: Patience): Promise<Posted> => {
    const thread = to.thread === undefined ? {} : { thread_ts: to.thread };
    const send = (content: Message): Promise<Posted> =>
      sendPatiently(
        patience,
        async () =>
          Posted.parse(await client.chat.postMessage({ channel: to.channel, ...content, ...thread, ...QUIET, ...mark })),
        () => sendPatiently(patience, () => findPosted(client, to, mark)),
      );
    return withPictures({ log, patience }, message, (content) => readably(log, content, send));
  };

  const postRest = async (access: TeamAccess, place: Posted, thread: string, rest: readonly Message[], from: number) => {
    for (const [index, message] of rest.entries()) {
      const mark = markPart(randomUUID(), place.ts, from + index);
      try {
        await postOne(access, { channel: place.channel, thread }, message, mark, patienceForRest);
      } catch (error) {
        log.warn({ err: error, ...place, part: from + index }, 'the rest of a long message could not be posted');
        return;
      }
    }
  };

  const updateOne = ({ client }: TeamAccess, { channel, ts }: Posted, message: Message): Promise<unknown> =>
    withPictures({ log, patience }, message, (shown) =>
      readably(log, shown, (content) => sendPatiently(patience, () => client.chat.update({ channel, ts, ...content }))),
    );

  const updateRest = async (access: TeamAccess, at: Posted, rest: readonly Message[]) => {
    const parts = await sendPatiently(patience, () => findParts(access.client, at));
    for (const [index, message] of rest.entries()) {
      const part = parts[index];
      if (part) await updateOne(access, { channel: at.channel, ts: part.ts }, message);
    }
    await postRest(access, at, parts[0]?.thread ?? at.ts, rest.slice(parts.length), parts.length);
  };

  return {
    async post(access, to, [first, ...rest], key) {
      if (!first) throw new Error('there is no message to be posted');
      const mark = key === undefined ? markFirst(randomUUID()) : markKey(key);
      const place = await postOne(access, to, first, mark, patience);
      await postRest(access, place, to.thread ?? place.ts, rest, 0);
      return place;
    },
    async update(access, at, [first, ...rest]) {
      if (!first) throw new Error('there is no message to be shown instead');
      await updateOne(access, at, first);
      if (rest.length === 0) return;
      try {
        await updateRest(access, at, rest);
      } catch (error) {
        log.warn({ err: error, ...at }, 'the rest of a long message could not be refreshed');
      }
    },
    async whisper({ client }, { channel, userId, thread }, messages) {
      const place = { channel, user: userId, ...(thread === undefined ? {} : { thread_ts: thread }) };
      for (const message of messages) {
        // nobody else sees it: twice does less harm than not at all
        await readably(log, message, (content) =>
          sendPatiently(patience, () => client.chat.postEphemeral({ ...place, ...content })),
        );
      }
    },
  };
}

/** Blocks that Slack refuses are a mistake of ours; the person gets the words at least. */
async function readably<T>(log: Log, message: Message, send: (content: Message) => Promise<T>): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    if (!areBlocksRefused(error) || isPictureRefused(error)) throw error;
    log.error({ err: error, blocks: message.blocks }, 'Slack refused the blocks of a message, which goes as plain text');
    return send({ text: message.text, blocks: [] });
  }
}
