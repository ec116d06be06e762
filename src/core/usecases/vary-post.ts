// Gives one network of a post a text of its own.
import { invalidInput } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import type { Platform } from '../platform.ts';
import { type PostDetails, postName } from '../post.ts';
import type { Actor } from '../workspace.ts';
import { CHANGEABLE, type ChangeDeps, type Changed, changePost, deliveriesIn, refuseUnpublishable } from './change-post.ts';
import { sentPlatforms } from './edit-post.ts';
import { requireText } from './post-text.ts';

/**
 * `platform` is a network's id, name or alias.
 * @throws CrierError `invalid-input` where the post does not go to that network, is out there, or the text does not fit; `not-found`; `not-permitted`.
 */
export async function varyPost(
  deps: ChangeDeps,
  actor: Actor,
  { number, platform, text }: { number: number; platform: string; text: string },
): Promise<Changed> {
  return changePost(deps, actor, number, 'varied', (post) => setVariant(deps, post, { platform, text }));
}

/** `varyPost` on a post that is locked. Returns the notes. */
export function setVariant(
  deps: ChangeDeps,
  post: PostDetails,
  { platform, text }: { platform: string; text: string },
): string[] {
  const network = networkOf(deps, post, platform);
  requireText(text);
  const open = deliveriesIn(post, CHANGEABLE, 'changed').filter((delivery) => delivery.platform === network.id);
  if (sentPlatforms(post).has(network.id) || open.length === 0) {
    throw invalidInput(`On ${network.name} ${postName(post.post)} is settled or going out right now, so its text there stays.`);
  }
  post.post.variants = { ...post.post.variants, [network.id]: text };
  if (post.post.slot !== null) refuseUnpublishable(deps, post, open);
  return [];
}

/** The network of this post that a person names. @throws CrierError `invalid-input` where it does not go there. */
export function networkOf(deps: ChangeDeps, post: PostDetails, name: string): Platform {
  const ids = [...new Set(post.deliveries.map((delivery) => delivery.platform))];
  const network = deps.platforms.find(name);
  if (network && ids.includes(network.id)) return network;
  const near = nearest(name.toLowerCase(), ids);
  const names = ids.map((id) => deps.platforms.get(id).name).join(', ');
  throw invalidInput(
    `${postName(post.post)} does not go to "${name}"${near ? `. Did you mean ${near}?` : `: it goes to ${names}.`}`,
  );
}
