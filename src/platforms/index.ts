// The networks Crier knows: an explicit list, and how one is found by what people call it.
import type { Platform } from '../core/platform.ts';
import type { Platforms } from '../core/ports.ts';
import { bluesky } from './bluesky/index.ts';
import { facebook } from './facebook/index.ts';
import { instagram } from './instagram/index.ts';
import { linkedin } from './linkedin/index.ts';
import { mastodon } from './mastodon/index.ts';
import { threads } from './threads/index.ts';
import { tiktok } from './tiktok/index.ts';
import { x } from './x/index.ts';
import { youtube } from './youtube/index.ts';

const PLATFORMS: readonly Platform[] = [bluesky, mastodon, x, facebook, instagram, threads, linkedin, tiktok, youtube];

/** @throws Error where two platforms of the list share a word: a bug. */
export function openPlatforms(list: readonly Platform[] = PLATFORMS): Platforms {
  const byWord = new Map<string, Platform>();
  for (const platform of list) {
    for (const word of new Set([platform.id, platform.name, ...platform.aliases].map((each) => each.toLowerCase()))) {
      const other = byWord.get(word);
      if (other) throw new Error(`${other.id} and ${platform.id} are both called "${word}"; take it from one of them`);
      byWord.set(word, platform);
    }
  }
  return {
    all: () => list,
    get(id) {
      const platform = list.find((each) => each.id === id);
      if (!platform) throw new Error(`there is no platform "${id}"; add it to the list in src/platforms/index.ts`);
      return platform;
    },
    find: (name) => byWord.get(name.trim().toLowerCase()),
  };
}
