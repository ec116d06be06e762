// Telling Discord which commands there are: all of them, and only when something changed.
import { beforeEach, describe, expect, it } from 'vitest';
import { register, type Wish } from '../../../scripts/discord-register.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { openClient } from '../../../src/bots/discord/client.ts';
import { registerCommands, unregisterCommands } from '../../../src/bots/discord/register.ts';
import { BOT, ELSEWHERE, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordServer, openDiscordServer } from '../../support/discord/server.ts';
import { keptLog } from '../../support/log.ts';

let discord: DiscordServer;
let options: Parameters<typeof registerCommands>[0];

beforeEach(async () => {
  discord = await openDiscordServer();
  const log = keptLog();
  const { apiUrl, token } = discord;
  const client = openClient({ token, apiUrl, developmentGuildId: null, shards: 'auto' }, log);
  const platforms = [{ id: 'bluesky', name: 'Bluesky' }];
  options = { rest: client.rest, applicationId: BOT.id, commands, platforms, guildId: null, log };
  return async () => {
    await client.destroy();
    await discord.close();
    expect(discord.troubles).toEqual([]);
  };
});

const namesIn = (guildId: string | null): string[] => discord.commandsOf(guildId).map(({ name }) => name);
const all = [...commands.map(({ name }) => name), 'Schedule this message'];
const writes = (): number => discord.calls().filter(({ route }) => /^(PUT|POST|DELETE)/.test(route)).length;

describe('commands', () => {
  it('are there for all servers', async () => {
    expect(await registerCommands(options)).toBe(true);
    expect(namesIn(null)).toEqual(all);
  });

  it('that are registered as they are now are left alone', async () => {
    await registerCommands(options);
    expect(await registerCommands(options)).toBe(false);
    expect(writes()).toBe(1);
  });

  it.each([
    { name: 'one is gone', change: (all: typeof commands) => all.slice(1) },
    {
      name: 'one is new',
      change: (all: typeof commands) => [...all, ...all.slice(0, 1).map((one) => ({ ...one, name: 'new' }))],
    },
    {
      name: 'one says otherwise what it does',
      change: ([first, ...rest]: typeof commands) => [...(first ? [{ ...first, summary: 'Other words' }] : []), ...rest],
    },
    {
      name: 'an argument is gone',
      change: (all: typeof commands) => all.map((one) => ({ ...one, arguments: one.arguments.slice(1) })),
    },
    {
      name: 'another role is needed',
      change: (all: typeof commands) => all.map((one) => ({ ...one, permission: 'administer' as const })),
    },
  ])('are registered anew, as they are now, when $name', async ({ change }) => {
    await registerCommands({ ...options, commands: change(commands) });
    expect(await registerCommands(options)).toBe(true);
    expect(namesIn(null)).toEqual(all);
    expect(await registerCommands(options)).toBe(false);
  });

  it('keep their ids, so that what people have pinned to them stays', async () => {
    await registerCommands({ ...options, commands: commands.slice(1) });
    const before = discord.commandsOf(null).find(({ name }) => name === commands[1]?.name)?.id;
    await registerCommands(options);
    expect(discord.commandsOf(null).find(({ name }) => name === commands[1]?.name)?.id).toBe(before);
  });

  it('of a server one develops in are there alone, and can be taken back', async () => {
    const there = { ...options, guildId: GUILD_A.id };
    expect(await registerCommands(there)).toBe(true);
    expect(await registerCommands(there)).toBe(false);
    expect([namesIn(GUILD_A.id), namesIn(null)]).toEqual([all, []]);
    expect(await unregisterCommands(there)).toBe(true);
    expect(await unregisterCommands(there)).toBe(false);
    expect(namesIn(GUILD_A.id)).toEqual([]);
  });

  it('cannot be registered in a server that Crier is not in', async () => {
    await expect(registerCommands({ ...options, guildId: ELSEWHERE.id })).rejects.toMatchObject({ code: 50001 });
  });
});

describe('npm run discord:register', () => {
  const say = (wish: Partial<Wish>): Promise<string> =>
    register(
      { token: discord.token, apiUrl: discord.apiUrl, developmentGuildId: null, shards: 'auto' },
      { guildId: null, remove: false, ...wish },
    );

  it('says what it did, for all servers and for one', async () => {
    expect(await say({})).toBe('Crier has its newest commands in all servers now.');
    expect(await say({})).toBe('Crier has its newest commands in all servers already.');
    const guildId = GUILD_A.id;
    expect(await say({ guildId })).toBe(`Crier has its newest commands in the server ${guildId} now.`);
    expect(await say({ guildId, remove: true })).toBe(`Crier has no commands in the server ${guildId} any more.`);
    expect([namesIn(guildId), namesIn(null)]).toEqual([[], all]);
  });

  it('says in a sentence why it could not', async () => {
    await expect(say({ guildId: ELSEWHERE.id })).rejects.toMatchObject({ kind: 'rejected' });
    discord.resetToken('another');
    const { apiUrl } = discord;
    const old = { token: 'old', apiUrl, developmentGuildId: null, shards: 'auto' } as const;
    await expect(register(old, { guildId: null, remove: false })).rejects.toMatchObject({
      kind: 'auth-revoked',
      userMessage: expect.stringContaining('DISCORD_TOKEN'),
    });
  });
});
