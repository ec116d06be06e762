// Waking at the instant something is due: an alarm in this process for what is near, and a job of Agenda, which outlives the
// process and reaches the others, for everything.
import type { Clock } from '../core/clock.ts';
import type { Jobs, Log } from '../core/ports.ts';
import type { Queue } from '../core/store.ts';
import { openJobs } from './agenda.ts';
import { openAlarms } from './alarms.ts';
import { SWEEP_EVERY_MS } from './sweep.ts';

/** What is due this soon gets an alarm: until the sweep after the next. */
const NEAR_MS = 2 * SWEEP_EVERY_MS;

export interface WakeUps extends Jobs {
  start: () => Promise<void>;
  /** Sets alarms for all that is due soon, whoever scheduled it: part of every sweep, and so of every start. */
  lookAhead: () => Promise<void>;
  /** No more wake-ups; what they were for is found at the next start. */
  stop: () => Promise<void>;
}

export interface WakeUpOptions {
  databaseUrl: string;
  clock: Clock;
  log: Log;
  queue: Pick<Queue, 'dueUntil'>;
  wake: () => Promise<void>;
}

/** @throws where the database does not answer. */
export async function openWakeUps({ databaseUrl, clock, log, queue, wake }: WakeUpOptions): Promise<WakeUps> {
  const alarms = openAlarms({ clock, log, ring: wake });
  const agenda = await openJobs({ databaseUrl, log, onWake: (at) => alarms.set([at]) });
  const horizon = (): Temporal.Instant => clock.now().add({ milliseconds: NEAR_MS });
  return {
    start: agenda.start,
    lookAhead: async () => alarms.set(await queue.dueUntil(horizon())),
    wakeAt: (instants) => {
      const near = horizon();
      alarms.set(instants.filter((at) => Temporal.Instant.compare(at, near) <= 0));
      return agenda.wakeAt(instants);
    },
    stop: async () => {
      await agenda.stop();
      alarms.clear();
    },
  };
}
