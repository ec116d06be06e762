// How Crier itself is: its processes, its queue, its recurring jobs, and what of that somebody should see to.
import { type JobRun, publishes, type QueueDepth, type SeenProcess } from '../operations.ts';
import type { Deps } from '../ports.ts';
import { type Actor, requirePermission } from '../workspace.ts';

export type Trouble =
  /** Nobody publishes. */
  | { kind: 'no-worker' }
  /** A part does not work in one process or more, in the first of them since then. */
  | { kind: 'part'; part: string; since: Temporal.Instant };

export interface Status {
  now: Temporal.Instant;
  /** Seen within the hour, the oldest first. */
  processes: StatusProcess[];
  troubles: Trouble[];
  queue: QueueLine[];
  /** By name. */
  jobs: JobRun[];
}

/** On which machine it runs is null for those who are only in a chat. */
export type StatusProcess = Omit<SeenProcess, 'host' | 'pid'> & { host: string | null; pid: number | null };

/** Deliveries of one network that are not over. What is due now is counted as that alone. */
export interface QueueLine {
  platform: string;
  due: number;
  scheduled: number;
  publishing: number;
  retrying: number;
  held: number;
  unconfirmed: number;
}

/** A process tells each minute that it is there; two minutes and a breath later it is taken for gone. */
export const GONE_AFTER = { seconds: 150 } as const;
/** For this long a process that did not end in order is still shown. */
const SHOWN_FOR = { hours: 1 } as const;

export const isGone = ({ seenAt }: Pick<SeenProcess, 'seenAt'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(seenAt, now.subtract(GONE_AFTER)) < 0;

/**
 * The terminal is on the machine itself and sees all. Several teams may share a Crier, so an admin in a chat sees the queue of their own
 * workspace, whether processes and jobs work, and no machines, nor what jobs said, which may name machines and counts all teams.
 * @throws CrierError `not-permitted`.
 */
export async function readStatus({ store, clock }: Pick<Deps, 'store' | 'clock'>, actor: Actor): Promise<Status> {
  requirePermission(actor, 'administer');
  if (actor.workspace.chat === 'terminal') return readAll({ store, clock });
  const all = await readAll({ store, clock }, actor.workspace.id);
  return {
    ...all,
    processes: all.processes.map((process) => ({ ...process, host: null, pid: null })),
    jobs: all.jobs.map((job) => ({ ...job, result: null })),
  };
}

/** For whoever sits at the machine itself. @param workspaceId whose queue; without it, all of it */
export async function readAll(
  { store, clock }: Pick<Deps, 'clock'> & { store: StatusStore },
  workspaceId?: string,
): Promise<Status> {
  const now = clock.now();
  const [processes, depths, jobs] = await Promise.all([
    store.processes.list(now.subtract(SHOWN_FOR)),
    store.queue.depth(now, workspaceId),
    store.jobRuns.list(now),
  ]);
  return { now, processes, troubles: troublesOf(processes, now), queue: queueLines(depths), jobs };
}

export interface StatusStore extends Pick<Deps['store'], 'processes' | 'jobRuns'> {
  queue: Pick<Deps['store']['queue'], 'depth'>;
}

/** What an admin should know of, also where they did not ask; nothing where no process has told anything yet. */
export async function readTroubles({ store, clock }: Pick<Deps, 'store' | 'clock'>): Promise<Trouble[]> {
  const now = clock.now();
  return troublesOf(await store.processes.list(now.subtract(SHOWN_FOR)), now);
}

function troublesOf(processes: readonly SeenProcess[], now: Temporal.Instant): Trouble[] {
  if (processes.length === 0) return [];
  const alive = processes.filter((process) => !isGone(process, now));
  const since = new Map<string, Temporal.Instant>();
  for (const [part, at] of alive.flatMap(({ failingSince }) => Object.entries(failingSince))) {
    const known = since.get(part);
    if (known === undefined || Temporal.Instant.compare(at, known) < 0) since.set(part, at);
  }
  // some processes look for a worker themselves: it is said once
  since.delete('worker');
  return [
    ...(alive.some(({ role }) => publishes(role)) ? [] : [{ kind: 'no-worker' } as const]),
    ...[...since].map(([part, at]) => ({ kind: 'part', part, since: at }) as const),
  ];
}

function queueLines(depths: readonly QueueDepth[]): QueueLine[] {
  const lines = new Map<string, QueueLine>();
  for (const { platform, state, count, due } of depths) {
    const none = { due: 0, scheduled: 0, publishing: 0, retrying: 0, held: 0, unconfirmed: 0 };
    const line = lines.get(platform) ?? { platform, ...none };
    lines.set(platform, { ...line, due: line.due + due, [state]: count - due });
  }
  return [...lines.values()];
}
