// News of posts before the test Discord: posts made by the commands, kept in a real database, and told. The newsroom is a test file's,
// the Discord each test's own.
import { expect } from 'vitest';
import { commands } from '../../../src/bots/commands/index.ts';
import { openClient } from '../../../src/bots/discord/client.ts';
import { renderReply } from '../../../src/bots/discord/render.ts';
import { postAll } from '../../../src/bots/discord/sending.ts';
import { writeMessage } from '../../../src/bots/discord/spot.ts';
import { openTell, type Telling } from '../../../src/bots/discord/tell.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { newsCard } from '../../../src/bots/news-card.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import { openCommands } from '../../../src/bots/run.ts';
import type { Origin, PostDetails } from '../../../src/core/post.ts';
import type { Settlement } from '../../../src/core/store.ts';
import { tellNews } from '../../../src/core/usecases/tell-news.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { type Newsroom, openNewsroom, PASSWORD } from '../../core/usecases/newsroom.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { ANN, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { openWaits, type Waits } from '../../support/waits.ts';

export const POST = 'POST /channels/:channel/messages';
export const THREAD = 'POST /channels/:channel/messages/:message/threads';
export const CHANGE = 'PATCH /channels/:channel/messages/:message';

export const CARD: Reply = { tone: 'plain', title: 'The card' };

export const everythingIn = (message: Message | undefined): string => JSON.stringify(message?.components);

/** What one test has to itself: a Discord, Crier's client there, and what tells. */
interface Fresh {
  discord: DiscordServer;
  client: ReturnType<typeof openClient>;
  log: KeptLog;
  waits: Waits;
  telling: Telling;
}

export interface TellDesk extends Fresh {
  newsroom: Newsroom;
  /** Schedules a post for in five minutes from that channel. */
  schedule: (channel: string, to?: string, text?: string) => Promise<PostDetails>;
  /** Posts a card of it, as the command would. Its id. */
  postCard: (details: PostDetails, card?: Reply) => Promise<string>;
  /** A card that an interaction left where Crier itself may not write. */
  leaveCard: (details: PostDetails, channel: string) => Promise<void>;
  /** What is due goes out, or does not. */
  settle: (how: Partial<Settlement>) => Promise<void>;
  tellAll: () => Promise<void>;
  /** Tells what waits, and has the cards refreshed. */
  tellAndRefresh: () => Promise<void>;
  hasNews: () => Promise<boolean>;
  laterNews: () => void;
  originOf: (details: PostDetails) => Promise<Origin | undefined>;
  /** Closes the test's Discord, which must have found nothing wrong with any request. */
  close: () => Promise<void>;
}

/** A newsroom in server A with an account on each network, for `beforeAll`. What it returns opens a desk there, for `beforeEach`. */
export async function openTellDesks(): Promise<() => Promise<TellDesk>> {
  const newsroom = await openNewsroom({ connect: false });
  const team = { teamId: GUILD_A.id, teamName: GUILD_A.name, userId: ANN.id, userName: ANN.globalName };
  const actor = await newsroom.enter({ chat: 'discord', ...team });
  for (const platform of ['bluesky', 'mastodon']) {
    const about = { platform, handle: '@acme', service: `https://${platform}.example`, remoteId: '@acme' };
    const account = { ...about, announcedLimits: null, expiresAt: null, credentials: { password: PASSWORD } };
    await newsroom.store.accounts.connect(actor, account);
  }
  return async () => deskIn(newsroom, actor, await openFresh(newsroom));
}

async function openFresh({ clock, deps, store }: Newsroom): Promise<Fresh> {
  const discord = await openDiscordServer({ clock });
  const log = keptLog();
  const waits = openWaits();
  const client = openClient({ token: discord.token, apiUrl: discord.apiUrl, developmentGuildId: null, shards: 'auto' }, log);
  const telling = openTell({
    rest: client.rest,
    store,
    renderNews: (piece) => renderNews(piece, deps.platforms),
    newsCard: (piece) => newsCard(deps, piece),
    log,
    pause: waits.pause,
  });
  return { discord, client, log, waits, telling };
}

function deskIn(newsroom: Newsroom, actor: Actor, fresh: Fresh): TellDesk {
  const { discord, client, log, telling } = fresh;
  const { clock, deps, store } = newsroom;
  const tellAll = (): Promise<void> => tellNews({ ...deps, log }, [{ name: 'discord', tell: telling.tell }]);
  return {
    ...fresh,
    newsroom,
    schedule: (channel, to = 'bluesky', text = 'Hello') => schedule(newsroom, actor, channel, `${to}: ${text}`),
    postCard: async ({ post }, card = CARD) => {
      const spot = await postAll(client.rest, { channel: post.origin.channel }, renderReply(card));
      await store.posts.setOrigin(post.id, { channel: spot.channel, message: writeMessage(spot) });
      return spot.messages[0];
    },
    leaveCard: async ({ post }, channel) => {
      const left = await discord.as(ANN).at(GUILD_A, channel).say('stands for the card');
      await store.posts.setOrigin(post.id, { channel, message: left.id });
    },
    settle: (how) => settle(newsroom, how),
    tellAll,
    tellAndRefresh: async () => {
      await tellAll();
      await telling.drain();
    },
    hasNews: () => store.queue.hasNews(['discord']),
    laterNews: () => clock.forward({ minutes: 2 }),
    originOf: async ({ post }) => (await store.posts.find(post.workspaceId, post.number))?.post.origin,
    close: async () => {
      await client.destroy();
      await discord.close();
      expect(discord.troubles).toEqual([]);
    },
  };
}

async function schedule({ deps, store }: Newsroom, actor: Actor, channel: string, what: string): Promise<PostDetails> {
  const origin = { chat: 'discord', channel, message: null } as const;
  await openCommands(commands).runLine(`/schedule in 5 minutes to ${what}`, { actor, deps, origin });
  const { items } = await store.posts.list(actor.workspace.id, { kind: 'recent' }, { offset: 0, limit: 1 });
  const [details] = items;
  if (!details) throw new Error('nothing was scheduled');
  return details;
}

async function settle({ clock, store }: Newsroom, how: Partial<Settlement>): Promise<void> {
  clock.forward({ minutes: 6 });
  const now = clock.now();
  const request = { now, leaseUntil: now.add({ minutes: 5 }), limit: 100, perAccount: 100, busyAccountIds: [] };
  const unsaid = { outcome: 'not-applied', state: 'failed', published: null, holdReason: null, dueAt: null } as const;
  for (const claim of await store.queue.claimDue(request)) {
    const rest = { countsAsTry: true, errorKind: null, errorMessage: null, tell: true };
    await store.queue.settle(claim, { ...unsaid, ...rest, ...how }, now);
  }
}
