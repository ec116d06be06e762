// Looks among a Page's own posts for one that a try of unknown outcome may have made. Of a member's posts LinkedIn
// lets no app read any (`r_member_social` is closed), so that there nobody can say. Changes nothing.
import { z } from 'zod';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { hostsOf, isOrganization, restRequest } from './client.ts';
import { classifyLinkedInError } from './errors.ts';
import { asShown, fromLittleText } from './little-text.ts';
import { uploadedUrns } from './uploads.ts';

const Media = z.object({ id: z.string() });
const ListedPost = z.object({
  id: z.string(),
  commentary: z.string().default(''),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  content: z
    .object({
      media: Media.optional(),
      multiImage: z.object({ images: z.array(Media) }).optional(),
      article: z.object({ thumbnail: z.string().optional() }).optional(),
    })
    .nullish(),
});
type ListedPost = z.infer<typeof ListedPost>;

const Listing = z.object({ elements: z.array(ListedPost) });

/** Posts per page, the most there are (unverified). */
const PAGE = 100;

/** By how far LinkedIn's clock may be behind ours. */
const SKEW = Temporal.Duration.from({ minutes: 2 });

export const publishedAs = (service: string, urn: string): Published => ({
  remoteId: urn,
  url: `${hostsOf(service).www}/feed/update/${urn}`,
});

/** A list that cannot be had now proves nothing. @throws what is classified as `auth-revoked` or `auth-expired` */
export async function findPublished(context: FindContext): Promise<FindResult> {
  if (!isOrganization(context.account.remoteId)) return { kind: 'cannot-say' };
  try {
    return await search(context);
  } catch (error) {
    if (['auth-revoked', 'auth-expired'].includes(classifyLinkedInError(error).kind)) throw error;
    return { kind: 'cannot-say' };
  }
}

/** The newest first: where the list goes back past the try, what is not in it is not there. */
async function search(context: FindContext): Promise<FindResult> {
  const { account, isTaken } = context;
  const query = { author: account.remoteId, q: 'author', count: String(PAGE), sortBy: 'CREATED' };
  const request = restRequest(context, 'posts', { query, headers: { 'x-restli-method': 'FINDER' } });
  const { elements } = await ask(context, request, Listing);
  const since = context.since.subtract(SKEW).epochMilliseconds;
  const recent = elements.filter(({ createdAt }) => createdAt >= since);
  for (const post of recent) {
    if (isOurs(post, context) && !(await isTaken(post.id))) return { kind: 'found', ...publishedAs(account.service, post.id) };
  }
  return recent.length < PAGE ? { kind: 'absent' } : { kind: 'cannot-say' };
}

const filesOf = ({ content }: ListedPost): string[] =>
  [content?.media?.id, content?.article?.thumbnail, ...(content?.multiImage?.images ?? []).map(({ id }) => id)].filter(
    (id) => id !== undefined,
  );

/** A file was uploaded for this delivery alone, so its URN proves the post; without files the text has to do. */
function isOurs(post: ListedPost, { text, handles }: FindContext): boolean {
  const uploaded = uploadedUrns(handles);
  const shown = filesOf(post);
  if (uploaded.length > 0) return shown.some((id) => uploaded.includes(id));
  return shown.length === 0 && asStored(fromLittleText(post.commentary)) === asStored(asShown(text));
}

const asStored = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
