// Looks for a post that a try of unknown outcome may have made: its container says whether it is public, the account's own posts which one
// it is. Changes nothing.
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { type ContainerPosts, findContainerPost } from '../container-posts.ts';
import { type Client, clientFor } from './client.ts';
import { deskOf } from './containers.ts';
import { classifyInstagramError } from './errors.ts';
import { shapeOf } from './limits.ts';

/** By how far Instagram's clock may be behind ours. */
const SKEW = Temporal.Duration.from({ minutes: 2 });
const PAGE = 100;

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-media (checked 2026-11-22); times like 2019-04-05T07:56:32+0000. */
const Listed = z.object({
  id: z.string(),
  caption: z.string().default(''),
  permalink: z.string().optional(),
  timestamp: z.string(),
});
type Listed = z.infer<typeof Listed>;
const List = z.object({ data: z.array(Listed) });

const profileOf = ({ service, handle }: Pick<Account, 'service' | 'handle'>): string => `${service}/${handle.replace(/^@/, '')}/`;

type Sought = Pick<FindContext, 'account' | 'text' | 'options'>;

export const postsOf = (client: Client, sought: Sought): ContainerPosts => ({
  desk: deskOf(client),
  profile: profileOf(sought.account),
  candidates: async (since, isTaken) => {
    const found = await listSince(client, since, sought);
    const ours: Published[] = [];
    for (const each of found ?? []) if (!(await isTaken(each.id))) ours.push(publishedAs(each, sought.account));
    // a story shows no text, so that one of several cannot be told
    return found && (ours.length < 2 || shapeOf(sought.options) !== 'story') ? ours : null;
  },
});

/** Own posts since then with its text, the first one first; null where there are too many to read. */
async function listSince(client: Client, since: Temporal.Instant, { text, options }: Sought): Promise<Listed[] | null> {
  const from = since.subtract(SKEW);
  const isStory = shapeOf(options) === 'story';
  const edge = `${client.userId}/${isStory ? 'stories' : 'media'}`;
  const period = isStory ? {} : { since: String(Math.floor(from.epochMilliseconds / 1000)), limit: String(PAGE) };
  const { data } = await client.get(edge, { fields: 'id,caption,permalink,timestamp', ...period }, List);
  const fresh = data.filter(({ timestamp }) => Temporal.Instant.compare(Temporal.Instant.from(timestamp), from) >= 0);
  if (fresh.length >= PAGE) return null;
  // a story shows no text, so that its time has to do
  return fresh.filter(({ caption }) => isStory || asShown(caption) === asShown(text)).reverse();
}

const asShown = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

const publishedAs = ({ id, permalink }: Listed, account: Account): Published => ({
  remoteId: id,
  url: permalink ?? profileOf(account),
});

export async function findPublished(context: FindContext): Promise<FindResult> {
  return findContainerPost(context, postsOf(clientFor(context), context), (error) =>
    ['auth-revoked', 'auth-expired'].includes(classifyInstagramError(error).kind),
  );
}
