// Crier in Discord as it is run: the real process, joined to the test Discord.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Crier, useCrier } from './support/crier.ts';
import type { Message } from './support/discord/message-shape.ts';
import { ANN, GUILD_A } from './support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from './support/discord/server.ts';

const { startService } = useCrier();
const { social } = GUILD_A.channels;

let discord: DiscordServer;

beforeEach(async () => {
  discord = await openDiscordServer();
});
afterEach(async () => {
  await discord.close();
  expect(discord.troubles).toEqual([]);
});

const startInDiscord = (env: Record<string, string> = {}): Crier<null> =>
  startService({ DISCORD_API_URL: discord.apiUrl, DISCORD_TOKEN: discord.token, ...env });

const stop = async (crier: Crier<null>): Promise<void> => {
  crier.child.kill('SIGTERM');
  expect(await crier.exit, crier.log()).toBe(0);
};

const everythingIn = (message: Message): string => JSON.stringify(message.components);

/** What is told in the thread under that message, once it holds `text`. */
const toldUnder = (card: string, text: string): Promise<Message> =>
  vi.waitFor(
    () => {
      const told = discord.thread(card).find((message) => everythingIn(message).includes(text));
      return told ?? expect.fail(`nothing under the card says ${text}`);
    },
    { timeout: 20_000, interval: 50 },
  );

describe('Crier in Discord', () => {
  it('schedules, publishes in time and tells it in the thread of the card; stops cleanly', { timeout: 90_000 }, async () => {
    const crier = startInDiscord();
    await crier.logs('Discord is on');
    const sent = await discord
      .as(ANN)
      .slash('schedule', { when: 'in 2 seconds', networks: 'bluesky', text: 'Hello from Discord' });
    const card = await sent.reply();
    expect(everythingIn(card)).toContain('Hello from Discord');
    expect(discord.messages(social).map(({ id }) => id)).toEqual([card.id]);
    const news = await toldUnder(card.id, 'published');
    expect(everythingIn(news)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/profile\/crier\.test\/post\//);
    const ready = await (await fetch(`${crier.url()}/readyz`)).json();
    expect(ready).toEqual({
      ready: true,
      role: 'all',
      checks: { database: 'ok', discord: 'ok' },
    });
    await stop(crier);
    expect(everythingIn(discord.messages(social)[0] ?? card)).toContain('/profile/crier.test/post/');
    expect(crier.log()).not.toContain(discord.token);
  });

  it('finishes on SIGTERM what was taken, and tells what a publish came to', { timeout: 90_000 }, async () => {
    const crier = startInDiscord();
    await crier.logs('Discord is on');
    const sent = await discord.as(ANN).slash('publish', { networks: 'bluesky', text: 'A last word' });
    await stop(crier);
    const card = await sent.reply();
    const again = startInDiscord();
    await again.logs('Discord is on');
    expect(everythingIn(await toldUnder(card.id, 'published'))).toContain('/profile/crier.test/post/');
    expect(discord.thread(card.id)).toHaveLength(1);
    await stop(again);
  });

  it('registers its commands at the first start, and leaves them alone at the second', { timeout: 90_000 }, async () => {
    const writes = (): number => discord.calls('PUT /applications/:application/commands').length;
    for (const _ of [1, 2]) {
      const crier = startInDiscord();
      await crier.logs('Discord is on');
      await stop(crier);
      expect(writes()).toBe(1);
    }
  });

  it('says at the start that Discord does not take the token', { timeout: 60_000 }, async () => {
    const crier = startInDiscord({ DISCORD_TOKEN: 'another.bot.token' });
    expect(await crier.exit).toBe(1);
    expect(crier.log()).toContain('Discord does not take DISCORD_TOKEN');
    expect(crier.log()).not.toContain('another.bot.token');
  });

  it('starts without Discord where that cannot be reached, and joins it once it can', { timeout: 60_000 }, async () => {
    const broken = { kind: 'broken', status: 503 } as const;
    discord.failNext('GET /gateway/bot', ...Array.from({ length: 6 }, () => broken));
    const crier = startInDiscord();
    await crier.logs('Discord cannot be reached');
    await crier.logs('Discord is on');
    await stop(crier);
  });
});
