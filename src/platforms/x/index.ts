// X, formerly Twitter: what it takes and how Crier posts there. Connecting, limits, files and the search for a lost post have files of
// their own beside this one.
import { z } from 'zod';
import { definePlatform, type PublishContext, type Published } from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { clientFor } from './client.ts';
import { classifyXError } from './errors.ts';
import { findPublished, publishedAs } from './find.ts';
import { limitsOf, remarksOn } from './limits.ts';
import { uploadMedia } from './media.ts';
import { refresh, xOAuth } from './oauth.ts';

const Created = z.object({ data: z.object({ id: z.string().min(1) }) });

/** https://docs.x.com/x-api/posts/manage-tweets/quickstart. X has no idempotency key; it refuses the same text again (403). */
async function publish(context: PublishContext): Promise<Published> {
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

export const x = definePlatform({
  id: 'x',
  name: 'X',
  aliases: ['twitter'],
  setup: { intro: '', fields: [] },
  capabilities: { altText: true, threads: true, repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  // its API lets an account post 100 times in 15 minutes; what readers bear is less
  dailyCap: 10,
  limits: limitsOf,
  remarks: remarksOn,
  connect: null,
  oauth: xOAuth,
  refresh,
  publish,
  findPublished,
  classifyError: classifyXError,
});
