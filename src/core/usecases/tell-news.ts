// Telling each change of a delivery in the thread its post came from. News waits in the database until a chat has taken it, so a
// crash or an unreachable chat delays it and loses none; told twice is possible, untold is not.
import type { Chat, Deps } from '../ports.ts';

/** Milliseconds after which news that was taken and not marked as told is told again. */
const TELLING_LEASE_MS = 60_000;
const AT_ONCE = 50;

/** Tells all news that waits for these chats. @throws where the database does not answer. */
export async function tellNews(
  { store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>,
  chats: readonly Chat[],
): Promise<void> {
  const byName = new Map(chats.map((chat) => [chat.name, chat]));
  if (byName.size === 0) return;
  for (;;) {
    const news = await store.queue.claimNews([...byName.keys()], clock.now(), TELLING_LEASE_MS, AT_ONCE);
    for (const each of news) {
      try {
        await byName.get(each.post.origin.chat)?.tell(each.post.origin, each);
      } catch (error) {
        log.warn({ delivery: each.delivery.id, post: each.post.id, err: error }, 'news could not be told and will be told again');
        continue;
      }
      await store.queue.markTold(each);
    }
    if (news.length < AT_ONCE) return;
  }
}
