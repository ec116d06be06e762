// A worker in a process of its own that freezes itself (SIGSTOP) at a place the test names, and goes on when it is sent SIGCONT: the
// engine as it is, with a trap at that place. Run by test/jobs/frozen.test.ts with its settings as JSON in the first argument.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Http } from '../../src/core/http.ts';
import type { Platform } from '../../src/core/platform.ts';
import type { Log, Platforms } from '../../src/core/ports.ts';
import type { Queue } from '../../src/core/store.ts';
import { openDatabaseClock } from '../../src/db/clock.ts';
import { openDatabase } from '../../src/db/open.ts';
import { DISPATCH_DEFAULTS, openDispatcher } from '../../src/jobs/dispatch.ts';
import { openParts, type WorkerSettings } from './crash-worker.ts';
import { NO_METER } from './meter.ts';

export const FREEZE_PLACES = [
  'after claiming, before anything is begun',
  'before it is marked as sending',
  'after it was marked as sending',
  'when the connection stands and nothing has left',
  'after the network took it, before the outcome is written',
] as const;
export type FreezePlace = (typeof FREEZE_PLACES)[number];

const FreezeSettings = z.object({
  worker: z.custom<WorkerSettings>(),
  leaseMs: z.number(),
  freezeAt: z.enum(FREEZE_PLACES).nullable(),
});
export type FreezeSettings = z.input<typeof FreezeSettings>;

/** What it is told: to claim what is due and publish it, or to end. */
export const Order = z.enum(['work', 'end']);
/** What it tells: where it is about to freeze, that its work is done, or a line of its log. */
export const Report = z.union([
  z.object({ freezing: z.enum(FREEZE_PLACES) }),
  z.object({ done: z.literal(true) }),
  z.object({ log: z.string() }),
]);
export type Report = z.infer<typeof Report>;

/** A network that can be asked and merges no repeats, so that whatever is sent twice is there twice. */
export function withoutMerging(platforms: Platforms): Platforms {
  const get = (id: string): Platform => {
    const platform = platforms.get(id);
    return {
      ...platform,
      capabilities: { ...platform.capabilities, repeatHarmlessForMs: 0 },
      publish: (context) => platform.publish({ ...context, idempotencyKey: randomUUID() }),
    };
  };
  return { ...platforms, get };
}

const tell = (report: Report): Promise<void> =>
  new Promise((resolve, reject) => process.send?.(report, undefined, {}, (error) => (error ? reject(error) : resolve())));

const say = (_: object, message: string): void => void tell({ log: message });
const LOG: Log = { debug: () => {}, info: say, warn: say, error: say };

async function run({ worker, leaseMs, freezeAt }: FreezeSettings): Promise<void> {
  let isArmed = true;
  const isHere = (place: FreezePlace): boolean => isArmed && place === freezeAt;
  const freeze = (): void => {
    isArmed = false;
    process.kill(process.pid, 'SIGSTOP');
  };
  const trap = async (place: FreezePlace): Promise<void> => {
    if (!isHere(place)) return;
    await tell({ freezing: place });
    freeze();
  };

  const forClock = await openDatabase(worker.databaseUrl, { poolSize: 2 });
  const clock = await openDatabaseClock(forClock.pool, LOG);
  const parts = await openParts(worker, clock);
  const { queue } = parts.deps.store;
  const trapped: Queue = {
    ...queue,
    claimDue: async (request) => {
      const claims = await queue.claimDue(request);
      if (claims.length > 0) await trap('after claiming, before anything is begun');
      return claims;
    },
    markSending: async (claim, now) => {
      await trap('before it is marked as sending');
      const marked = await queue.markSending(claim, now);
      await trap('after it was marked as sending');
      // told ahead, since the place itself lies within one turn
      if (isHere('when the connection stands and nothing has left'))
        await tell({ freezing: 'when the connection stands and nothing has left' });
      return marked;
    },
    settle: async (claim, settlement, now) => {
      await trap('after the network took it, before the outcome is written');
      return queue.settle(claim, settlement, now);
    },
  };
  const http: Http = {
    ...parts.http,
    asking: (mayLeave) => {
      const asked = (): void => {
        if (isHere('when the connection stands and nothing has left')) freeze();
        mayLeave();
      };
      return parts.http.asking?.(asked) ?? parts.http;
    },
  };
  const deps = {
    ...parts.deps,
    log: LOG,
    http,
    platforms: withoutMerging(parts.deps.platforms),
    store: { ...parts.deps.store, queue: trapped },
  };
  const dispatcher = openDispatcher(
    { ...deps, meter: NO_METER, wakeAt: async () => {}, onNews: () => {}, onRecurring: () => {} },
    { ...DISPATCH_DEFAULTS, leaseMs },
  );

  async function work(): Promise<void> {
    await dispatcher.wake();
    await dispatcher.idle();
    await tell({ done: true });
  }
  async function end(): Promise<void> {
    await dispatcher.drain(0);
    await Promise.all([parts.database.close(), parts.http.close(), forClock.close()]);
    process.disconnect?.();
  }
  process.on('message', (message) => void (Order.parse(message) === 'work' ? work() : end()));
  await tell({ log: 'ready' });
}

if (import.meta.main) await run(FreezeSettings.parse(JSON.parse(process.argv[2] ?? '')));
