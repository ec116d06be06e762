// What was written in Slack, as it will be posted: people by their names, links as addresses, emoji as themselves.
import type { Front } from './front.ts';
import type { TeamAccess } from './teams.ts';
import { idsIn, plainText } from './text-in.ts';

/** Names people by their ids, which must arrive as Slack writes them: `/settings roles <@U123> approver`. */
const NAMES_PEOPLE = /^\s*\/?settings\b/i;

export async function readSpoken({ entrances }: Front, access: TeamAccess, text: string): Promise<string> {
  if (NAMES_PEOPLE.test(text)) return text;
  const known = await Promise.all(idsIn(text).users.map(async (id) => [id, await entrances.nameOf(access, id)] as const));
  const people = new Map(known);
  return plainText(text, {
    user: (id) => people.get(id) ?? undefined,
    // both would take a permission to read all of a team's channels or groups, for a name that Slack mostly sends along
    channel: () => undefined,
    group: () => undefined,
  });
}
