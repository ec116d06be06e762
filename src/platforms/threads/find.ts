// Looks for a post that a try of unknown outcome may have made: its container says whether it is public, the account's own posts or replies
// which one it is. Changes nothing.
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { lookAtPost } from '../containers.ts';
import { isForbidden } from '../graph-errors.ts';
import { type Client, clientFor } from './client.ts';
import { deskOf } from './containers.ts';
import { classifyThreads } from './errors.ts';

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

export const profileOf = ({ service, handle }: Pick<Account, 'service' | 'handle'>): string => `${service}/${handle}`;

type Sought = Pick<FindContext, 'account' | 'text' | 'thread' | 'since' | 'isTaken'>;

/** Own posts since then that may be it, the first one first, none that another delivery owns; null where there are too many to read. */
async function candidates(client: Client, { text, thread, since, isTaken }: Sought): Promise<Listed[] | null> {
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
  const ours: Listed[] = [];
  for (const each of fresh) {
    const isInPlace = !above || each.replied_to?.id === above.remoteId;
    if (isInPlace && asShown(each.text) === asShown(text) && !(await isTaken(each.id))) ours.push(each);
  }
  return ours.reverse();
}

const POSTS = { path: 'threads', fields: 'id,text,permalink,timestamp' };
const REPLIES = { path: 'replies', fields: 'id,text,permalink,timestamp,replied_to' };

/** Threads shows a tag as a topic, without its sign, and no space around a text. */
const asShown = (text: string): string => text.replace(/#/g, '').replace(/\s+/g, ' ').trim();

const publishedAs = ({ id, permalink }: Listed, account: Account): Published => ({
  remoteId: id,
  url: permalink ?? profileOf(account),
});

/** The one that must be there, since its container was published; null where it cannot be told. */
export async function findOwn(client: Client, sought: Sought): Promise<Published | null> {
  const [first] = (await candidates(client, sought)) ?? [];
  return first ? publishedAs(first, sought.account) : null;
}

async function search(context: FindContext): Promise<FindResult> {
  const client = clientFor(context);
  const state = await lookAtPost(deskOf(client), context.handles);
  if (state === 'PUBLISHED') {
    const found = await findOwn(client, context);
    return found ? { kind: 'found', ...found } : { kind: 'cannot-say' };
  }
  // ready and not published, or never to be published any more
  if (state === 'FINISHED' || state === 'ERROR' || state === 'EXPIRED') return { kind: 'absent' };
  if (state === 'IN_PROGRESS') return { kind: 'cannot-say' };
  const found = await candidates(client, context);
  const [first] = found ?? [];
  if (first) return { kind: 'found', ...publishedAs(first, context.account) };
  return !found || state === 'gone' ? { kind: 'cannot-say' } : { kind: 'absent' };
}

/**
 * A network that cannot be asked now proves nothing, nor does one that does not let Crier read replies.
 * @throws CrierError or Refused where the login is the reason: it is mended first
 */
export async function findPublished(context: FindContext): Promise<FindResult> {
  try {
    return await search(context);
  } catch (error) {
    const { kind } = classifyThreads(error);
    if ((kind === 'auth-revoked' || kind === 'auth-expired') && !isForbidden(error)) throw error;
    return { kind: 'cannot-say' };
  }
}
