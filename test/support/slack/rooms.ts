// What is in the channels of the teams, read as somebody who is in them, and who is let in: what a test looks at and sets up.
// Nothing of it counts as a call of the app.
import { peopleOf, type Team } from './cast.ts';
import { dress, type Wardrobe } from './dress.ts';
import { readMessage, type SlackMessage } from './records.ts';
import type { TeamEmulator } from './team-emulator.ts';
import { isObject, type Json } from './wire.ts';

export interface Rooms {
  /** Oldest first, without what is in threads. A person's id stands for the bot's conversation with them. */
  messages: (channel: string) => Promise<SlackMessage[]>;
  /** A message and its replies. */
  thread: (channel: string, ts: string) => Promise<SlackMessage[]>;
  invite: (channel: string) => Promise<void>;
  kick: (channel: string) => Promise<void>;
  archive: (channel: string) => Promise<void>;
  remove: (message: SlackMessage) => Promise<void>;
}

/** The bot's conversation with a person, opened where there is none yet. */
export async function directChannel({ asBot }: TeamEmulator, userId: string): Promise<string> {
  const { channel } = await asBot('conversations.open', { users: userId });
  if (!isObject(channel)) throw new Error(`There is no conversation with ${userId}.`);
  return String(channel.id);
}

async function isKnownTo({ asBot }: TeamEmulator, channel: string): Promise<boolean> {
  try {
    await asBot('conversations.members', { channel });
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('channel_not_found')) return false;
    throw error;
  }
}

export function openRooms(teams: readonly TeamEmulator[], wardrobe: Wardrobe): Rooms {
  const knows = (team: Team, id: string): boolean =>
    Object.values(team.channels).includes(id) || peopleOf(team).some((person) => person.id === id);

  /** Of a channel or a person of cast.ts; direct conversations have ids of the emulators, which are asked. */
  async function homeOf(id: string): Promise<TeamEmulator> {
    const named = teams.find(({ team }) => knows(team, id));
    if (named) return named;
    for (const one of teams) {
      if (await isKnownTo(one, id)) return one;
    }
    throw new Error(`There is no channel ${id}.`);
  }
  async function read(method: string, id: string, rest: Json): Promise<SlackMessage[]> {
    const emulator = await homeOf(id);
    const { team, asBot, asPerson } = emulator;
    const channel = id.startsWith('U') ? await directChannel(emulator, id) : id;
    const args = { ...rest, channel, limit: 1000 };
    const answer = await (channel.startsWith('D') ? asBot(method, args) : asPerson(team.people.ann.id, method, args));
    const { messages } = dress(method, args, answer, team, wardrobe);
    if (!Array.isArray(messages)) throw new Error(`${method} gave no messages.`);
    return messages.map((one) => readMessage(team.id, channel, one)).sort((one, other) => (one.ts < other.ts ? -1 : 1));
  }
  const manage =
    (method: string) =>
    async (channel: string): Promise<void> => {
      const { team, asPerson } = await homeOf(channel);
      await asPerson(team.people.ann.id, method, { channel, users: team.botUserId, user: team.botUserId });
    };
  return {
    messages: (channel) => read('conversations.history', channel, {}),
    thread: (channel, ts) => read('conversations.replies', channel, { ts }),
    invite: manage('conversations.invite'),
    kick: manage('conversations.kick'),
    archive: manage('conversations.archive'),
    remove: async ({ channel, ts, user = '' }) => {
      const { team, asBot, asPerson } = await homeOf(channel);
      await (user === team.botUserId ? asBot('chat.delete', { channel, ts }) : asPerson(user, 'chat.delete', { channel, ts }));
    },
  };
}
