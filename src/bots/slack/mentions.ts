// What is said to Crier in plain words: mentions in channels, and direct messages. "This" is the message whose thread it is said in.
import { z } from 'zod';
import type { Call } from '../command.ts';
import { fillFromMessage, type PlainWords, plainWordsHelp, readPlainWords } from '../plain-words.ts';
import { type Outcome, refuse } from '../run.ts';
import { refuseSecret } from '../secrets.ts';
import { answer } from './answer.ts';
import { readFiles } from './files.ts';
import { callOf, type Front, type Meeting, meetOnce, take } from './front.ts';
import { type SlackFile, SlackMessage, type SpokenTo } from './payloads.ts';
import { isDirect, looksAtPost, type Place } from './place.ts';
import { sayPrivately } from './privately.ts';
import { withProgress } from './progress.ts';
import { readSpoken } from './spoken.ts';

/** Messages a person has written now; all other subtypes tell of something that happened to a message or a channel. */
const WRITTEN = [undefined, 'file_share', 'thread_broadcast', 'bot_add'];

/** Begins what a mention or a direct message asks for. Messages of bots, and what was edited, are left alone. */
export function onSpokenTo(front: Front, teamId: string, eventId: string, said: SpokenTo): void {
  const userId = said.user;
  if (userId === undefined || said.bot_id !== undefined || said.edited !== undefined || !WRITTEN.includes(said.subtype)) return;
  const place = placeOf(said);
  const listener = { teamId, userId };

  const secret = refuseSecret(withoutMention(said.text), front.deps.platforms);

  const work = async (): Promise<void> => {
    const meeting = await meetOnce(front, { teamId, userId, key: `event/${eventId}` });
    if (!meeting) return;
    const ask = { ...meeting, way: 'mention' as const, place, triggerId: null };
    const long = withProgress(front, ask, callOf(front, meeting, place));
    const { outcome, files, looksOnly } = await hear(front, meeting, said, long.call);
    await answer(front, { ...long.ask, files, looksOnly }, outcome);
  };
  take(front, 'mention', listener, place, secret ? () => sayPrivately(front, listener, place, secret) : work);
}

/** In a channel the answers go into the thread; among two they follow each other, unless a thread was begun. */
function placeOf({ channel, ts, thread_ts }: SpokenTo): Place {
  const thread = isDirect(channel) ? thread_ts : (thread_ts ?? ts);
  return { channel, ...(thread === undefined ? {} : { thread }) };
}

/** Without the mention it begins with: `<@U0CRIER>: schedule ...`. */
const withoutMention = (text: string): string => text.replace(/^\s*<@[^>]+>[\s:,]*/, '').trim();

/** Without the first mention of Crier, wherever it stands: `Hey <@U0CRIER>, schedule ...`. */
const withoutName = (text: string, botUserId: string): string =>
  text.replace(new RegExp(`\\s*<@${botUserId}(?:\\|[^>]*)?>[\\s:,]*`), ' ').trim();

interface Heard {
  outcome: Outcome;
  files: string[];
  looksOnly: boolean;
}

async function hear(front: Front, meeting: Meeting, said: SpokenTo, call: Call): Promise<Heard> {
  const { access } = meeting;
  const spoken = await readSpoken(front, access, withoutName(said.text, access.botUserId));
  const words = readPlainWords(spoken, { platforms: front.deps.platforms, commands: front.commands.all });
  if (!words) return { outcome: { reply: plainWordsHelp(), refused: true, bug: false }, files: [], looksOnly: false };
  const meant = words.aboutMessage ? await findMeant(front, meeting, said) : null;
  if (words.aboutMessage && !meant) return { outcome: NO_MESSAGE, files: [], looksOnly: false };
  const files = [...said.files, ...(meant?.files ?? [])];
  const outcome = await runWords(front, meeting, call, words, meant, files);
  return { outcome, files: files.map(({ id }) => id), looksOnly: looksAtPost(words.line) };
}

async function runWords(
  front: Front,
  meeting: Meeting,
  plainCall: Call,
  words: PlainWords,
  meant: SlackMessage | null,
  files: readonly SlackFile[],
): Promise<Outcome> {
  const media = await readFiles(front, meeting.access, files);
  const call = media.length > 0 ? { ...plainCall, files: media } : plainCall;
  if (!meant) return front.commands.runLine(words.line, call);
  const filled = fillFromMessage(words, front.commands, await readSpoken(front, meeting.access, meant.text));
  return filled ? front.commands.run(filled.command, filled.args, call) : front.commands.runLine(words.line, call);
}

const NO_MESSAGE = refuse(
  'Which message do you mean? Say it in the thread of that message, or open its menu and choose "Schedule this message".',
);

const Replies = z.object({ messages: z.array(SlackMessage).default([]) });

/** The first message of the thread. https://docs.slack.dev/reference/methods/conversations.replies (checked 2026-11-22) */
async function findMeant({ call }: Front, { access }: Meeting, said: SpokenTo): Promise<SlackMessage | null> {
  const { thread_ts: ts, channel } = said;
  if (ts === undefined || ts === said.ts) return null;
  const answer = await call(() => access.client.conversations.replies({ channel, ts, limit: 1 }));
  return Replies.parse(answer).messages.find((message) => message.ts === ts) ?? null;
}
