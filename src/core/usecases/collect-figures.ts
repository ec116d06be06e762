// Looks how posts and accounts do where that is due. A network that fails stops no other; it is asked again later, and later and later.
import type { FiguresPlan } from '../figures-store.ts';
import type { Platform } from '../platform.ts';
import { BATCH, byNetwork, type Look, type LookDeps, lookAt } from './look-at-figures.ts';

export interface Collected {
  posts: number;
  /** Accounts that were looked at themselves. */
  accounts: number;
  /** Accounts whose network could not be asked. */
  failed: number;
}

/** Posts, and accounts, of one run; what is left is due the next time. */
const AT_ONCE = 500;
/** After this no account is begun with: one network that keeps Crier waiting does not keep others waiting for the next run. */
const RUN_MINUTES = 10;
/** Half of the time between two runs: who was looked at late in a run is not a whole run late the next time. */
const EARLY_SECONDS = 150;

/** @throws where the database does not answer */
export async function collectFigures(deps: LookDeps, plan: FiguresPlan): Promise<Collected> {
  const { clock } = deps;
  const endsAt = clock.now().add({ minutes: RUN_MINUTES });
  const collected: Collected = { posts: 0, accounts: 0, failed: 0 };
  await byNetwork(await dueLooks(deps, plan), async (look) => {
    if (Temporal.Instant.compare(clock.now(), endsAt) >= 0) return;
    const { posts, itself, failure } = await lookAt(deps, look);
    collected.posts += posts;
    if (itself) collected.accounts += 1;
    if (failure !== null) collected.failed += 1;
  });
  return collected;
}

async function dueLooks({ store, clock, platforms }: LookDeps, plan: FiguresPlan): Promise<Look[]> {
  const now = clock.now();
  const those = (tells: (platform: Platform) => unknown): string[] =>
    platforms.all().flatMap((each) => (tells(each) ? [each.id] : []));
  const ofPosts = await store.figures.due({
    platforms: those(({ figures }) => figures),
    afterHours: plan.postsAfterHours,
    now,
    limit: AT_ONCE,
    perAccount: BATCH,
  });
  const accounts = await store.figures.dueAccounts({
    platforms: those(({ accountFigures }) => accountFigures),
    lookedBefore: now.subtract({ minutes: plan.accountsEveryMinutes }).add({ seconds: EARLY_SECONDS }),
    now,
    limit: AT_ONCE,
  });
  const due = new Set(accounts.map(({ id }) => id));
  const withPosts = new Set(ofPosts.map(({ account }) => account.id));
  return [
    ...ofPosts.map((look) => ({ ...look, itself: due.has(look.account.id) })),
    ...accounts.filter(({ id }) => !withPosts.has(id)).map((account) => ({ account, posts: [], itself: true })),
  ];
}
