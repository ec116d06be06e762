// A post of the emulated X as JSON: https://docs.x.com/x-api/fundamentals/data-dictionary (checked 2026-11-22).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { figuresOf } from '../growth.ts';
import { keyOf } from './media.ts';
import type { XFile, XPost, XState } from './state.ts';
import { lengthOf, maxLengthOf, shown } from './text.ts';

export const filesOf = ({ files }: XState, { mediaIds }: XPost): XFile[] =>
  mediaIds.map((id) => files.get(id)).filter((file) => file !== undefined);

export const pathOf = ({ accounts }: XState, { id, accountId }: XPost): string =>
  `/${accounts.get(accountId)?.username ?? 'i'}/status/${id}`;

const FIELDS = [
  'attachments',
  'author_id',
  'conversation_id',
  'created_at',
  'entities',
  'note_tweet',
  'public_metrics',
  'referenced_tweets',
  'text',
] as const;
/** `created_at,entities` of `tweet.fields`. */
export const Fields = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter((name) => name !== ''))
  .pipe(z.array(z.enum(FIELDS)));
/** With what was asked for; id and text are always there. */
export function entityOf(state: XState, post: XPost, fields: readonly (typeof FIELDS)[number][], clock: Clock, baseUrl: string) {
  const files = filesOf(state, post);
  const { text, urls } = shown(post, files, { postUrl: `${baseUrl}${pathOf(state, post)}`, keyOf });
  const has = (field: (typeof FIELDS)[number]): boolean => fields.includes(field);
  const isLong = lengthOf(post.text) > maxLengthOf('None');
  const entities = urls.length > 0 ? { entities: { urls } } : {};
  return {
    id: post.id,
    text: isLong ? `${[...text].slice(0, 279).join('')}…` : text,
    edit_history_tweet_ids: [post.id],
    ...(has('author_id') ? { author_id: post.accountId } : {}),
    ...(has('conversation_id') ? { conversation_id: post.conversationId } : {}),
    ...(has('created_at') ? { created_at: post.createdAt } : {}),
    ...(has('entities') ? entities : {}),
    ...(has('note_tweet') && isLong ? { note_tweet: { text, ...entities } } : {}),
    ...(has('attachments') && files.length > 0 ? { attachments: { media_keys: files.map(keyOf) } } : {}),
    ...(has('referenced_tweets') && post.inReplyToId !== null
      ? { referenced_tweets: [{ type: 'replied_to', id: post.inReplyToId }] }
      : {}),
    ...(has('public_metrics') ? { public_metrics: metricsOf(state, post, clock) } : {}),
  };
}

function metricsOf({ posts }: XState, { id, createdAt }: XPost, clock: Clock) {
  const figures = figuresOf(id, clock.now().epochMilliseconds - Date.parse(createdAt));
  const replies = posts.all().filter(({ inReplyToId }) => inReplyToId === id).length;
  return {
    retweet_count: figures.shares,
    reply_count: figures.comments + replies,
    like_count: figures.likes,
    quote_count: Math.floor(figures.shares / 4),
    bookmark_count: figures.saves,
    impression_count: figures.views,
  };
}
