// Posts and their first comments: what LinkedIn checks before it shows one, and the list of an organization's own.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11-22 in part)
import type { Context } from 'hono';
import { z } from 'zod';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { authorize, readJson, readList, refuse, refuseInput, requireVersion } from './api.ts';
import { readLittleText } from './little-text.ts';
import { isPage, type LinkedInState, type StoredPost } from './state.ts';
import { requireOwner } from './uploads.ts';

const File = z.strictObject({ id: z.string(), altText: z.string().max(4086).optional(), title: z.string().max(400).optional() });
const Content = z.union([
  z.strictObject({ media: File }),
  z.strictObject({ multiImage: z.strictObject({ images: z.array(File), altText: z.string().optional() }) }),
  z.strictObject({
    article: z.strictObject({
      source: z.url(),
      title: z.string().min(1).max(400),
      description: z.string().optional(),
      thumbnail: z.string().optional(),
    }),
  }),
]);
const NewPost = z.strictObject({
  author: z.string().regex(/^urn:li:(person|organization):[\w-]+$/),
  commentary: z.string(),
  visibility: z.enum(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN', 'CONTAINER']),
  distribution: z.strictObject({
    feedDistribution: z.enum(['MAIN_FEED', 'NONE']),
    targetEntities: z.array(z.unknown()).optional(),
    thirdPartyDistributionChannels: z.array(z.unknown()).optional(),
  }),
  content: Content.optional(),
  lifecycleState: z.literal('PUBLISHED'),
  isReshareDisabledByAuthor: z.boolean().optional(),
});
type NewPost = z.infer<typeof NewPost>;

const MAX_TEXT = 3000;
const MAX_COMMENT = 1250;
const PER_DAY = 150;
/**
 * For how long a repeat is known as one: people who met it tell of one to two days
 * (https://github.com/ComposioHQ/composio/issues/2710, checked 2026-11-22).
 */
const DUPLICATE_HOURS = 24;

export function mountPosts(app: EmulatorApp, state: LinkedInState): void {
  app.post('/rest/posts', async (c) => {
    requireVersion(c);
    const input = readPost(await readJson(c));
    requireOwner(c, state, 'partnerApiPostsExternal.CREATE.20261001', input.author);
    const post = makePost(state, input);
    requireRoom(state, post);
    state.posts.put(post);
    return c.body(null, 201, { 'x-restli-id': post.id, 'x-linkedin-id': post.id });
  });

  app.get('/rest/posts', (c) => {
    requireVersion(c);
    const urns = c.req.header('x-restli-method') === 'BATCH_GET' ? readList(c, 'ids') : null;
    if (urns) return c.json(batchOf(c, state, urns));
    const { q, author = '', count = '10', start = '0' } = c.req.query();
    if (q !== 'author') throw refuse(400, 'ILLEGAL_ARGUMENT', 'Resource method could not be resolved from request parameters.');
    authorize(c, state.grants, 'posts.FINDER-author', [isPage(author) ? 'r_organization_social' : 'r_member_social']);
    const [from, size] = [Number(start), Math.min(Number(count), 100)];
    const own = state.posts.all().filter((post) => post.author === author);
    const elements = own
      .reverse()
      .slice(from, from + size)
      .map(entityOf);
    return c.json({ paging: { start: from, count: size, links: [] }, elements });
  });

  app.get('/rest/posts/:urn', (c) => {
    requireVersion(c);
    const post = findPost(state, c.req.param('urn'));
    authorize(c, state.grants, 'posts.GET', [isPage(post.author) ? 'r_organization_social' : 'r_member_social']);
    return c.json(entityOf(post));
  });

  mountComments(app, state);
}

/** Several posts of organizations by their URNs; what is not there is an error of its own. */
function batchOf(c: Context, { grants, posts }: LinkedInState, urns: readonly string[]): object {
  authorize(c, grants, 'posts.BATCH_GET', ['r_organization_social']);
  const found = urns.flatMap((urn) => posts.get(urn) ?? []).filter(({ author }) => isPage(author));
  const missing = urns.filter((urn) => found.every(({ id }) => id !== urn));
  return {
    results: Object.fromEntries(found.map((post) => [post.id, entityOf(post)])),
    statuses: Object.fromEntries(missing.map((urn) => [urn, 404])),
    errors: Object.fromEntries(missing.map((urn) => [urn, { status: 404, message: 'Could not find entity' }])),
  };
}

function findPost({ posts }: LinkedInState, urn: string): StoredPost {
  const post = posts.get(urn);
  if (!post) throw refuse(404, 'NOT_FOUND', 'Could not find entity');
  return post;
}

function readPost(body: unknown): NewPost {
  const parsed = NewPost.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refuse(
    400,
    'INVALID_VALUE_FOR_FIELD',
    `Unpermitted fields or values in the request body: ${z.prettifyError(parsed.error)}`,
  );
}

const tooLong = () =>
  refuseInput(400, 'FIELD_LENGTH_TOO_LONG', 'commentary is too long', 'The length of the field exceeds the maximum');

function makePost(state: LinkedInState, { author, commentary, visibility, content }: NewPost): StoredPost {
  const text = readLittleText(commentary);
  if (text.length > MAX_TEXT) throw tooLong();
  if (text.trim() === '' && !content) throw refuseInput(400, 'INVALID_VALUE_BLANK_FIELD', 'The post is empty', 'Blank field');
  if (visibility === 'CONNECTIONS' && isPage(author))
    throw refuse(400, 'INVALID_VALUE_FOR_FIELD', 'Organizations cannot post to connections');
  const files = filesIn(content).map(({ id, altText = '' }) => ({ id, altText }));
  for (const { id } of files) requireReady(state, author, id);
  for (const { id, title } of filesIn(content)) requireTitle(id, title);
  const isVideo = files.some(({ id }) => id.startsWith('urn:li:video:'));
  const article = content && 'article' in content ? content.article : null;
  return {
    id: `urn:li:${isVideo ? 'ugcPost' : 'share'}:${state.nextId()}`,
    author,
    commentary,
    text,
    visibility,
    files,
    article: article && { source: article.source, title: article.title },
    title: content && 'media' in content ? (content.media.title ?? '') : '',
    content: content ?? null,
    createdAt: timestamp(state.clock),
  };
}

function filesIn(content: NewPost['content']): z.infer<typeof File>[] {
  if (!content) return [];
  if ('media' in content) return [content.media];
  if ('article' in content) return content.article.thumbnail === undefined ? [] : [{ id: content.article.thumbnail }];
  const { images } = content.multiImage;
  if (images.length < 2 || images.length > 20)
    throw refuse(400, 'INVALID_VALUE_FOR_FIELD', 'multiImage takes a minimum of 2 and a maximum of 20 images');
  if (images.some(({ id }) => !id.startsWith('urn:li:image:')))
    throw refuse(400, 'INVALID_URN_TYPE', 'multiImage takes images alone');
  return images;
}

/** @throws LinkedInError 400 for a file of somebody else, or one that cannot be shown (yet) */
function requireReady({ assets }: LinkedInState, author: string, id: string): void {
  const asset = assets.get(id);
  if (asset?.owner !== author) throw refuseInput(400, 'INVALID_URN_ID', 'This URN Id is invalid', 'This URN Id is invalid');
  if (asset.status === 'PROCESSING_FAILED')
    throw refuseInput(400, 'MEDIA_ASSET_PROCESSING_FAILED', 'Media asset failed processing', asset.failure ?? '');
  if (asset.status !== 'AVAILABLE')
    throw refuseInput(400, 'MEDIA_ASSET_WAITING_UPLOAD', 'Media asset is waiting upload', 'Media asset is waiting upload');
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api (unverified) */
function requireTitle(id: string, title: string | undefined): void {
  if (!id.startsWith('urn:li:document:') || (title ?? '') !== '') return;
  throw refuse(400, 'MISSING_FIELD', 'content.media.title is required for a document');
}

/** @throws LinkedInError 422 for what is posted already, 429 for what is too much for a day (UTC) */
function requireRoom({ posts, clock }: LinkedInState, post: StoredPost): void {
  const own = posts.all().filter(({ author }) => author === post.author);
  const since = clock.now().subtract({ hours: DUPLICATE_HOURS });
  const shown = (each: StoredPost): string => JSON.stringify([each.commentary, each.content]);
  const twin = own.find(
    (each) => shown(each) === shown(post) && Temporal.Instant.compare(Temporal.Instant.from(each.createdAt), since) > 0,
  );
  if (twin) throw refuseInput(422, 'DUPLICATE_POST', `Content is a duplicate of ${twin.id}`, 'Duplicate post is detected');
  const today = post.createdAt.slice(0, 10);
  if (own.filter(({ createdAt }) => createdAt.startsWith(today)).length >= PER_DAY)
    throw refuse(429, 'TOO_MANY_REQUESTS', 'Resource level throttle limit for calls to this resource is reached.', 101);
}

function entityOf(post: StoredPost): object {
  const { id, author, commentary, visibility, content } = post;
  const at = Temporal.Instant.from(post.createdAt).epochMilliseconds;
  const times = { createdAt: at, publishedAt: at, lastModifiedAt: at };
  return { id, author, commentary, visibility, lifecycleState: 'PUBLISHED', ...times, ...(content ? { content } : {}) };
}

const NewComment = z.object({ actor: z.string(), object: z.string(), message: z.object({ text: z.string().min(1) }) });

/** Plain text: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api (unverified in part). */
function mountComments(app: EmulatorApp, state: LinkedInState): void {
  app.post('/rest/socialActions/:urn/comments', async (c: Context) => {
    requireVersion(c);
    const parsed = NewComment.safeParse(await readJson(c));
    if (!parsed.success) throw refuse(400, 'INVALID_VALUE_FOR_FIELD', z.prettifyError(parsed.error));
    const { actor, object, message } = parsed.data;
    requireOwner(c, state, 'socialActions.CREATE-comments', actor);
    const post = findPost(state, c.req.param('urn') ?? '');
    if (object !== post.id) throw refuse(400, 'INVALID_VALUE_FOR_FIELD', 'object is not the post of the address');
    if (message.text.length > MAX_COMMENT) throw tooLong();
    const id = state.nextId();
    state.comments.put({ id, post: post.id, actor, text: message.text, createdAt: timestamp(state.clock) });
    return c.json({ actor, object, id, message, $URN: `urn:li:comment:(${post.id},${id})` }, 201, { 'x-restli-id': id });
  });
}
