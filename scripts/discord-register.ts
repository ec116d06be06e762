// Registers Crier's commands in Discord, where they are not registered as they are now. `npm run discord:register` does it for all servers, and
// `npm run discord:register -- --guild 123` for that server alone, where they are there at once; with --remove they are taken back.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { commands } from '../src/bots/commands/index.ts';
import { openClient } from '../src/bots/discord/client.ts';
import type { DiscordConnection } from '../src/bots/discord/connection.ts';
import { readFailure } from '../src/bots/discord/failures.ts';
import { askApplication } from '../src/bots/discord/gateway.ts';
import { registerCommands, unregisterCommands } from '../src/bots/discord/register.ts';
import { loadEnvFile, readConfig } from '../src/config.ts';
import { CrierError } from '../src/core/errors.ts';
import type { Log } from '../src/core/ports.ts';
import { openPlatforms } from '../src/platforms/index.ts';

export interface Wish {
  /** Null for all servers. */
  guildId: string | null;
  remove: boolean;
}

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What was done, in a sentence. @throws CrierError where Discord refuses it or cannot be reached. */
export async function register(connection: DiscordConnection, { guildId, remove }: Wish): Promise<string> {
  const client = openClient(connection, quiet);
  try {
    const { id: applicationId, name } = await askApplication(client);
    const where = guildId === null ? 'all servers' : `the server ${guildId}`;
    const about = { rest: client.rest, applicationId, guildId, log: quiet };
    if (remove) {
      return (await unregisterCommands(about))
        ? `${name} has no commands in ${where} any more.`
        : `${name} had no commands in ${where}.`;
    }
    const changed = await registerCommands({ ...about, commands, platforms: openPlatforms().all() });
    return changed ? `${name} has its newest commands in ${where} now.` : `${name} has its newest commands in ${where} already.`;
  } catch (error) {
    throw readFailure(error);
  } finally {
    await client.destroy();
  }
}

const NO_TOKEN = 'DISCORD_TOKEN is not set. docs/discord.md says where it is found.';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { guild: { type: 'string' }, remove: { type: 'boolean', default: false } } });
  try {
    loadEnvFile();
    const { discord } = readConfig();
    if (!discord) throw new CrierError('invalid-input', NO_TOKEN);
    const said = await register(discord, { guildId: values.guild ?? discord.developmentGuildId, remove: values.remove });
    process.stdout.write(`${said}\n`);
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    process.stderr.write(`${error.userMessage}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
