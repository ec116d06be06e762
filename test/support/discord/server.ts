// A Discord to test against: API v10 over HTTP and the gateway over WebSocket, on loopback, for the real discord.js.
//
//   const discord = await openDiscordServer({ clock });
//   const client = new Client({ intents, rest: { api: discord.apiUrl } });   // version 10 is discord.js's own default
//   await client.login(discord.token);
//   const asked = await discord.as(ANN).slash('schedule', { when: 'tomorrow 9am' });
//   const card = await asked.reply();
//   await discord.as(BOB).press(card, 'Publish now');
//
// Server A and B hold #social, #random, #board (hidden from the bot) and #news (the bot may not write); Ann owns both, Bob is in both.
// What a person could not do in Discord (a command that is not registered, a button that is not there) fails in `as(...)` with a sentence.
// Deadlines (3 seconds, 15 minutes, file addresses) follow the clock handed in; rate limit windows follow the real one.
import { createServer } from 'node:http';
import type { Clock } from '../../../src/core/clock.ts';
import { openChanges } from './changes.ts';
import type { RegisteredCommand } from './commands.ts';
import type { Gateway } from './gateway.ts';
import { openHouse } from './house.ts';
import { type Call, listenerFor } from './http.ts';
import { type Fault, openLimits, type Throttle } from './limits.ts';
import type { Message } from './message-shape.ts';
import { type As, personKit } from './people.ts';
import { BOT, ELSEWHERE, GUILD_A, GUILD_B, type Person, type Place } from './places.ts';
import { aboutRoutes, type GatewayAnswer } from './routes/about.ts';
import { changeThread, channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { wireGuildCreate } from './wire.ts';

export interface DiscordServerOptions {
  clock?: Clock;
  /** How many shards GET /gateway/bot recommends. */
  shards?: number;
  heartbeatIntervalMs?: number;
  /** Privileged intents switched on in the portal. */
  allowedIntents?: number;
  /** Sessions that may still be started. */
  sessionsLeft?: number;
  maxConcurrency?: number;
}

export interface DiscordServer {
  /** For `rest.api`, without the version. */
  apiUrl: string;
  url: string;
  token: string;
  applicationId: string;
  gateway: Gateway;
  /** What this person does, in #social of server A unless told otherwise. */
  as: (person: Person) => As;
  /** Requests so far; of one route, such as `POST /channels/:channel/messages`. */
  calls: (route?: string) => Call[];
  /** The first request of that route that fits, now or later. */
  waitFor: (route: string, fits?: (call: Call) => boolean) => Promise<Call>;
  /** Awaits whatever a test looks for; `look` is asked anew after every change. */
  until: <T>(look: () => T | undefined, what: string) => Promise<T>;
  /** What everyone in a channel or thread sees, oldest first. */
  messages: (channelId: string) => Message[];
  /** What only some person sees there. */
  whispers: (channelId: string, person?: Person) => Message[];
  /** The messages of the thread under a message. */
  thread: (messageId: string) => Message[];
  /** What was said in the DM of a person and the bot. */
  dms: (person: Person) => Message[];
  commandsOf: (guildId: string | null) => RegisteredCommand[];
  throttle: (route: string, throttle: Throttle) => void;
  failNext: (route: string, ...faults: Fault[]) => void;
  /** Adds the bot to a further server, or to one that removed it. */
  addGuild: (place: Place) => void;
  /** Removes the bot from a server. */
  removeGuild: (guildId: string) => void;
  closeDms: (person: Person) => void;
  archiveThread: (threadId: string, options?: { locked?: boolean }) => void;
  deleteMessage: (messageId: string) => void;
  /** Gives the bot another token, as resetting it in the portal does. */
  resetToken: (token: string) => void;
  /** Failures of this server itself; a test may assert there are none. */
  troubles: unknown[];
  close: () => Promise<void>;
}

const realClock: Clock = { now: () => Temporal.Now.instant() };

export async function openDiscordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const {
    clock = realClock,
    shards = 1,
    heartbeatIntervalMs = 41_250,
    allowedIntents = 0,
    sessionsLeft = 1_000,
    maxConcurrency = 16,
  } = options;
  const calls: Call[] = [];
  const troubles: unknown[] = [];
  let token = BOT.token;
  let url = '';
  const changes = openChanges(() => describe(calls, troubles));
  const address = { baseUrl: () => url, socketUrl: (path: string) => `${url.replace('http', 'ws')}${path}` };
  const house = openHouse({ clock, changes, token: () => token, ...address, heartbeatIntervalMs, allowedIntents });
  const { world, files, messages, commands, gateway, nextId } = house;
  for (const place of [GUILD_A, GUILD_B]) world.addGuild(place);
  world.addGuild(ELSEWHERE, { withBot: false });
  const limits = openLimits();
  const gatewayAnswer = (): GatewayAnswer => {
    const remaining = Math.max(0, sessionsLeft - gateway.started());
    const session_start_limit = { total: 1_000, remaining, reset_after: 14_400_000, max_concurrency: maxConcurrency };
    return { url: address.socketUrl('/gateway'), shards, session_start_limit };
  };
  const routes = {
    ...aboutRoutes(house, gatewayAnswer),
    ...commandRoutes(house),
    ...channelRoutes(house),
    ...interactionRoutes(house),
  };
  const server = createServer(listenerFor({ routes, files, limits, calls, changes, clock, token: () => token, troubles }));
  server.on('upgrade', gateway.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  url = `http://127.0.0.1:${bound.port}`;

  const seen = (channelId: string): Message[] => messages.all(channelId).filter((each) => each.seenBy === null);
  return {
    apiUrl: `${url}/api`,
    url,
    get token() {
      return token;
    },
    applicationId: BOT.id,
    gateway,
    as: (person) => personKit(house, person),
    calls: (route) => (route === undefined ? [...calls] : calls.filter((call) => call.route === route)),
    waitFor: (route, fits = () => true) =>
      changes.until(() => calls.find((call) => call.route === route && fits(call)), `a request ${route}`),
    until: changes.until,
    messages: seen,
    whispers: (channelId, person) =>
      messages.all(channelId).filter((each) => (person ? each.seenBy === person.id : each.seenBy !== null)),
    thread: seen,
    dms: (person) => seen(world.dmWith(person.id, nextId).id),
    commandsOf: commands.of,
    throttle: limits.throttle,
    failNext: limits.failNext,
    addGuild: (place) => {
      const guild = world.addGuild(place);
      gateway.dispatch('GUILD_CREATE', wireGuildCreate(world, guild, false), guild.id);
    },
    removeGuild: (guildId) => {
      world.guild(guildId).members.delete(BOT.id);
      gateway.dispatch('GUILD_DELETE', { id: guildId }, guildId);
    },
    closeDms: (person) => {
      world.user(person.id).dmsOpen = false;
    },
    archiveThread: (threadId, { locked = false } = {}) =>
      void changeThread(house, world.channel(threadId), { archived: true, locked }),
    deleteMessage: messages.remove,
    resetToken: (fresh) => {
      token = fresh;
      gateway.drop({ code: 4004 });
    },
    troubles,
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function describe(calls: readonly Call[], troubles: readonly unknown[]): string {
  const last = calls
    .slice(-10)
    .map((call) => `  ${call.status} ${call.route} ${call.status >= 400 ? JSON.stringify(call.answer) : ''}`);
  return [`The last requests:`, ...last, ...troubles.map((trouble) => `  trouble: ${String(trouble)}`)].join('\n');
}
