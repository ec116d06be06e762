// How Crier reaches Discord: what main.ts hands in, from the settings; and what it asks for when it is invited into a server.
import { PermissionFlagsBits } from 'discord.js';

export interface DiscordConnection {
  /** The bot's token. */
  token: string;
  /** Another server that speaks Discord's API, without version and slash at the end; null for Discord's own. */
  apiUrl: string | null;
  /** Registers the commands in that server alone, where they are there at once; null for all servers. */
  developmentGuildId: string | null;
  /** `auto` runs as many shards as Discord recommends, all in this process. */
  shards: Shards;
}

export type Shards = 'auto' | { ids: readonly number[]; count: number };

export const DISCORD_API_URL = 'https://discord.com/api';

/** The least that Crier does its work with. https://docs.discord.com/developers/topics/permissions (checked 2026-11-22) */
export const PERMISSIONS = [
  {
    permission: 'ViewChannel',
    title: 'View Channels',
    reason: 'To be in a channel at all: to hear that it is mentioned, and to show cards',
  },
  {
    permission: 'SendMessages',
    title: 'Send Messages',
    reason: 'To answer mentions, and to show cards that outlive an interaction',
  },
  {
    permission: 'AttachFiles',
    title: 'Attach Files',
    reason: 'To show pictures and hand over files it makes',
  },
  {
    permission: 'CreatePublicThreads',
    title: 'Create Public Threads',
    reason: 'To begin the thread of a post under its card. Without it, news are replies to the card',
  },
  {
    permission: 'SendMessagesInThreads',
    title: 'Send Messages in Threads',
    reason: 'To tell in that thread what became of the post',
  },
  {
    permission: 'ReadMessageHistory',
    title: 'Read Message History',
    reason: 'To answer a mention as a reply to it, and to tell news as replies to the card where there is no thread',
  },
] as const satisfies readonly { permission: keyof typeof PermissionFlagsBits; title: string; reason: string }[];

export type PermissionName = (typeof PERMISSIONS)[number]['permission'];

/** As Discord's pages call them: `Send Messages`. */
export const permissionNames = (permissions: readonly PermissionName[]): string[] =>
  PERMISSIONS.filter(({ permission }) => permissions.includes(permission)).map(({ title }) => title);

/** As invite links and roles count them: one bit each. */
export const permissionBits = (): bigint =>
  PERMISSIONS.reduce((sum, { permission }) => sum | PermissionFlagsBits[permission], 0n);

/** `bot` puts Crier into the server's members, `applications.commands` brings its commands. */
export const SCOPES = ['bot', 'applications.commands'] as const;

/** Whoever manages a server opens this to have Crier there. https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: SCOPES.join(' '),
    permissions: permissionBits().toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
