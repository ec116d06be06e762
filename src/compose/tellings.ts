// What chats are told that nobody just asked for, put together: notices of logins, digests, and figures in the threads of posts. Each
// waits in the database; any process that is in the chat looks for it. News of posts are the teller's (core/usecases/tell-news.ts).
import { renderDigest, renderPaused } from '../bots/digests.ts';
import { renderFiguresNews } from '../bots/figures-news.ts';
import type { SayingChat } from '../bots/saying-chat.ts';
import type { FiguresPlan } from '../core/figures-store.ts';
import type { Deps } from '../core/ports.ts';
import { postName } from '../core/post.ts';
import { withRemoved } from '../core/removed-networks.ts';
import { type DigestTeller, tellDigests, type Unfinished } from '../core/usecases/tell-digests.ts';
import { type FiguresTeller, tellFigures } from '../core/usecases/tell-figures.ts';
import { tellNotices } from '../core/usecases/tell-notices.ts';
import { coalesce } from '../jobs/coalesce.ts';
import { type Repetition, repeat } from '../jobs/repeat.ts';
import type { Opened } from './foundation.ts';
import { noticeTellers } from './notices.ts';

type TellingDeps = Omit<Deps, 'jobs'>;

export interface Tellings {
  /** Looks for what waits, again and again. `chats` are those that are there by then. */
  start: () => void;
  /** Tells all that waits. @throws where the database does not answer */
  once: () => Promise<void>;
}

/** They are rare, and no thread waits for them. */
const NOTICES_EVERY_MS = 5_000;
/** A digest is asked for by the minute. */
const DIGESTS_EVERY_MS = 5_000;
const FIGURES_EVERY_MS = 60_000;
/** What a chat has not taken by then when the process ends, is told by the next one. */
const STOP_WITHIN_MS = 5_000;

/** @param chats may be filled until it starts */
export function openTellings(
  parts: TellingDeps,
  { figures }: { figures: Pick<FiguresPlan, 'tellAfterHours'> },
  chats: readonly SayingChat[],
  opened: Opened,
): Tellings {
  const deps = { ...parts, platforms: withRemoved(parts.platforms) };
  const { log, platforms } = deps;
  const notices = coalesce(() => tellNotices(deps, noticeTellers(chats, platforms)));
  const unfinished = new Map<string, Unfinished>();
  const stopping = new AbortController();
  const digests = coalesce(() => tellDigests(deps, digestTellers(deps, chats), unfinished, stopping.signal));
  const threads = coalesce(() => tellFigures(deps, figuresTellers(deps, chats), figures.tellAfterHours, stopping.signal));
  const looks: Repetition[] = [];
  const look = (run: () => Promise<void>, everyMs: number, failing: string): void =>
    void looks.push(repeat(run, { everyMs, log, failing, stopWithinMs: STOP_WITHIN_MS }));
  return {
    start: () => {
      if (chats.length === 0) return;
      opened.defer(async () => {
        stopping.abort();
        await Promise.all(looks.map((each) => each.stop()));
      });
      look(notices, NOTICES_EVERY_MS, 'notices could not be looked for; they wait in the database');
      look(digests, DIGESTS_EVERY_MS, 'digests could not be looked for; they are told late');
      if (figures.tellAfterHours.length > 0)
        look(threads, FIGURES_EVERY_MS, 'figures for threads could not be looked for; they are told late');
    },
    once: async () => {
      if (chats.length === 0) return;
      await notices();
      await digests();
      await threads();
    },
  };
}

/** Of digests, and of what is said to their makers by direct message: a person's own id is taken for such a channel. */
const digestTellers = (deps: TellingDeps, chats: readonly SayingChat[]): DigestTeller[] =>
  chats.map((chat) => ({
    name: chat.name,
    tell: async ({ digest, workspace }, content) =>
      chat.sayIn(
        { teamId: workspace.teamId, channel: digest.channel, post: null },
        await renderDigest(deps, workspace, content, digest),
        `${digest.id}/${digest.dueAt}`,
      ),
    tellMaker: ({ digest, maker: { workspace, member } }, because) =>
      chat.sayTo({ teamId: workspace.teamId, userId: member.userId, channel: member.userId }, renderPaused(digest, because)),
  }));

const figuresTellers = ({ platforms }: TellingDeps, chats: readonly SayingChat[]): FiguresTeller[] =>
  chats.map((chat) => ({
    name: chat.name,
    tell: (news) => {
      const { post, author, hours } = news;
      const { channel, message } = post.origin;
      const card = message === null ? null : { id: post.id, message, name: postName(post) };
      const place = { teamId: author.workspace.teamId, channel, post: card };
      return chat.sayIn(place, renderFiguresNews(news, platforms), `${post.id}/${hours}`);
    },
  }));
