// Where Slack refuses what emulate lets through: https://docs.slack.dev/reference/methods/chat.postMessage, and chat.update, which
// knows other errors (both checked 2026-11-22).
import type { TeamEmulator } from './team-emulator.ts';
import { isObject, type Json, text } from './wire.ts';

const INTO_CHANNELS = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'chat.delete']);

/**
 * The error Slack gives where the bot may not write: `channel_not_found` in a private channel it is not in, `is_archived` (to a change, `is_inactive`),
 * `user_disabled` for a person who has left, and in a public channel it is not in `not_in_channel`, where its scopes do not hold
 * chat:write.public. That scope's page names chat.postMessage alone (https://api.slack.com/scopes/chat:write.public); what one
 * person sees is refused here all the same, which is the harder case.
 */
export async function refusalOf(
  method: string,
  args: Json,
  team: TeamEmulator,
  { left, scopes }: { left: ReadonlySet<string>; scopes: readonly string[] },
): Promise<string | null> {
  if (method === 'conversations.open') return left.has(text(args.users)) ? 'user_disabled' : null;
  if (!INTO_CHANNELS.has(method)) return null;
  const channel = text(args.channel);
  if (left.has(channel)) return 'user_disabled';
  if (!/^[CGD]/.test(channel)) return null;
  const { channel: found } = await team.asBot('conversations.info', { channel }).catch(privateChannel);
  if (!isObject(found)) return 'channel_not_found';
  if (found.is_archived === true) return method === 'chat.update' ? 'is_inactive' : 'is_archived';
  if (found.is_member === true) return null;
  if (found.is_private === true) return 'channel_not_found';
  return method !== 'chat.postEphemeral' && scopes.includes('chat:write.public') ? null : 'not_in_channel';
}

/** emulate says not_in_channel for a private channel, where Slack does not admit that it exists. */
function privateChannel(error: unknown): Json {
  if (error instanceof Error && /not_in_channel|channel_not_found/.test(error.message)) return {};
  throw error;
}
