// Digests as their workspace has them: asking for one, looking at them, and pausing, resuming or stopping one. What they say and who
// tells them is not known here.
import { sayCadence } from '../cadence-words.ts';
import { type Cadence, DIGEST_PERIODS, type Digest, digestName } from '../digest.ts';
import { nextDigestAt } from '../digest-schedule.ts';
import { type CrierError, invalidArgument, invalidInput, notFound } from '../errors.ts';
import type { Deps } from '../ports.ts';
import { type Actor, requirePermission } from '../workspace.ts';

type DigestDeps = Pick<Deps, 'store' | 'clock'>;

/** More reports than this are read by nobody. */
export const MOST_DIGESTS = 20;

/** `D2, every day at 09:00`. */
const describe = (digest: Digest): string => `${digestName(digest)}, ${sayCadence(digest.cadence)}`;

const describeAll = (digests: readonly Digest[]): string =>
  digests.map((digest) => `${digestName(digest)} (${sayCadence(digest.cadence)})`).join(', ');

/**
 * Its first one comes at the next such time.
 * @param channel the chat's own id
 * @throws CrierError `not-permitted`; `invalid-input` where the channel has that one already, or the workspace has too many.
 */
export async function addDigest(
  { store, clock }: DigestDeps,
  actor: Actor,
  { channel, cadence }: { channel: string; cadence: Cadence },
): Promise<Digest> {
  requirePermission(actor, 'write');
  const { id, timeZone } = actor.workspace;
  const digests = await store.digests.list(id);
  const same = digests.find((digest) => digest.channel === channel && sayCadence(digest.cadence) === sayCadence(cadence));
  if (same) throw invalidInput(`This channel has that one already: ${describe(same)}. ${whatToDoWith(same)}`);
  if (digests.length >= MOST_DIGESTS)
    throw invalidInput(
      `There are ${digests.length} digests here, and more than ${MOST_DIGESTS} cannot be. Stop one first, like /digest stop ${digests.map(digestName).at(0)}; /digest list shows them.`,
    );
  return store.digests.add(actor, { channel, cadence, dueAt: nextDigestAt(cadence, timeZone, clock.now()) });
}

const whatToDoWith = (digest: Digest): string =>
  digest.state === 'paused'
    ? `It is paused: /digest resume ${digestName(digest)} lets it come again.`
    : `/digest preview ${digestName(digest)} shows it now.`;

/** By number. @throws CrierError `not-permitted`. */
export async function listDigests({ store }: Pick<Deps, 'store'>, actor: Actor): Promise<Digest[]> {
  requirePermission(actor, 'view');
  return store.digests.list(actor.workspace.id);
}

/**
 * The one that is meant by `D2`, `2`, or `daily` where only one is that.
 * @throws CrierError `not-permitted`; `invalid-input` or `not-found`, naming those there are.
 */
export async function findDigest(deps: Pick<Deps, 'store'>, actor: Actor, name: string): Promise<Digest> {
  return pick(await listDigests(deps, actor), name.trim());
}

function pick(digests: readonly Digest[], name: string): Digest {
  if (digests.length === 0) throw notFound('There is no digest here yet. /digest daily 9am makes one in this channel.');
  const period = DIGEST_PERIODS.find((each) => each === name.toLowerCase());
  if (period)
    return onlyOne(
      digests.filter(({ cadence }) => cadence.period === period),
      period,
      digests,
    );
  const match = /^[Dd#]?(\d{1,9})$/.exec(name);
  if (!match)
    throw invalidArgument(
      'name',
      `${name === '' ? 'Which digest?' : `“${name}” is no digest.`} There are: ${describeAll(digests)}.`,
    );
  const found = digests.find(({ number }) => number === Number(match[1]));
  if (!found) throw gone(name, digests);
  return found;
}

function onlyOne(found: readonly Digest[], name: string, digests: readonly Digest[]): Digest {
  const [only, other] = found;
  if (!only) throw notFound(`No digest here is ${name}. There are: ${describeAll(digests)}.`);
  if (other) throw invalidArgument('name', `${found.length} digests here are ${name}: say which. ${describeAll(found)}.`);
  return only;
}

const gone = (name: string, digests: readonly Digest[]): CrierError =>
  notFound(`There is no digest ${name.toUpperCase()} here. There are: ${describeAll(digests)}.`);

/** What is missed while it is paused is not told later. One that is paused stays as it is. @throws as `findDigest` */
export async function pauseDigest(deps: DigestDeps, actor: Actor, name: string): Promise<Digest> {
  requirePermission(actor, 'write');
  const digest = await findDigest(deps, actor, name);
  if (digest.state === 'paused') return digest;
  return written(await deps.store.digests.setDue(actor, digest.number, null), digest);
}

/** It comes again at the next such time. One that is not paused stays as it is. @throws as `findDigest` */
export async function resumeDigest(deps: DigestDeps, actor: Actor, name: string): Promise<Digest> {
  requirePermission(actor, 'write');
  const digest = await findDigest(deps, actor, name);
  if (digest.state === 'active') return digest;
  const dueAt = nextDigestAt(digest.cadence, actor.workspace.timeZone, deps.clock.now());
  return written(await deps.store.digests.setDue(actor, digest.number, dueAt), digest);
}

/** It is gone for good. @throws as `findDigest` */
export async function stopDigest(deps: DigestDeps, actor: Actor, name: string): Promise<Digest> {
  requirePermission(actor, 'write');
  const digest = await findDigest(deps, actor, name);
  return written(await deps.store.digests.remove(actor, digest.number), digest);
}

function written(changed: Digest | null, digest: Digest): Digest {
  if (!changed) throw notFound(`${digestName(digest)} was stopped meanwhile.`);
  return changed;
}
