// Who the bot is, where the gateway is, and what it may read of servers and people.
import * as z from 'zod';
import { readBody } from '../bodies.ts';
import type { House } from '../house.ts';
import { ok, type Routes } from '../http.ts';
import { APPLICATION_FLAGS, BOT } from '../places.ts';
import { refusals } from '../refusals.ts';
import { wireChannel, wireGuild, wireMember, wireRole, wireUser } from '../wire.ts';
import { guildFor } from './allowed.ts';

const Recipient = z.object({ recipient_id: z.string() });

export interface GatewayAnswer {
  url: string;
  shards: number;
  session_start_limit: { total: number; remaining: number; reset_after: number; max_concurrency: number };
}

const application = {
  id: BOT.id,
  name: BOT.username,
  icon: null,
  description: '',
  flags: APPLICATION_FLAGS,
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  team: null,
};

export function aboutRoutes(house: House, gateway: () => GatewayAnswer): Routes {
  const { world, nextId } = house;
  const channels = (guildId: string): object[] =>
    [...world.channels.values()]
      .filter((channel) => channel.guildId === guildId && channel.kind === 'text')
      .map((channel) => wireChannel(world, channel));
  const me = (): object => application;
  return {
    'GET /gateway': () => ok({ url: gateway().url }),
    'GET /gateway/bot': () => ok(gateway()),
    'GET /applications/@me': () => ok(me()),
    'GET /oauth2/applications/@me': () => ok(me()),
    'GET /users/@me': () => ok(wireUser(world.user(BOT.id))),
    'GET /users/@me/guilds': () =>
      ok([...world.guilds.values()].filter((guild) => guild.members.has(BOT.id)).map(({ id, name }) => ({ id, name }))),
    'POST /users/@me/channels': ({ body }) => {
      const user = world.user(readBody(Recipient, body).recipient_id);
      return ok(wireChannel(world, world.dmWith(user.id, nextId)));
    },
    'GET /users/:user': ({ param }) => ok(wireUser(world.user(param('user')))),
    'GET /guilds/:guild': ({ param }) => ok(wireGuild(guildFor(house, param('guild')))),
    'GET /guilds/:guild/channels': ({ param }) => ok(channels(guildFor(house, param('guild')).id)),
    'GET /guilds/:guild/roles': ({ param }) => ok([...guildFor(house, param('guild')).roles.values()].map(wireRole)),
    'GET /guilds/:guild/members/:user': ({ param }) => {
      const member = guildFor(house, param('guild')).members.get(world.user(param('user')).id);
      if (!member) throw refusals.unknownMember();
      return ok(wireMember(world, member));
    },
  };
}
