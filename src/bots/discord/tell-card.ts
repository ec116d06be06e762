// The card above a post's thread, kept up to date as its news comes: changed in place, and posted anew where somebody has deleted it.
import type { REST } from 'discord.js';
import { newsFieldsOf } from '../../core/log-fields.ts';
import type { Log } from '../../core/ports.ts';
import type { News, Store } from '../../core/store.ts';
import { openCardRefreshes } from '../card-refresh.ts';
import type { Reply } from '../reply.ts';
import type { Pause } from '../telling.ts';
import { isMessageGone } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import { postAll, rewrite } from './sending.ts';
import { type Spot, writeMessage } from './spot.ts';
import { renderFor } from './stamp.ts';

export interface CardsOptions {
  rest: REST;
  store: Pick<Store, 'posts'>;
  newsCard: (news: News) => Promise<Reply>;
  log: Log;
  pause: Pause;
  /** Aborted when Crier stops: what waits is refreshed at once. */
  stopping: AbortSignal;
}

export interface Cards {
  /** Changes the post's card a moment from now, together with what else comes until then. */
  refresh: (card: Spot, news: News) => void;
  /** Posts the card there, and remembers it: the post's thread is there from now on. A failure is logged. */
  postAnew: (channel: string, news: News) => Promise<void>;
  /** Resolves when no refresh waits or runs. */
  idle: () => Promise<void>;
}

export function openCards({ rest, store, newsCard, log, pause, stopping }: CardsOptions): Cards {
  const refreshes = openCardRefreshes({ log, pause, stopping });
  const remember = ({ post }: News, spot: Spot): Promise<void> =>
    store.posts.setOrigin(post.id, { channel: spot.channel, message: writeMessage(spot) });

  const show = async (news: News): Promise<DiscordMessage[]> => renderFor(news.author.workspace.teamId, await newsCard(news));

  const postAnew = async (channel: string, news: News): Promise<void> => {
    try {
      await remember(news, await postAll(rest, { channel }, await show(news)));
    } catch (error) {
      log.warn({ err: error, ...newsFieldsOf(news), channel }, 'the card of a post could not be posted anew');
    }
  };

  const change = async (card: Spot, news: News): Promise<void> => {
    try {
      const now = await rewrite(rest, card, await show(news));
      if (writeMessage(now) !== writeMessage(card)) await remember(news, now);
    } catch (error) {
      if (!isMessageGone(error)) throw error;
      await postAnew(card.channel, news);
    }
  };

  return {
    postAnew,
    refresh: (card, news) => refreshes.soon(`${card.channel}/${card.messages[0]}`, news, (newest) => change(card, newest)),
    idle: refreshes.idle,
  };
}
