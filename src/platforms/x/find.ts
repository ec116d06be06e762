// Looks in an account's own posts for one that a try of unknown outcome may have made. Changes nothing.
// https://docs.x.com/x-api/posts/timelines/integrate; X bills what it shows, so it is asked for the time in question only.
import twitterText from 'twitter-text';
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { type Client, clientFor, hostsOf } from './client.ts';
import { classifyXError } from './errors.ts';
import { countWeighted } from './limits.ts';
import { Uploads } from './media.ts';

/** X writes t.co addresses into the text, and says here what stood there; those with a `media_key` it added for the files. */
const Url = z.object({ url: z.string(), expanded_url: z.string().nullish(), media_key: z.string().nullish() });
const Said = z.object({ text: z.string(), entities: z.object({ urls: z.array(Url).nullish() }).nullish() });
type Said = z.infer<typeof Said>;
const References = z.array(z.object({ type: z.string(), id: z.string() })).nullish();
const Post = Said.extend({
  id: z.string(),
  attachments: z.object({ media_keys: z.array(z.string()).nullish() }).nullish(),
  /** The pages of X call it so, its OpenAPI description (2.167) `referenced_posts`. */
  referenced_tweets: References,
  referenced_posts: References,
  /** The whole of a text of more than 280 characters. */
  note_tweet: Said.nullish(),
});
type Post = z.infer<typeof Post>;
/** `data` is left out where there is none. */
const Page = z.object({ data: z.array(Post).default([]), meta: z.object({ next_token: z.string().optional() }) });

/** By how far X's clock may be behind ours. */
const SKEW = Temporal.Duration.from({ minutes: 2 });
const PAGE = 100;
/** Pages read before giving up: an account that posts more than this in the time in question cannot be told. */
const MAX_PAGES = 3;
const SHORT = 280;

export const publishedAs = ({ service, handle }: Account, id: string): Published => ({
  remoteId: id,
  url: `${hostsOf(service).site}/${handle.replace(/^@/, '')}/status/${id}`,
});

/** Own posts since then, newest first; null where there are too many to read. */
async function listSince(client: Client, { account, since, text }: FindContext): Promise<Post[] | null> {
  const fields = ['attachments', 'entities', 'referenced_tweets', ...(countWeighted(text) > SHORT ? ['note_tweet'] : [])];
  const found: Post[] = [];
  let next: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { data, meta } = await client.ask(
      {
        path: `/2/users/${account.remoteId}/tweets`,
        query: {
          max_results: String(PAGE),
          start_time: since.subtract(SKEW).toString({ smallestUnit: 'second' }),
          'tweet.fields': fields.join(','),
          pagination_token: next,
        },
      },
      Page,
    );
    found.push(...data);
    if (meta.next_token === undefined) return found;
    next = meta.next_token;
  }
  return null;
}

interface Compared {
  /** The text with a mark for every address. */
  words: string;
  urls: string[];
}
const MARK = '\u0000';

/** X gives the text as HTML has it: `&amp;`, `&lt;`, `&gt;`. */
const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const tidy = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim();

const bare = (url: string): string => url.replace(/^https?:\/\//i, '').replace(/\/$/, '');

function asWritten(text: string): Compared {
  const found = twitterText.extractUrlsWithIndices(text);
  let words = '';
  let from = 0;
  for (const { indices } of found) {
    words += text.slice(from, indices[0]) + MARK;
    from = indices[1];
  }
  return { words: tidy(words + text.slice(from)), urls: found.map(({ url }) => bare(url)) };
}

function asShown({ text, entities }: Said): Compared {
  let words = text;
  const urls: string[] = [];
  for (const { url, expanded_url: expanded, media_key: key } of entities?.urls ?? []) {
    words = words.replace(url, key ? '' : MARK);
    if (!key) urls.push(bare(expanded ?? url));
  }
  return { words: tidy(unescaped(words)), urls };
}

/** A file was uploaded for this delivery alone, so its id proves the post; without files, text and thread have to do. */
function isOurs(post: Post, { text, handles, thread }: FindContext): 'yes' | 'no' | 'maybe' {
  const uploaded = Object.values(Uploads.safeParse(handles).data?.uploads ?? {}).map(({ id }) => id);
  // `3_1880028106020515840`: what kind of file it is, and its id
  const attached = (post.attachments?.media_keys ?? []).map((key) => key.replace(/^\d+_/, ''));
  if (uploaded.length > 0) return attached.some((id) => uploaded.includes(id)) ? 'yes' : 'no';
  if (attached.length > 0) return 'no';
  const answered = (post.referenced_tweets ?? post.referenced_posts)?.find(({ type }) => type === 'replied_to')?.id;
  if (answered !== thread.at(-1)?.remoteId) return 'no';
  const [ours, theirs] = [asWritten(text), asShown(post.note_tweet ?? post)];
  if (ours.words !== theirs.words || ours.urls.length !== theirs.urls.length) return 'no';
  // X may follow an address and tell where it led
  return ours.urls.every((url, index) => url === theirs.urls[index]) ? 'yes' : 'maybe';
}

async function search(context: FindContext): Promise<FindResult> {
  const posts = await listSince(clientFor(context), context);
  if (!posts) return { kind: 'cannot-say' };
  let isOpen = false;
  for (const post of posts) {
    const answer = isOurs(post, context);
    if (answer === 'no' || (await context.isTaken(post.id))) continue;
    if (answer === 'yes') return { kind: 'found', ...publishedAs(context.account, post.id) };
    isOpen = true;
  }
  return { kind: isOpen ? 'cannot-say' : 'absent' };
}

/** X not being able to answer now proves nothing. @throws CrierError `auth-expired`, `auth-revoked` */
export async function findPublished(context: FindContext): Promise<FindResult> {
  try {
    return await search(context);
  } catch (error) {
    if (['auth-expired', 'auth-revoked'].includes(classifyXError(error).kind)) throw error;
    return { kind: 'cannot-say' };
  }
}
