// What is said to one person in Discord where no interaction is open any more.
import { expect, it, onTestFinished } from 'vitest';
import { openClient } from '../../../src/bots/discord/client.ts';
import { isUnreachable } from '../../../src/bots/discord/failures.ts';
import { sayDirectly } from '../../../src/bots/discord/say-to.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import { clockAt } from '../../support/clock.ts';
import { ANN, GUILD_A } from '../../support/discord/places.ts';
import { openDiscordServer } from '../../support/discord/server.ts';
import { keptLog } from '../../support/log.ts';

const REPLY: Reply = { tone: 'good', title: 'Mastodon is connected', private: true };
const WHOM = { teamId: GUILD_A.id, userId: ANN.id };

async function openRest() {
  const discord = await openDiscordServer({ clock: clockAt('2026-11-22T09:00:00Z') });
  const connection = { token: discord.token, apiUrl: discord.apiUrl, developmentGuildId: null, shards: 'auto' } as const;
  const client = openClient(connection, keptLog());
  onTestFinished(async () => {
    await client.destroy();
    await discord.close();
  });
  return { discord, rest: client.rest };
}

it('reaches them in a direct message', async () => {
  const { discord, rest } = await openRest();
  await sayDirectly(rest, WHOM, REPLY);
  expect(JSON.stringify(discord.dms(ANN))).toContain('Mastodon is connected');
});

it('fails where they take none', async () => {
  const { discord, rest } = await openRest();
  discord.closeDms(ANN);
  await expect(sayDirectly(rest, WHOM, REPLY)).rejects.toSatisfy(isUnreachable);
});
