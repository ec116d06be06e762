// Publishing: one look at the quota, the container, and the one request that makes it public; and the first comment below it.
import { z } from 'zod';
import type { CommentContext, PublishContext, Published } from '../../core/platform.ts';
import { publishContainer, requireQuota } from '../container-posts.ts';
import { Created, clientFor } from './client.ts';
import { wishOf } from './containers.ts';
import { classifyInstagramError } from './errors.ts';
import { postsOf } from './find.ts';

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit (checked 2026-11-22). */
const Quota = z.object({
  data: z.array(z.object({ quota_usage: z.number(), config: z.object({ quota_total: z.number() }).optional() })),
});
const Permalink = z.object({ permalink: z.string().min(1) });

export async function publish(context: PublishContext): Promise<Published> {
  const client = clientFor(context);
  const { userId } = client;
  return publishContainer(context, postsOf(client, context), {
    wish: () => wishOf(context),
    classify: classifyInstagramError,
    allowNew: async () => {
      const { data } = await client.get(`${userId}/content_publishing_limit`, { fields: 'config,quota_usage' }, Quota);
      requireQuota('Instagram', 'posts', data[0]?.quota_usage, data[0]?.config?.quota_total);
    },
    publish: async (id) => (await client.post(`${userId}/media_publish`, { creation_id: id }, Created)).id,
    permalinkOf: async (id) => (await client.get(id, { fields: 'permalink' }, Permalink)).permalink,
  });
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments (unverified for its limits). */
export async function comment(context: CommentContext): Promise<void> {
  const client = clientFor(context);
  await context.beforeSend();
  await client.post(`${context.post.remoteId}/comments`, { message: context.text }, Created);
}
