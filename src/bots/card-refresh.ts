// Cards are brought up to date a moment after news of their posts, once for several pieces of news within that moment. How a card is
// changed is each chat's own matter. It never keeps news from being told: what goes wrong here is logged.
import type { Log } from '../core/ports.ts';
import type { News } from '../core/store.ts';
import { type Pause, pauseUnlessStopped } from './telling.ts';

/** Milliseconds: a post to nine networks goes out within a second or two, and chats take about one message a second per channel. */
const REFRESH_AFTER_MS = 1_000;

export interface CardRefreshes {
  /** Runs `change` a moment from now with the newest news of that card. `card` names it among all. */
  soon: (card: string, news: News, change: (news: News) => Promise<void>) => void;
  /** Resolves when no refresh waits or runs. */
  idle: () => Promise<void>;
}

export interface CardRefreshOptions {
  log: Log;
  pause: Pause;
  /** Aborted when Crier stops: what waits is refreshed at once. */
  stopping: AbortSignal;
}

export function openCardRefreshes({ log, pause, stopping }: CardRefreshOptions): CardRefreshes {
  /** The newest news of each card that waits. */
  const waiting = new Map<string, News>();
  const running = new Set<Promise<void>>();

  const refresh = async (card: string, change: (news: News) => Promise<void>): Promise<void> => {
    try {
      await pauseUnlessStopped(pause, REFRESH_AFTER_MS, stopping);
      const news = waiting.get(card);
      waiting.delete(card);
      if (news) await change(news);
    } catch (error) {
      log.warn({ err: error, card }, 'the card of a post could not be refreshed; its news was told');
    }
  };

  return {
    soon(card, news, change) {
      const isWaiting = waiting.has(card);
      waiting.set(card, news);
      if (isWaiting) return;
      const begun = refresh(card, change).finally(() => running.delete(begun));
      running.add(begun);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
