// Says something in a channel, or under the card of a post, that nobody asked for just now: a digest, figures. News is tell.ts' matter.
import { type REST, RESTJSONErrorCodes } from 'discord.js';
import type { ChatPlace, Log } from '../../core/ports.ts';
import { filesOf, type Reply } from '../reply.ts';
import type { Said } from '../saying-chat.ts';
import { cutText } from '../shown-text.ts';
import { permissionNames } from './connection.ts';
import { isHopeless, isUnreachable, readFailure } from './failures.ts';
import { discordCodeOf, isClosedChannel } from './refusals.ts';
import { postAllReadably } from './say-readably.ts';
import type { To } from './sending.ts';
import { readMessage } from './spot.ts';
import { renderFor } from './stamp.ts';
import { NAME_LENGTH, sayUnder } from './tell-thread.ts';

interface SayInOptions {
  rest: REST;
  log: Log;
}

/** What Discord takes in no form is logged, and counts as said. @throws CrierError where Discord cannot be reached, or wants patience. */
export async function sayIn(options: SayInOptions, place: ChatPlace, reply: Reply, key: string): Promise<Said> {
  const { log } = options;
  try {
    return await sayWithOrWithoutFiles(options, place, reply, key);
  } catch (error) {
    if (!isHopeless(error)) throw readFailure(error);
    log.error({ err: error, channel: place.channel, key }, 'Discord takes what was to be said in a channel in no form');
    return 'said';
  }
}

/** Servers that let Crier in long ago may not let it attach files. */
async function sayWithOrWithoutFiles(options: SayInOptions, place: ChatPlace, reply: Reply, key: string): Promise<Said> {
  try {
    await sayThere(options, place, reply, key);
    return 'said';
  } catch (error) {
    if (discordCodeOf(error) === RESTJSONErrorCodes.MissingPermissions && filesOf(reply).length > 0)
      return sayWithOrWithoutFiles(options, place, withoutFiles(reply), `${key}/without files`);
    if (isClosedChannel(error) || isUnreachable(error)) return 'closed';
    throw error;
  }
}

async function sayThere({ rest, log }: SayInOptions, place: ChatPlace, reply: Reply, key: string): Promise<void> {
  const { teamId, channel, post } = place;
  const messages = renderFor(teamId, reply);
  const say = (to: To): Promise<void> => postAllReadably({ rest, log }, to, messages, key);
  if (post === null) return say({ channel });
  const [message] = readMessage(post.message);
  await sayUnder(rest, { channel, message, name: cutText(post.name, NAME_LENGTH) }, say);
}

function withoutFiles({ files: _, sections = [], notes = [], ...reply }: Reply): Reply {
  return {
    ...reply,
    sections: sections.map(({ picture: _picture, ...section }) => section),
    notes: [...notes, WITHOUT_FILES],
  };
}

const WITHOUT_FILES = `A picture belongs here, and Discord does not let me attach files in this channel. Whoever manages the server can allow it: I need ${permissionNames(['AttachFiles']).join()}.`;
