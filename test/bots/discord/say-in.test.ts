// What is said in a channel of Discord, or under a card, that nobody asked for just now.
import { beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../../../src/bots/discord/client.ts';
import { renderReply } from '../../../src/bots/discord/render.ts';
import { sayIn } from '../../../src/bots/discord/say-in.ts';
import { postAll } from '../../../src/bots/discord/sending.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import type { ChatPlace } from '../../../src/core/ports.ts';
import { clockAt } from '../../support/clock.ts';
import { GUILD_A } from '../../support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { redPng, wordsIn } from './discord-desk.ts';

const { social, board } = GUILD_A.channels;
const DIGEST: Reply = { tone: 'plain', title: 'Yesterday', lines: ['Three posts went out.'] };
const POST = 'POST /channels/:channel/messages';

let discord: DiscordServer;
let client: ReturnType<typeof openClient>;
let log: KeptLog;

beforeEach(async () => {
  discord = await openDiscordServer({ clock: clockAt('2026-11-22T09:00:00Z') });
  log = keptLog();
  client = openClient({ token: discord.token, apiUrl: discord.apiUrl, developmentGuildId: null, shards: 'auto' }, log);
  return async () => {
    await client.destroy();
    await discord.close();
    expect(discord.troubles).toEqual([]);
  };
});

const inChannel = (channel: string): ChatPlace => ({ teamId: GUILD_A.id, channel, post: null });
const say = (place: ChatPlace, reply: Reply = DIGEST, key = 'D1/1') => sayIn({ rest: client.rest, log }, place, reply, key);

async function withPicture(): Promise<Reply> {
  const bytes = new Uint8Array(await redPng());
  return { ...DIGEST, files: [{ name: 'chart.png', mimeType: 'image/png', bytes }] };
}

describe('a digest', () => {
  it('is there for everybody in the channel, with its picture and buttons that know their server', async () => {
    const buttons = [{ label: 'Week', command: 'analytics', name: 'period', subject: 'week' }];
    expect(await say(inChannel(social), { ...(await withPicture()), buttons })).toBe('said');
    const [message] = discord.messages(social);
    expect(message && wordsIn(message)).toContain('Three posts went out.');
    expect(message && wordsIn(message)).toContain(`analytics/period/week@${GUILD_A.id}`);
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(['chart.png']);
  });

  it('that is said again with the same key is there once, and with another key twice', async () => {
    for (const key of ['D1/1', 'D1/1', 'D1/2']) await say(inChannel(social), DIGEST, key);
    expect(discord.messages(social)).toHaveLength(2);
  });

  it('finds a channel closed where Crier may not write there, or where there is none any more', async () => {
    expect(await say(inChannel(board))).toBe('closed');
    expect(await say(inChannel('999999999999999999'))).toBe('closed');
    expect(log.lines).toEqual([]);
  });

  it('comes without its picture where Crier may not attach files, and says so', async () => {
    discord.failNext(POST, { kind: 'refused', status: 403, code: 50_013, message: 'Missing Permissions' });
    expect(await say(inChannel(social), await withPicture())).toBe('said');
    const [message] = discord.messages(social);
    expect(message && wordsIn(message)).toContain('I need Attach Files.');
    expect(message?.attachments).toEqual([]);
  });

  it('is to be said later where Discord cannot be reached', async () => {
    const broken = { kind: 'broken', status: 503 } as const;
    discord.failNext(POST, broken, broken, broken, broken);
    await expect(say(inChannel(social))).rejects.toMatchObject({ kind: 'outcome-unknown' });
  });

  it('that Discord takes in no form is logged, and not tried for ever', async () => {
    const refusal = { kind: 'refused', status: 400, code: 200_000, message: 'Blocked by automatic moderation' } as const;
    discord.failNext(POST, refusal);
    expect(await say(inChannel(social))).toBe('said');
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });
});

describe('figures of a post', () => {
  const card = async (): Promise<string> =>
    (await postAll(client.rest, { channel: social }, renderReply({ tone: 'plain', title: 'The card' }))).messages[0];
  const under = (message: string): ChatPlace => ({ ...inChannel(social), post: { id: 'p1', message, name: 'P12' } });

  it('stand in the thread under its card, which begins with them where there is none', async () => {
    const message = await card();
    await say(under(message), DIGEST, 'one');
    await say(under(`${message}/1392734382111`), DIGEST, 'two');
    expect(discord.thread(message)).toHaveLength(2);
    expect(discord.messages(social)).toHaveLength(1);
  });
});
