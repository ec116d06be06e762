// The client that joins the test Discord: what it asks for, how little it keeps, and what becomes of a start that is refused or delayed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, GatewayDispatchEvents } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openClient } from '../../../src/bots/discord/client.ts';
import { inviteLink, PERMISSIONS, permissionBits, SCOPES } from '../../../src/bots/discord/connection.ts';
import { type Gateway, openGateway } from '../../../src/bots/discord/gateway.ts';
import { CrierError } from '../../../src/core/errors.ts';
import { mention } from '../../support/discord/people.ts';
import { ANN, BOB, BOT, GUILD_A, GUILD_B } from '../../support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';

const ASK_GATEWAY = 'GET /gateway/bot';

let discord: DiscordServer;
let client: Client;
let gateway: Gateway;
let log: KeptLog;
let registered: string[];

beforeEach(async () => {
  discord = await openDiscordServer();
  log = keptLog();
  registered = [];
  open();
});
afterEach(async () => {
  await gateway.stop();
  await discord.close();
  expect(discord.troubles).toEqual([]);
});

function open(register = async (applicationId: string): Promise<void> => void registered.push(applicationId)): void {
  const { apiUrl, token } = discord;
  client = openClient({ token, apiUrl, developmentGuildId: null, shards: 'auto' }, log);
  gateway = openGateway({ client, token, register, log });
}

const wordsOf = (): string[] => log.lines.map(({ message }) => message);
const refusalOf = async (attempt: Promise<unknown>): Promise<CrierError> => {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CrierError)) throw new Error(`was not refused: ${String(error)}`);
  return error;
};

describe('joining', () => {
  it('registers the commands first, connects, and says who Crier is there', async () => {
    await gateway.start();
    expect(registered).toEqual([BOT.id]);
    expect(gateway.isConnected()).toBe(true);
    expect(gateway.application()).toEqual({ id: BOT.id, name: 'Crier' });
    const fields = { as: 'Crier', servers: 2, shards: 1, invite: inviteLink(BOT.id) };
    expect(log.lines).toContainEqual({ level: 'info', message: 'Discord is on', fields });
  });

  it('asks for no privileged intent', async () => {
    await gateway.start();
    expect(discord.gateway.sessions()[0]?.identify.intents).toBe((1 << 0) | (1 << 9) | (1 << 12));
  });

  it('goes on where the commands cannot be registered, and says so in the log', async () => {
    open(() => Promise.reject(new Error('not today')));
    await gateway.start();
    expect(gateway.isConnected()).toBe(true);
    expect(wordsOf()).toContainEqual(expect.stringContaining('could not be registered'));
  });

  it('is refused with the cure where the token is wrong', async () => {
    discord.resetToken('another');
    const error = await refusalOf(gateway.start());
    expect(error.kind).toBe('invalid-input');
    expect(error.userMessage).toContain('Discord does not take DISCORD_TOKEN');
    expect(error.userMessage).toContain('Reset Token');
  });

  it('is tried again where Discord cannot be reached', async () => {
    const broken = { kind: 'broken', status: 503 } as const;
    discord.failNext(ASK_GATEWAY, broken, broken, broken);
    await gateway.start();
    expect(gateway.isConnected()).toBe(true);
    expect(wordsOf()).toContainEqual(expect.stringContaining('cannot be reached'));
  });

  it('writes the token into no log', async () => {
    await gateway.start();
    discord.gateway.drop();
    await vi.waitFor(() => expect(wordsOf()).toContain('Discord goes on where it stopped'));
    expect(JSON.stringify(log.lines)).not.toContain(discord.token);
  });
});

describe('a connection', () => {
  it('that breaks is resumed, and meanwhile Crier is not connected', async () => {
    await gateway.start();
    discord.gateway.drop();
    await vi.waitFor(() => expect(gateway.isConnected()).toBe(false));
    await vi.waitFor(() => expect(gateway.isConnected()).toBe(true));
    expect(discord.gateway.sessions()[0]?.resumes).toBe(1);
  });

  it('that Discord has closed for good is an error in the log', async () => {
    await gateway.start();
    discord.resetToken('another');
    await vi.waitFor(() => expect(wordsOf()).toContainEqual(expect.stringContaining('closed the connection for good')));
    expect(gateway.isConnected()).toBe(false);
  });
});

describe('what is kept', () => {
  it('is servers and their roles, no channels, and of people nobody but Crier itself', async () => {
    await gateway.start();
    const heard: string[] = [];
    client.ws.on(GatewayDispatchEvents.MessageCreate, ({ content }: { content: string }) => void heard.push(content));
    for (const person of [ANN, BOB]) await discord.as(person).say(`${mention} show my posts`);
    await discord.as(ANN).inDm().say('show my posts');
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    const bakery = client.guilds.cache.get(GUILD_A.id);
    expect(bakery?.available).toBe(true);
    expect(bakery?.roles.cache.map(({ name }) => name)).toContain('Marketing');
    expect([...(bakery?.members.cache.keys() ?? [])]).toEqual([BOT.id]);
    expect([...client.users.cache.keys()]).toEqual([BOT.id]);
    expect(client.channels.cache.size).toBe(0);
  });
});

describe('rate limits', () => {
  it('that are short are waited for, and those that are long are refused at once', async () => {
    discord.failNext('GET /users/@me', { kind: 'limited', retryAfterMs: 30 });
    await expect(client.rest.get('/users/@me')).resolves.toMatchObject({ id: BOT.id });
    discord.failNext('GET /users/@me', { kind: 'limited', retryAfterMs: 60_000 });
    await expect(client.rest.get('/users/@me')).rejects.toThrow();
  });

  it('of one channel delay no other', async () => {
    const told: string[] = [];
    const say = async (channel: string): Promise<void> => {
      await client.rest.post(`/channels/${channel}/messages`, { body: { content: 'Hello' } });
      told.push(channel);
    };
    const { social, random } = GUILD_A.channels;
    discord.failNext('POST /channels/:channel/messages', { kind: 'limited', retryAfterMs: 300 });
    const slow = say(social);
    await discord.waitFor('POST /channels/:channel/messages');
    await say(random);
    await say(GUILD_B.channels.social);
    expect(told).toEqual([random, GUILD_B.channels.social]);
    await slow;
  });
});

describe('the invite link', () => {
  const page = (): Promise<string> => readFile(join(import.meta.dirname, '../../../docs/discord.md'), 'utf8');

  it('asks for the permissions and scopes that the page explains, and for no others', async () => {
    const text = await page();
    const table = [...text.matchAll(/^\| `([A-Z][A-Za-z ]+)` +\| `(\d+)` +\| (.+?) +\|$/gm)].map(([, title, bit, reason]) => ({
      title,
      bit: BigInt(bit ?? 0),
      reason,
    }));
    expect(table.map(({ title, reason }) => ({ title, reason }))).toEqual(
      PERMISSIONS.map(({ title, reason }) => ({ title, reason })),
    );
    expect(table.reduce((sum, { bit }) => sum | bit, 0n)).toBe(permissionBits());
    for (const scope of SCOPES) expect(text).toContain(`\`${scope}\``);
  });

  it('is the one that the page shows', async () => {
    expect(await page()).toContain(inviteLink('APPLICATION_ID'));
  });
});
