// Publishing on Threads: one look at the quota, the container, and the one request that makes it public.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { PublishContext, Published } from '../../core/platform.ts';
import { type Ready, readyContainer } from '../containers.ts';
import { whilePreparing } from '../failures.ts';
import { isForbidden } from '../graph-errors.ts';
import { type Client, Created, clientFor } from './client.ts';
import { deskOf, wishOf } from './containers.ts';
import { classifyThreads } from './errors.ts';
import { findOwn, profileOf } from './find.ts';

const Total = z.object({ quota_total: z.number() }).optional();
/**
 * 250 posts and 1,000 replies in 24 hours, each told under names of its own:
 * https://developers.facebook.com/documentation/threads/overview and /retrieve-and-manage-replies (checked 2026-11-22).
 */
const Quota = z.object({
  data: z.array(
    z.object({
      quota_usage: z.number().default(0),
      config: Total,
      reply_quota_usage: z.number().default(0),
      reply_config: Total,
    }),
  ),
});
/** The quota is of the last 24 hours, so that it grows again by and by; when, Threads does not say. */
const QUOTA_WAIT_MS = 2 * 3_600_000;

const Permalink = z.object({ permalink: z.string().min(1) });

export async function publish(context: PublishContext): Promise<Published> {
  const client = clientFor(context);
  const isReply = context.thread.length > 0;
  const ready = await whilePreparing(isReply ? classifyReply : classifyThreads, () => {
    context.signal.throwIfAborted();
    return readyContainer(context, deskOf(client), wishOf(context), () => requireQuota(client, isReply));
  });
  if (ready.isPublished) return whilePreparing(classifyThreads, () => publishedEarlier(context, client, ready));
  await context.beforeSend();
  const { id } = await client.post(`${client.userId}/threads_publish`, { creation_id: ready.id }, Created);
  return { remoteId: id, url: await urlOf(context, client, id) };
}

/** Where only replies are not allowed, the account is still good for posts. */
function classifyReply(error: unknown): CrierError {
  if (!isForbidden(error)) return classifyThreads(error);
  const sentence =
    'Threads does not let Crier go on with a thread of this account: /connect threads again, and allow it all that is asked for.';
  return new CrierError('rejected', sentence, { cause: error, meta: classifyThreads(error).meta });
}

/** @throws CrierError `rate-limited` at the end of what Threads lets programs publish per account and day */
async function requireQuota(client: Client, isReply: boolean): Promise<void> {
  const fields = isReply ? 'reply_quota_usage,reply_config' : 'quota_usage,config';
  const { data } = await client.get(`${client.userId}/threads_publishing_limit`, { fields }, Quota);
  const [quota] = data;
  const used = isReply ? quota?.reply_quota_usage : quota?.quota_usage;
  const total = (isReply ? quota?.reply_config : quota?.config)?.quota_total;
  if (used === undefined || total === undefined || used < total) return;
  const what = isReply ? 'replies' : 'posts';
  const sentence = `Threads takes ${total} ${what} a day of one account from programs, and this account has had them; Crier tries again later.`;
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
  const sentence = `Threads says that this post is out already, and does not show it. Look at ${profileOf(context.account)} before you have it tried again.`;
  throw new CrierError('rejected', sentence);
}
