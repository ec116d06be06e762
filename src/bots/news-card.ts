// The card of a post as it stands now, for chats that refresh it in place when there is news of it.
import type { Deps } from '../core/ports.ts';
import type { News } from '../core/store.ts';
import { showPost } from '../core/usecases/show-post.ts';
import { showCard } from './cards/show-card.ts';
import type { Reply } from './reply.ts';

/** As its author reads it, who may be nobody that is here right now: in the author's zone. */
export async function newsCard(deps: Deps, { post, author }: Pick<News, 'post' | 'author'>): Promise<Reply> {
  return showCard({ deps, actor: author }, await showPost(deps, author, post.number));
}
