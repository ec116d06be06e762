// Asks a network how an account and its posts do, and keeps what it tells, or why it could not be asked. Who is asked, and when, is the
// matter of collect-figures and refresh-figures.
import pLimit from 'p-limit';
import type { Account } from '../account.ts';
import type { CrierError, ErrorKind } from '../errors.ts';
import type { DueLook, DuePost, LookFailure } from '../figures-store.ts';
import { ask } from './ask-for-figures.ts';
import { askForPosts } from './ask-for-posts.ts';
import type { RefreshDeps } from './refresh-account.ts';

export type LookDeps = RefreshDeps;

export interface Look extends DueLook {
  /** Whether the account itself is looked at too. */
  itself: boolean;
}

export interface Looked {
  account: Account;
  /** How many posts were looked at. */
  posts: number;
  /** Whether the account itself was. */
  itself: boolean;
  /** Why the network could not be asked for all of it, as a sentence; null: it could. */
  failure: string | null;
}

/** Posts that a network is asked for at once. */
export const BATCH = 100;

/** Minutes until a network is asked again that named no time itself: at first, and at most. */
const FIRST_WAIT_MINUTES = 10;
const MOST_WAIT_MINUTES = 360;

/** Of these, the same is to be expected of whatever else the account is asked for. */
const STOPS_ALL: readonly ErrorKind[] = ['auth-expired', 'auth-revoked', 'rate-limited', 'unavailable'];

const NETWORKS_AT_ONCE = 4;

/** Runs it for each: some networks side by side, one account of a network after another. @throws what the first that threw did */
export async function byNetwork<T extends { account: Account }>(
  looks: readonly T[],
  run: (look: T) => Promise<void>,
): Promise<void> {
  const sideBySide = pLimit(NETWORKS_AT_ONCE);
  const ends = await Promise.allSettled(
    [...Map.groupBy(looks, ({ account }) => account.platform).values()].map((ofOne) =>
      sideBySide(async () => {
        for (const look of ofOne) await run(look);
      }),
    ),
  );
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}

/** @throws where the database does not answer; what a network says never throws */
export async function lookAt(deps: LookDeps, { account, posts, itself }: Look): Promise<Looked> {
  const { clock, store, platforms } = deps;
  const platform = platforms.get(account.platform);
  const ofPosts = await lookAtPosts(deps, account, platform.figures ? posts : []);
  const goesOn = itself && !(ofPosts.error && STOPS_ALL.includes(ofPosts.error.kind));
  const ofItself = goesOn ? await lookAtItself(deps, account) : null;
  const error = ofPosts.error ?? ofItself?.error ?? null;
  await store.figures.looked(account.id, clock.now(), error && (await failureOf(deps, account, error)));
  return { account, posts: ofPosts.seen, itself: ofItself?.isSeen ?? false, failure: error?.userMessage ?? null };
}

async function lookAtPosts(
  deps: LookDeps,
  account: Account,
  posts: readonly DuePost[],
): Promise<{ seen: number; error: CrierError | null }> {
  let seen = 0;
  for (let from = 0; from < posts.length; from += BATCH) {
    const some = posts.slice(from, from + BATCH);
    const answer = await askForPosts(deps, account, some);
    if (!answer.ok) return { seen, error: answer.error };
    await deps.store.figures.save(account.id, answer.told, deps.clock.now());
    seen += some.length;
  }
  return { seen, error: null };
}

async function lookAtItself(deps: LookDeps, account: Account): Promise<{ isSeen: boolean; error: CrierError | null }> {
  const answer = await ask(deps, account, async ({ accountFigures }, access) => accountFigures?.(access) ?? null);
  if (!answer.ok) return { isSeen: false, error: answer.error };
  if (answer.told) await deps.store.figures.saveAccount(account.id, answer.told, deps.clock.now());
  return { isSeen: answer.told !== null, error: null };
}

/** What a network named itself counts; without that it is 10 minutes, then 20, 40 and so on, by how long it has been failing. */
async function failureOf({ store, clock }: LookDeps, account: Account, error: CrierError): Promise<LookFailure> {
  const { userMessage: sentence, retryAfterMs } = error;
  const now = clock.now();
  if (retryAfterMs !== undefined) return { sentence, again: now.add({ milliseconds: Math.ceil(retryAfterMs) }), byNetwork: true };
  const looks = await store.figures.looks(account.workspaceId);
  const since = looks.find(({ accountId }) => accountId === account.id)?.failure?.since ?? now;
  const failingFor = now.since(since).total('minutes');
  const minutes = Math.min(Math.ceil(failingFor) + FIRST_WAIT_MINUTES, MOST_WAIT_MINUTES);
  return { sentence, again: now.add({ minutes }), byNetwork: false };
}
