// What is known of Crier while it runs: its recurring jobs, its processes, and how much there is to do. Implemented in src/db.
import type { DeliveryState } from './delivery.ts';

export const PROCESS_ROLES = ['all', 'bot', 'worker', 'web'] as const;
/** What a process does: `bot` is in the chats, `worker` publishes and runs the jobs, `web` answers HTTP, `all` is every one of them. */
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** Whether it does so by itself. */
export const publishes = (role: ProcessRole): boolean => role === 'all' || role === 'worker';

/** The right to run a recurring job once. Only the holder of the token may write how it ended. */
export interface JobTurn {
  name: string;
  token: string;
  /** When it was due: the next is counted from then, and not from when it ran. */
  dueAt: Temporal.Instant;
}

export interface JobEnd {
  ok: boolean;
  /** What it did, or why it failed, in one sentence. */
  result: string;
  /** When it is due again. */
  dueAt: Temporal.Instant;
}

/** How a recurring job is doing, over all processes. */
export interface JobRun {
  name: string;
  dueAt: Temporal.Instant;
  /** Of the last run, or of the one under way; null before the first. */
  startedAt: Temporal.Instant | null;
  /** Null while it runs, and where the process that ran it was killed. */
  finishedAt: Temporal.Instant | null;
  /** Of the last run that ended; null before that. */
  ok: boolean | null;
  result: string | null;
  /** A process is at it, as far as its lease says. */
  isRunning: boolean;
  /** Turns that were taken, however they ended. */
  runs: number;
  failures: number;
}

/** Who wakes for a job and who keeps its time need not share a clock: a job that is due within this is due. */
export const JOB_EARLY_MS = 5_000;

/** Agenda wakes for recurring jobs, Postgres decides who runs one, and that one alone does. */
export interface JobRuns {
  /**
   * Takes the turn of a job that is due within `JOB_EARLY_MS`, whoever woke for it. A job that was never seen is due at once. Null
   * where it is not due, or where another process is at it and its lease has not run out.
   */
  take: (name: string, now: Temporal.Instant, leaseUntil: Temporal.Instant) => Promise<JobTurn | null>;
  /** False where the turn was lost meanwhile, and nothing was written. */
  extend: (turn: JobTurn, leaseUntil: Temporal.Instant) => Promise<boolean>;
  /** False where the turn was lost meanwhile, and nothing was written. */
  finish: (turn: JobTurn, end: JobEnd, now: Temporal.Instant) => Promise<boolean>;
  /** By name. */
  list: (now: Temporal.Instant) => Promise<JobRun[]>;
}

export const PART_STATES = ['ok', 'failing'] as const;
/** Whether a part that a process relies on worked when it was last looked at. */
export type PartState = (typeof PART_STATES)[number];

export interface ProcessReport {
  id: string;
  role: ProcessRole;
  /** Name of the machine or container. */
  host: string;
  pid: number;
  version: string;
  startedAt: Temporal.Instant;
  /** By the part's name: `database`, `mongodb`, `slack`. */
  parts: Readonly<Record<string, PartState>>;
}

export interface SeenProcess extends ProcessReport {
  seenAt: Temporal.Instant;
  /** Since when each part that fails has been failing. */
  failingSince: Readonly<Record<string, Temporal.Instant>>;
}

/** Every process of Crier on this database tells once a minute that it is there, and how its parts are. */
export interface Processes {
  tell: (report: ProcessReport, now: Temporal.Instant) => Promise<void>;
  /** It ended in order. */
  forget: (id: string) => Promise<void>;
  /** Those seen since then, the oldest first. */
  list: (since: Temporal.Instant) => Promise<SeenProcess[]>;
  /** Those not seen since then, which were killed. Returns how many there were. */
  forgetUnseen: (since: Temporal.Instant) => Promise<number>;
}

/** States in which a delivery waits: for its time, a network, or a person. */
export const UNFINISHED = [
  'scheduled',
  'publishing',
  'retrying',
  'unconfirmed',
  'held',
] as const satisfies readonly DeliveryState[];

/** Deliveries that are not over yet, counted. */
export interface QueueDepth {
  platform: string;
  state: (typeof UNFINISHED)[number];
  count: number;
  /** Of these, those that wait to be claimed and are due by now. */
  due: number;
}

/**
 * How many deliveries a batch claimed, and how they ended. `released`: handed back unsent, because the process is stopping. What is
 * claimed and in none of the others was taken over by another process.
 */
export type BatchCounts = Record<'claimed' | Exclude<DeliveryState, 'scheduled' | 'publishing'> | 'released', number>;
