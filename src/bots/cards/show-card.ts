// Shows a stored post as its card, for the person who asked.
import type { Media } from '../../core/media.ts';
import type { PostDetails } from '../../core/post.ts';
import { previewPost } from '../../core/usecases/show-post.ts';
import { zoneOf } from '../../core/workspace.ts';
import type { Call } from '../command.ts';
import type { Reply } from '../reply.ts';
import { type CardOptions, postCard } from './post-card.ts';

/** Links in a card that is shown again on the same day are the same. */
const LINKS_HOLD = { hours: 8 * 24 } as const;

export async function showCard(
  { deps, actor }: Pick<Call, 'deps' | 'actor'>,
  details: PostDetails,
  options: Pick<CardOptions, 'headline' | 'tone' | 'lines' | 'notes'> = {},
): Promise<Reply> {
  const previews = await previewPost(deps, actor, details);
  const now = deps.clock.now();
  const until = now.toZonedDateTimeISO('UTC').startOfDay().toInstant().add(LINKS_HOLD);
  const linkTo = (file: Media): string | null => deps.mediaLinks?.linkTo(file, until) ?? null;
  return postCard(details, { ...options, previews, now, timeZone: zoneOf(actor), linkTo });
}
