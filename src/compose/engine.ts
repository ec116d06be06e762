// What goes on by itself: publishing what is due, telling news, recurring jobs. What of it a process does is decided by its role.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SayingChat } from '../bots/saying-chat.ts';
import { type BatchCounts, publishes } from '../core/operations.ts';
import type { Chat, Deps, Meter } from '../core/ports.ts';
import { makeNextOccurrences } from '../core/usecases/make-next-occurrence.ts';
import { openTeller } from '../core/usecases/tell-news.ts';
import { coalesce } from '../jobs/coalesce.ts';
import { DISPATCH_DEFAULTS, openDispatcher } from '../jobs/dispatch.ts';
import { openJobRunner } from '../jobs/job-runner.ts';
import { recurringJobs } from '../jobs/recurring/index.ts';
import { repeat } from '../jobs/repeat.ts';
import { startSweep } from '../jobs/sweep.ts';
import { openWakeUps, type WakeUps } from '../jobs/wake-ups.ts';
import type { Foundation, Opened } from './foundation.ts';
import { openTellings } from './tellings.ts';

const LAST_NEWS_MS = 10_000;
const LAST_JOBS_MS = 5_000;
/** One small query each time. */
const NEWS_EVERY_MS = 1_000;

const atMost = (ms: number, work: Promise<void>): Promise<void> => Promise.race([work, sleep(ms, undefined, { ref: false })]);

export interface Engine {
  deps: Deps;
  jobs: WakeUps;
  /** From here on a worker publishes, and what is in a chat tells. */
  start: () => Promise<void>;
  /** For those who wake Crier from outside: a batch of what is due, */
  runBatch: (limit: number) => Promise<BatchCounts>;
  /** and all that follows from it: recurring jobs that are due, and news. */
  afterBatch: () => Promise<void>;
}

export interface EngineOptions {
  meter: Meter;
  /** May be filled until it starts. */
  chats: Chat[];
  /** May be filled until it starts: those of this process that tell what nobody just asked for. None without it. */
  sayingChats?: readonly SayingChat[];
  /** False: whatever the role, it publishes only what `runBatch` is asked for. True without it. */
  byItself?: boolean;
}

export function openEngine(
  foundation: Foundation,
  { meter, chats, sayingChats = [], byItself = true }: EngineOptions,
  opened: Opened,
): Engine {
  const { config, parts, log, databaseUrl, measureClock } = foundation;
  const { store, clock } = parts;
  const isWorker = byItself && publishes(config.role);

  const teller = openTeller(parts, chats);
  const takeNews = coalesce(teller.take);
  const tellNews = (): Promise<void> =>
    takeNews().catch((error) => log.warn({ err: error }, 'news could not be told just now; the next look tells it'));
  opened.defer(async () => {
    await tellNews();
    // what a slow chat has not taken by then is told at the next start
    await atMost(LAST_NEWS_MS, teller.idle());
  });
  // what was missed is told with the next one
  const makeNext = async (): Promise<number> => {
    const made = await makeNextOccurrences({ ...parts, jobs });
    await takeNews();
    return made;
  };
  const makeNextSoon = coalesce(async () => void (await makeNext()));
  const goOn = (): Promise<void> =>
    makeNextSoon().catch((error) => log.warn({ err: error }, 'what recurs could not go on just now; its job makes the next'));
  const dispatcher = openDispatcher(
    {
      ...parts,
      meter,
      onNews: () => void tellNews(),
      onRecurring: () => void goOn(),
      wakeAt: (instants) => jobs.wakeAt(instants),
    },
    {
      ...DISPATCH_DEFAULTS,
      leaseMs: config.leaseMs,
      publishTimeoutMs: config.publishTimeoutMs,
      retryMinutes: config.retryMinutes,
      catchUpGapMs: config.catchUpGapMs,
      ...config.concurrency,
    },
  );
  const recurring = recurringJobs({
    ...parts,
    keepDays: config.mediaKeepDays,
    figures: config.figures,
    makeNext,
    tidyWakeUps: () => jobs.tidy(),
  });
  const runner = openJobRunner({ jobs: recurring, runs: store.jobRuns, clock, log, meter });
  const jobs = openWakeUps({
    databaseUrl,
    mongoUrl: config.mongoUrl,
    clock,
    log,
    queue: store.queue,
    worker: isWorker ? { wake: dispatcher.wake, jobs: recurring, runJob: runner.run } : null,
  });
  opened.defer(jobs.stop);
  opened.defer(goOn);
  // what is broken off is run again by another process, or after the next start
  opened.defer(() => atMost(LAST_JOBS_MS, runner.idle()));
  opened.defer(() => dispatcher.drain(config.drainMs));

  const tellings = openTellings(parts, config, sayingChats, opened);

  const sweepOnce = async (): Promise<void> => {
    await jobs.lookAhead();
    await dispatcher.wake();
    await runner.runDue();
  };
  return {
    deps: { ...parts, jobs },
    jobs,
    start: async () => {
      if (isWorker) {
        const sweep = startSweep(sweepOnce, log);
        opened.defer(sweep.stop);
      }
      if (chats.length > 0) {
        // whoever settles a delivery may be another process, without chats
        const looking = repeat(takeNews, {
          everyMs: NEWS_EVERY_MS,
          log,
          failing: 'news could not be looked for; it waits in the database',
        });
        opened.defer(looking.stop);
      }
      tellings.start();
      await jobs.start();
    },
    runBatch: async (limit) => {
      // the machine may have slept since the clock was last compared
      await measureClock();
      return dispatcher.runBatch(limit);
    },
    afterBatch: async () => {
      await runner.runDue();
      await takeNews();
      await teller.idle();
      await tellings.once();
    },
  };
}
