// The two servers of the test Discord and the people in them, by fixed ids. Ann owns both servers, Bob is a plain member with the
// Marketing role; the same people in both, so that a mix-up of servers would show.

/** A snowflake of a fixed moment; the last digit of `n` also decides the shard among two. */
const fixed = (n: number): string => ((280_000_000_000n + BigInt(n)) << 22n).toString();

export interface Person {
  id: string;
  username: string;
  globalName: string;
  locale: string;
}

/** The bot; its application carries the same id, as applications made today do. */
export const BOT = { id: fixed(2), username: 'Crier', token: 'test-bot-token' };
/** No privileged intent is switched on in the portal. */
export const APPLICATION_FLAGS = 0;
export const ANN: Person = { id: fixed(11), username: 'ann', globalName: 'Ann', locale: 'de' };
export const BOB: Person = { id: fixed(12), username: 'bob', globalName: 'Bob', locale: 'en-US' };

export interface Place {
  id: string;
  name: string;
  ownerId: string;
  memberIds: readonly string[];
  /** `board` is hidden from the bot; in `news` it may read and not write. */
  channels: { social: string; random: string; board: string; news: string };
  roles: { crier: string; marketing: string; admin: string };
}

/**
 * Ids of a server and all that is in it. An even `n` falls to shard 0 of 2, an odd one to shard 1. Two servers keep a hundred apart;
 * 10,000 and above is free for tests that need many.
 */
export function place(name: string, n: number, people: { ownerId: string; memberIds: readonly string[] }): Place {
  return {
    id: fixed(n),
    name,
    ...people,
    channels: { social: fixed(n + 10), random: fixed(n + 20), board: fixed(n + 30), news: fixed(n + 40) },
    roles: { crier: fixed(n + 50), marketing: fixed(n + 60), admin: fixed(n + 70) },
  };
}

export const GUILD_A = place('Bakery', 1_000, { ownerId: ANN.id, memberIds: [ANN.id, BOB.id] });
export const GUILD_B = place('Library', 2_001, { ownerId: ANN.id, memberIds: [ANN.id, BOB.id] });
/** A server that never added the bot: what a user-installed command meets. */
export const ELSEWHERE = place('Elsewhere', 3_000, { ownerId: BOB.id, memberIds: [ANN.id, BOB.id] });
