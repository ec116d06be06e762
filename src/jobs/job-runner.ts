// Runs recurring jobs that are due: each once, by whichever process takes its turn first, though all of them wake for it.
import type { Clock } from '../core/clock.ts';
import { CrierError } from '../core/errors.ts';
import { JOB_EARLY_MS, type JobEnd, type JobRuns, type JobTurn } from '../core/operations.ts';
import type { Log, Meter } from '../core/ports.ts';
import type { Job } from './job.ts';

export interface JobRunner {
  /** Runs every job that is due and waits for them. Never fails: one that does is logged, counted and due again soon. */
  runDue: () => Promise<void>;
  /**
   * Runs one job if it is due and nobody is at it.
   * @throws what the job threw, so that whoever woke for it shows it too; Error (a bug) for a job that there is not
   */
  run: (name: string) => Promise<void>;
  /** Resolves when nothing runs here any more. */
  idle: () => Promise<void>;
}

export interface JobRunnerDeps {
  jobs: readonly Job[];
  runs: JobRuns;
  clock: Clock;
  log: Log;
  meter: Meter;
}

/** How long a process that died keeps others from its job. */
const LEASE_MS = 60_000;

export function openJobRunner(deps: JobRunnerDeps, leaseMs = LEASE_MS): JobRunner {
  const { jobs, runs, clock } = deps;
  const underWay = new Set<Promise<void>>();

  async function runIfDue(job: Job): Promise<void> {
    const now = clock.now();
    const turn = await runs.take(job.name, now, now.add({ milliseconds: leaseMs }));
    if (turn !== null) await runInTurn(job, turn, deps, leaseMs);
  }

  async function keep(run: Promise<void>): Promise<void> {
    underWay.add(run);
    try {
      await run;
    } finally {
      underWay.delete(run);
    }
  }

  return {
    runDue: async () => {
      const ends = await Promise.allSettled(jobs.map((job) => keep(runIfDue(job))));
      for (const [index, end] of ends.entries()) {
        if (end.status === 'rejected')
          deps.log.warn({ job: jobs[index]?.name, err: end.reason }, 'a job failed and will be run again');
      }
    },
    run: async (name) => {
      const job = jobs.find((each) => each.name === name);
      if (!job) throw new Error(`there is no job with the name ${name}`);
      await keep(runIfDue(job));
    },
    idle: async () => {
      await Promise.allSettled(underWay);
    },
  };
}

/** @throws what the job threw, after it was written. */
async function runInTurn(job: Job, turn: JobTurn, { runs, clock, log, meter }: JobRunnerDeps, leaseMs: number): Promise<void> {
  const startedAt = clock.now();
  const lease = keepTurn(turn, { runs, clock, log }, leaseMs);
  const ran = await outcomeOf(job).finally(lease.stop);
  const now = clock.now();
  const end: JobEnd = ran.ok
    ? { ok: true, result: ran.result, dueAt: nextDue(turn.dueAt, job.everyMs, now) }
    : { ok: false, result: sentenceOf(ran.error), dueAt: now.add({ milliseconds: retryAfterMs(job.everyMs) }) };
  meter.jobRan(job.name, end.ok, now.epochMilliseconds - startedAt.epochMilliseconds);
  const written = await runs.finish(turn, end, now);
  if (!written)
    log.warn({ job: job.name }, 'a job lost its turn while it ran: another process has taken it, and tells how it went');
  log.debug({ job: job.name, ok: end.ok, result: end.result }, 'a job has run');
  if (!ran.ok) throw ran.error;
}

type Ran = { ok: true; result: string } | { ok: false; error: unknown };

async function outcomeOf(job: Job): Promise<Ran> {
  try {
    return { ok: true, result: await job.run() };
  } catch (error) {
    return { ok: false, error };
  }
}

/**
 * Pushes the lease at a third of it. A job cannot be stopped half-way, so one that lost its turn goes on, and only its end is not
 * written.
 */
function keepTurn(
  turn: JobTurn,
  { runs, clock, log }: Pick<JobRunnerDeps, 'runs' | 'clock' | 'log'>,
  leaseMs: number,
): { stop: () => void } {
  const extend = async (): Promise<void> => {
    try {
      const isHeld = await runs.extend(turn, clock.now().add({ milliseconds: leaseMs }));
      if (!isHeld) clearInterval(timer);
    } catch (error) {
      log.warn({ job: turn.name, err: error }, 'the lease of a job could not be extended and will be tried again');
    }
  };
  const timer = setInterval(() => void extend(), leaseMs / 3);
  return { stop: () => clearInterval(timer) };
}

/**
 * The first of its planned instants that is not due yet: what was missed is made up for by one run, and a late run does not push the
 * ones after it. An instant that is so near that it counts as due already (`JOB_EARLY_MS`) is left out as well. So whoever else woke
 * for the run that has just ended, with a clock a little ahead or behind, finds the job not due, and it is not run twice.
 */
function nextDue(plannedAt: Temporal.Instant, everyMs: number, now: Temporal.Instant): Temporal.Instant {
  const behindMs = now.epochMilliseconds + JOB_EARLY_MS - plannedAt.epochMilliseconds;
  const steps = Math.max(1, Math.floor(behindMs / everyMs) + 1);
  return plannedAt.add({ milliseconds: steps * everyMs });
}

const MINUTE_MS = 60_000;

/** What failed is tried again after a tenth of its interval: between one minute and fifteen, and never later than it would be anyway. */
const retryAfterMs = (everyMs: number): number => Math.min(everyMs, Math.max(MINUTE_MS, Math.min(everyMs / 10, 15 * MINUTE_MS)));

const RESULT_LENGTH = 300;

function sentenceOf(error: unknown): string {
  if (error instanceof CrierError) return error.userMessage;
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, RESULT_LENGTH) || 'it failed without a word';
}
