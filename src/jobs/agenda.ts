// Agenda wakes: one job per instant at which something is due, and one for each recurring job. What is due is decided by PostgreSQL,
// so a wake-up too many or one too few does no harm. Agenda is connected in the background, for as long as it takes.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agenda, type NotificationChannel } from 'agenda';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { Jobs, Log } from '../core/ports.ts';
import { isTaken, type JobStore, type JobStoreOptions, openJobStore } from './job-store.ts';

const WAKE = 'wake';
/**
 * A wake-up is handed over this much before its instant: one look and a second. Agenda's own timer may fire a fraction of a millisecond
 * early, and the job then lies until the next look (`JobProcessor.jobProcessing`, agenda 6.2.6): ahead of time, that look still comes
 * in time.
 */
const AHEAD_MS = 6_000;
/** For how long a process that was killed keeps a wake-up from the others. Waking takes milliseconds. */
const WAKE_LOCK_MS = 10_000;
/** The same for a recurring job. Whether a run may take place at all is PostgreSQL's to say. */
const JOB_LOCK_MS = 10 * 60_000;
/** Nobody waits longer for a wake-up to be stored; the storing goes on. */
const STORE_MS = 800;
/** Whoever needs an answer of the store waits this long for the first connection, which goes on for as long as it takes. */
const REACH_MS = 1_500;
const STOP_MS = 2_000;
const AGAIN = { retries: Number.POSITIVE_INFINITY, minTimeout: 500, factor: 2, maxTimeout: 5_000 };
const wakeUp = z.object({ at: z.string() });

export interface RecurringWork {
  jobs: readonly { name: string; everyMs: number }[];
  runJob: (name: string) => Promise<void>;
  /** Called some seconds ahead of the instant: the last stretch is the caller's to wait. */
  onWake: (at: Temporal.Instant) => void;
}

export interface AgendaJobs extends Jobs {
  backend: JobStore['backend'];
  /** Connects in the background, and does again what was forgotten while the store was away. */
  start: () => void;
  /** No more wake-ups; the running ones end. */
  stop: () => Promise<void>;
  /** @throws where the job store does not answer, or was not reached yet. */
  check: () => Promise<void>;
  /** Removes wake-ups for instants before this one, which failed or which nobody took. @throws where the job store is away. */
  removeBefore: (at: Temporal.Instant) => Promise<number>;
  agenda: () => Agenda | null;
}

export interface AgendaOptions extends Omit<JobStoreOptions, 'onBack'> {
  /** Null: wake-ups are stored for other processes, and none is taken. */
  work: RecurringWork | null;
}

/** Contacts nothing before it is needed. */
export function openJobs({ work, log, ...where }: AgendaOptions): AgendaJobs {
  const store = openJobStore({ ...where, log, onBack: () => void mend() });
  const stopping = new AbortController();
  const pending = new Set<Promise<void>>();
  let ready: { agenda: Agenda; channel: NotificationChannel | null } | null = null;
  let connecting: Promise<Agenda> | null = null;
  /** Stands beside the locks of this process. */
  const holder = randomUUID();
  const runningNames = new Set<string>();
  let isStarted = false;
  let isMending = false;
  let stopped: Promise<void> | null = null;
  let starting: Promise<void> = Promise.resolve();

  const untilItWorks = <T>(step: () => Promise<T>): Promise<T> => pRetry(step, { ...AGAIN, signal: stopping.signal });
  const onTrouble = (error: Error): void => {
    if (stopping.signal.aborted) log.debug({ err: error }, 'Agenda was stopped');
    else store.onTrouble(error);
  };
  const inBackground = (work: Promise<unknown>): Promise<void> => work.then(() => undefined, onTrouble);

  async function connect(): Promise<Agenda> {
    const { backend, channel, lookEveryMs } = await store.connect(work !== null);
    // it is connected. Agenda would do so once more and take no failure of that, and what it waits for would never come
    backend.connect = () => Promise.resolve();
    if (channel) keepTrying(channel, log);
    const agenda = new Agenda({
      backend,
      name: holder,
      processEvery: lookEveryMs,
      removeOnComplete: true,
      ...(channel && { notificationChannel: channel }),
    });
    await agenda.ready;
    agenda.on('error', onTrouble);
    if (work) define(agenda, work, runningNames);
    else await channel?.connect();
    ready = { agenda, channel };
    return agenda;
  }

  const connected = (): Promise<Agenda> => {
    connecting ??= untilItWorks(connect);
    return connecting;
  };

  /** @throws where it is away, or is not reached soon. */
  async function reach(): Promise<void> {
    if (!ready && !store.isAway()) await Promise.race([connected(), sleep(REACH_MS, undefined, { ref: false })]);
    if (store.isAway()) throw new Error(`${store.backend} does not answer`);
    if (!ready) throw new Error(`${store.backend} was not reached yet`);
  }

  async function begin(): Promise<void> {
    if (!work || !isStarted) return;
    const agenda = await connected();
    await untilItWorks(() => recur(agenda, store, work));
    if (!stopping.signal.aborted) await agenda.start();
  }

  /** After an outage: what is missing is made, and a lock whose end could not be written would hold a recurring job for minutes. */
  async function mend(): Promise<void> {
    if (!ready || isMending) return;
    isMending = true;
    const work = untilItWorks(async () => {
      await store.prepare();
      await store.unlockRepeating(holder, [...runningNames]);
    });
    await inBackground(work.then(begin));
    isMending = false;
  }

  async function end(): Promise<void> {
    await starting;
    await ready?.agenda.stop(false);
    if (!work) await ready?.channel?.disconnect();
    await store.close();
  }

  async function stop(): Promise<void> {
    // after an outage Agenda may wait for a connection that it lost, and pg for Agenda to give it back: stopping waits for neither
    const limit = sleep(STOP_MS, undefined, { ref: false });
    if (!store.isAway()) await Promise.race([Promise.all(pending), limit]);
    stopping.abort();
    await Promise.race([end(), limit]);
  }

  return {
    backend: store.backend,
    start: () => {
      isStarted = true;
      starting = inBackground(work ? begin() : connected());
    },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    wakeAt: async (instants) => {
      if (instants.length === 0) return;
      if (store.isAway())
        return log.debug({}, 'a wake-up is not stored while the job store is away; the sweep finds what is due');
      const storing = inBackground(connected().then((agenda) => storeWakeUps(agenda, instants)));
      storing.finally(() => pending.delete(storing));
      pending.add(storing);
      await Promise.race([storing, sleep(STORE_MS, undefined, { ref: false })]);
    },
    check: async () => {
      await reach();
      await store.ping();
    },
    removeBefore: async (at) => {
      await reach();
      return store.removeBefore(WAKE, at);
    },
    agenda: () => ready?.agenda ?? null,
  };
}

/** It says when it fails and tries again by itself. Who waits for it need not fail, and would only try a second time at once. */
function keepTrying(channel: NotificationChannel, log: Log): void {
  const connect = channel.connect.bind(channel);
  channel.connect = () => connect().catch((error) => log.debug({ err: error }, 'notifications of Agenda come later'));
}

function define(agenda: Agenda, { jobs, runJob, onWake }: RecurringWork, running: Set<string>): void {
  agenda.define(WAKE, async (job) => onWake(Temporal.Instant.from(wakeUp.parse(job.attrs.data).at)), {
    lockLifetime: WAKE_LOCK_MS,
  });
  for (const { name } of jobs) {
    const run = async (): Promise<void> => {
      running.add(name);
      try {
        await runJob(name);
      } finally {
        running.delete(name);
      }
    };
    agenda.define(name, run, { lockLifetime: JOB_LOCK_MS, concurrency: 1 });
  }
}

/**
 * Stores the recurring jobs. One that is there stays as it is: storing it anew would unlock it while somebody runs it. Where two store
 * it for the first time at the same moment that can still be, and is one call too many.
 */
async function recur(agenda: Agenda, store: JobStore, { jobs }: RecurringWork): Promise<void> {
  await store.removeRepeatingBut(jobs.map(({ name }) => name));
  for (const { name, everyMs } of jobs) {
    // not `milliseconds`, in which Agenda reads the word `second` (human-interval 2.0.1)
    const interval = `${everyMs / 1_000} seconds`;
    const { jobs: stored } = await agenda.queryJobs({ name });
    if (stored.some((job) => job.repeatInterval === interval)) continue;
    await unlessTaken(agenda.every(interval, name));
  }
}

async function storeWakeUps(agenda: Agenda, instants: readonly Temporal.Instant[]): Promise<void> {
  for (const at of new Set(instants.map((instant) => instant.toString()))) {
    // only if it is not there: storing it anew would unlock it while somebody takes it
    const job = agenda.create(WAKE, { at }).unique({ 'data.at': at }, { insertOnly: true });
    await unlessTaken(job.schedule(new Date(Temporal.Instant.from(at).epochMilliseconds - AHEAD_MS)).save());
  }
}

async function unlessTaken(storing: Promise<unknown>): Promise<void> {
  try {
    await storing;
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
}
