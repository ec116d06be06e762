// The card above a post's thread, kept up to date as its news comes: changed in place, once for several pieces of news within a moment,
// and posted anew where somebody has deleted it. It never keeps news from being told: what goes wrong here is logged.
import { newsFieldsOf } from '../../core/log-fields.ts';
import type { Log } from '../../core/ports.ts';
import type { News, Store } from '../../core/store.ts';
import { openCardRefreshes } from '../card-refresh.ts';
import type { Reply } from '../reply.ts';
import type { Outbox } from './outbox.ts';
import { isMessageGone } from './outbox-errors.ts';
import type { Pause } from './outbox-patience.ts';
import { renderReply } from './render.ts';
import { type Spot, writeMessage } from './spot.ts';
import type { TeamAccess } from './teams.ts';

export interface CardsOptions {
  outbox: Pick<Outbox, 'post' | 'update'>;
  store: Pick<Store, 'posts'>;
  newsCard: (news: News) => Promise<Reply>;
  log: Log;
  pause: Pause;
  /** Aborted when Crier stops: what waits is refreshed at once. */
  stopping: AbortSignal;
}

export interface Cards {
  /** Changes the post's card a moment from now, together with what else comes until then. */
  refresh: (access: TeamAccess, card: Spot, news: News) => void;
  /** Posts the card there, and remembers it: the post's thread is there from now on. */
  postAnew: (access: TeamAccess, to: { channel: string; thread: string | null }, news: News) => Promise<void>;
  /** Resolves when no refresh waits or runs. */
  idle: () => Promise<void>;
}

export function openCards({ outbox, store, newsCard, log, pause, stopping }: CardsOptions): Cards {
  const refreshes = openCardRefreshes({ log, pause, stopping });

  const postAnew: Cards['postAnew'] = async (access, { channel, thread }, news) => {
    try {
      const to = thread === null ? { channel } : { channel, thread };
      const place = await outbox.post(access, to, renderReply(await newsCard(news)));
      await store.posts.setOrigin(news.post.id, { channel: place.channel, message: writeMessage({ ts: place.ts, thread }) });
    } catch (error) {
      log.warn({ err: error, ...newsFieldsOf(news), channel }, 'the card of a post could not be posted anew');
    }
  };

  const change = async (access: TeamAccess, { channel, ts, thread }: Spot, news: News): Promise<void> => {
    const messages = renderReply(await newsCard(news));
    try {
      await outbox.update(access, { channel, ts }, messages);
    } catch (error) {
      if (!isMessageGone(error)) throw error;
      await postAnew(access, { channel, thread }, news);
    }
  };

  return {
    postAnew,
    refresh(access, card, news) {
      refreshes.soon(`${access.teamId}/${card.channel}/${card.ts}`, news, (newest) => change(access, card, newest));
    },
    idle: refreshes.idle,
  };
}
