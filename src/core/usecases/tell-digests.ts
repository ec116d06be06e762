// Telling digests that are due, each in its channel. A digest is claimed with a lease, told, and given its next instant; what was missed
// is told late and once. Told twice is possible where a process dies in between, and the chats can tell; untold is not.
import { type ClaimedDigest, type DigestContent, digestName } from '../digest.ts';
import { missedBetween, nextDigestAt } from '../digest-schedule.ts';
import type { Deps } from '../ports.ts';
import type { ChatName } from '../workspace.ts';
import { type ReadDigestDeps, readDigest } from './read-digest.ts';

/** Until then nobody else tells what was claimed. */
const LEASE_MINUTES = 2;
/** Told side by side, within one lease. */
const AT_ONCE = 4;
/** Claims of one call; what is due beyond them is told by the next. */
const MOST_ROUNDS = 50;
/** Minutes until it is tried again, and for all further tries. */
const WAITS = [1, 2, 5, 10, 20] as const;
const LONGEST_WAIT = 30;

/** A chat that digests come into. */
export interface DigestTeller {
  name: ChatName;
  /**
   * `closed`: there is no such channel any more, or nobody lets Crier write there. The same digest with the same `dueAt`, which is that of
   * the one that is told, is the same message. @throws where the chat cannot be reached; it is then told later.
   */
  tell: (claimed: ClaimedDigest, content: DigestContent) => Promise<'said' | 'closed'>;
  /** Tells whoever asked for it why it does not come any more. @throws where they cannot be reached; then nobody is told. */
  tellMaker: (claimed: ClaimedDigest, because: string) => Promise<void>;
}

export type TellDigestsDeps = ReadDigestDeps & Pick<Deps, 'log'>;

/** What a process remembers of a digest whose telling did not come to its end. */
export interface Unfinished {
  /** How often it went wrong. */
  tries: number;
  /** It was said, and that could not be written down: when that one was due. */
  told: Temporal.Instant | null;
}

/**
 * Tells what is due in these chats.
 * @param unfinished by digest id; the same for all calls of a process, so that it waits longer after each failure and says nothing twice
 * @param signal aborted where the process ends: nothing more is claimed, and what is claimed is told
 * @throws where the database does not answer
 */
export async function tellDigests(
  deps: TellDigestsDeps,
  tellers: readonly DigestTeller[],
  unfinished: Map<string, Unfinished> = new Map(),
  signal?: AbortSignal,
): Promise<void> {
  if (tellers.length === 0) return;
  const chats = tellers.map(({ name }) => name);
  for (let round = 0; round < MOST_ROUNDS && !signal?.aborted; round += 1) {
    const now = deps.clock.now();
    const leaseUntil = now.add({ minutes: LEASE_MINUTES });
    const all = await deps.store.digests.claim({ chats, now, leaseUntil, limit: AT_ONCE });
    await Promise.all(all.map((claimed) => tellOne({ ...deps, unfinished }, tellers, claimed, leaseUntil)));
    if (all.length < AT_ONCE) return;
  }
}

const fieldsOf = ({ digest, workspace }: ClaimedDigest) => ({
  digestId: digest.id,
  digest: digestName(digest),
  workspaceId: workspace.id,
  chat: workspace.chat,
});

interface Turn extends TellDigestsDeps {
  unfinished: Map<string, Unfinished>;
}

type Outcome = { kind: 'said' | 'closed' | 'too late'; dueAt: Temporal.Instant } | { kind: 'failed'; error: unknown };

/** Never throws: one that goes wrong keeps none of the others from being told. */
async function tellOne(
  deps: Turn,
  tellers: readonly DigestTeller[],
  claimed: ClaimedDigest,
  leaseUntil: Temporal.Instant,
): Promise<void> {
  const teller = tellers.find(({ name }) => name === claimed.workspace.chat);
  if (!teller) return;
  const outcome = await sayIt(deps, teller, claimed, leaseUntil);
  try {
    await write(deps, teller, claimed, outcome);
  } catch (error) {
    // whoever claims it when the lease is over goes on with it
    deps.log.error({ ...fieldsOf(claimed), err: error }, 'what became of a digest could not be written');
  }
}

async function sayIt(deps: Turn, teller: DigestTeller, claimed: ClaimedDigest, leaseUntil: Temporal.Instant): Promise<Outcome> {
  const { clock, unfinished } = deps;
  const { digest, workspace } = claimed;
  try {
    const { newest: dueAt, missed } = missedBetween(digest.cadence, workspace.timeZone, digest.dueAt, clock.now());
    if (unfinished.get(digest.id)?.told?.equals(dueAt)) return { kind: 'said', dueAt };
    const content = await readDigest(deps, workspace, digest.cadence, { dueAt, missed });
    // it may be in other hands: whoever takes it next tells it
    if (Temporal.Instant.compare(clock.now(), leaseUntil) >= 0) return { kind: 'too late', dueAt };
    const kind = await teller.tell({ ...claimed, digest: { ...digest, dueAt } }, content);
    if (kind === 'said') unfinished.set(digest.id, { tries: 0, told: dueAt });
    return { kind, dueAt };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

async function write(deps: Turn, teller: DigestTeller, claimed: ClaimedDigest, outcome: Outcome): Promise<void> {
  const { log } = deps;
  switch (outcome.kind) {
    case 'said':
      return settle(deps, claimed, outcome.dueAt);
    case 'closed':
      return pause(deps, teller, claimed);
    case 'failed':
      return putBack(deps, claimed, outcome.error);
    case 'too late':
      return log.warn(fieldsOf(claimed), 'a digest was not told within its lease and is told by whoever takes it next');
  }
}

async function settle({ store, log, unfinished }: Turn, claimed: ClaimedDigest, dueAt: Temporal.Instant): Promise<void> {
  const { digest, workspace } = claimed;
  const isOurs = await store.digests.settle(claimed, nextDigestAt(digest.cadence, workspace.timeZone, dueAt));
  unfinished.delete(digest.id);
  if (isOurs) log.info({ ...fieldsOf(claimed), dueAt: dueAt.toString() }, 'a digest was told');
  else log.warn(fieldsOf(claimed), 'a digest was told after its lease was lost, or while it was changed or stopped');
}

async function pause({ store, log, unfinished }: Turn, teller: DigestTeller, claimed: ClaimedDigest): Promise<void> {
  const name = digestName(claimed.digest);
  const because = `Crier cannot write in its channel any more. Let Crier into that channel again and type /digest resume ${name}, or stop it with /digest stop ${name}.`;
  unfinished.delete(claimed.digest.id);
  if (!(await store.digests.pause(claimed, because))) return;
  log.warn(fieldsOf(claimed), 'a digest was paused: its channel is closed');
  try {
    await teller.tellMaker(claimed, because);
  } catch (error) {
    log.warn({ ...fieldsOf(claimed), err: error }, 'whoever asked for a digest could not be told that it is paused');
  }
}

async function putBack({ store, clock, log, unfinished }: Turn, claimed: ClaimedDigest, error: unknown): Promise<void> {
  const tries = (unfinished.get(claimed.digest.id)?.tries ?? 0) + 1;
  unfinished.set(claimed.digest.id, { tries, told: null });
  const again = clock.now().add({ minutes: WAITS[tries - 1] ?? LONGEST_WAIT });
  log.warn({ ...fieldsOf(claimed), err: error, again: again.toString() }, 'a digest could not be told and will be told again');
  await store.digests.putBack(claimed, again);
}
