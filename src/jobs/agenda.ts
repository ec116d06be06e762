// Agenda wakes: one job per instant at which something is due. What is due is decided by Postgres, so a wake-up too many or
// one too few does no harm.
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresBackend, PostgresNotificationChannel } from '@agendajs/postgres-backend';
import { Agenda } from 'agenda';
import { Pool } from 'pg';
import type { Jobs, Log } from '../core/ports.ts';

const WAKE = 'wake';
/** How often Agenda looks for jobs. */
const LOOK_EVERY_MS = 5_000;
/**
 * A wake-up is handed over this much before its instant. Agenda's own timer may fire a fraction of a millisecond early, and the job
 * then lies until the next look (`JobProcessor.jobProcessing`, agenda 6.2.6): ahead of time, that look still comes in time.
 */
const AHEAD_MS = LOOK_EVERY_MS + 1_000;
/** For how long a process that was killed keeps a wake-up from the others. Waking takes milliseconds. */
const LOCK_MS = 10_000;
/** One of them listens for notifications all the time. */
const CONNECTIONS = 4;
const STOP_MS = 2_000;
/** Any 64-bit number that is ours. */
const SCHEMA_LOCK = 4_219_078;

export interface AgendaJobs extends Jobs {
  start: () => Promise<void>;
  /** No more wake-ups; the running ones end. */
  stop: () => Promise<void>;
}

export interface AgendaOptions {
  /** Where Agenda keeps its jobs: `postgres://...`. It gets connections of its own, since it reads dates its own way. */
  databaseUrl: string;
  log: Log;
  /** Called some seconds ahead of the instant: the last stretch is the caller's to wait. */
  onWake: (at: Temporal.Instant) => void;
}

/** @throws where the database does not answer. */
export async function openJobs({ databaseUrl, log, onWake }: AgendaOptions): Promise<AgendaJobs> {
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'Agenda lost a connection'));
  const agenda = await connectAlone(pool, log);
  agenda.on('error', (error: Error) => log.warn({ err: error }, 'Agenda failed; the sweep finds what it misses'));
  agenda.define<{ at: string }>(
    WAKE,
    async (job) => {
      onWake(Temporal.Instant.from(job.attrs.data.at));
    },
    { lockLifetime: LOCK_MS },
  );

  async function wakeAt(instants: readonly Temporal.Instant[]): Promise<void> {
    for (const at of new Set(instants.map((instant) => instant.toString()))) {
      const job = agenda.create(WAKE, { at }).unique({ 'data.at': at });
      await job.schedule(new Date(Temporal.Instant.from(at).epochMilliseconds - AHEAD_MS)).save();
    }
  }

  return {
    start: () => agenda.start(),
    stop: async () => {
      // after an outage Agenda may wait for a connection that it lost, and pg for Agenda to give it back: stopping waits for neither
      const stopped = agenda.stop().then(() => pool.end());
      await Promise.race([stopped, sleep(STOP_MS)]);
    },
    wakeAt: (instants) =>
      wakeAt(instants).catch((error) => log.warn({ err: error }, 'a wake-up could not be stored; the sweep finds what is due')),
  };
}

/** Agenda makes its tables while it connects; two processes that start at once must not do that at the same time. */
async function connectAlone(pool: Pool, log: Log): Promise<Agenda> {
  // of our own, because the backend's gives up after ten tries to reconnect, and its errors have no listener
  const notificationChannel = new PostgresNotificationChannel({
    pool,
    reconnect: { enabled: true, maxAttempts: Number.POSITIVE_INFINITY },
  });
  notificationChannel.on('error', (error: Error) =>
    log.warn({ reason: error.message }, 'Agenda lost its notifications and reconnects'),
  );
  const backend = new PostgresBackend({ pool, disableNotifications: true });
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [SCHEMA_LOCK]);
    const agenda = new Agenda({ backend, notificationChannel, processEvery: LOOK_EVERY_MS, removeOnComplete: true });
    await agenda.ready;
    await client.query('select pg_advisory_unlock($1)', [SCHEMA_LOCK]);
    return agenda;
  } finally {
    client.release();
  }
}
