// Registering application commands, everywhere and per server.
import type { House } from '../house.ts';
import { type Asked, done, type Handler, ok, type Routes } from '../http.ts';
import { BOT } from '../places.ts';
import { refusals } from '../refusals.ts';
import { guildFor } from './allowed.ts';

export function commandRoutes(house: House): Routes {
  const { commands } = house;
  const scoped =
    (act: (scope: string | null, asked: Asked) => ReturnType<Handler>): Handler =>
    (asked) => {
      if (asked.param('application') !== BOT.id) throw refusals.unknownApplication();
      const guildId = asked.param('guild');
      return act(guildId === '' ? null : guildFor(house, guildId).id, asked);
    };
  const under = (path: string): Routes => ({
    [`GET ${path}`]: scoped((scope) => ok(commands.of(scope))),
    [`PUT ${path}`]: scoped((scope, { body }) => ok(commands.overwrite(scope, body))),
    [`POST ${path}`]: scoped((scope, { body }) => ({ status: 201, body: commands.upsert(scope, body) })),
    [`DELETE ${path}/:command`]: scoped((scope, { param }) => {
      commands.remove(scope, param('command'));
      return done;
    }),
  });
  return { ...under('/applications/:application/commands'), ...under('/applications/:application/guilds/:guild/commands') };
}
