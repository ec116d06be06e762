// Publishing as a member or as a Page: the files, the one request that makes the post public, and the first comment below it.
import { CrierError } from '../../core/errors.ts';
import type { CommentContext, PublishContext, Published } from '../../core/platform.ts';
import { send } from '../api.ts';
import { whilePreparing } from '../failures.ts';
import { loginOf, restRequest } from './client.ts';
import { postBody } from './content.ts';
import { classifyLinkedInError } from './errors.ts';
import { publishedAs } from './find.ts';
import { MAX_COMMENT } from './limits.ts';
import { uploadMedia } from './media.ts';

export async function publish(context: PublishContext): Promise<Published> {
  const request = await whilePreparing(classifyLinkedInError, async () => {
    context.signal.throwIfAborted();
    loginOf(context);
    // what cannot be posted anyhow is said before anything is uploaded
    postBody(context, []);
    const json = postBody(context, await uploadMedia(context));
    return restRequest(context, 'posts', { method: 'POST', json });
  });
  await context.beforeSend();
  const response = await send(context, request);
  await response.body?.cancel();
  const urn = response.headers.get('x-restli-id') ?? '';
  if (!urn.startsWith('urn:li:')) throw new Error('LinkedIn took the post and did not say which it is');
  return publishedAs(context.account.service, urn);
}

/**
 * Plain text, and not the little text of posts: https://github.com/gitroomhq/postiz-app/issues/1847, checked 2026-11-22;
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api, checked 2026-11-22 for who may.
 */
export async function comment(context: CommentContext): Promise<void> {
  const { account, post, text } = context;
  if (text.length > MAX_COMMENT)
    throw new CrierError(
      'rejected',
      `A comment on LinkedIn has up to ${MAX_COMMENT} characters and this one has ${text.length}: shorten it.`,
    );
  const json = { actor: account.remoteId, object: post.remoteId, message: { text } };
  const path = `socialActions/${encodeURIComponent(post.remoteId)}/comments`;
  const request = restRequest(context, path, { method: 'POST', json });
  await context.beforeSend();
  const response = await send(context, request);
  await response.body?.cancel();
}
