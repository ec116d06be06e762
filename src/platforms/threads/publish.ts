// Publishing on Threads: one look at the quota, the container, and the one request that makes it public.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { PublishContext, Published } from '../../core/platform.ts';
import { publishContainer, requireQuota } from '../container-posts.ts';
import { isForbidden } from '../graph-errors.ts';
import { type Client, Created, clientFor } from './client.ts';
import { wishOf } from './containers.ts';
import { classifyThreadsError } from './errors.ts';
import { postsOf } from './find.ts';

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

const Permalink = z.object({ permalink: z.string().min(1) });

export async function publish(context: PublishContext): Promise<Published> {
  const client = clientFor(context);
  const isReply = context.thread.length > 0;
  return publishContainer(context, postsOf(client, context), {
    wish: () => wishOf(context),
    classify: isReply ? classifyReply : classifyThreadsError,
    allowNew: () => requireRoom(client, isReply),
    publish: async (id) => (await client.post(`${client.userId}/threads_publish`, { creation_id: id }, Created)).id,
    permalinkOf: async (id) => (await client.get(id, { fields: 'permalink' }, Permalink)).permalink,
  });
}

/** Where only replies are not allowed, the account is still good for posts. */
function classifyReply(error: unknown): CrierError {
  if (!isForbidden(error)) return classifyThreadsError(error);
  const sentence =
    'Threads does not let Crier go on with a thread of this account: /connect threads again, and allow it all that is asked for.';
  return new CrierError('rejected', sentence, { cause: error, meta: classifyThreadsError(error).meta });
}

/** @throws CrierError `rate-limited` as `requireQuota` */
async function requireRoom(client: Client, isReply: boolean): Promise<void> {
  const fields = isReply ? 'reply_quota_usage,reply_config' : 'quota_usage,config';
  const { data } = await client.get(`${client.userId}/threads_publishing_limit`, { fields }, Quota);
  const [quota] = data;
  if (isReply) requireQuota('Threads', 'replies', quota?.reply_quota_usage, quota?.reply_config?.quota_total);
  else requireQuota('Threads', 'posts', quota?.quota_usage, quota?.config?.quota_total);
}
