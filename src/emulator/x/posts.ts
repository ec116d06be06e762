// Posts of the emulated X: making one, an account's own, and their figures.
// https://docs.x.com/x-api/posts/manage-tweets/integrate and /timelines/integrate, and X's OpenAPI description 2.167 (checked 2026-11-22).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { checked, forbidden, type Gate, invalid, readJson } from './api.ts';
import { entityOf, Fields } from './entities.ts';
import { attachable } from './media.ts';
import type { XAccount, XPost, XState } from './state.ts';
import { cashtagsIn, lengthOf, MAX_CASHTAGS, maxLengthOf } from './text.ts';

const READ = ['tweet.read', 'users.read'];
const WRITE = ['tweet.write', ...READ];
const Id = z.string().regex(/^[0-9]{1,19}$/);
const NewPost = z.strictObject({
  text: z.string().default(''),
  media: z.strictObject({ media_ids: z.array(Id).min(1).max(4) }).optional(),
  reply: z.strictObject({ in_reply_to_tweet_id: Id }).optional(),
});

export function mountPosts(app: EmulatorApp, state: XState, gate: Gate, clock: Clock, baseUrl: () => string): void {
  app.post('/2/tweets', async (c) => {
    const account = gate.enter(c, 'POST /2/tweets', WRITE);
    const { text, media, reply } = await readJson(c, NewPost);
    const mediaIds = media?.media_ids ?? [];
    attachable(state, mediaIds, account, clock);
    const answered = reply ? findAnswered(state, reply.in_reply_to_tweet_id, account) : null;
    const inReplyToId = answered?.id ?? null;
    checkText(account, text, mediaIds);
    refuseRepeat(state, { accountId: account.id, text, mediaIds, inReplyToId }, clock);
    const id = state.nextId();
    const conversationId = answered?.conversationId ?? id;
    const post = { id, accountId: account.id, text, mediaIds, inReplyToId, conversationId, createdAt: timestamp(clock) };
    state.posts.put(post);
    return c.json({ data: entityOf(state, post, [], clock, baseUrl()) }, 201);
  });

  app.get('/2/tweets', (c) => {
    gate.enter(c, 'GET /2/tweets', READ);
    const { ids, fields } = checked(Lookup, { ids: c.req.query('ids'), fields: c.req.query('tweet.fields') });
    const found = ids.map((id) => state.posts.get(id)).filter((post) => post !== undefined);
    const missing = ids.filter((id) => !state.posts.get(id)).map(notFound);
    return c.json({
      ...(found.length > 0 ? { data: found.map((post) => entityOf(state, post, fields, clock, baseUrl())) } : {}),
      ...(missing.length > 0 ? { errors: missing } : {}),
    });
  });

  mountTimeline(app, state, gate, clock, baseUrl);
}

const Lookup = z.object({
  ids: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(Id).min(1).max(100)),
  fields: Fields,
});
const Timeline = z.object({
  max_results: z.coerce.number().int().min(5).max(100).default(10),
  start_time: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    .optional(),
  pagination_token: Id.optional(),
  fields: Fields,
});

function mountTimeline(app: EmulatorApp, state: XState, gate: Gate, clock: Clock, baseUrl: () => string): void {
  app.get('/2/users/:id/tweets', (c) => {
    gate.enter(c, 'GET /2/users/:id/tweets', READ);
    const { 'tweet.fields': fields, ...query } = c.req.query();
    const {
      max_results: max,
      start_time: start,
      pagination_token: until,
      fields: wanted,
    } = checked(Timeline, { ...query, fields });
    const fitting = state.posts
      .all()
      .filter(({ accountId }) => accountId === c.req.param('id'))
      .filter(({ createdAt }) => start === undefined || Date.parse(createdAt) >= Date.parse(start))
      .filter(({ id }) => until === undefined || BigInt(id) < BigInt(until))
      .reverse();
    const page = fitting.slice(0, max);
    const [newest, oldest] = [page.at(0), page.at(-1)];
    // without posts there is no `data` either
    if (!newest || !oldest) return c.json({ meta: { result_count: 0 } });
    const next = fitting.length > max ? { next_token: oldest.id } : {};
    const meta = { result_count: page.length, newest_id: newest.id, oldest_id: oldest.id, ...next };
    return c.json({ data: page.map((post) => entityOf(state, post, wanted, clock, baseUrl())), meta });
  });
}

const notFound = (id: string) => ({
  value: id,
  detail: `Could not find tweet with ids: [${id}].`,
  title: 'Not Found Error',
  resource_type: 'tweet',
  parameter: 'ids',
  resource_id: id,
  type: 'https://api.x.com/2/problems/resource-not-found',
});

/** Self-serve apps may answer an account's own posts and those whose author named it. @throws XError 403 */
function findAnswered(state: XState, id: string, { id: accountId, username }: XAccount): XPost {
  const post = state.posts.get(id);
  if (!post) throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
  if (post.accountId !== accountId && !post.text.toLowerCase().includes(`@${username}`))
    throw forbidden('Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged.');
  return post;
}

/** @throws XError 400, 403 */
function checkText({ subscription }: XAccount, text: string, mediaIds: readonly string[]): void {
  if (text.trim() === '' && mediaIds.length === 0) throw invalid('$.text: a post has a text or media');
  if (lengthOf(text) > maxLengthOf(subscription)) throw invalid('Your Tweet text is too long.');
  if (cashtagsIn(text) > MAX_CASHTAGS) throw forbidden(`A post has ${MAX_CASHTAGS} cashtag at most.`);
}

/** X does not say for how long it remembers a text; the emulated one does for a day. A file makes a post another one. */
const REMEMBERED = Temporal.Duration.from({ hours: 24 });

/** @throws XError 403 */
function refuseRepeat(
  { posts }: XState,
  post: Pick<XPost, 'accountId' | 'text' | 'mediaIds' | 'inReplyToId'>,
  clock: Clock,
): void {
  if (post.mediaIds.length > 0) return;
  const since = clock.now().subtract(REMEMBERED);
  const isSame = ({ accountId, text, mediaIds, inReplyToId, createdAt }: XPost): boolean =>
    accountId === post.accountId &&
    text.trim() === post.text.trim() &&
    mediaIds.length === 0 &&
    inReplyToId === post.inReplyToId &&
    Temporal.Instant.compare(Temporal.Instant.from(createdAt), since) > 0;
  if (posts.all().some(isSame)) throw forbidden('You are not allowed to create a Tweet with duplicate content.');
}
