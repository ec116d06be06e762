// Changes what a post says, where it is not out yet: its text for all networks, or the text of one.
import type { DeliveryState } from '../delivery.ts';
import { invalidInput } from '../errors.ts';
import { type DeliveryDetails, hashtagsIn, type Post, type PostDetails, postName } from '../post.ts';
import type { Actor } from '../workspace.ts';
import { CHANGEABLE, type ChangeDeps, type Changed, changePost, deliveriesIn, refuseUnpublishable } from './change-post.ts';
import { requireText } from './post-text.ts';

/** States in which a network has, or may have, the text already: what Crier shows for it must stay what was sent. */
const SENT: readonly DeliveryState[] = ['publishing', 'published', 'unconfirmed'];

/** Platforms whose text has been sent to one of the post's accounts at least. */
export const sentPlatforms = (post: PostDetails): Set<string> =>
  new Set(
    post.deliveries
      // of a thread, the first part may be out while the rest waits
      .filter(({ state, inDoubt, remoteId }) => inDoubt || remoteId !== null || SENT.includes(state))
      .map(({ platform }) => platform),
  );

/**
 * Networks on which the post is out keep its earlier text, and those with a text of their own keep that one; the notes say so.
 * @throws CrierError `invalid-input` where no network's text would change, or the new one does not fit; `not-found`; `not-permitted`.
 */
export async function editPost(
  deps: ChangeDeps,
  actor: Actor,
  { number, text }: { number: number; text: string },
): Promise<Changed> {
  return changePost(deps, actor, number, 'edited', (post) => setText(deps, post, text));
}

/** `editPost` on a post that is locked. Returns the notes. */
export function setText(deps: ChangeDeps, post: PostDetails, text: string): string[] {
  requireText(text);
  const open = deliveriesIn(post, CHANGEABLE, 'edited');
  const sent = sentPlatforms(post);
  const own = new Set(Object.keys(post.post.variants).filter((platform) => !sent.has(platform)));
  const changing = open.filter(({ platform }) => !sent.has(platform) && !own.has(platform));
  if (changing.length === 0) throw nothingToEdit(post.post, open, sent);
  keepSentText(post.post, sent);
  post.post.text = text;
  post.post.hashtags = hashtagsIn(text);
  if (post.post.slot !== null) refuseUnpublishable(deps, post, changing);
  return [...notesOn(deps, sent, 'keeps the earlier text: it is out there'), ...notesOnOwn(deps, post, own)];
}

/** A published text is kept as its platform's variant, so that the post goes on showing what went out. */
function keepSentText(post: Post, sent: ReadonlySet<string>): void {
  for (const platform of sent) post.variants = { ...post.variants, [platform]: post.variants[platform] ?? post.text };
}

function nothingToEdit(post: Post, open: readonly DeliveryDetails[], sent: ReadonlySet<string>): Error {
  const own = open.find(({ platform }) => !sent.has(platform));
  const name = postName(post);
  if (own)
    return invalidInput(
      `Every network of ${name} has its own text. Change one with /post ${name} variant ${own.platform}: TEXT.`,
    );
  return invalidInput(
    `${name} is out, or going out, on every network it is for, so its text stays. Cancel the rest and schedule a new post.`,
  );
}

const notesOn = (deps: ChangeDeps, platforms: ReadonlySet<string>, words: string): string[] =>
  [...platforms].map((platform) => `${deps.platforms.get(platform).name} ${words}.`);

const notesOnOwn = (deps: ChangeDeps, post: PostDetails, own: ReadonlySet<string>): string[] =>
  [...own]
    .filter((platform) => post.deliveries.some((delivery) => delivery.platform === platform))
    .map(
      (platform) =>
        `${deps.platforms.get(platform).name} keeps its own text; change it with /post ${postName(post.post)} variant ${platform}: TEXT.`,
    );
