// Agenda's jobs in PostgreSQL, beside Crier's own tables: the table `agenda_jobs` of Agenda's backend, told of by NOTIFY.
import { PostgresBackend, PostgresNotificationChannel } from '@agendajs/postgres-backend';
import pRetry from 'p-retry';
import { Pool } from 'pg';
import type { Log } from '../core/ports.ts';
import type { JobStore } from './job-store.ts';
import { openPresence } from './presence.ts';

const LOOK_EVERY_MS = 5_000;
/** One of them listens for notifications all the time. */
const LIMITS = { max: 5, connectionTimeoutMillis: 3_000, query_timeout: 10_000, keepAlive: true };
const RECONNECT_MS = 2_000;
/** Any 64-bit number that is ours. */
const SCHEMA_LOCK = 4_219_078;
const AGAIN = { retries: Number.POSITIVE_INFINITY, minTimeout: 1_000, maxTimeout: 2_000 };

export function openPostgresStore(url: string, { log, onBack }: { log: Log; onBack: () => void }): JobStore {
  const pool = new Pool({ connectionString: url, ...LIMITS });
  const presence = openPresence({ server: 'PostgreSQL, where Agenda keeps its jobs,', log, onBack });
  const backend = new PostgresBackend({ pool, disableNotifications: true });
  // kept, since whoever hands the backend to Agenda may replace it
  const makeTables = backend.connect.bind(backend);
  const closing = new AbortController();
  let isLooking = false;

  const ping = async (): Promise<void> => void (await pool.query('select 1'));

  /** Nobody tells when PostgreSQL goes away or comes back, so after an error it is asked until it answers. */
  async function look(error: Error): Promise<void> {
    const onFailedAttempt = (failed: { error: Error }): void => presence.away(failed.error);
    await pRetry(ping, { ...AGAIN, signal: closing.signal, onFailedAttempt });
    if (presence.isAway()) return presence.back();
    presence.trouble(error, 'Agenda failed; the sweep finds what it misses');
    // a connection broke, and with it perhaps a write
    onBack();
  }

  function onTrouble(error: Error): void {
    if (isLooking || closing.signal.aborted) {
      log.debug({ err: error }, 'Agenda failed');
      return;
    }
    isLooking = true;
    look(error)
      .catch((stopped) => log.debug({ err: stopped }, 'nobody waits for PostgreSQL any more'))
      .finally(() => {
        isLooking = false;
      });
  }
  pool.on('error', onTrouble);
  // the pool listens to idle connections only; one that breaks while it is lent out would end the process (pg-pool 3, `connect`)
  pool.on('connect', (client) => client.on('error', onTrouble));

  /** Two processes that make the same tables at once would fail at each other. */
  async function prepare(): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [SCHEMA_LOCK]);
      await makeTables();
      for (const statement of PREPARE) await client.query(statement);
      await client.query('select pg_advisory_unlock($1)', [SCHEMA_LOCK]);
    } catch (error) {
      // and with the connection goes the lock
      client.release(true);
      throw error;
    }
    client.release();
  }

  return {
    backend: 'PostgreSQL',
    connect: async () => {
      try {
        await prepare();
        presence.back();
      } catch (error) {
        if (error instanceof Error) presence.away(error);
        throw error;
      }
      // also where nobody listens: the others are told through it
      return { backend, channel: openChannel(pool, onTrouble), lookEveryMs: LOOK_EVERY_MS };
    },
    prepare,
    isAway: presence.isAway,
    onTrouble,
    ping,
    removeBefore: async (name, at) => (await pool.query(REMOVE_BEFORE, [name, at.toString()])).rowCount ?? 0,
    removeRepeatingBut: async (names) => void (await pool.query(REMOVE_REPEATING_BUT, [names])),
    unlockRepeating: async (holder, runningNames) => void (await pool.query(UNLOCK_REPEATING, [holder, runningNames])),
    close: () => {
      closing.abort();
      return pool.end();
    },
  };
}

/** Of our own, because the backend's gives up after ten tries to reconnect, and its errors have no listener. */
function openChannel(pool: Pool, onTrouble: (error: Error) => void): PostgresNotificationChannel {
  const reconnect = { enabled: true, maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: RECONNECT_MS };
  const channel = new PostgresNotificationChannel({ pool, reconnect });
  channel.on('error', onTrouble);
  return channel;
}

const PREPARE = [
  // from before there was the index
  `delete from agenda_jobs as more using agenda_jobs as one
   where to_regclass('agenda_jobs_unique_at') is null
     and more.name = one.name and more.data->>'at' = one.data->>'at' and more.id > one.id`,
  // a wake-up is there once for one instant; Agenda asks and inserts in two statements, and two may do so at once
  "create unique index if not exists agenda_jobs_unique_at on agenda_jobs (name, (data->>'at')) where data->>'at' is not null",
];
// an instant is kept as ISO 8601 in UTC, whose order is that of time
const REMOVE_BEFORE = `delete from agenda_jobs where name = $1 and data->>'at' < $2 collate "C"`;
const REMOVE_REPEATING_BUT = "delete from agenda_jobs where type = 'single' and name <> all($1::text[])";
const UNLOCK_REPEATING = `update agenda_jobs set locked_at = null
  where type = 'single' and locked_at is not null and last_modified_by = $1 and name <> all($2::text[])`;
