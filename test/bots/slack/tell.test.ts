// How news of a post reaches Slack: its thread, its card, and its author where the channel is closed. The Slack is the test one, the
// database a real one, and the posts are made by the commands.
import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../src/bots/commands/index.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { newsCard } from '../../../src/bots/news-card.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { renderReply } from '../../../src/bots/slack/render.ts';
import { openTell, type Telling } from '../../../src/bots/slack/tell.ts';
import { notFound } from '../../../src/core/errors.ts';
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
import { TEAM_A } from '../../support/slack/cast.ts';
import type { SlackMessage } from '../../support/slack/records.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { openSending, type Sending } from './outbox-kit.ts';

const { social, secret } = TEAM_A.channels;
const { ann } = TEAM_A.people;

let slack: SlackServer;
let newsroom: Newsroom;
let actor: Actor;
let sending: Sending;
let telling: Telling;
let deadTokens: string[];
/** The team's access as the test wants it. */
let isInstalled: boolean;

beforeAll(async () => {
  newsroom = await openNewsroom({ connect: false });
  actor = await newsroom.enter({
    chat: 'slack',
    teamId: TEAM_A.id,
    teamName: TEAM_A.name,
    userId: ann.id,
    userName: ann.realName,
  });
  for (const [platform, handle] of [
    ['bluesky', '@acme.example'],
    ['mastodon', '@acme@mastodon.example'],
  ] as const) {
    const account = {
      platform,
      handle,
      service: `https://${platform}.example`,
      remoteId: handle,
      announcedLimits: null,
      expiresAt: null,
    };
    await newsroom.store.accounts.connect(actor, { ...account, credentials: { password: PASSWORD } });
  }
});
afterAll(closeNewsrooms);

beforeEach(async () => {
  slack = await openSlackServer();
  sending = openSending(slack);
  deadTokens = [];
  isInstalled = true;
  telling = openTell({
    teams: { access: async () => (isInstalled ? sending.access : Promise.reject(notFound('Crier is not installed.'))) },
    outbox: sending.outbox,
    store: newsroom.store,
    renderNews: (news) => renderNews(news, newsroom.deps.platforms),
    newsCard: (news) => newsCard(newsroom.deps, news),
    onDeadToken: async (teamId) => void deadTokens.push(teamId),
    log: sending.log,
    pause: sending.waits.pause,
  });
  return () => slack.close();
});

const find = async ({ post }: PostDetails): Promise<PostDetails> => {
  const details = await newsroom.store.posts.find(post.workspaceId, post.number);
  if (!details) throw new Error('the post is gone');
  return details;
};

/** Schedules a post for in five minutes from that channel. */
async function schedule(channel: string, to = 'bluesky'): Promise<PostDetails> {
  const origin = { chat: 'slack', channel, message: null } as const;
  await openCommands(commands).runLine(`/schedule in 5 minutes to ${to}: Hello`, { actor, deps: newsroom.deps, origin });
  const { items } = await newsroom.store.posts.list(actor.workspace.id, { kind: 'recent' }, { offset: 0, limit: 1 });
  const [details] = items;
  if (!details) throw new Error('nothing was scheduled');
  return details;
}

/** Posts a card of it, as the command would. */
async function postCard(details: PostDetails, thread?: string): Promise<{ channel: string; ts: string }> {
  const { channel } = details.post.origin;
  const to = thread === undefined ? { channel } : { channel, thread };
  const place = await sending.outbox.post(sending.access, to, renderReply({ tone: 'plain', title: 'The card' }));
  const message = thread === undefined ? place.ts : `${thread}/${place.ts}`;
  await newsroom.store.posts.setOrigin(details.post.id, { channel: place.channel, message });
  return place;
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

const tellAll = (): Promise<void> => tellNews(newsroom.deps, [{ name: 'slack', tell: telling.tell }]);

/** Tells what waits, and has the cards refreshed. */
async function tellAndRefresh(): Promise<void> {
  await tellAll();
  await telling.drain();
}

const hasNews = (): Promise<boolean> => newsroom.store.queue.hasNews(['slack']);
const laterNews = (): void => newsroom.clock.forward({ minutes: 2 });

const everythingIn = (message: SlackMessage | undefined): string => JSON.stringify([message?.text, message?.blocks]);

const labelsOf = (blocks: readonly KnownBlock[]): string[] =>
  blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.flatMap((each) => (each.type === 'button' ? [each.text.text] : [])) : [],
  );

const repliesTo = async ({ channel, ts }: { channel: string; ts: string }): Promise<SlackMessage[]> =>
  (await slack.thread(channel, ts)).filter((message) => message.ts !== ts);

describe('in the thread', () => {
  it('tells what became of the post under its card, and the card says it too', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    await tellAndRefresh();

    const [told, ...more] = await repliesTo(card);
    expect(everythingIn(told)).toMatch(/P\d+ published on Bluesky.*https:\/\/bluesky\.example\/post\/1/);
    expect(more).toEqual([]);
    const [shown] = await slack.messages(social);
    expect(everythingIn(shown)).toContain('https://bluesky.example/post/1');
    expect(await hasNews()).toBe(false);
  });

  it('tells all news of a post and refreshes its card once', async () => {
    const card = await postCard(await schedule(social, 'bluesky, mastodon'));
    await settle(FAILED);
    sending.waits.hold();
    await tellAll();
    await sending.waits.until(1_000);
    sending.waits.letGo(1_000);
    await telling.drain();

    expect(await repliesTo(card)).toHaveLength(2);
    expect(slack.calls('chat.update')).toHaveLength(1);
  });

  it('asks about what is unconfirmed with buttons', async () => {
    const card = await postCard(await schedule(social));
    await settle(UNCONFIRMED);
    await tellAndRefresh();

    const [asked] = await repliesTo(card);
    expect(labelsOf(asked?.blocks ?? [])).toEqual(expect.arrayContaining(['It went out', 'Post it again']));
  });

  it('goes on in the thread the card was asked for in, and refreshes the card there', async () => {
    const details = await schedule(social);
    const talk = await sending.outbox.post(sending.access, { channel: social }, [{ text: 'People talking', blocks: [] }]);
    const card = await postCard(details, talk.ts);
    await settle(PUBLISHED);
    await tellAndRefresh();

    const [inTalk, told] = await repliesTo(talk);
    expect(inTalk?.ts).toBe(card.ts);
    expect(everythingIn(inTalk)).toContain('https://bluesky.example/post/1');
    expect(everythingIn(told)).toContain('published on Bluesky');
  });

  it('waits for a card that is on its way', async () => {
    const details = await schedule(social);
    await settle(PUBLISHED);
    sending.waits.hold();
    const told = tellAll();
    await sending.waits.until(500);
    const card = await postCard(details);
    sending.waits.letGo(500);
    await told;

    expect(await repliesTo(card)).toHaveLength(1);
  });

  it('tells the channel itself where no card comes', async () => {
    await schedule(social);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(everythingIn((await slack.messages(social))[0])).toContain('published on Bluesky');
  });

  it('tells the news although the card cannot be refreshed', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    slack.failNext('chat.update', { error: 'edit_window_closed' });
    await tellAndRefresh();

    expect(await repliesTo(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
    expect(sending.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('refreshed') }),
    );
  });

  it('tells the channel where the card was deleted, and posts a new one for the news to come', async () => {
    const details = await schedule(social);
    const card = await postCard(details);
    const [shown] = await slack.messages(social);
    if (shown) await slack.remove(shown);
    slack.failNext('chat.postMessage', { error: 'thread_not_found' });
    slack.failNext('chat.update', { error: 'message_not_found' });
    await settle(FAILED);
    await tellAndRefresh();

    const [told, anew] = await slack.messages(social);
    expect(everythingIn(told)).toContain('failed on Bluesky');
    expect(everythingIn(anew)).toContain('Hello');
    expect((await find(details)).post.origin).toMatchObject({ channel: social, message: anew?.ts });
    expect(anew?.ts).not.toBe(card.ts);
  });
});

describe('where the channel is closed', () => {
  it.each([
    { name: 'is archived', channel: social, close: () => slack.archive(social), why: 'is archived' },
    { name: 'is a private one Crier was removed from', channel: secret, close: () => slack.kick(secret), why: '/invite @Crier' },
  ])('tells the author when the channel $name, and goes on with them', async ({ channel, close, why }) => {
    if (channel === secret) await slack.invite(secret);
    const details = await schedule(channel, 'bluesky, mastodon');
    await postCard(details);
    await close();
    await settle(FAILED);
    await tellAndRefresh();

    const [told, card, ...more] = await slack.messages(ann.id);
    expect(everythingIn(told)).toMatch(/failed on (Bluesky|Mastodon)/);
    expect(everythingIn(told)).toContain(why);
    expect(everythingIn(card)).toContain('Hello');
    expect(more).toEqual([]);
    const { origin } = (await find(details)).post;
    expect(origin).toMatchObject({ channel: told?.channel, message: card?.ts });
    // the second piece of news had the old channel in it when it was taken
    expect(await repliesTo({ channel: origin.channel, ts: origin.message ?? '' })).toHaveLength(1);
    expect(await hasNews()).toBe(false);
  });

  it('writes it down where the author is not there any more either, and does not try for ever', async () => {
    await postCard(await schedule(social));
    await slack.archive(social);
    slack.deactivate(ann.id);
    await settle(PUBLISHED);
    await tellAndRefresh();

    expect(await hasNews()).toBe(false);
    const lost = sending.log.lines.find(({ message }) => message.includes('neither'));
    expect(lost).toMatchObject({ level: 'warn', fields: { code: 'is_archived', to: 'user_disabled', userId: ann.id } });
  });
});

describe('where it is to be told later', () => {
  it('keeps news while Slack wants more patience than a moment, and tells it once', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 120 });
    await tellAndRefresh();
    expect(await repliesTo(card)).toEqual([]);
    expect(await hasNews()).toBe(true);

    laterNews();
    await tellAll();
    expect(await repliesTo(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
  });

  it('keeps news where the token is of no use any more, and says of which team', async () => {
    await postCard(await schedule(social));
    await settle(PUBLISHED);
    slack.failNext('chat.postMessage', { error: 'account_inactive' });
    await tellAndRefresh();
    expect(deadTokens).toEqual([TEAM_A.id]);
    expect(await hasNews()).toBe(true);

    laterNews();
    await tellAll();
    expect(await hasNews()).toBe(false);
  });

  it('keeps news of a team where Crier is not installed', async () => {
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    isInstalled = false;
    await tellAndRefresh();
    expect(await hasNews()).toBe(true);

    laterNews();
    isInstalled = true;
    await tellAll();
    expect(await repliesTo(card)).toHaveLength(1);
  });
});
