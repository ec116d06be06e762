// Telling the threads of posts how they did, some hours after they went out. What is told, to which, waits in the database until the chat
// has taken it, so a crash or an unreachable chat delays it and loses none.
import type { FiguresNews } from '../figures-store.ts';
import type { Deps } from '../ports.ts';
import { postName } from '../post.ts';
import type { ChatName } from '../workspace.ts';

/** Taken in one statement, and told one after another. */
const AT_ONCE = 4;
/** What is ready beyond so many times that is told by the next call. */
const MOST_ROUNDS = 50;
/**
 * What a chat did not take is tried again after it. Shorter than chats remember the key of what was said: a process that is killed
 * before it writes down what it told must not be the reason that it is there twice.
 */
const LEASE_MINUTES = 2;

/** A chat that can tell a post's thread its figures. */
export interface FiguresTeller {
  name: ChatName;
  /** `closed`: there is no such thread any more, and there will be none. @throws where the chat cannot be reached: it is told later */
  tell: (news: FiguresNews) => Promise<'said' | 'closed'>;
}

type TellDeps = Pick<Deps, 'store' | 'clock' | 'log'>;

/**
 * Tells what is ready for these chats.
 * @param hours ages of a post at which it is told
 * @param signal aborted where the process ends: nothing more is claimed, and what is claimed is told
 * @throws where the database does not answer
 */
export async function tellFigures(
  deps: TellDeps,
  tellers: readonly FiguresTeller[],
  hours: readonly number[],
  signal?: AbortSignal,
): Promise<void> {
  if (tellers.length === 0 || hours.length === 0) return;
  for (let round = 0; round < MOST_ROUNDS && !signal?.aborted; round += 1) {
    if (!(await tellSome(deps, tellers, hours))) return;
  }
}

/** False where nothing more is ready, or none of it was taken: a chat that is away is not asked for all that waits. */
async function tellSome(deps: TellDeps, tellers: readonly FiguresTeller[], hours: readonly number[]): Promise<boolean> {
  const { store, clock } = deps;
  const now = clock.now();
  const chats = tellers.map(({ name }) => name);
  const leaseUntil = now.add({ minutes: LEASE_MINUTES });
  const all = await store.figures.claimNews({ chats, hours, now, leaseUntil, limit: AT_ONCE });
  let isAnyTaken = false;
  for (const news of all) {
    const isOurs = Temporal.Instant.compare(clock.now(), news.until) < 0;
    const teller = tellers.find(({ name }) => name === news.post.origin.chat);
    if (!isOurs || !teller || !(await tellOne(deps, teller, news))) continue;
    isAnyTaken = true;
    await store.figures.markTold(news, clock.now());
  }
  return isAnyTaken && all.length === AT_ONCE;
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
