// Waking at the instant something is due: an alarm in this process for what is near, and a job of Agenda, which outlives the
// process and reaches the others, for everything. Agenda also calls the recurring jobs.
import type { Agenda } from 'agenda';
import type { Clock } from '../core/clock.ts';
import type { Jobs, Log } from '../core/ports.ts';
import type { Queue } from '../core/store.ts';
import { openJobs } from './agenda.ts';
import { openAlarms } from './alarms.ts';
import { SWEEP_EVERY_MS } from './sweep.ts';

/** What is due this soon gets an alarm: until the sweep after the next. */
const NEAR_MS = 2 * SWEEP_EVERY_MS;
/** A wake-up that is left for so long has failed, or nobody was there to take it; the sweep has seen to what it was for. */
const KEEP_HOURS = 24;

export interface WakeUps extends Jobs {
  /** Where Agenda keeps its jobs. */
  backend: 'MongoDB' | 'PostgreSQL';
  /** Does not wait for the job store, which may be away: it is connected in the background, again and again. */
  start: () => Promise<void>;
  /** Sets alarms for all that is due soon, whoever scheduled it: part of every sweep, and so of every start. */
  lookAhead: () => Promise<void>;
  /** No more wake-ups; what they were for is found at the next start. */
  stop: () => Promise<void>;
  /** @throws where the job store does not answer, or was not reached yet. */
  check: () => Promise<void>;
  /** Removes wake-ups that were left over. @returns how many. @throws where the job store does not answer. */
  tidy: () => Promise<number>;
  /** For the dashboard; null before the job store was reached for the first time. */
  agenda: () => Agenda | null;
}

export interface WakeUpWorker {
  wake: () => Promise<void>;
  /** Recurring jobs, each with how often it is called in all processes together. */
  jobs: readonly { name: string; everyMs: number }[];
  /** A failure is shown with the job in Agenda. */
  runJob: (name: string) => Promise<void>;
}

export interface WakeUpOptions {
  databaseUrl: string;
  /** Null: Agenda keeps its jobs in PostgreSQL. */
  mongoUrl: string | null;
  clock: Clock;
  log: Log;
  queue: Pick<Queue, 'dueUntil'>;
  /** Null in a process that publishes nothing: it only stores wake-ups for the workers. */
  worker: WakeUpWorker | null;
}

/** Contacts nothing before it is needed. */
export function openWakeUps({ clock, log, queue, worker, ...where }: WakeUpOptions): WakeUps {
  const alarms = worker && openAlarms({ clock, log, ring: worker.wake });
  const agenda = openJobs({ ...where, log, work: worker && { ...worker, onWake: (at) => alarms?.set([at]) } });
  const horizon = (): Temporal.Instant => clock.now().add({ milliseconds: NEAR_MS });
  return {
    backend: agenda.backend,
    start: async () => agenda.start(),
    lookAhead: async () => alarms?.set(await queue.dueUntil(horizon())),
    wakeAt: (instants) => {
      const near = horizon();
      alarms?.set(instants.filter((at) => Temporal.Instant.compare(at, near) <= 0));
      return agenda.wakeAt(instants);
    },
    stop: async () => {
      await agenda.stop();
      alarms?.clear();
    },
    check: agenda.check,
    tidy: () => agenda.removeBefore(clock.now().subtract({ hours: KEEP_HOURS })),
    agenda: agenda.agenda,
  };
}
