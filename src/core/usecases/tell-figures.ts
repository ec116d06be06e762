// Telling the threads of posts how they did, some hours after they went out. What is told, to which, waits in the database until the chat
// has taken it, so a crash or an unreachable chat delays it and loses none.
import type { FiguresNews } from '../figures-store.ts';
import type { Deps } from '../ports.ts';
import { postName } from '../post.ts';
import type { ChatName } from '../workspace.ts';

/** Taken in one statement, and told one after another. */
const AT_ONCE = 20;
/** Much longer than telling them all takes; what a chat did not take is tried again after it. */
const LEASE_MINUTES = 10;

/** A chat that can tell a post's thread its figures. */
export interface FiguresTeller {
  name: ChatName;
  /** `closed`: there is no such thread any more, and there will be none. @throws where the chat cannot be reached: it is told later */
  tell: (news: FiguresNews) => Promise<'said' | 'closed'>;
}

type TellDeps = Pick<Deps, 'store' | 'clock' | 'log'>;

/** Tells what is ready for these chats. @param hours ages of a post at which it is told @throws where the database does not answer */
export async function tellFigures(deps: TellDeps, tellers: readonly FiguresTeller[], hours: readonly number[]): Promise<void> {
  if (tellers.length === 0 || hours.length === 0) return;
  const { store, clock } = deps;
  const now = clock.now();
  const chats = tellers.map(({ name }) => name);
  const leaseUntil = now.add({ minutes: LEASE_MINUTES });
  const all = await store.figures.claimNews({ chats, hours, now, leaseUntil, limit: AT_ONCE });
  for (const news of all) {
    const isOurs = Temporal.Instant.compare(clock.now(), news.until) < 0;
    const teller = tellers.find(({ name }) => name === news.post.origin.chat);
    if (isOurs && teller && (await tellOne(deps, teller, news))) await store.figures.markTold(news, clock.now());
  }
}

async function tellOne({ log }: TellDeps, teller: FiguresTeller, news: FiguresNews): Promise<boolean> {
  const fields = { post: postName(news.post), workspaceId: news.post.workspaceId, hours: news.hours };
  try {
    const said = await teller.tell(news);
    if (said === 'closed') log.info(fields, 'the thread of a post is closed to Crier and is not told its figures');
    return true;
  } catch (error) {
    log.warn({ ...fields, err: error }, 'a thread could not be told its figures and will be told again');
    return false;
  }
}
