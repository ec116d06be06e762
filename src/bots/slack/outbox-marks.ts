// The ids that messages carry in their metadata, and finding messages by them: what became of a try that was broken off, and where the
// further parts of a long message are. Needs the history scopes; without them nobody can say, and Slack's error is thrown.
import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

const EVENT_TYPE = 'crier_message';
/** As many as apps outside the Marketplace get at once, https://docs.slack.dev/reference/methods/conversations.history. */
const LOOK_AT = 15;
/** A try that was broken off was at most this long ago; clocks that disagree included. Seconds. */
const LOOK_BACK_SECONDS = 600;
/** What is said again with its key was said by a process that is gone since. Seconds. */
const LOOK_BACK_FOR_KEY_SECONDS = 3_600;

/** Free of anything that says what the message is about: metadata can be read by every app in the channel. */
const Payload = z.object({ id: z.string(), of: z.string().optional(), part: z.number().optional() });
type Payload = z.infer<typeof Payload>;

export interface Mark {
  metadata: { event_type: typeof EVENT_TYPE; event_payload: { id: string } | { id: string; of: string; part: number } };
}

export const markFirst = (id: string): Mark => ({ metadata: { event_type: EVENT_TYPE, event_payload: { id } } });

/** The same for the same key, which nobody can read from it. */
export const markKey = (key: string): Mark => markFirst(createHash('sha256').update(key).digest('hex').slice(0, 32));

/** @param of timestamp of the message it goes on from */
export const markPart = (id: string, of: string, part: number): Mark => ({
  metadata: { event_type: EVENT_TYPE, event_payload: { id, of, part } },
});

const Messages = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      thread_ts: z.string().optional(),
      metadata: z.object({ event_type: z.string(), event_payload: z.unknown() }).optional(),
    }),
  ),
});
type Found = { ts: string; thread: string | undefined; payload: Payload };

function marked(answer: unknown): Found[] {
  return Messages.parse(answer).messages.flatMap(({ ts, thread_ts, metadata }) => {
    const payload = metadata?.event_type === EVENT_TYPE ? Payload.safeParse(metadata.event_payload) : null;
    return payload?.success ? [{ ts, thread: thread_ts, payload: payload.data }] : [];
  });
}

/** The message with this mark; null where it is not there. @throws Slack's error where the channel cannot be read. */
export async function findPosted(
  client: WebClient,
  { channel, thread }: { channel: string; thread?: string },
  { metadata }: Mark,
  lookBackSeconds = LOOK_BACK_SECONDS,
): Promise<{ channel: string; ts: string } | null> {
  const conversation = await conversationOf(client, channel);
  const oldest = `${Math.floor(Date.now() / 1_000) - lookBackSeconds}`;
  const ask = { channel: conversation, include_all_metadata: true, limit: LOOK_AT };
  const answer = thread
    ? await client.conversations.replies({ ...ask, ts: thread, oldest })
    : await client.conversations.history(ask);
  const found = marked(answer).find(({ payload }) => payload.id === metadata.event_payload.id);
  return found ? { channel: conversation, ts: found.ts } : null;
}

/** The message that was posted with this key, among the newest there. @throws Slack's error where the channel cannot be read. */
export const findByKey = (client: WebClient, to: { channel: string; thread?: string }, key: string) =>
  findPosted(client, to, markKey(key), LOOK_BACK_FOR_KEY_SECONDS);

/** A person's id stands for the direct messages with them, which are read by an id of their own. */
async function conversationOf(client: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/.test(channel)) return channel;
  const opened = await client.conversations.open({ users: channel });
  return z.object({ channel: z.object({ id: z.string() }) }).parse(opened).channel.id;
}

/** The further parts of a long message, in their order. @throws Slack's error where the thread cannot be read. */
export async function findParts(
  client: WebClient,
  at: { channel: string; ts: string },
): Promise<{ ts: string; thread: string }[]> {
  const answer = await client.conversations.replies({
    channel: at.channel,
    ts: at.ts,
    include_all_metadata: true,
    limit: LOOK_AT,
  });
  return marked(answer)
    .filter(({ payload }) => payload.of === at.ts)
    .sort((a, b) => (a.payload.part ?? 0) - (b.payload.part ?? 0))
    .map(({ ts, thread }) => ({ ts, thread: thread ?? at.ts }));
}
