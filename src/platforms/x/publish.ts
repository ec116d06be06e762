// Publishing on X: the files, and the one request that makes a post, or a part of a thread, public.
import { z } from 'zod';
import type { PublishContext, Published } from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { clientFor } from './client.ts';
import { classifyXError } from './errors.ts';
import { publishedAs } from './find.ts';
import { uploadMedia } from './media.ts';

const Created = z.object({ data: z.object({ id: z.string().min(1) }) });

/** https://docs.x.com/x-api/posts/manage-tweets/quickstart. X has no idempotency key; it refuses the same text again (403). */
export async function publish(context: PublishContext): Promise<Published> {
  const { text, account, signal, thread } = context;
  const client = clientFor(context);
  const mediaIds = await whilePreparing(classifyXError, async () => {
    signal.throwIfAborted();
    return uploadMedia(context);
  });
  const last = thread.at(-1);
  const json = {
    ...(text === '' && mediaIds.length > 0 ? {} : { text }),
    ...(mediaIds.length > 0 ? { media: { media_ids: mediaIds } } : {}),
    ...(last ? { reply: { in_reply_to_tweet_id: last.remoteId } } : {}),
  };
  await context.beforeSend();
  const { data } = await client.ask({ method: 'POST', path: '/2/tweets', json }, Created);
  return publishedAs(account, data.id);
}
