// Telling people of their accounts' logins, each in the chat they are in. A notice waits in the database until the chat has taken it, so
// a crash or an unreachable chat delays it and loses none; told twice is possible, untold is not.
import type { ClaimedNotice, Notice } from '../notices.ts';
import type { Deps } from '../ports.ts';
import type { Actor, ChatName } from '../workspace.ts';

/** Taken in one statement. They are few: one where a login ends. */
const AT_ONCE = 20;

/** A chat that can tell somebody something for their own eyes. */
export interface NoticeTeller {
  name: ChatName;
  /** @throws where the chat cannot be reached, or the person in it; it is then told later. */
  tell: (to: Actor, notice: Notice) => Promise<void>;
}

type TellDeps = Pick<Deps, 'store' | 'clock' | 'log'>;

/** Tells what waits for these chats. @throws where the database does not answer */
export async function tellNotices(deps: TellDeps, tellers: readonly NoticeTeller[]): Promise<void> {
  if (tellers.length === 0) return;
  const chats = tellers.map(({ name }) => name);
  const notices = await deps.store.notices.claim({ chats, now: deps.clock.now(), limit: AT_ONCE });
  for (const notice of notices) {
    const isOurs = Temporal.Instant.compare(deps.clock.now(), notice.until) < 0;
    const teller = tellers.find(({ name }) => name === notice.chat);
    if (isOurs && teller && (await tellOne(deps, teller, notice))) await deps.store.notices.markTold(notice, deps.clock.now());
  }
}

async function tellOne({ log }: TellDeps, teller: NoticeTeller, notice: ClaimedNotice): Promise<boolean> {
  const { kind, account, to } = notice;
  const fields = { notice: kind, accountId: account.id, platform: account.platform };
  if (!to) {
    log.warn({ ...fields, sentence: notice.sentence }, 'nobody is known who could be told of a login');
    return true;
  }
  try {
    await teller.tell(to, notice);
    return true;
  } catch (error) {
    log.warn({ ...fields, err: error }, 'a notice of a login could not be told and will be told again');
    return false;
  }
}
