// Says something to one person that is no news of a post: by a direct message, since no interaction is open for it.
import type { REST } from 'discord.js';
import type { Whom } from '../connect-news.ts';
import type { Reply } from '../reply.ts';
import { directChannel, postAll } from './sending.ts';
import { renderFor } from './stamp.ts';

/** @throws DiscordAPIError: see failures.ts; `isUnreachable` where they take no direct messages. */
export async function sayDirectly(rest: REST, { teamId, userId }: Pick<Whom, 'teamId' | 'userId'>, reply: Reply): Promise<void> {
  await postAll(rest, { channel: await directChannel(rest, userId) }, renderFor(teamId, reply));
}
