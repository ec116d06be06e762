// Whether a try of unknown outcome is out: TikTok says so of the publish_id that the try stored. Own posts are not looked through, which
// would need a further scope (video.list) and would not show those that are not public.
import { CrierError } from '../../core/errors.ts';
import type { FindContext, FindResult } from '../../core/platform.ts';
import { clientFor } from './client.ts';
import { classifyTikTokError } from './errors.ts';
import { Left } from './left.ts';
import { publishedAs, readStanding, untilOver } from './status.ts';

/**
 * TikTok not being able to answer now proves nothing.
 * @throws CrierError `unavailable` while TikTok works on it, so that it is asked again later; `auth-expired`, `auth-revoked`
 */
export async function findPublished(context: FindContext): Promise<FindResult> {
  try {
    return await find(context);
  } catch (error) {
    const isWorking = error instanceof CrierError && error.kind === 'unavailable';
    if (isWorking || ['auth-expired', 'auth-revoked'].includes(classifyTikTokError(error).kind)) throw error;
    return { kind: 'cannot-say' };
  }
}

async function find(context: FindContext): Promise<FindResult> {
  const { account, handles } = context;
  const client = clientFor(context);
  const left = Left.safeParse(handles).data;
  // what is sent is noted before: where there is no note, nothing was
  if (!left) return { kind: 'absent' };
  // TikTok took the photos or did not, and its answer was lost
  if (left.publishId === null) return { kind: 'cannot-say' };
  const standing = await readStanding(client, left.publishId);
  // without its last bytes TikTok makes no post of a video
  if (standing.kind === 'working' && left.upload && standing.uploaded < left.upload.total) return { kind: 'absent' };
  const over = standing.kind === 'failed' ? standing : await untilOver(context, left.publishId, left);
  return over.kind === 'failed' ? { kind: 'absent' } : { kind: 'found', ...publishedAs(account, left, over.postId) };
}
