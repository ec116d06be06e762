// The choice between the accounts that one login leads to (Pages, organizations): offers them, and connects those that were chosen. A
// choice counts once and for ten minutes; choosing nothing uses nothing up.
import type { Candidate, Choice, Granted } from '../oauth.ts';
import type { Platform } from '../platform.ts';
import type { Deps } from '../ports.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { type Connection, storeConnected } from './connect-account.ts';
import { type LinkOutcome, type Offers, outcomeOf } from './link-outcome.ts';

type Chosen = Granted['accounts'];
type StoreDeps = Pick<Deps, 'clock' | 'store' | 'jobs'>;

const CHOICE_MINUTES = 10;

/** Keeps what a login led to until the person has chosen. */
export async function offerChoice(deps: StoreDeps, choice: Choice): Promise<Offers> {
  const token = await deps.store.links.keepChoice(choice, deps.clock.now().add({ minutes: CHOICE_MINUTES }));
  return offersOf(deps, token, choice, null);
}

/** @param ticked places in the list that was offered, as the form has them: `0`; what is no such place is not heard */
export async function finishChoice(
  deps: StoreDeps & Pick<Deps, 'platforms' | 'log'>,
  token: string,
  ticked: readonly string[],
): Promise<LinkOutcome> {
  const { links } = deps.store;
  const now = deps.clock.now();
  const found = await links.findChoice(token, now);
  if (!found) return { kind: 'unknown' };
  const platform = deps.platforms.get(found.platform);
  const ended = { platform, asker: { actor: found.actor, origin: found.origin } };
  const chosen = chosenOf(found, ticked);
  if (!chosen) return { ...(await offersOf(deps, token, found, 'Tick at least one.')), ...ended };
  const taken = await links.takeChoice(token, now);
  if (!taken) return { kind: 'unknown' };
  const { actor, missing } = taken;
  return outcomeOf(deps, ended, {}, async () => {
    // their role may have changed while they chose
    requirePermission(actor, 'administer');
    return { kind: 'connected', connections: await connectAll(deps, actor, platform, chosen), missing };
  });
}

/** One after the other, so that what is told is in the order of the list. */
export async function connectAll(
  deps: StoreDeps,
  actor: Actor,
  platform: Platform,
  [first, ...others]: Chosen,
): Promise<[Connection, ...Connection[]]> {
  const connect = ({ kind: _, ...account }: Candidate) => storeConnected(deps, actor, platform, account);
  const connections: [Connection, ...Connection[]] = [await connect(first)];
  for (const candidate of others) connections.push(await connect(candidate));
  return connections;
}

/** Null where nothing was. */
function chosenOf({ candidates }: Choice, ticked: readonly string[]): Chosen | null {
  const [first, ...others] = candidates.filter((_, place) => ticked.includes(String(place)));
  return first ? [first, ...others] : null;
}

async function offersOf({ store }: StoreDeps, token: string, choice: Choice, sentence: string | null): Promise<Offers> {
  const accounts = await store.accounts.list(choice.actor.workspace.id);
  const isConnected = ({ remoteId }: Candidate): boolean =>
    accounts.some(
      (account) => account.platform === choice.platform && account.remoteId === remoteId && account.state === 'connected',
    );
  const offers = choice.candidates.map((candidate) => {
    const { kind, handle } = candidate;
    return { kind, handle, isConnected: isConnected(candidate) };
  });
  return { kind: 'choose', token, offers, sentence };
}
