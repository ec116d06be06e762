// Crier's publishing as a library: for a program that wants to call it at intervals of its own, in its own process. It is in no chat;
// what a post's thread is to be told waits for a process that is (`--role bot`).
import { type Engine, openEngine } from './compose/engine.ts';
import { openFolder, openFoundation } from './compose/foundation.ts';
import { reportPresence } from './compose/presence.ts';
import { type Config, readConfig } from './config.ts';
import { invalidInput } from './core/errors.ts';
import type { Log, Meter } from './core/ports.ts';
import { repeat } from './jobs/repeat.ts';
import { openLog } from './log.ts';

export interface SchedulerOptions {
  /** Milliseconds between the beginnings of two rounds; a round that takes longer puts off the next. 60,000 without it. */
  intervalMs?: number;
  /** Deliveries a round publishes at most. 20 without it. */
  batchSize?: number;
  /** False: nothing is opened and nothing goes out. True without it. */
  enabled?: boolean;
  /** Settings by name (`DATABASE_URL`), as .env.example lists them. Without them, the environment's. */
  settings?: Readonly<Record<string, string | undefined>>;
  /** The program's own log. Without it, JSON lines on stderr. */
  log?: Log;
}

/** Ends it: resolves when the round under way is over and everything is closed. May be called twice. */
export type StopScheduler = () => Promise<void>;

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 20;

/** The program around it counts in its own way. */
const NO_METER: Meter = { claimed: () => {}, settled: () => {}, tried: () => {}, jobRan: () => {} };

/**
 * Publishes what is due, at once and then at every interval. A round that fails (a database that does not answer) is in the log, and the
 * next one is its second try.
 * @throws CrierError `invalid-input` that says which setting or option is wrong.
 */
export function startScheduler(options: SchedulerOptions = {}): StopScheduler {
  const { intervalMs = INTERVAL_MS, batchSize = BATCH_SIZE, enabled = true, settings } = options;
  if (!enabled) return () => Promise.resolve();
  requireWhole('intervalMs', intervalMs);
  requireWhole('batchSize', batchSize);
  // it publishes, whatever role the program's environment names for a Crier beside it
  const config: Config = { ...readConfig(settings, { CRIER_ROLE: 'all' }), role: 'worker' };
  const log = options.log ?? openLog(config.logLevel);
  const publisher = openPublisher(config, log);
  let round: Promise<void> | null = null;
  const startRound = async (): Promise<void> => {
    if (round) return;
    round = publisher.publish(batchSize).finally(() => {
      round = null;
    });
    await round;
  };
  const rounds = repeat(startRound, { everyMs: intervalMs, log, failing: 'nothing could be published just now' });
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await rounds.stop();
    // a round may take longer than that; how it ended is in the log already
    await Promise.allSettled([round]);
    await publisher.close();
  };
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

function requireWhole(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw invalidInput(`${name} is ${value}, and it must be a whole number above 0.`);
}

/** Opened with the first batch, and with the next one where that failed. */
function openPublisher(config: Config, log: Log): { publish: (limit: number) => Promise<void>; close: () => Promise<void> } {
  let opened: AsyncDisposableStack | null = null;
  let engine: Engine | null = null;

  async function open(): Promise<Engine> {
    await using opening = new AsyncDisposableStack();
    const ground = { log, folder: await openFolder(config, opening) };
    const foundation = await openFoundation(config, ground, opening);
    const made = openEngine(foundation, { meter: NO_METER, chats: [], byItself: false }, opening);
    reportPresence(foundation, async () => ({}), opening);
    opened = opening.move();
    return made;
  }

  return {
    publish: async (limit) => {
      engine ??= await open();
      await engine.runBatch(limit);
      await engine.afterBatch();
    },
    close: async () => {
      await opened?.disposeAsync();
    },
  };
}
