// Reads what a new post is made of, the same for a scheduled one and a draft: where it goes, its files, what each network shows.
// Writes nothing.
import type { Account } from '../account.ts';
import { invalidArgument } from '../errors.ts';
import type { Deps } from '../ports.ts';
import { hashtagsIn, type Origin } from '../post.ts';
import type { NewPost } from '../post-store.ts';
import { type DeliveryPreview, haveLinks, previewDeliveries, refuseProblems } from '../preview.ts';
import { nameAccount, readTargets, type Targets } from '../targets.ts';
import type { Actor } from '../workspace.ts';
import { type FetchedMedia, fetchMedia, type MediaRequest } from './attach-media.ts';
import { findPlatform } from './connect-account.ts';
import { refuseUnstorable, requireText } from './post-text.ts';
import { type BesideRequest, readBeside } from './read-beside.ts';

export type ComposeDeps = Pick<Deps, 'clock' | 'store' | 'platforms' | 'mediaFetcher' | 'mediaLinks'>;

export interface PostRequest extends BesideRequest {
  text: string;
  /** Texts of their own for single networks, by id, name or alias; empty ones are none. */
  variants?: Readonly<Record<string, string>>;
  /** As a person names them: "x, linkedin", "all". */
  targets: string;
  media: readonly MediaRequest[];
  campaign: string | null;
  origin: Origin;
}

export interface Composed extends Targets {
  files: FetchedMedia[];
  previews: DeliveryPreview[];
  post: Omit<NewPost, 'deliveries' | 'slot' | 'mediaIds'>;
}

/**
 * @throws CrierError `invalid-input` for no text, an account or network that is not there, a text of its own for a network the post
 * does not go to, an option there is not, or a file that cannot be fetched.
 */
export async function composePost(deps: ComposeDeps, actor: Actor, request: PostRequest): Promise<Composed> {
  const { text, media, origin } = request;
  if (media.length === 0) requireText(text);
  refuseUnstorable(text);
  const { accounts, byAll } = readTargets(request.targets, await deps.store.accounts.list(actor.workspace.id), deps.platforms);
  const variants = readVariants(deps, accounts, request.variants ?? {});
  const beside = readBeside(deps, new Set(accounts.map(({ platform }) => platform)), request);
  const files = await fetchMedia(deps, actor, media);
  const campaign = await knownCampaign(deps, actor, request.campaign);
  const post = { text, variants, beside, hashtags: hashtagsIn(text), campaign, origin };
  const previews = previewDeliveries({
    post,
    postName: null,
    accounts,
    media: files,
    hasLinks: haveLinks(deps, files),
    platforms: deps.platforms,
    now: deps.clock.now(),
    at: null,
    dailyCaps: {},
    plannedThatDay: new Map(),
  });
  return { accounts, byAll, files, previews, post };
}

/**
 * The same post without the accounts that nobody named and that cannot take it, as long as one is left that can, and a sentence for
 * each of them.
 * @throws CrierError `invalid-input` where one that was named could not take it, or none of all.
 */
export function leaveOutUnfit(
  { platforms }: Pick<Deps, 'platforms'>,
  composed: Composed,
): { composed: Composed; notes: string[] } {
  const { accounts, byAll, previews } = composed;
  const unfit = previews.filter(({ account, problems }) => byAll.has(account.id) && problems.length > 0);
  const isLeft = ({ id }: Account): boolean => !unfit.some(({ account }) => account.id === id);
  if (unfit.length === accounts.length) refuseProblems(previews);
  const left = previews.filter(({ account }) => isLeft(account));
  refuseProblems(left);
  return {
    composed: { ...composed, accounts: accounts.filter(isLeft), previews: left },
    notes: unfit.map(({ account, problems }) => `${nameAccount(account, platforms)} is left out: ${problems.join(' ')}`),
  };
}

function readVariants(
  deps: Pick<Deps, 'platforms'>,
  accounts: readonly Account[],
  texts: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(
    given.map(([network, text]) => {
      const { id, name } = findPlatform(deps, network);
      refuseUnstorable(text, `variant:${network}`);
      if (accounts.some(({ platform }) => platform === id)) return [id, text];
      throw invalidArgument(
        `variant:${network}`,
        `${name} has a text of its own here, and the post does not go there: add ${id} to the networks, or leave that text empty.`,
      );
    }),
  );
}

/** A campaign is written as it was first written, so that "Launch" and "launch" are one. */
async function knownCampaign({ store }: Pick<Deps, 'store'>, actor: Actor, name: string | null): Promise<string | null> {
  const wanted = name?.trim() ?? '';
  if (wanted === '') return null;
  refuseUnstorable(wanted);
  const known = await store.posts.campaigns(actor.workspace.id);
  return known.find((campaign) => campaign.toLowerCase() === wanted.toLowerCase()) ?? wanted;
}
