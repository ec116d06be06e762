// Says something for one person's eyes, by whatever way is open: the answer to their command or press, a message in the channel that
// only they see, or a direct message.
import type { Reply } from '../reply.ts';
import type { Front } from './front.ts';
import { isClosedChannel, isSpentUrl, type Message } from './outbox.ts';
import { isDirect, isPerson, type Place } from './place.ts';
import { renderReply } from './render.ts';
import type { TeamAccess } from './teams.ts';

/** What saying something takes. */
type Ways = Pick<Front, 'teams' | 'outbox'>;

/** Whom, and in which team: its access is asked for only where it is needed, so that a failing store can still be told of. */
export interface Listener {
  teamId: string;
  userId: string;
}

/**
 * @param adapt changes the messages before they are sent
 * @throws CrierError where every way is closed, or Slack cannot be reached.
 */
export async function sayPrivately(
  front: Ways,
  to: Listener,
  place: Place,
  reply: Reply,
  adapt: (messages: Message[]) => Message[] = (messages) => messages,
): Promise<void> {
  const messages = adapt(renderReply(reply));
  const left = place.responseUrl === undefined ? messages : await respond(front, place.responseUrl, messages);
  await sayWithToken(front, to, place, left);
}

async function sayWithToken(front: Ways, to: Listener, place: Place, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const access = await front.teams.access(to.teamId);
  if (isPerson(place.channel)) await sayDirectly(front, access, to.userId, messages);
  else await whisper(front, access, to.userId, place, messages);
}

/** In place of the message that they alone see, and whose button they pressed; as a new one where that is out of reach by now. */
export async function replacePrivately(front: Ways, to: Listener, place: Place, reply: Reply): Promise<void> {
  const messages = renderReply(reply);
  const { responseUrl } = place;
  const left = responseUrl === undefined ? messages : await respond(front, responseUrl, messages, { replaceOriginal: true });
  await sayWithToken(front, to, place, left);
}

/** The messages that are left where the URL is spent: Slack takes five through each. */
async function respond(
  { outbox }: Ways,
  responseUrl: string,
  messages: readonly Message[],
  how: { replaceOriginal?: boolean } = {},
): Promise<readonly Message[]> {
  for (const [index, message] of messages.entries()) {
    try {
      await outbox.respond(responseUrl, [message], index === 0 ? how : {});
    } catch (error) {
      if (!isSpentUrl(error)) throw error;
      return messages.slice(index);
    }
  }
  return [];
}

const sayDirectly = ({ outbox }: Ways, access: TeamAccess, userId: string, messages: readonly Message[]) =>
  outbox.post(access, { channel: userId }, messages);

async function whisper(
  front: Ways,
  access: TeamAccess,
  userId: string,
  place: Place,
  messages: readonly Message[],
): Promise<void> {
  const { channel } = place;
  const thread = place.thread === undefined ? {} : { thread: place.thread };
  try {
    // in direct messages nobody else reads along, and what only one sees there is gone with the next reload
    if (isDirect(channel)) await front.outbox.post(access, { channel, ...thread }, messages);
    else await front.outbox.whisper(access, { channel, userId, ...thread }, messages);
  } catch (error) {
    if (!isClosedChannel(error)) throw error;
    await sayDirectly(front, access, userId, messages);
  }
}
