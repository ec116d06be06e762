// Shows a stored post as its card, for the person who asked.
import type { PostDetails } from '../../core/post.ts';
import { previewPost } from '../../core/usecases/show-post.ts';
import { zoneOf } from '../../core/workspace.ts';
import type { Call } from '../command.ts';
import type { Reply } from '../reply.ts';
import { type CardOptions, postCard } from './post-card.ts';

export async function showCard(
  { deps, actor }: Pick<Call, 'deps' | 'actor'>,
  details: PostDetails,
  options: Pick<CardOptions, 'headline' | 'tone' | 'lines' | 'notes'> = {},
): Promise<Reply> {
  const previews = await previewPost(deps, actor, details);
  return postCard(details, { ...options, previews, now: deps.clock.now(), timeZone: zoneOf(actor) });
}
