// Ids as Discord makes them: milliseconds since 2015, then a counter. https://docs.discord.com/developers/reference#snowflakes (2026-11-22)
import type { Clock } from '../../../src/core/clock.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Ids rise even while the clock stands still. */
export function snowflakes(clock: Clock): () => string {
  let made = 0n;
  return () => {
    made += 1n;
    const milliseconds = BigInt(clock.now().epochMilliseconds - DISCORD_EPOCH_MS);
    return ((milliseconds << 22n) | (made & 0x3fffffn)).toString();
  };
}

/** The shard a server belongs to; what belongs to no server goes to shard 0. https://docs.discord.com/developers/events/gateway#sharding */
export const shardOf = (guildId: string | null, shards: number): number =>
  guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
