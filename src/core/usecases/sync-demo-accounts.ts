// The demo accounts of the emulated networks: each workspace has one on each while the networks are emulated, and none that could be
// posted to while they are not. One that a person disconnected stays so.
import { z } from 'zod';
import type { Account } from '../account.ts';
import type { Deps } from '../ports.ts';
import type { Entrance } from '../store.ts';
import type { Actor } from '../workspace.ts';
import { connectDemo, type DemoLogin } from './connect-demo.ts';

/** By platform id. */
export type DemoLogins = Readonly<Record<string, DemoLogin>>;

interface Memory {
  get: (name: string) => Promise<string | null>;
  set: (name: string, value: string) => Promise<void>;
}

const REMEMBERED = 'demo-accounts';
const NOT_EMULATED = 'It lives on the emulated networks, which are off.';
const CONNECT_TIMEOUT_MS = 30_000;

/** Account ids by platform id: what is remembered of one workspace. */
const Remembered = z.record(z.string(), z.string());

const nameOf = ({ workspace }: Actor): string => `${REMEMBERED}/${workspace.id}`;

type SyncDeps = Pick<Deps, 'store' | 'platforms' | 'http' | 'clock' | 'networkHome'>;

/**
 * The way in for workspaces that are not known at the start: who is the first to speak in one waits until its demo accounts are in
 * order. A failure there is logged, and tried again at the next word.
 */
export function openEntry(
  deps: SyncDeps & Pick<Deps, 'log'>,
  logins: DemoLogins | null,
  memory: Memory,
): (entrance: Entrance) => Promise<Actor> {
  const inOrder = new Map<string, Promise<void>>();
  const putInOrder = async (actor: Actor): Promise<void> => {
    try {
      await syncDemoAccounts(deps, actor, logins, memory);
    } catch (error) {
      inOrder.delete(actor.workspace.id);
      deps.log.warn({ err: error, workspaceId: actor.workspace.id }, 'the demo accounts could not be put in order');
    }
  };
  return async (entrance) => {
    const actor = await deps.store.workspaces.enter(entrance);
    const running = inOrder.get(actor.workspace.id) ?? putInOrder(actor);
    inOrder.set(actor.workspace.id, running);
    await running;
    return actor;
  };
}

/**
 * For the actor's workspace alone: each is looked at when somebody there is first heard of after a start.
 * @param logins null where the networks are not emulated. @param memory keeps which accounts are demo accounts between starts
 * @throws AggregateError where some could not be connected; the others are
 */
export async function syncDemoAccounts(deps: SyncDeps, actor: Actor, logins: DemoLogins | null, memory: Memory): Promise<void> {
  // without a workspace's own entry, the one from when there was a single workspace: ids of another's accounts match none here
  const remembered = (await memory.get(nameOf(actor))) ?? (await memory.get(REMEMBERED)) ?? '{}';
  const ids = Remembered.parse(JSON.parse(remembered));
  const accounts = await deps.store.accounts.list(actor.workspace.id);
  const demoOn = (platform: string): Account | undefined => accounts.find((account) => account.id === ids[platform]);
  if (logins === null) {
    for (const platform of Object.keys(ids)) {
      const demo = demoOn(platform);
      if (demo?.state === 'connected') await deps.store.accounts.disconnect(demo.id, NOT_EMULATED, null);
    }
    return;
  }
  const failures: unknown[] = [];
  for (const [platform, login] of Object.entries(logins)) {
    const demo = demoOn(platform);
    if (demo && !isToBeRenewed(demo, Object.values(login))) continue;
    try {
      ids[platform] = await connect(deps, actor, platform, login);
    } catch (error) {
      failures.push(error);
    }
  }
  await memory.set(nameOf(actor), JSON.stringify(ids));
  if (failures.length > 0) throw new AggregateError(failures, 'not every demo account could be connected');
}

/** Where the network has moved to another port, or was off in between. */
const isToBeRenewed = (demo: Account, login: readonly string[]): boolean =>
  demo.state === 'connected' ? !login.includes(demo.service) : demo.stateReason === NOT_EMULATED;

async function connect(
  { store, platforms, http, clock, networkHome }: SyncDeps,
  actor: Actor,
  platform: string,
  login: DemoLogin,
): Promise<string> {
  const signal = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
  const app = networkHome?.(platform).app ?? null;
  const remote = await connectDemo(platforms.get(platform), login, app, { http, clock, signal });
  return (await store.accounts.connect(actor, { platform, ...remote })).account.id;
}
