// Telling each change of a delivery in the thread its post came from. News waits in the database until a chat has taken it, so a
// crash or an unreachable chat delays it and loses none; told twice is possible, untold is not.
import pLimit from 'p-limit';
import { newsFieldsOf } from '../log-fields.ts';
import type { Chat, Deps } from '../ports.ts';
import { channelOf } from '../post.ts';
import type { News } from '../store.ts';

/** Milliseconds after which news that was taken and not marked as told is told again. */
const TELLING_LEASE_MS = 60_000;
/** Taken in one statement. */
const AT_ONCE = 50;
/** Channels told at the same time. */
const SIDE_BY_SIDE = 8;
/** Channels that have something to be told, or are told; more are left to other processes. */
const MOST_CHANNELS = 64;

export interface Teller {
  /** Takes what waits and begins to tell it. @throws where the database does not answer. */
  take: () => Promise<void>;
  /** Resolves when nothing that was taken is left to be told. */
  idle: () => Promise<void>;
}

/**
 * Channels are told side by side, what is for one channel in its order: a channel that is slow (a rate limit) delays none but itself.
 * `chats` may be filled later, before the first `take`.
 */
export function openTeller(deps: Pick<Deps, 'store' | 'clock' | 'log'>, chats: readonly Chat[]): Teller {
  const { store, clock, log } = deps;
  const busyChannels = new Set<string>();
  const running = new Set<Promise<void>>();
  const oneAfterAnother = pLimit(1);
  const sideBySide = pLimit(SIDE_BY_SIDE);

  async function takeAll(): Promise<void> {
    const names = chats.map(({ name }) => name);
    while (names.length > 0 && busyChannels.size < MOST_CHANNELS) {
      const now = clock.now();
      const leaseUntil = now.add({ milliseconds: TELLING_LEASE_MS });
      const request = { chats: names, now, leaseUntil, limit: AT_ONCE, busyChannels: [...busyChannels] };
      const news = await store.queue.claimNews(request);
      for (const [channel, ofChannel] of Map.groupBy(news, ({ post }) => channelOf(post))) start(channel, ofChannel, leaseUntil);
      if (news.length < AT_ONCE) return;
    }
  }

  // one at a time, so that each knows which channels are busy
  const take = (): Promise<void> => oneAfterAnother(takeAll);

  function start(channel: string, news: readonly News[], leaseUntil: Temporal.Instant): void {
    busyChannels.add(channel);
    const told = sideBySide(() => tellInOrder(news, leaseUntil))
      .finally(() => busyChannels.delete(channel))
      // what came for this channel meanwhile
      .then(take)
      .catch((error) => log.warn({ err: error }, 'news could not be told just now; the sweep tells it'))
      .finally(() => running.delete(told));
    running.add(told);
  }

  async function tellInOrder(news: readonly News[], leaseUntil: Temporal.Instant): Promise<void> {
    for (const each of news) {
      // it waited too long for its turn and may be in other hands: whoever takes it next tells it
      if (Temporal.Instant.compare(clock.now(), leaseUntil) >= 0) return;
      if (await tellOne(each)) await store.queue.markTold(each);
    }
  }

  async function tellOne(each: News): Promise<boolean> {
    const { origin } = each.post;
    try {
      await chats.find(({ name }) => name === origin.chat)?.tell(origin, each);
      return true;
    } catch (error) {
      log.warn({ ...newsFieldsOf(each), err: error }, 'news could not be told and will be told again');
      return false;
    }
  }

  return {
    take,
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Tells all news that waits for these chats. @throws where the database does not answer. */
export async function tellNews(deps: Pick<Deps, 'store' | 'clock' | 'log'>, chats: readonly Chat[]): Promise<void> {
  const teller = openTeller(deps, chats);
  await teller.take();
  await teller.idle();
}
