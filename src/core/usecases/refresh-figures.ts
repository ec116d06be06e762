// Reads the figures of a workspace now, because somebody wants them: of each account, and of all its posts of the last thirty days.
import type { Account } from '../account.ts';
import type { AccountLook } from '../figures-store.ts';
import type { Workspace } from '../workspace.ts';
import { byNetwork, type LookDeps, lookAt } from './look-at-figures.ts';

export interface RefreshProgress {
  /** Accounts that are done with, failed ones included. */
  done: number;
  total: number;
  failed: number;
}

export interface RefreshedFigures {
  /** Accounts whose figures are new, or were new already. */
  accounts: number;
  /** Posts that were looked at. */
  posts: number;
  /** With what the network said. */
  failed: { account: Account; sentence: string }[];
}

/** Older posts hardly change any more. */
const POSTS_OF_DAYS = 30;
/** Figures that are younger are new enough: somebody pressed twice. */
const FRESH_SECONDS = 15;

/**
 * A network that named a time before which it does not want to be asked is not asked.
 * @param onProgress after each account, one call after another; where it fails, the rest is read all the same
 * @throws where the database does not answer
 */
export async function refreshFigures(
  deps: LookDeps,
  workspace: Pick<Workspace, 'id'>,
  onProgress: (progress: RefreshProgress) => Promise<void>,
): Promise<RefreshedFigures> {
  const { clock, store, platforms, log } = deps;
  const now = clock.now();
  const telling = platforms.all().filter(({ figures, accountFigures }) => figures ?? accountFigures);
  const since = now.subtract({ hours: 24 * POSTS_OF_DAYS });
  const all = await store.figures.recent(workspace.id, { platforms: telling.map(({ id }) => id), since });
  const known = new Map((await store.figures.looks(workspace.id)).map((look) => [look.accountId, look]));
  const refreshed: RefreshedFigures = { accounts: 0, posts: 0, failed: [] };
  let told: Promise<void> = Promise.resolve();
  await byNetwork(all, async (look) => {
    const { posts, failure } = standing(known.get(look.account.id), now) ?? (await lookAt(deps, { ...look, itself: true }));
    refreshed.posts += posts;
    if (failure === null) refreshed.accounts += 1;
    else refreshed.failed.push({ account: look.account, sentence: failure });
    const failed = refreshed.failed.length;
    const progress = { done: refreshed.accounts + failed, total: all.length, failed };
    told = told
      .then(() => onProgress(progress))
      .catch((error: unknown) => log.warn({ err: error }, 'how far reading figures has come could not be told'));
    await told;
  });
  return refreshed;
}

/** What stands without asking: figures are new, or the network wants to be left alone. Null: ask. */
function standing(look: AccountLook | undefined, now: Temporal.Instant): { posts: 0; failure: string | null } | null {
  if (look?.failure) {
    const { waitUntil, sentence } = look.failure;
    return waitUntil && Temporal.Instant.compare(now, waitUntil) < 0 ? { posts: 0, failure: sentence } : null;
  }
  const isFresh = look?.lookedAt && now.since(look.lookedAt).total('seconds') < FRESH_SECONDS;
  return isFresh ? { posts: 0, failure: null } : null;
}
