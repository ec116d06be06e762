// Agenda wakes: one job per instant at which something is due. What is due is decided by Postgres, so a wake-up too many or
// one too few does no harm.
import { PostgresBackend } from '@agendajs/postgres-backend';
import { Agenda } from 'agenda';
import type { Pool } from 'pg';
import type { Clock, Jobs, Log } from '../core/ports.ts';

const WAKE = 'wake';
/** How often Agenda looks for jobs; what is due until the next look gets a timer of its own. */
const LOOK_EVERY_MS = 5_000;

export interface AgendaJobs extends Jobs {
  start: () => Promise<void>;
  /** No more wake-ups; the running ones end. */
  stop: () => Promise<void>;
}

export interface AgendaOptions {
  /** Agenda keeps its jobs in this database. The pool stays the caller's. */
  pool: Pool;
  clock: Clock;
  log: Log;
  onWake: () => Promise<void>;
}

export function openJobs({ pool, clock, log, onWake }: AgendaOptions): AgendaJobs {
  const agenda = new Agenda({
    backend: new PostgresBackend({ pool }),
    processEvery: LOOK_EVERY_MS,
    removeOnComplete: true,
  });
  agenda.on('error', (error: Error) => log.warn({ err: error }, 'Agenda failed; the sweep finds what it misses'));
  agenda.define<{ at: string }>(WAKE, async (job) => {
    await untilAfter(clock, Temporal.Instant.from(job.attrs.data.at));
    await onWake();
  });

  async function wakeAt(instants: readonly Temporal.Instant[]): Promise<void> {
    for (const at of new Set(instants.map((instant) => instant.toString()))) {
      const job = agenda.create(WAKE, { at }).unique({ 'data.at': at });
      await job.schedule(new Date(Temporal.Instant.from(at).epochMilliseconds)).save();
    }
  }

  return {
    start: () => agenda.start(),
    stop: async () => {
      await agenda.drain();
      await agenda.stop();
    },
    wakeAt: (instants) =>
      wakeAt(instants).catch((error) => log.warn({ err: error }, 'a wake-up could not be stored; the sweep finds what is due')),
  };
}

/** A timer may fire a moment early, and what is due a millisecond later would wait for the sweep. */
async function untilAfter(clock: Clock, at: Temporal.Instant): Promise<void> {
  const early = at.epochMilliseconds - clock.now().epochMilliseconds;
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
}
