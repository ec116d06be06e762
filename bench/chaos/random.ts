// Numbers that look random and are the same for the same seed, so that a run can be had again.

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number;
  /** True this often, of 1. */
  chance: (probability: number) => boolean;
  /** One of them. @throws Error where there is none. */
  pick: <T>(items: readonly T[]) => T;
}

/** @param seed a whole number of 32 bits */
export function openRandom(seed: number): Random {
  const next = mulberry32(seed);
  return {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const [item] = items.slice(Math.floor(next() * items.length));
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}

/** By Tommy Ettinger, in the public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
