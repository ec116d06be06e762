// Looks for a post that a try of unknown outcome may have made: its container says whether it is public, the account's own posts which one
// it is. Changes nothing.
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import { CrierError } from '../../core/errors.ts';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { lookAtPost } from '../containers.ts';
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

export const profileOf = ({ service, handle }: Pick<Account, 'service' | 'handle'>): string =>
  `${service}/${handle.replace(/^@/, '')}/`;

type Sought = Pick<FindContext, 'account' | 'text' | 'options' | 'since' | 'isTaken'>;

/** Own posts since then that may be it, the first one first, none that another delivery owns; null where there are too many to read. */
async function candidates(client: Client, { text, options, since, isTaken }: Sought): Promise<Listed[] | null> {
  const from = since.subtract(SKEW);
  const isStory = shapeOf(options) === 'story';
  const edge = `${client.userId}/${isStory ? 'stories' : 'media'}`;
  const period = isStory ? {} : { since: String(Math.floor(from.epochMilliseconds / 1000)), limit: String(PAGE) };
  const { data } = await client.get(edge, { fields: 'id,caption,permalink,timestamp', ...period }, List);
  const fresh = data.filter(({ timestamp }) => Temporal.Instant.compare(Temporal.Instant.from(timestamp), from) >= 0);
  if (fresh.length >= PAGE) return null;
  const ours: Listed[] = [];
  // a story shows no text, so that its time has to do
  for (const each of fresh)
    if ((isStory || asShown(each.caption) === asShown(text)) && !(await isTaken(each.id))) ours.push(each);
  return ours.reverse();
}

const asShown = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

const publishedAs = ({ id, permalink }: Listed, account: Account): Published => ({
  remoteId: id,
  url: permalink ?? profileOf(account),
});

/** Null where it cannot be told which of several it is. */
function clearOne([first, ...others]: readonly Listed[], { options, account }: Sought): Published | null {
  const isClear = first && (others.length === 0 || shapeOf(options) !== 'story');
  return isClear ? publishedAs(first, account) : null;
}

/** The one that must be there, since its container was published; null where it cannot be told. */
export const findOwn = async (client: Client, sought: Sought): Promise<Published | null> =>
  clearOne((await candidates(client, sought)) ?? [], sought);

async function search(context: FindContext): Promise<FindResult | 'not listed yet'> {
  const client = clientFor(context);
  const state = await lookAtPost(deskOf(client), context.handles);
  // ready and not published, or never to be published any more
  if (state === 'FINISHED' || state === 'ERROR' || state === 'EXPIRED') return { kind: 'absent' };
  if (state === 'IN_PROGRESS') return { kind: 'cannot-say' };
  const found = await candidates(client, context);
  if (!found) return { kind: 'cannot-say' };
  if (found.length === 0 && state === 'PUBLISHED') return 'not listed yet';
  if (found.length === 0) return { kind: state === 'gone' ? 'cannot-say' : 'absent' };
  const own = clearOne(found, context);
  return own ? { kind: 'found', ...own } : { kind: 'cannot-say' };
}

/**
 * A network that cannot be asked now proves nothing.
 * @throws CrierError or Refused where the login is the reason, which is mended first; CrierError `unavailable` where it is out and not listed yet
 */
export async function findPublished(context: FindContext): Promise<FindResult> {
  const result = await search(context).catch((error: unknown): FindResult => {
    const { kind } = classifyInstagramError(error);
    if (kind === 'auth-revoked' || kind === 'auth-expired') throw error;
    return { kind: 'cannot-say' };
  });
  if (result !== 'not listed yet') return result;
  throw new CrierError('unavailable', 'Instagram has published it and does not list it yet: it is asked again.');
}
