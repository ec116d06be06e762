// How news of a post reaches Discord: its thread, its card, and its author where the channel is closed. The Discord is the test one, the
// database a real one, and the posts are made by the commands.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../src/bots/commands/index.ts';
import { openClient } from '../../../src/bots/discord/client.ts';
import { permissionNames } from '../../../src/bots/discord/connection.ts';
import { renderReply } from '../../../src/bots/discord/render.ts';
import { postAll } from '../../../src/bots/discord/sending.ts';
import { writeMessage } from '../../../src/bots/discord/spot.ts';
import { openTell, type Telling } from '../../../src/bots/discord/tell.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { newsCard } from '../../../src/bots/news-card.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import { openCommands } from '../../../src/bots/run.ts';
import type { PostDetails } from '../../../src/core/post.ts';
import type { Settlement } from '../../../src/core/store.ts';
import { tellNews } from '../../../src/core/usecases/tell-news.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import {
  closeNewsrooms,
  FAILED,
  type Newsroom,
  openNewsroom,
  PASSWORD,
  PUBLISHED,
  UNCONFIRMED,
} from '../../core/usecases/newsroom.ts';
import type { Message } from '../../support/discord/message-shape.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { openWaits, type Waits } from '../../support/waits.ts';

const { social, news, board } = GUILD_A.channels;
const POST = 'POST /channels/:channel/messages';
const THREAD = 'POST /channels/:channel/messages/:message/threads';
const CHANGE = 'PATCH /channels/:channel/messages/:message';
const BAD_BODY = { kind: 'refused', status: 400, code: 50035, message: 'Invalid Form Body' } as const;

let discord: DiscordServer;
let newsroom: Newsroom;
let actor: Actor;
let client: ReturnType<typeof openClient>;
let log: KeptLog;
let waits: Waits;
let telling: Telling;

beforeAll(async () => {
  newsroom = await openNewsroom({ connect: false });
  const team = { teamId: GUILD_A.id, teamName: GUILD_A.name, userId: ANN.id, userName: ANN.globalName };
  actor = await newsroom.enter({ chat: 'discord', ...team });
  for (const platform of ['bluesky', 'mastodon']) {
    const about = { platform, handle: '@acme', service: `https://${platform}.example`, remoteId: '@acme' };
    const account = { ...about, announcedLimits: null, expiresAt: null, credentials: { password: PASSWORD } };
    await newsroom.store.accounts.connect(actor, account);
  }
});
afterAll(closeNewsrooms);

beforeEach(async () => {
  discord = await openDiscordServer({ clock: newsroom.clock });
  log = keptLog();
  waits = openWaits();
  client = openClient({ token: discord.token, apiUrl: discord.apiUrl, developmentGuildId: null, shards: 'auto' }, log);
  telling = openTell({
    rest: client.rest,
    store: newsroom.store,
    renderNews: (piece) => renderNews(piece, newsroom.deps.platforms),
    newsCard: (piece) => newsCard(newsroom.deps, piece),
    log,
    pause: waits.pause,
  });
  return async () => {
    await client.destroy();
    await discord.close();
    expect(discord.troubles).toEqual([]);
  };
});

/** Schedules a post for in five minutes from that channel. */
async function schedule(channel: string, to = 'bluesky', text = 'Hello'): Promise<PostDetails> {
  const origin = { chat: 'discord', channel, message: null } as const;
  await openCommands(commands).runLine(`/schedule in 5 minutes to ${to}: ${text}`, { actor, deps: newsroom.deps, origin });
  const { items } = await newsroom.store.posts.list(actor.workspace.id, { kind: 'recent' }, { offset: 0, limit: 1 });
  const [details] = items;
  if (!details) throw new Error('nothing was scheduled');
  return details;
}

const CARD: Reply = { tone: 'plain', title: 'The card' };

/** Posts a card of it, as the command would. Its id. */
async function postCard({ post }: PostDetails, card = CARD): Promise<string> {
  const spot = await postAll(client.rest, { channel: post.origin.channel }, renderReply(card));
  await newsroom.store.posts.setOrigin(post.id, { channel: spot.channel, message: writeMessage(spot) });
  return spot.messages[0];
}

/** A card that an interaction left where Crier itself may not write. */
async function leaveCard({ post }: PostDetails, channel: string): Promise<void> {
  const left = await discord.as(ANN).at(GUILD_A, channel).say('stands for the card');
  await newsroom.store.posts.setOrigin(post.id, { channel, message: left.id });
}

/** What is due goes out, or does not. */
async function settle(how: Partial<Settlement>): Promise<void> {
  newsroom.clock.forward({ minutes: 6 });
  const now = newsroom.clock.now();
  const request = { now, leaseUntil: now.add({ minutes: 5 }), limit: 100, perAccount: 100, busyAccountIds: [] };
  const unsaid = { outcome: 'not-applied', state: 'failed', published: null, holdReason: null, dueAt: null } as const;
  for (const claim of await newsroom.store.queue.claimDue(request)) {
    const rest = { countsAsTry: true, errorKind: null, errorMessage: null, tell: true };
    await newsroom.store.queue.settle(claim, { ...unsaid, ...rest, ...how }, now);
  }
}

const tellAll = (): Promise<void> => tellNews({ ...newsroom.deps, log }, [{ name: 'discord', tell: telling.tell }]);

/** Tells what waits, and has the cards refreshed. */
async function tellAndRefresh(): Promise<void> {
  await tellAll();
  await telling.drain();
}

const hasNews = (): Promise<boolean> => newsroom.store.queue.hasNews(['discord']);
const laterNews = (): void => newsroom.clock.forward({ minutes: 2 });
const everythingIn = (message: Message | undefined): string => JSON.stringify(message?.components);
const originOf = async ({ post }: PostDetails): Promise<object | undefined> =>
  (await newsroom.store.posts.find(post.workspaceId, post.number))?.post.origin;

describe('in the thread', () => {
  it('is begun under the card by the first news, named for the post, and the card says it too', async () => {
    const details = await schedule(social, 'bluesky', 'We are live\nin Berlin');
    const card = await postCard(details);
    await settle(PUBLISHED);
    await tellAndRefresh();

    const [told, ...more] = discord.thread(card);
    expect(everythingIn(told)).toMatch(/P\d+ published on Bluesky.*https:\/\/bluesky\.example\/post\/1/);
    expect(more).toEqual([]);
    expect(discord.calls(THREAD)[0]?.body).toEqual({ name: `P${details.post.number} · We are live in Berlin` });
    expect(everythingIn(discord.messages(social)[0])).toContain('https://bluesky.example/post/1');
    expect(await hasNews()).toBe(false);
  });

  it('is reused for what follows, and the card is refreshed once', async () => {
    const card = await postCard(await schedule(social, 'bluesky, mastodon'));
    await settle(FAILED);
    waits.hold();
    await tellAll();
    await waits.until(1_000);
    waits.letGo(1_000);
    await telling.drain();

    expect(discord.thread(card)).toHaveLength(2);
    expect(discord.calls(THREAD)).toHaveLength(1);
    expect(discord.calls(CHANGE)).toHaveLength(1);
  });

  it('calls the author where they have to decide, and nobody where all is well', async () => {
    const asked = await postCard(await schedule(social));
    await settle(UNCONFIRMED);
    await tellAll();
    expect(discord.thread(asked)[0]?.mentions.map(({ id }) => id)).toEqual([ANN.id]);
    expect(everythingIn(discord.thread(asked)[0])).toMatch(/It went out.*Post it again/);

    const published = await postCard(await schedule(social, 'bluesky', `Thanks <@${BOB.id}> @everyone`));
    await settle(PUBLISHED);
    await tellAndRefresh();
    const [told] = discord.thread(published);
    expect(told?.mentions).toEqual([]);
    expect(told?.mention_roles).toEqual([]);
  });

  it('that Discord has archived opens again', async () => {
    const card = await postCard(await schedule(social, 'bluesky, mastodon'));
    await settle({ ...FAILED, state: 'retrying', dueAt: newsroom.clock.now().add({ minutes: 20 }) });
    await tellAll();
    discord.archiveThread(card);
    newsroom.clock.forward({ hours: 1 });
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(4);
    expect(discord.calls(THREAD)).toHaveLength(1);
  });

  it('that somebody has locked is left alone: the card is answered in its channel', async () => {
    const card = await postCard(await schedule(social, 'bluesky'));
    await settle({ ...FAILED, state: 'retrying', dueAt: newsroom.clock.now().add({ minutes: 20 }) });
    await tellAll();
    discord.archiveThread(card, { locked: true });
    newsroom.clock.forward({ hours: 1 });
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(discord.messages(social).at(-1)?.message_reference?.message_id).toBe(card);
    expect(await hasNews()).toBe(false);
  });

  it('that was begun unheard is used', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(THREAD, { kind: 'cut', when: 'after' });
    await tellAll();
    laterNews();
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(1);
  });

  it('cannot be where the card stands in a thread itself: it is answered there', async () => {
    const talk = await discord.as(BOB).say('What do we post today?');
    await client.rest.post(`/channels/${social}/messages/${talk.id}/threads`, { body: { name: 'Today' } });
    const card = await postCard(await schedule(talk.id));
    discord.failNext(THREAD, {
      kind: 'refused',
      status: 400,
      code: 50024,
      message: 'Cannot execute action on this channel type',
    });
    await settle(PUBLISHED);
    await tellAndRefresh();
    const [shown, told] = discord.thread(talk.id);
    expect(shown?.id).toBe(card);
    expect(told?.message_reference?.message_id).toBe(card);
  });

  it('may be out of Crier’s rights: then the card is answered, or stands before the news without that', async () => {
    const card = await postCard(await schedule(social));
    const refused = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const;
    discord.failNext(THREAD, refused);
    await settle(PUBLISHED);
    await tellAll();
    expect(discord.messages(social).at(-1)?.message_reference?.message_id).toBe(card);

    await postCard(await schedule(social));
    discord.failNext(THREAD, refused);
    const unknown = { kind: 'refused', status: 404, code: 10003, message: 'Unknown Channel' } as const;
    const noHistory = {
      ...refused,
      status: 400,
      code: 160002,
      message: 'Cannot reply without permission to read message history',
    };
    discord.failNext(POST, unknown, noHistory);
    await settle(FAILED);
    await tellAndRefresh();
    expect(everythingIn(discord.messages(social).at(-1))).toContain('failed on Bluesky');
  });
});

describe('in the channel', () => {
  it('waits for a card that is on its way', async () => {
    const details = await schedule(social);
    await settle(PUBLISHED);
    waits.hold();
    const told = tellAll();
    await waits.until(500);
    const card = await postCard(details);
    waits.letGo(500);
    await told;
    expect(discord.thread(card)).toHaveLength(1);
  });

  it('tells the channel itself where no card comes', async () => {
    await schedule(social);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(everythingIn(discord.messages(social)[0])).toContain('published on Bluesky');
  });

  it('tells it in plain words where Discord does not like what is in the message, and says so in the log', async () => {
    await schedule(social);
    await settle(FAILED);
    discord.failNext(POST, BAD_BODY);
    await tellAndRefresh();
    const [told] = discord.messages(social);
    expect(told?.content).toMatch(/P\d+ failed on Bluesky/);
    expect(told?.mentions.map(({ id }) => id)).toEqual([ANN.id]);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('plain text') }));
  });

  it('does not try for ever what Discord takes in no form', async () => {
    await schedule(social);
    await settle(FAILED);
    discord.failNext(POST, BAD_BODY, BAD_BODY);
    await tellAndRefresh();
    expect(await hasNews()).toBe(false);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('in no form') }));
  });

  it('tells the news although the card cannot be refreshed', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(CHANGE, BAD_BODY);
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('refreshed') }));
  });

  it('tells the channel where the card was deleted, and posts a new one for the news to come', async () => {
    const details = await schedule(social);
    discord.deleteMessage(await postCard(details));
    await settle(FAILED);
    await tellAndRefresh();
    const [told, anew] = discord.messages(social);
    expect(everythingIn(told)).toContain('failed on Bluesky');
    expect(everythingIn(anew)).toContain('Hello');
    expect(await originOf(details)).toMatchObject({ channel: social, message: anew?.id });
  });

  it('shows a card over as many messages as it takes, and remembers them', async () => {
    const details = await schedule(social, 'bluesky, mastodon');
    const card = await postCard(details, { ...CARD, sections: [{ heading: 'Text', quote: 'word '.repeat(1_500) }] });
    const before = discord.messages(social).length;
    expect(before).toBeGreaterThan(1);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(discord.messages(social)).toHaveLength(1);
    expect(await originOf(details)).toMatchObject({ message: card });
  });
});

describe('where the channel is closed', () => {
  it.each([
    { name: 'is one Crier may not write in', channel: news },
    { name: 'is hidden from Crier', channel: board },
  ])('tells the author when the channel $name, what is missing, and goes on with them', async ({ channel }) => {
    const details = await schedule(channel, 'bluesky, mastodon');
    await leaveCard(details, channel);
    await settle(FAILED);
    await tellAndRefresh();

    const [told, card, ...more] = discord.dms(ANN);
    expect(everythingIn(told)).toMatch(/failed on (Bluesky|Mastodon)/);
    expect(everythingIn(told)).toContain(`https://discord.com/channels/${GUILD_A.id}/${channel}`);
    for (const name of permissionNames(['ViewChannel', 'SendMessages'])) expect(everythingIn(told)).toContain(name);
    expect(everythingIn(card)).toContain('Hello');
    expect(await originOf(details)).toMatchObject({ channel: told?.channel_id, message: card?.id });
    // the second piece of news had the old channel in it when it was taken
    expect(more).toHaveLength(1);
    expect(more[0]?.message_reference?.message_id).toBe(card?.id);
    // in direct messages nothing but the button says which server's post is meant
    expect(everythingIn(more[0])).toContain(`@${GUILD_A.id}`);
    expect(await hasNews()).toBe(false);
  });

  it('tells the author of a channel that is gone', async () => {
    await schedule('280000000000999999');
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(everythingIn(discord.dms(ANN)[0])).toContain('not there any more');
  });

  it('writes it down where the author takes no messages either, and does not try for ever', async () => {
    await leaveCard(await schedule(news), news);
    discord.closeDms(ANN);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(await hasNews()).toBe(false);
    const lost = log.lines.find(({ message }) => message.includes('neither'));
    expect(lost).toMatchObject({ level: 'warn', fields: { code: 50013, to: 50007, userId: ANN.id } });
  });
});

describe('where it is to be told later', () => {
  it('keeps news while Discord wants more patience than a moment, and tells it once', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(POST, { kind: 'limited', retryAfterMs: 120_000 });
    await tellAndRefresh();
    expect(discord.messages(card)).toEqual([]);
    expect(await hasNews()).toBe(true);

    laterNews();
    await tellAll();
    expect(discord.thread(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
  });

  it('waits itself where a moment is enough', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(POST, { kind: 'limited', retryAfterMs: 40 });
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(1);
  });

  it('does not tell twice what arrived although no answer came', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    await client.rest.post(`/channels/${social}/messages/${card}/threads`, { body: { name: 'begun' } });
    discord.failNext(POST, { kind: 'cut', when: 'after' });
    await tellAndRefresh();
    laterNews();
    await tellAll();
    expect(discord.thread(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
  });

  it('keeps news where the token is of no use any more', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(POST, { kind: 'refused', status: 401, code: 0, message: '401: Unauthorized' });
    await tellAndRefresh();
    expect(await hasNews()).toBe(true);
    expect(discord.messages(card)).toEqual([]);
  });
});
