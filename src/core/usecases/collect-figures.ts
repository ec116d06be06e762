// Looks how posts did, network by network, and keeps what is told. A network that fails stops no other; its posts are looked at the next time.
import { CrierError } from '../errors.ts';
import { type PostFigures, UNTOLD } from '../figures.ts';
import type { DueLook } from '../figures-store.ts';
import type { Platform } from '../platform.ts';
import type { Deps } from '../ports.ts';

type CollectDeps = Pick<Deps, 'clock' | 'store' | 'platforms' | 'http' | 'networkHome' | 'log'>;

export interface Collected {
  posts: number;
  /** Accounts whose network could not be asked. */
  failed: number;
}

/** Looked at in one run, in all and of one account; what is left is due the next time. */
const AT_ONCE = 500;
const OF_ONE_ACCOUNT = 100;
const TIMEOUT_MS = 60_000;

export async function collectFigures(deps: CollectDeps): Promise<Collected> {
  const platforms = deps.platforms.all().flatMap(({ id, figures }) => (figures ? [id] : []));
  const looks = await deps.store.figures.due({ platforms, now: deps.clock.now(), limit: AT_ONCE });
  const collected: Collected = { posts: 0, failed: 0 };
  for (const look of looks) {
    const looked = await lookAt(deps, look);
    if (looked === null) collected.failed += 1;
    else collected.posts += looked;
  }
  return collected;
}

/** Returns how many were looked at; null where the network could not be asked. */
async function lookAt(deps: CollectDeps, { account, posts: due }: DueLook): Promise<number | null> {
  const posts = due.slice(0, OF_ONE_ACCOUNT);
  const platform = deps.platforms.get(account.platform);
  try {
    const found = await ask(deps, platform, { account, posts });
    // what the network does not have (any more) is not asked for again until its next time
    const seen = new Map(posts.map(({ deliveryId, remoteId }) => [deliveryId, found.get(remoteId) ?? UNTOLD]));
    await deps.store.figures.save(account.id, seen, deps.clock.now());
    return posts.length;
  } catch (thrown) {
    const error = thrown instanceof CrierError ? thrown : platform.classifyError(thrown);
    deps.log.warn({ accountId: account.id, platform: platform.id, kind: error.kind, err: thrown }, 'figures could not be read');
    return null;
  }
}

async function ask(
  deps: CollectDeps,
  platform: Platform,
  { account, posts }: DueLook,
): Promise<ReadonlyMap<string, PostFigures>> {
  const { store, http, clock, networkHome } = deps;
  if (!platform.figures) return new Map();
  return platform.figures({
    http,
    clock,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    account,
    app: networkHome?.(platform.id).app ?? null,
    credentials: await store.credentials(account.id),
    saveCredentials: (credentials) => store.accounts.saveCredentials(account.id, credentials),
    posts,
  });
}
