// How a member's own posts did, and how that member stands: only where whoever runs Crier switched it on, since it wants scopes that LinkedIn
// refuses to most apps. Changes nothing.
import { z } from 'zod';
import { type AccountFigures, type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { OAuthApp } from '../../core/oauth.ts';
import type { AccountAccess, FiguresContext } from '../../core/platform.ts';
import { ask, Refused } from '../api.ts';
import { restRequest, unlessForbidden } from './client.ts';

/** `LINKEDIN_MEMBER_FIGURES`. */
export const readsMembers = (app: OAuthApp | null): boolean => app?.options?.figures === 'true';

/**
 * One in a request. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/members/post-statistics (checked 2026-11-23 in part);
 * it has `POST_SAVE` since a version of 2026.
 */
const METRICS = [
  ['views', 'IMPRESSION'],
  ['reach', 'MEMBERS_REACHED'],
  ['likes', 'REACTION'],
  ['comments', 'COMMENT'],
  ['shares', 'RESHARE'],
  ['saves', 'POST_SAVE'],
] as const satisfies readonly (readonly [keyof PostFigures, string])[];

/** -1 stands for what is not known (unverified). */
const Counts = z.object({ elements: z.array(z.object({ count: z.number() })) }).transform(({ elements: [first] }) => {
  const count = first?.count ?? -1;
  return count < 0 ? null : count;
});

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/members/follower-statistics (unverified). */
const Followers = z.object({ elements: z.array(z.object({ memberFollowersCount: z.number().nonnegative() })) });

/** Posts asked for side by side, each with all metrics at once. */
const ABREAST = 2;

type Figures = ReadonlyMap<string, PostFigures>;

/** Where it is not switched on nothing is asked, and nothing is told. */
export async function memberFigures(context: FiguresContext): Promise<Figures> {
  const urns = context.posts.map(({ remoteId }) => remoteId);
  const told = readsMembers(context.app) ? await unlessForbidden(readPosts(context, urns)) : null;
  return told ?? new Map(urns.map((urn) => [urn, UNTOLD]));
}

async function readPosts(context: FiguresContext, urns: readonly string[]): Promise<Figures> {
  const told = new Map<string, PostFigures>();
  for (let first = 0; first < urns.length; first += ABREAST) {
    const some = urns.slice(first, first + ABREAST);
    const read = await Promise.all(some.map(async (urn) => [urn, await readPost(context, urn)] as const));
    for (const [urn, post] of read) if (post) told.set(urn, post);
  }
  return told;
}

/** Null for a post that is gone. */
async function readPost(context: FiguresContext, urn: string): Promise<PostFigures | null> {
  const entity = `(${urn.startsWith('urn:li:ugcPost:') ? 'ugc' : 'share'}:${encodeURIComponent(urn)})`;
  try {
    const counts = await Promise.all(
      METRICS.map(async ([name, type]) => {
        const path = `memberCreatorPostAnalytics?q=entity&entity=${entity}&queryType=${type}&aggregation=TOTAL`;
        return [name, await unlessUnknown(ask(context, restRequest(context, path), Counts))] as const;
      }),
    );
    return { ...UNTOLD, ...Object.fromEntries(counts) };
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  }
}

/** Null for a metric that this version of the API does not know, or not of this post. */
async function unlessUnknown(count: Promise<number | null>): Promise<number | null> {
  try {
    return await count;
  } catch (error) {
    if (error instanceof Refused && error.status === 400) return null;
    throw error;
  }
}

/** Views are those of all posts on the last whole day; how many people that were LinkedIn tells of no single day. */
export async function memberAccountFigures(access: AccountAccess): Promise<AccountFigures> {
  if (!readsMembers(access.app)) return UNTOLD_ACCOUNT;
  const today = access.clock.now().toZonedDateTimeISO('UTC').toPlainDate();
  const range = `(start:${dateOf(today.subtract({ days: 1 }))},end:${dateOf(today)})`;
  const ofYesterday = `memberCreatorPostAnalytics?q=me&queryType=IMPRESSION&aggregation=DAILY&dateRange=${range}`;
  const [followers, views] = await Promise.all([
    unlessForbidden(ask(access, restRequest(access, 'memberFollowersCount?q=me'), Followers)),
    unlessForbidden(ask(access, restRequest(access, ofYesterday), Counts)),
  ]);
  return { ...UNTOLD_ACCOUNT, followers: followers?.elements[0]?.memberFollowersCount ?? null, views };
}

/** As Rest.li 2.0 writes a record; the end of a range is not in it any more. */
const dateOf = ({ year, month, day }: Temporal.PlainDate): string => `(day:${day},month:${month},year:${year})`;
