// A plain discord.js client on the test Discord, and what the tests of the server itself share.
import {
  type ChatInputCommandInteraction,
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  Partials,
} from 'discord.js';
import type { DiscordServer } from './server.ts';

/** Logs in and waits until every shard has its servers. */
export async function logIn(discord: DiscordServer, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = clientFor(discord, options);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

export const clientFor = (discord: DiscordServer, options: Partial<ClientOptions> = {}): Client =>
  new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    ...options,
    rest: { api: discord.apiUrl, ...options.rest },
  });

/** The bot does this with the next interaction; what comes of it comes back, also what went wrong. */
export const onNext = (client: Client, act: (interaction: Interaction) => Promise<unknown>): Promise<unknown> =>
  new Promise((resolve) => {
    client.once(Events.InteractionCreate, (interaction) => act(interaction).then(resolve, resolve));
  });

export const onCommand = (
  client: Client,
  act: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): Promise<unknown> => onNext(client, async (interaction) => (interaction.isChatInputCommand() ? act(interaction) : undefined));

/** How Discord refused; fails where it did not. */
export async function refusal(attempt: Promise<unknown>): Promise<{ code: unknown; status: number; raw: unknown }> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscordAPIError)) throw new Error(`was not refused: ${String(error)}`);
  return { code: error.code, status: error.status, raw: error.rawError };
}
