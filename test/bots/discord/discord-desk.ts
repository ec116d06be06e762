// A whole Crier in Discord for tests: the real discord.js client on the test Discord, with the commands, a real database, and the
// networks of the newsroom. Both servers have Crier, and an account on each network.
import { Events } from 'discord.js';
import sharp from 'sharp';
import type { Command } from '../../../src/bots/command.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { type DiscordAppOptions, openDiscordApp } from '../../../src/bots/discord/app.ts';
import { openClient } from '../../../src/bots/discord/client.ts';
import { registerCommands } from '../../../src/bots/discord/register.ts';
import { openTell } from '../../../src/bots/discord/tell.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { newsCard } from '../../../src/bots/news-card.ts';
import { openCommands } from '../../../src/bots/run.ts';
import type { Deps } from '../../../src/core/ports.ts';
import type { PostDetails } from '../../../src/core/post.ts';
import type { Settlement } from '../../../src/core/store.ts';
import { tellNews } from '../../../src/core/usecases/tell-news.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { openHttp } from '../../../src/platforms/http.ts';
import { openMediaFetcher } from '../../../src/platforms/media-fetcher.ts';
import { type Newsroom, openNewsroom, PASSWORD } from '../../core/usecases/newsroom.ts';
import type { Component } from '../../support/discord/bodies.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import type { As } from '../../support/discord/people.ts';
import { ANN, BOB, GUILD_A, GUILD_B, type Person, type Place } from '../../support/discord/places.ts';
import type { Sent } from '../../support/discord/sent.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { componentsIn } from './component-rules.ts';

const TABLES = 'workspace, installation, seen_event, media';

export interface DiscordDesk {
  discord: DiscordServer;
  newsroom: Newsroom;
  log: KeptLog;
  /** In #social of server A: Ann, who owns it, and Bob, a plain member. */
  ann: As;
  bob: As;
  /** Somebody of a server, as the database has them. */
  enter: (place: Place, person?: Person) => Promise<Actor>;
  /** Posts of a server, the newest first. */
  posts: (place?: Place) => Promise<PostDetails[]>;
  /** Whatever is due has this outcome, and its threads are told. */
  settle: (how: Partial<Settlement>) => Promise<void>;
  /** Resolves when all that was taken is done. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

export interface DiscordDeskOptions extends Partial<Pick<DiscordAppOptions, 'patienceMs' | 'pause'>> {
  /** Parts in the place of the real ones: a store that does not answer. */
  adapt?: (deps: Deps) => Deps;
  /** Beside the commands there are. */
  more?: readonly Command[];
}

export async function openDiscordDesk(options: DiscordDeskOptions = {}): Promise<DiscordDesk> {
  const { adapt = (deps) => deps, more = [], ...rest } = options;
  const all = [...commands, ...more];
  const newsroom = await openNewsroom({ connect: false });
  await newsroom.database.pool.query(`truncate ${TABLES} cascade`);
  const { store, clock } = newsroom;
  const discord = await openDiscordServer({ clock });
  const log = keptLog();
  const http = openHttp({ allowPrivateHosts: [new URL(discord.url).host], timeoutMs: 5_000 });
  const mediaFetcher = openMediaFetcher({ http, maxBytes: 1_000_000, timeoutMs: 5_000 });
  const deps: Deps = adapt({ ...newsroom.deps, log, mediaFetcher });
  for (const place of [GUILD_A, GUILD_B]) await furnish(newsroom, place);

  const connection = { token: discord.token, apiUrl: discord.apiUrl, developmentGuildId: null, shards: 'auto' } as const;
  const client = openClient(connection, log);
  const about = { rest: client.rest, applicationId: discord.applicationId, guildId: null, log };
  await registerCommands({ ...about, commands: all, platforms: deps.platforms.all() });
  const enter = store.workspaces.enter;
  const app = openDiscordApp({ client, commands: openCommands(all), deps, enter, timeZone: 'Europe/London', ...rest });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;

  const enterAs: DiscordDesk['enter'] = (place, person = ANN) =>
    store.workspaces.enter({ ...WHO, teamId: place.id, teamName: place.name, userId: person.id, userName: person.globalName });
  return {
    discord,
    newsroom,
    log,
    ann: discord.as(ANN),
    bob: discord.as(BOB),
    enter: enterAs,
    posts: async (place = GUILD_A) => {
      const { workspace } = await enterAs(place);
      return (await store.posts.list(workspace.id, { kind: 'recent' }, { offset: 0, limit: 50 })).items;
    },
    settle: async (how) => {
      await settleDue(newsroom, how);
      const telling = openTell({
        rest: client.rest,
        store,
        log,
        renderNews: (news) => renderNews(news, newsroom.deps.platforms),
        newsCard: (news) => newsCard(newsroom.deps, news),
      });
      await tellNews(newsroom.deps, [{ name: 'discord', tell: telling.tell }]);
      await telling.drain();
    },
    idle: app.idle,
    close: async () => {
      await app.stop();
      await client.destroy();
      await http.close();
      await discord.close();
    },
  };
}

const WHO = { chat: 'discord', role: 'admin', timeZone: 'Europe/London' } as const;

/** Crier is in the server, which has an account on each network. */
async function furnish({ store }: Newsroom, place: Place): Promise<void> {
  const who = { ...WHO, teamId: place.id, teamName: place.name, userId: ANN.id, userName: ANN.globalName };
  const actor = await store.workspaces.enter(who);
  for (const platform of ['bluesky', 'mastodon']) {
    const handle = `@${place.name.toLowerCase()}`;
    const account = { platform, handle, service: `https://${platform}.example`, remoteId: `${platform}-${place.id}` };
    const rest = { announcedLimits: null, expiresAt: null, credentials: { password: PASSWORD } };
    await store.accounts.connect(actor, { ...account, ...rest });
  }
}

async function settleDue({ clock, store }: Newsroom, how: Partial<Settlement>): Promise<void> {
  const now = clock.now();
  const request = { now, leaseUntil: now.add({ minutes: 5 }), limit: 100, perAccount: 100, busyAccountIds: [] };
  const unsaid = { outcome: 'not-applied', state: 'failed', published: null, holdReason: null, dueAt: null } as const;
  for (const claim of await store.queue.claimDue(request)) {
    const rest = { countsAsTry: true, errorKind: null, errorMessage: null, tell: true };
    await store.queue.settle(claim, { ...unsaid, ...rest, ...how }, now);
  }
}

/** Presses a button that takes something away, and says yes to the question whether they are sure. */
export async function pressSurely(as: As, message: Message, label: string): Promise<Sent> {
  const [question] = await (await as.press(message, label)).followUps(1);
  const yes = componentsIn(question?.components ?? []).find(
    ({ label }) => typeof label === 'string' && label.startsWith('Yes, '),
  );
  if (!question || !yes?.custom_id) throw new Error(`nobody was asked whether they are sure: ${label}`);
  return as.press(question, yes.custom_id);
}

/** A small red image. */
export const redPng = async (): Promise<Uint8Array> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

/** All that stands in a message or a modal, texts and labels, as Discord is given it. */
export const wordsIn = (shown: { components: readonly Component[] }): string => JSON.stringify(shown.components);

export const isEphemeral = ({ flags }: Pick<Message, 'flags'>): boolean => (flags & 64) !== 0;
