// Publishing: one look at the quota, the container, and the one request that makes it public; and the first comment below it.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { CommentContext, PublishContext, Published } from '../../core/platform.ts';
import { type Ready, readyContainer } from '../containers.ts';
import { whilePreparing } from '../failures.ts';
import { type Client, Created, clientFor } from './client.ts';
import { deskOf, wishOf } from './containers.ts';
import { classifyInstagramError } from './errors.ts';
import { findOwn, profileOf } from './find.ts';

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit (checked 2026-11-22). */
const Quota = z.object({
  data: z.array(z.object({ quota_usage: z.number(), config: z.object({ quota_total: z.number() }).optional() })),
});
/** The quota is of the last 24 hours, so that it grows again by and by; when, Instagram does not say. */
const QUOTA_WAIT_MS = 2 * 3_600_000;

const Permalink = z.object({ permalink: z.string().min(1) });

export async function publish(context: PublishContext): Promise<Published> {
  const client = clientFor(context);
  const ready = await whilePreparing(classifyInstagramError, () => {
    context.signal.throwIfAborted();
    return readyContainer(context, deskOf(client), wishOf(context), () => requireQuota(client));
  });
  if (ready.isPublished) return whilePreparing(classifyInstagramError, () => publishedEarlier(context, client, ready));
  await context.beforeSend();
  const { id } = await client.post(`${client.userId}/media_publish`, { creation_id: ready.id }, Created);
  return { remoteId: id, url: await urlOf(context, client, id) };
}

/** @throws CrierError `rate-limited` at the end of the posts that Instagram lets programs publish per account and day */
async function requireQuota(client: Client): Promise<void> {
  const { data } = await client.get(`${client.userId}/content_publishing_limit`, { fields: 'config,quota_usage' }, Quota);
  const [quota] = data;
  if (!quota?.config || quota.quota_usage < quota.config.quota_total) return;
  const { quota_total: total } = quota.config;
  const sentence = `Instagram takes ${total} posts a day of one account from programs, and this account has had them; Crier tries again later.`;
  throw new CrierError('rate-limited', sentence, { retryAfterMs: QUOTA_WAIT_MS });
}

/** The post is out: what fails from here on only costs its exact address. */
async function urlOf({ account }: PublishContext, client: Client, id: string): Promise<string> {
  return client.get(id, { fields: 'permalink' }, Permalink).then(
    ({ permalink }) => permalink,
    () => profileOf(account),
  );
}

/** A container is published once at most, so this was an earlier try of the same delivery. */
async function publishedEarlier(context: PublishContext, client: Client, { since }: Ready): Promise<Published> {
  const found = await findOwn(client, { ...context, since, isTaken: async () => false });
  if (found) return found;
  const sentence = `Instagram says that this post is out already, and does not show it. Look at ${profileOf(context.account)} before you have it tried again.`;
  throw new CrierError('rejected', sentence);
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments (unverified for its limits). */
export async function comment(context: CommentContext): Promise<void> {
  const client = clientFor(context);
  await context.beforeSend();
  await client.post(`${context.post.remoteId}/comments`, { message: context.text }, Created);
}
