// A workbench whose network has logins that end: each refresh gives the next token and takes the one before no more, as networks that
// rotate do. What the next refreshes do can be scripted.
import type { Account } from '../../src/core/account.ts';
import type { Notice } from '../../src/core/notices.ts';
import type { Platform, Refreshed } from '../../src/core/platform.ts';
import type { RefreshDeps } from '../../src/core/usecases/refresh-account.ts';
import { type NoticeTeller, tellNotices } from '../../src/core/usecases/tell-notices.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { type ScriptedNetwork, scriptedNetwork } from './scripted-network.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

type Access = Parameters<NonNullable<Platform['refresh']>>[0];
/** Runs before the network answers; what it throws is the answer. */
export type RefreshStep = (access: Access) => Promise<void> | void;

export interface LoginBench extends Workbench {
  account: Account;
  deps: RefreshDeps;
  /** The tokens that refreshes came with, in their order. */
  refreshedWith: string[];
  /** What the next refreshes do, one each; without one they simply succeed. */
  nextRefresh: (...steps: RefreshStep[]) => void;
  /** Connects the account anew, by another login. */
  login: (login?: {
    token?: string;
    by?: Actor;
    expiresIn?: Temporal.DurationLike;
    refreshIn?: Temporal.DurationLike;
  }) => ReturnType<Workbench['store']['accounts']['connect']>;
  token: () => Promise<unknown>;
  readAccount: () => Promise<Account>;
  /** Lets the chat of the workspace look for notices; what it was told. */
  tell: (teller?: Partial<NoticeTeller>) => Promise<{ to: string; notice: Notice }[]>;
}

/** A token that a publish is refused with. */
export const tokenOf = (credentials: Record<string, unknown>): string => String(credentials.token);

export async function openLoginBench(): Promise<LoginBench> {
  const steps: RefreshStep[] = [];
  const refreshedWith: string[] = [];
  const refresh = async (access: Access): Promise<Refreshed> => {
    const token = tokenOf(access.credentials);
    refreshedWith.push(token);
    await steps.shift()?.(access);
    const refreshAt = access.clock.now().add({ hours: 2 });
    return { credentials: { token: `${token}+` }, expiresAt: null, refreshAt };
  };
  const network: ScriptedNetwork = scriptedNetwork({ refresh, threads: true });
  const bench = await openWorkbench({ network });
  const { clock, store, log, platforms, actor } = bench;
  const [account] = bench.accounts;
  if (!account) throw new Error('no account');
  const { platform, remoteId, handle, service } = account;
  const login: LoginBench['login'] = ({ token = 't1', by = actor, expiresIn, refreshIn } = {}) =>
    store.accounts.connect(by, {
      ...{ platform, remoteId, handle, service, announcedLimits: null },
      credentials: { token },
      expiresAt: expiresIn ? clock.now().add(expiresIn) : null,
      refreshAt: refreshIn ? clock.now().add(refreshIn) : null,
    });
  await login({ refreshIn: { hours: 2 } });
  return {
    ...bench,
    account,
    deps: { clock, store, log, platforms, http: { fetch, dispatcher: undefined } },
    refreshedWith,
    nextRefresh: (...more) => void steps.push(...more),
    login,
    token: async () => (await store.credentials(account.id)).token,
    readAccount: async () => {
      const [found] = await store.accounts.list(actor.workspace.id);
      if (!found) throw new Error('the account is gone');
      return found;
    },
    tell: async (teller = {}) => {
      const told: { to: string; notice: Notice }[] = [];
      const taking: NoticeTeller['tell'] = async ({ member }, notice) => void told.push({ to: member.userId, notice });
      await tellNotices({ store, clock, log }, [{ name: 'terminal', tell: taking, ...teller }]);
      return told;
    },
  };
}
