// Digests, and figures in the threads of posts, as processes of Crier tell them: once, however many there are, and whatever becomes of
// them on the way.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { makeKeyHex } from '../src/db/vault.ts';
import { type Crier, useCrier } from './support/crier.ts';
import { type DigestHouse, openDigestHouse } from './support/digest-house.ts';
import type { Fault } from './support/discord/limits.ts';
import type { Message } from './support/discord/message-shape.ts';
import { ANN, GUILD_A } from './support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from './support/discord/server.ts';

const { startService, folder } = useCrier();
const { social } = GUILD_A.channels;
const GONE = '999999999999999999';
const POST = 'POST /channels/:channel/messages';
const KEY = makeKeyHex();

let discord: DiscordServer;
let house: DigestHouse;
let started: number;

beforeEach(async () => {
  started = 0;
  discord = await openDiscordServer();
  house = await openDigestHouse(
    {
      ...{ chat: 'discord', teamId: GUILD_A.id, teamName: GUILD_A.name },
      ...{ userId: ANN.id, userName: 'Ann', role: 'admin', timeZone: 'Europe/Berlin' },
    },
    KEY,
  );
});
afterEach(async () => {
  await discord.close();
  await house.close();
  expect(discord.troubles).toEqual([]);
});

/** A process in Discord, with a data folder of its own. */
function startBot(): Crier<null> {
  started += 1;
  return startService({
    ...{ CRIER_ROLE: 'bot', CRIER_DATA_DIR: join(folder(), `bot-${started}`), CRIER_MEDIA_DIR: join(folder(), 'media') },
    ...{ DATABASE_URL: house.url, ENCRYPTION_KEY: KEY, MOCK_SOCIAL: 'false' },
    ...{ DISCORD_API_URL: discord.apiUrl, DISCORD_TOKEN: discord.token },
  });
}

async function stop(...bots: Crier<null>[]): Promise<void> {
  for (const { child } of bots) child.kill('SIGTERM');
  for (const bot of bots) expect(await bot.exit, bot.log()).toBe(0);
  for (const bot of bots) expect(errorsIn(bot)).toEqual([]);
}

async function kill(bot: Crier<null>): Promise<void> {
  bot.child.kill('SIGKILL');
  await bot.exit;
}

/** Lines of the log that say that something went wrong. */
const errorsIn = (bot: Crier<null>): string[] =>
  bot
    .log()
    .split('\n')
    .filter((line) => /"level":"?(error|[56]0)\b/.test(line));
const toldBy = (...bots: Crier<null>[]): number =>
  bots.reduce((sum, bot) => sum + bot.log().split('a digest was told"').length - 1, 0);

const wordsIn = ({ components }: Message): string => JSON.stringify(components);
const soon = { timeout: 30_000, interval: 100 };
const settled = (): Promise<void> =>
  vi.waitFor(async () => expect((await house.digests()).map(house.isSettled)).toEqual([true]), soon);

/** Patient, since a process has to start before. */
const someIn = (messages: () => Message[]): Promise<void> => vi.waitFor(() => expect(messages()).not.toEqual([]), soon);

/** The next request of a route is held; it came when `came` resolves, and is done once it is let go. */
function hold(route: string): { came: Promise<void>; letGo: () => void } {
  const came = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  discord.failNext(route, {
    kind: 'held',
    get until() {
      came.resolve();
      return gate.promise;
    },
  });
  return { came: came.promise, letGo: gate.resolve };
}

/** An answer that takes that many milliseconds. */
const slow = (ms: number): Fault => ({
  kind: 'held',
  get until() {
    return setTimeout(ms);
  },
});

describe('a digest', () => {
  it('is told once where two processes are in the chat at its time', { timeout: 120_000 }, async () => {
    const bots = [startBot(), startBot()];
    await Promise.all(bots.map((bot) => bot.logs('Discord is on')));
    await house.addDigest(social);
    await house.makeDue();
    await settled();
    await stop(...bots);
    expect(discord.messages(social).map(wordsIn)).toEqual([expect.stringContaining('Nothing went out')]);
    expect(toldBy(...bots)).toBe(1);
  });

  it('that nobody told in time comes late, once, and says so', { timeout: 120_000 }, async () => {
    await house.addDigest(social);
    await house.makeDue(3_600);
    const first = startBot();
    await settled();
    await stop(first);
    const second = startBot();
    await second.logs('Discord is on');
    await stop(second);
    const [message, ...others] = discord.messages(social);
    expect(message && wordsIn(message)).toContain('This was due at');
    expect(others).toEqual([]);
  });

  it('is there once where its process was killed before it could write that down', { timeout: 120_000 }, async () => {
    await house.publish({ channel: social, message: null }, 24);
    await house.addDigest(social);
    await house.makeDue();
    const held = hold(POST);
    const first = startBot();
    await held.came;
    await kill(first);
    held.letGo();
    await someIn(() => discord.messages(social));
    const second = startBot();
    await second.logs('Discord is on');
    expect(house.isSettled((await house.digests())[0] ?? expect.fail('the digest is gone'))).toBe(false);
    await house.endLeases();
    await settled();
    await stop(second);
    expect(discord.messages(social)).toHaveLength(1);
    expect(toldBy(second)).toBe(1);
  });

  it('comes later, once, where Discord is out of order for a while', { timeout: 120_000 }, async () => {
    await house.addDigest(social);
    await house.makeDue();
    const broken = { kind: 'broken', status: 503 } as const;
    discord.failNext(POST, broken, broken, broken, { kind: 'limited', retryAfterMs: 300 });
    const bot = startBot();
    await bot.logs('a digest could not be told and will be told again');
    expect(discord.messages(social)).toEqual([]);
    await house.endLeases();
    await settled();
    await stop(bot);
    expect(discord.messages(social)).toHaveLength(1);
  });

  it('whose channel was deleted is paused, and whoever asked for it is told once', { timeout: 120_000 }, async () => {
    await house.addDigest(GONE);
    await house.makeDue();
    const bots = [startBot(), startBot()];
    await someIn(() => discord.dms(ANN));
    await Promise.all(bots.map((bot) => bot.logs('Discord is on')));
    await stop(...bots);
    expect(discord.dms(ANN).map(wordsIn)).toEqual([expect.stringContaining('The digest D1 is paused')]);
    expect(await house.digests()).toMatchObject([{ state: 'paused', dueAt: null }]);
  });
});

describe('figures of a post', () => {
  /** A card as the bot would have said it. */
  async function card(): Promise<string> {
    const answer = await fetch(`${discord.apiUrl}/v10/channels/${social}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'P1 is scheduled' }),
    });
    return z.object({ id: z.string() }).parse(await answer.json()).id;
  }

  it('are told once, in the thread of its card, by one of two processes', { timeout: 120_000 }, async () => {
    const message = await card();
    await house.publish({ channel: social, message }, 25);
    const bots = [startBot(), startBot()];
    await someIn(() => discord.thread(message));
    await Promise.all(bots.map((bot) => bot.logs('Discord is on')));
    await stop(...bots);
    expect(discord.thread(message).map(wordsIn)).toEqual([expect.stringContaining('41 likes, 2 comments')]);
    expect(discord.messages(social).map(({ id }) => id)).toEqual([message]);
  });

  it('are there once where their process was killed before it could write that down', { timeout: 120_000 }, async () => {
    const message = await card();
    await house.publish({ channel: social, message }, 25);
    const held = hold(POST);
    const thread = hold(POST);
    const first = startBot();
    await held.came;
    held.letGo();
    await thread.came;
    await kill(first);
    thread.letGo();
    await someIn(() => discord.thread(message));
    await house.endLeases();
    const second = startBot();
    await vi.waitFor(async () => expect(await house.toldFigures()).toBe(1), soon);
    await stop(second);
    expect(discord.thread(message)).toHaveLength(1);
  });
});

describe('a process that is told to stop while it tells', () => {
  it('tells what it has taken, and leaves the rest to others', { timeout: 120_000 }, async () => {
    const { random } = GUILD_A.channels;
    for (let n = 0; n < 10; n += 1) await house.addDigest(n % 2 === 0 ? social : random, n);
    await house.makeDue();
    const held = hold(POST);
    discord.failNext(POST, ...Array.from({ length: 9 }, () => slow(300)));
    const bot = startBot();
    await held.came;
    bot.child.kill('SIGTERM');
    await bot.logs('stopping');
    held.letGo();
    expect(await bot.exit, bot.log()).toBe(0);
    const told = (await house.digests()).filter(house.isSettled).length;
    expect(told).toBe(4);
    expect(discord.messages(social).length + discord.messages(random).length).toBe(told);
    expect(await house.leases()).toBe(0);
    expect(errorsIn(bot)).toEqual([]);
  });

  it('ends in time where the chat never answers, and another process goes on with it', { timeout: 120_000 }, async () => {
    await house.publish({ channel: social, message: null }, 24);
    await house.addDigest(social);
    await house.makeDue();
    const held = hold(POST);
    const first = startBot();
    await held.came;
    await stop(first);
    held.letGo();
    await someIn(() => discord.messages(social));
    const second = startBot();
    await second.logs('Discord is on');
    await house.endLeases();
    await settled();
    await stop(second);
    expect(discord.messages(social)).toHaveLength(1);
  });
});
