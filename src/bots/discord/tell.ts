// Tells news of a post in its thread in Discord, or to its author where the channel is closed to Crier. What the news says is
// src/bots/news.ts' matter, how it looks is render.ts', where in the channel it goes tell-thread.ts', and the card tell-card.ts'.
import { setTimeout as sleep } from 'node:timers/promises';
import { type REST, RESTJSONErrorCodes } from 'discord.js';
import type { DeliveryState } from '../../core/delivery.ts';
import { newsFieldsOf } from '../../core/log-fields.ts';
import type { Chat, Log } from '../../core/ports.ts';
import type { Origin } from '../../core/post.ts';
import type { News, Store } from '../../core/store.ts';
import type { Line, Reply } from '../reply.ts';
import { type Pause, tellSomewhere } from '../telling.ts';
import { permissionNames } from './connection.ts';
import { isHopeless, isUnreachable, readFailure } from './failures.ts';
import { discordCodeOf, isClosedChannel } from './refusals.ts';
import type { DiscordMessage } from './render.ts';
import { postAllReadably } from './say-readably.ts';
import { directChannel, type To } from './sending.ts';
import { readMessage } from './spot.ts';
import { renderFor } from './stamp.ts';
import { openCards } from './tell-card.ts';
import { sayUnder, threadName } from './tell-thread.ts';

export interface TellOptions {
  rest: REST;
  store: Pick<Store, 'posts'>;
  renderNews: (news: News) => Reply;
  /** The post's card as it stands at that moment. */
  newsCard: (news: News) => Promise<Reply>;
  log: Log;
  /** Tests move time here. */
  pause?: Pause;
}

export interface Telling {
  /**
   * Resolves when the news was told, or when nobody can be told (logged). The card is refreshed a moment later.
   * @throws CrierError where it is to be told later: Discord cannot be reached, wants patience, or refuses the token.
   */
  tell: Chat['tell'];
  /** Refreshes what waits to be refreshed, at once. */
  drain: () => Promise<void>;
}

/** Discord's code for why the channel is closed to Crier. */
interface Closed {
  code: number | string | null;
}

export function openTell({ pause = (ms, signal) => sleep(ms, undefined, { signal }), ...options }: TellOptions): Telling {
  const { rest, store, renderNews, newsCard, log } = options;
  const stopping = new AbortController();
  const cards = openCards({ rest, store, newsCard, log, pause, stopping: stopping.signal });

  /** News that is told again a moment later, because nobody could write down that it was told, is the same message to Discord. */
  const say = (to: To, messages: readonly DiscordMessage[], { delivery, version }: News): Promise<void> =>
    postAllReadably({ rest, log }, to, messages, `${delivery.id}/${version}`);

  const tellIn = async ({ channel, message }: Origin, news: News): Promise<Closed | null> => {
    const messages = callingAuthor(news, renderNews(news));
    try {
      if (message === null) {
        await say({ channel }, messages, news);
      } else {
        const [first, ...more] = readMessage(message);
        const card = { channel, message: first, name: threadName(news.post) };
        await sayUnder(rest, card, (to) => say(to, messages, news));
        cards.refresh({ channel, messages: [first, ...more] }, news);
      }
      return null;
    } catch (error) {
      if (!isClosedChannel(error)) throw error;
      return { code: discordCodeOf(error) };
    }
  };

  const tellAuthor = async ({ channel }: Origin, { code }: Closed, news: News): Promise<void> => {
    const { userId } = news.author.member;
    const said = renderNews(news);
    const messages = renderFor(news.author.workspace.teamId, {
      ...said,
      lines: [whyHere(news, channel, code), ...(said.lines ?? [])],
    });
    let direct: string;
    try {
      direct = await directChannel(rest, userId);
      await say({ channel: direct }, messages, news);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      const lost = { ...newsFieldsOf(news), channel, userId, code, to: discordCodeOf(error) };
      log.warn(lost, 'news could be told neither in its channel nor to its author');
      return;
    }
    await cards.postAnew(direct, news);
  };

  return {
    async tell(origin, news) {
      try {
        await tellSomewhere({ store, pause, stopping: stopping.signal }, { tellIn, tellAuthor }, origin, news);
      } catch (error) {
        if (!isHopeless(error)) throw readFailure(error);
        log.error({ err: error, ...newsFieldsOf(news) }, 'Discord takes this news in no form');
      }
    },
    async drain() {
      stopping.abort();
      await cards.idle();
    },
  };
}

/** Threads call nobody by themselves: where a person has to decide something, the author is called. */
function callingAuthor({ delivery, author }: News, said: Reply): CallingMessage[] {
  const { teamId } = author.workspace;
  const { userId, name } = author.member;
  if (!NEEDS_A_PERSON.includes(delivery.state)) return renderFor(teamId, said);
  const call: Line = [{ mention: userId, text: name }, ', this waits for you.'];
  const messages = renderFor(teamId, { ...said, lines: [...(said.lines ?? []), call] });
  return messages.map((message) => ({ ...message, allowedMentions: { parse: [], users: [userId] } }));
}

const NEEDS_A_PERSON: readonly DeliveryState[] = ['failed', 'held', 'unconfirmed'];

type CallingMessage = DiscordMessage & { allowedMentions: { users?: string[] } };

/** The first line of what an author is told instead of the channel. */
function whyHere({ author }: News, channel: string, code: Closed['code']): Line {
  if (code === RESTJSONErrorCodes.UnknownChannel)
    return 'This was meant for a channel that is not there any more. So I tell you here, and go on here.';
  const url = `https://discord.com/channels/${author.workspace.teamId}/${channel}`;
  return [
    'This was meant for ',
    { url, text: 'the channel where it was asked for' },
    ', where Discord does not let me write. So I tell you here, and go on here. Whoever manages the server can let me in again: I need ',
    `${permissionNames(['ViewChannel', 'SendMessages']).join(' and ')} there.`,
  ];
}
