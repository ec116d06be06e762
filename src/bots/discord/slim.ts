// What Discord tells of a server and Crier has no use for is taken out of the packets before discord.js remembers it. Of a busy server that
// is nine tenths: its channels with the rights in each, threads, emojis. An interaction brings the channel it was in and what holds there.
import { type Client, GatewayDispatchEvents as Heard } from 'discord.js';

const UNUSED_OF_SERVER = { channels: [], emojis: [], stickers: [], threads: [], voice_states: [] };
/** With its type, discord.js makes a channel of where a message was said, and keeps it. */
const UNUSED_OF_MESSAGE = { channel_type: undefined };

/** discord.js hands out each packet before it reads it itself, and it is the same object: less in it is less to be kept. */
export function keepServersSlim(client: Client): void {
  const without = (unused: object) => (packet: unknown) => {
    if (typeof packet === 'object' && packet !== null) Object.assign(packet, unused);
  };
  client.ws.on(Heard.GuildCreate, without(UNUSED_OF_SERVER));
  client.ws.on(Heard.MessageCreate, without(UNUSED_OF_MESSAGE));
}
