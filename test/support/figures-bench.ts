// A workbench whose networks tell figures as a test scripts them: one connected account on each, posts that go out at once, and what was kept.
import type { Account } from '../../src/core/account.ts';
import { type AccountFigures, type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../src/core/figures.ts';
import type { FiguresPlan } from '../../src/core/figures-store.ts';
import type { Platform } from '../../src/core/platform.ts';
import type { Platforms } from '../../src/core/ports.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { type Collected, collectFigures } from '../../src/core/usecases/collect-figures.ts';
import type { LookDeps } from '../../src/core/usecases/look-at-figures.ts';
import { scriptedNetwork } from './scripted-network.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

export const PLAN: FiguresPlan = {
  accountsEveryMinutes: 60,
  postsAfterHours: [1, 6, 24, 72, 168, 720],
  tellAfterHours: [24, 168],
};

/** A network as the test has it: what it answers, and what it was asked. */
export interface TellingNetwork {
  id: string;
  account: Account;
  /** What it tells of each post. May throw. */
  ofPost: (remoteId: string) => PostFigures;
  /** What it tells of the account. May throw. */
  ofAccount: (() => AccountFigures | Promise<AccountFigures>) | null;
  refresh: Platform['refresh'];
  /** The remote ids of each time that it was asked for posts. */
  asked: string[][];
  /** How often it was asked for the account, and with which tokens it was asked for anything. */
  accountAsked: number;
  tokens: unknown[];
}

export interface FiguresBench extends Workbench {
  deps: LookDeps;
  /** One of the networks. */
  tellingOf: (id: string) => TellingNetwork;
  /** A post to these networks, all of them where none is named, that goes out now. */
  publish: (...ids: string[]) => Promise<PostDetails>;
  collect: (plan?: Partial<FiguresPlan>) => Promise<Collected>;
  /** Snapshots of posts, or of accounts, the oldest first. */
  kept: (of: 'posts' | 'accounts') => Promise<{ platform: string; at: string; figures: unknown }[]>;
}

export async function openFiguresBench(ids: readonly string[] = ['one', 'two']): Promise<FiguresBench> {
  const publishing = scriptedNetwork();
  const bench = await openWorkbench({ network: publishing, accounts: 0 });
  const { clock, store, log, actor } = bench;
  const all = new Map<string, TellingNetwork>();
  for (const id of ids) {
    const remote = { platform: id, remoteId: `at-${id}`, handle: `@us@${id}`, service: `https://${id}.example` };
    const login = { credentials: { token: `${id}-1` }, announcedLimits: null, expiresAt: null };
    const { account } = await store.accounts.connect(actor, { ...remote, ...login });
    const ofPost = (): PostFigures => ({ ...UNTOLD, likes: 3 });
    const ofAccount = (): AccountFigures => ({ ...UNTOLD_ACCOUNT, followers: 100 });
    all.set(id, { id, account, ofPost, ofAccount, refresh: null, asked: [], accountAsked: 0, tokens: [] });
  }
  const tellingOf = (id: string): TellingNetwork => {
    const found = all.get(id);
    if (!found) throw new Error(`there is no network ${id}`);
    return found;
  };
  const platformOf = (network: TellingNetwork): Platform => ({
    ...publishing.platform,
    id: network.id,
    name: network.id,
    refresh: network.refresh,
    figures: async ({ posts, credentials }) => {
      network.tokens.push(credentials.token);
      network.asked.push(posts.map(({ remoteId }) => remoteId));
      return new Map(posts.map(({ remoteId }) => [remoteId, network.ofPost(remoteId)]));
    },
    accountFigures: network.ofAccount && ((access) => askAccount(network, access.credentials.token)),
  });
  const platforms: Platforms = {
    all: () => [...all.values()].map(platformOf),
    get: (id) => platformOf(tellingOf(id)),
    find: (id) => platformOf(tellingOf(id)),
  };
  const deps: LookDeps = { clock, store, log, platforms, http: { fetch, dispatcher: undefined } };
  return {
    ...bench,
    deps,
    tellingOf,
    publish: async (...to) => {
      const chosen = to.length === 0 ? [...all.values()] : to.map(tellingOf);
      const post = await bench.schedule({ accounts: chosen.map(({ account }) => account) });
      await bench.work();
      return bench.read(post);
    },
    collect: (plan = {}) => collectFigures(deps, { ...PLAN, ...plan }),
    kept: async (of) => {
      const { rows } = await bench.database.pool.query(KEPT, [of === 'posts']);
      return rows.map(({ platform, at, figures }) => ({ platform, at: Temporal.Instant.from(at).toString(), figures }));
    },
  };
}

const KEPT = `
select a.platform, m.at::text as at, m.figures from metric_snapshot m join account a on a.id = m.account_id
where (m.delivery_id is not null) = $1 order by m.at, a.platform, m.id`;

async function askAccount(network: TellingNetwork, token: unknown): Promise<AccountFigures> {
  network.accountAsked += 1;
  network.tokens.push(token);
  if (!network.ofAccount) throw new Error('nobody asks for an account here');
  return network.ofAccount();
}
