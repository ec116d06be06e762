// Channels, their messages and the threads under them.
import * as z from 'zod';
import { MessageBody, readBody } from '../bodies.ts';
import type { House } from '../house.ts';
import { type Asked, done, ok, type Routes } from '../http.ts';
import type { Message } from '../message-shape.ts';
import { BOT } from '../places.ts';
import { refusals } from '../refusals.ts';
import { type WireChannel, wireChannel } from '../wire.ts';
import { type Channel, channelOf } from '../world.ts';
import { channelFor } from './allowed.ts';

const ThreadBody = z.looseObject({ name: z.string().min(1).max(100), type: z.number().int().optional() });
const ThreadChange = z.looseObject({
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  name: z.string().optional(),
});

export function channelRoutes(house: House): Routes {
  const { messages, world } = house;
  return {
    'GET /channels/:channel': ({ param }) => ok(wireChannel(world, channelFor(house, param('channel')))),
    'PATCH /channels/:channel': ({ param, body }) => {
      const channel = channelFor(house, param('channel'), { write: true });
      return ok(changeThread(house, channel, readBody(ThreadChange, body)));
    },
    'POST /channels/:channel/typing': ({ param }) => {
      channelFor(house, param('channel'), { write: true });
      return done;
    },
    'GET /channels/:channel/messages': ({ param, query }) => {
      const channel = channelFor(house, param('channel'));
      const shown = messages.all(channel.id).filter((each) => each.seenBy === null);
      return ok(shown.reverse().slice(0, Number(query.get('limit') ?? 50)));
    },
    'POST /channels/:channel/messages': async ({ param, body, files }) => {
      const channel = channelFor(house, param('channel'), { write: true, attach: files.length > 0 });
      return ok(await messages.create({ channel, authorId: BOT.id, body: readBody(MessageBody, body), uploads: files }));
    },
    'GET /channels/:channel/messages/:message': (asked) => ok(messageFor(house, asked)),
    'PATCH /channels/:channel/messages/:message': async (asked) => {
      const message = messageFor(house, asked, true);
      return ok(await messages.edit(message.id, { body: readBody(MessageBody, asked.body), uploads: asked.files }));
    },
    'DELETE /channels/:channel/messages/:message': (asked) => {
      messages.remove(messageFor(house, asked, true).id);
      return done;
    },
    'POST /channels/:channel/messages/:message/threads': (asked) => {
      const parent = parentFor(house, asked.param('channel'));
      const message = messages.find(parent.id, asked.param('message'));
      if (world.channels.has(message.id)) throw refusals.threadExists();
      return { status: 201, body: openThread(house, parent, message.id, readBody(ThreadBody, asked.body).name) };
    },
    'POST /channels/:channel/threads': ({ param, body }) => {
      const parent = parentFor(house, param('channel'));
      return { status: 201, body: openThread(house, parent, house.nextId(), readBody(ThreadBody, body).name) };
    },
    'PUT /channels/:channel/thread-members/@me': ({ param }) => {
      channelFor(house, param('channel'));
      return done;
    },
  };
}

function messageFor(house: House, { param }: Asked, own = false): Message {
  const message = house.messages.find(channelFor(house, param('channel')).id, param('message'));
  if (own && message.author.id !== BOT.id) throw refusals.notYourMessage();
  return message;
}

/** Threads begin in the channels of a server only. */
function parentFor(house: House, channelId: string): Channel {
  const parent = channelFor(house, channelId, { thread: true });
  if (parent.kind !== 'text') throw refusals.wrongChannelType();
  return parent;
}

/** A thread that starts at a message carries that message's id. */
function openThread(house: House, parent: Channel, id: string, name: string): WireChannel {
  const madeAt = house.clock.now().toString();
  const thread = channelOf({ id, kind: 'thread', guildId: parent.guildId, name, parentId: parent.id, ownerId: BOT.id, madeAt });
  house.world.channels.set(id, thread);
  const shown = wireChannel(house.world, thread);
  const member = { id, user_id: BOT.id, join_timestamp: madeAt, flags: 0 };
  house.gateway.dispatch('THREAD_CREATE', { ...shown, newly_created: true, member }, parent.guildId);
  return { ...shown, member };
}

/** Archives, locks or renames a thread, and says so. */
export function changeThread(
  house: House,
  channel: Channel,
  change: { archived?: boolean | undefined; locked?: boolean | undefined; name?: string | undefined },
): WireChannel {
  channel.archived = change.archived ?? channel.archived;
  channel.locked = change.locked ?? channel.locked;
  channel.name = change.name ?? channel.name;
  const shown = wireChannel(house.world, channel);
  house.gateway.dispatch('THREAD_UPDATE', shown, channel.guildId);
  return shown;
}
