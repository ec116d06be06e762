// Looks for a post that a try of unknown outcome may have made: its container says whether it is public, the account's own posts or replies
// which one it is. Changes nothing.
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { type ContainerPosts, findContainerPost } from '../container-posts.ts';
import { isForbidden } from '../graph-errors.ts';
import { type Client, clientFor } from './client.ts';
import { deskOf } from './containers.ts';
import { classifyThreadsError } from './errors.ts';

/** By how far the clock of Threads may be behind ours. */
const SKEW = Temporal.Duration.from({ minutes: 2 });
const PAGE = 100;

/**
 * https://developers.facebook.com/documentation/threads/retrieve-and-discover-posts/retrieve-posts and /reference/reply-management (checked
 * 2026-11-22); times like 2024-09-12T23:17:39+0000.
 */
const Listed = z.object({
  id: z.string(),
  text: z.string().default(''),
  permalink: z.string().optional(),
  timestamp: z.string(),
  replied_to: z.object({ id: z.string() }).optional(),
});
type Listed = z.infer<typeof Listed>;
const List = z.object({ data: z.array(Listed) });

const profileOf = ({ service, handle }: Pick<Account, 'service' | 'handle'>): string => `${service}/${handle}`;

type Sought = Pick<FindContext, 'account' | 'text' | 'thread'>;

export const postsOf = (client: Client, sought: Sought): ContainerPosts => ({
  desk: deskOf(client),
  profile: profileOf(sought.account),
  candidates: async (since, isTaken) => {
    const found = await listSince(client, since, sought);
    const ours: Published[] = [];
    for (const each of found ?? []) if (!(await isTaken(each.id))) ours.push(publishedAs(each, sought.account));
    return found && ours;
  },
});

/** Own posts since then with its text and in its place, the first one first; null where there are too many to read. */
async function listSince(client: Client, since: Temporal.Instant, { text, thread }: Sought): Promise<Listed[] | null> {
  const from = since.subtract(SKEW);
  const above = thread.at(-1);
  // posts and replies are listed apart
  const edge = above ? REPLIES : POSTS;
  const { data } = await client.get(
    `${client.userId}/${edge.path}`,
    { fields: edge.fields, since: String(Math.floor(from.epochMilliseconds / 1000)), limit: String(PAGE) },
    List,
  );
  const fresh = data.filter(({ timestamp }) => Temporal.Instant.compare(Temporal.Instant.from(timestamp), from) >= 0);
  if (fresh.length >= PAGE) return null;
  const isInPlace = (each: Listed): boolean => !above || each.replied_to?.id === above.remoteId;
  return fresh.filter((each) => isInPlace(each) && asShown(each.text) === asShown(text)).reverse();
}

const POSTS = { path: 'threads', fields: 'id,text,permalink,timestamp' };
const REPLIES = { path: 'replies', fields: 'id,text,permalink,timestamp,replied_to' };

/** Threads shows a tag as a topic, without its sign, and no space around a text. */
const asShown = (text: string): string => text.replace(/#/g, '').replace(/\s+/g, ' ').trim();

const publishedAs = ({ id, permalink }: Listed, account: Account): Published => ({
  remoteId: id,
  url: permalink ?? profileOf(account),
});

/** One that does not let Crier read replies cannot be asked either: its login is good. */
export async function findPublished(context: FindContext): Promise<FindResult> {
  return findContainerPost(
    context,
    postsOf(clientFor(context), context),
    (error) => ['auth-revoked', 'auth-expired'].includes(classifyThreadsError(error).kind) && !isForbidden(error),
  );
}
