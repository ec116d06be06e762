// Changes what a post says beside its text, where it is not out yet: options of a network, whether it is a thread, the first comment.
import { invalidInput } from '../errors.ts';
import type { NetworkOptions } from '../network-options.ts';
import { type PostDetails, postName } from '../post.ts';
import type { Actor } from '../workspace.ts';
import { CHANGEABLE, type ChangeDeps, type Changed, changePost, deliveriesIn, refuseUnpublishable } from './change-post.ts';
import { sentPlatforms } from './edit-post.ts';
import { readBeside } from './read-beside.ts';

/** What is to hold from now on; what is left out stays. An empty comment takes it away. */
export interface BesideChange {
  options?: Readonly<Record<string, NetworkOptions>>;
  thread?: boolean;
  comment?: string;
}

/**
 * Of a post that recurs this one is changed. The options of a network are replaced, all at once; by none they are taken away.
 * @throws CrierError `invalid-input` where it is out or may be, for an option there is not, or where it would no longer fit;
 * `not-found`; `not-permitted`.
 */
export const changeBeside = (
  deps: ChangeDeps,
  actor: Actor,
  { number, ...change }: BesideChange & { number: number },
): Promise<Changed> =>
  changePost(deps, actor, number, 'said beside', (details) => {
    const open = deliveriesIn(details, CHANGEABLE, 'changed');
    const { post } = details;
    const read = readBeside(deps, new Set(details.deliveries.map(({ platform }) => platform)), change);
    const replaced = new Set(Object.keys(change.options ?? {}).flatMap((network) => deps.platforms.find(network)?.id ?? []));
    refuseSent(deps, details, change, [...replaced]);
    const kept = Object.entries(post.beside.options).filter(([platform]) => !replaced.has(platform));
    post.beside = {
      options: { ...Object.fromEntries(kept), ...read.options },
      thread: change.thread ?? post.beside.thread,
      comment: change.comment === undefined ? post.beside.comment : read.comment,
    };
    if (post.slot !== null) refuseUnpublishable(deps, details, open);
    return details.series !== null && details.series.state !== 'ended' ? ['Only this one is changed. The others stay.'] : [];
  });

/** What a network has, or may have, is not changed; a thread and its comment are the same everywhere. */
function refuseSent(deps: ChangeDeps, details: PostDetails, change: BesideChange, platforms: readonly string[]): void {
  const sent = sentPlatforms(details);
  const isForAll = change.thread !== undefined || change.comment !== undefined;
  const [first] = [...sent].filter((platform) => isForAll || platforms.includes(platform));
  if (first === undefined) return;
  const name = postName(details.post);
  throw invalidInput(
    `On ${deps.platforms.get(first).name} ${name} is out, or may be, so what it says beside its text stays. Cancel the rest and schedule a new post.`,
  );
}
