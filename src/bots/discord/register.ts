// Tells Discord which commands there are, and only when something changed: what is registered is read first. What is registered is
// options.ts' matter. One server at a time while developing (there at once), all servers else.
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../core/ports.ts';
import type { Command } from '../command.ts';
import { applicationCommands, type Known } from './options.ts';
import { fingerprint } from './options-fingerprint.ts';

export interface RegisterOptions {
  rest: REST;
  applicationId: string;
  commands: readonly Command[];
  platforms: Known['platforms'];
  /** The only server that gets them; null for all. */
  guildId: string | null;
  log: Log;
}

/**
 * True where Discord had others. Bulk overwriting keeps the ids of commands whose names stay.
 * https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands (checked 2026-11-22)
 * @throws DiscordAPIError: `MissingAccess` for a server that Crier is not in, or may not add commands to
 */
export async function registerCommands(options: RegisterOptions): Promise<boolean> {
  const { commands, platforms, guildId } = options;
  return overwrite(options, applicationCommands({ commands, platforms, scope: guildId === null ? 'global' : 'guild' }));
}

/** Takes them back, as after developing: commands of one server are shown beside those of all. True where there were some. */
export const unregisterCommands = (options: Omit<RegisterOptions, 'commands' | 'platforms'>): Promise<boolean> =>
  overwrite(options, []);

async function overwrite(
  { rest, applicationId, guildId, log }: Omit<RegisterOptions, 'commands' | 'platforms'>,
  wanted: ReturnType<typeof applicationCommands>,
): Promise<boolean> {
  const scope = guildId === null ? 'global' : 'guild';
  const route =
    guildId === null ? Routes.applicationCommands(applicationId) : Routes.applicationGuildCommands(applicationId, guildId);
  const registered = z.array(z.unknown()).parse(await rest.get(route));
  if (fingerprint(registered, scope) === fingerprint(wanted, scope)) return false;
  await rest.put(route, { body: wanted });
  log.info({ commands: wanted.length, guildId }, 'the commands in Discord are new');
  return true;
}
