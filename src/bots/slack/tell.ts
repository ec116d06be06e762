// Tells news of a post in its thread in Slack, or to its author where the channel is closed to Crier. What the news says is
// src/bots/news.ts' matter, how it looks is render.ts', and the card above the thread is tell-card.ts'.
import { setTimeout as sleep } from 'node:timers/promises';
import { newsFieldsOf } from '../../core/log-fields.ts';
import type { Chat, Log } from '../../core/ports.ts';
import type { Origin } from '../../core/post.ts';
import type { News, Store } from '../../core/store.ts';
import type { Line, Reply } from '../reply.ts';
import { tellSomewhere } from '../telling.ts';
import type { Outbox, Posted } from './outbox.ts';
import { isClosedChannel, isClosedThread } from './outbox-errors.ts';
import type { Pause } from './outbox-patience.ts';
import { isDeadToken, slackCodeOf } from './refusals.ts';
import { renderReply } from './render.ts';
import { readMessage } from './spot.ts';
import type { TeamAccess, Teams } from './teams.ts';
import { openCards } from './tell-card.ts';

export interface TellOptions {
  teams: Pick<Teams, 'access'>;
  outbox: Pick<Outbox, 'post' | 'update'>;
  store: Pick<Store, 'posts'>;
  renderNews: (news: News) => Reply;
  /** The post's card as it stands at that moment. */
  newsCard: (news: News) => Promise<Reply>;
  /** Slack refuses the team's token: Crier was removed, or its access taken. */
  onDeadToken: (teamId: string) => Promise<void>;
  log: Log;
  /** Waits that many milliseconds; rejects when the signal aborts. Tests move time here. */
  pause?: Pause;
}

export interface Telling {
  /**
   * Resolves when the news was told, or when there is nobody left to tell it to (logged). The card is refreshed a moment later.
   * @throws CrierError where it is to be told later: Slack cannot be reached or wants patience, or Crier is not installed.
   */
  tell: Chat['tell'];
  /** Refreshes what waits to be refreshed, at once. To be called before the outbox is drained. */
  drain: () => Promise<void>;
}

export function openTell({ pause = (ms, signal) => sleep(ms, undefined, { signal }), ...options }: TellOptions): Telling {
  const { teams, outbox, store, renderNews, newsCard, onDeadToken, log } = options;
  const stopping = new AbortController();
  const cards = openCards({ outbox, store, newsCard, log, pause, stopping: stopping.signal });

  /** Slack's code where the channel is closed to Crier; null where the news was told. */
  const tellIn = async (access: TeamAccess, { channel, message }: Origin, news: News): Promise<string | null> => {
    const messages = renderReply(renderNews(news));
    const thread = message === null ? null : readMessage(message);
    try {
      if (thread) {
        await outbox.post(access, { channel, thread: thread.thread }, messages).catch((error) => {
          if (!isClosedThread(error)) throw error;
          return outbox.post(access, { channel }, messages);
        });
        const standsAlone = thread.thread === thread.ts;
        cards.refresh(access, { channel, ts: thread.ts, thread: standsAlone ? null : thread.thread }, news);
      } else {
        await outbox.post(access, { channel }, messages);
      }
      return null;
    } catch (error) {
      if (!isClosedChannel(error)) throw error;
      return slackCodeOf(error) ?? 'closed';
    }
  };

  const tellAuthor = async (access: TeamAccess, channel: string, code: string, news: News): Promise<void> => {
    const { userId } = news.author.member;
    const said = renderNews(news);
    const why = whyHere(access.teamId, channel, code);
    let place: Posted;
    try {
      place = await outbox.post(access, { channel: userId }, renderReply({ ...said, lines: [why, ...(said.lines ?? [])] }));
    } catch (error) {
      if (!isClosedChannel(error)) throw error;
      const lost = { ...newsFieldsOf(news), channel, userId, code, to: slackCodeOf(error) };
      log.warn(lost, 'news could be told neither in its channel nor to its author');
      return;
    }
    await cards.postAnew(access, { channel: place.channel, thread: null }, news);
  };

  return {
    async tell(origin, news) {
      const { teamId } = news.author.workspace;
      try {
        const access = await teams.access(teamId);
        const ways = {
          tellIn: (place: Origin) => tellIn(access, place, news),
          tellAuthor: ({ channel }: Origin, code: string) => tellAuthor(access, channel, code, news),
        };
        await tellSomewhere({ store, pause, stopping: stopping.signal }, ways, origin, news);
      } catch (error) {
        if (isDeadToken(error)) await onDeadToken(teamId);
        throw error;
      }
    },
    async drain() {
      stopping.abort();
      await cards.idle();
    },
  };
}

/** The first line of what an author is told instead of the channel. */
function whyHere(teamId: string, channel: string, code: string): Line {
  const query = new URLSearchParams({ team: teamId, channel });
  const link = { url: `https://slack.com/app_redirect?${query}`, text: 'the channel where it was asked for' };
  return code === 'is_archived'
    ? ['This was meant for ', link, ', which is archived. So I tell you here, and go on here.']
    : [
        'This was meant for ',
        link,
        ', where Slack does not let me write. So I tell you here, and go on here; ',
        { code: '/invite @Crier' },
        ' there lets me in again for new posts.',
      ];
}
