// A worker in a process of its own that kills itself with SIGKILL at a place the test names: the engine as main.ts builds it, with
// a trap at every step. Run by test/jobs/crash.test.ts with its settings as JSON in the first argument.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/core/clock.ts';
import type { Platform } from '../../src/core/platform.ts';
import type { Deps, Platforms } from '../../src/core/ports.ts';
import type { Queue } from '../../src/core/store.ts';
import { tellNews } from '../../src/core/usecases/tell-news.ts';
import { openMediaStore } from '../../src/db/media-store.ts';
import { openDatabase } from '../../src/db/open.ts';
import { keyFrom, openVault } from '../../src/db/vault.ts';
import { DISPATCH_DEFAULTS, openDispatcher } from '../../src/jobs/dispatch.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { NO_METER } from './meter.ts';

export const CRASH_PLACES = [
  'before claiming',
  'after claiming',
  'before reading the credentials',
  'before storing handles',
  'after storing handles',
  'before marking as sending',
  'after marking as sending',
  'before writing the outcome',
  'while writing the outcome',
  'after writing the outcome',
  'before telling the news',
  'after telling the news',
] as const;
export type CrashPlace = (typeof CRASH_PLACES)[number];

export const WorkerSettings = z.object({
  databaseUrl: z.string(),
  key: z.string(),
  mediaFolder: z.string(),
  allowPrivateHosts: z.array(z.string()),
  crashAt: z.enum([...CRASH_PLACES, 'nowhere']),
  network: z.enum(['as it is', 'forgetful']),
  mostClaims: z.number().default(DISPATCH_DEFAULTS.mostClaims),
});
export type WorkerSettings = z.input<typeof WorkerSettings>;

const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The parts of the engine, on an existing database; the test uses them for the process that comes after the crash. */
export async function openParts(settings: WorkerSettings, clock: Clock) {
  const database = await openDatabase(settings.databaseUrl, { poolSize: 4 });
  const http = openHttp({ allowPrivateHosts: settings.allowPrivateHosts, timeoutMs: 10_000 });
  const vault = openVault({ current: keyFrom(settings.key), old: [] });
  const store = database.openStore({ clock, vault, log: LOG });
  const mediaStore = openMediaStore(settings.mediaFolder);
  const deps = { clock, store, http, log: LOG, meter: NO_METER, platforms: openPlatforms(), mediaStore };
  return { database, http, deps };
}

/** The same networks without what makes a repeat harmless: no lasting key, and no way to ask. */
export function forgetful(platforms: Platforms): Platforms {
  const get = (id: string): Platform => {
    const platform = platforms.get(id);
    return {
      ...platform,
      capabilities: { ...platform.capabilities, repeatHarmlessForMs: 0 },
      oauth: null,
      findPublished: null,
      publish: (context) => platform.publish({ ...context, idempotencyKey: randomUUID() }),
    };
  };
  return { ...platforms, get };
}

/** The same parts, with a trap at every place. */
function withTraps<D extends Pick<Deps, 'store'>>(deps: D, trap: (place: CrashPlace) => Promise<void>): D {
  const { queue } = deps.store;
  const trapped: Queue = {
    ...queue,
    claimDue: async (request) => {
      await trap('before claiming');
      const claims = await queue.claimDue(request);
      if (claims.length > 0) await trap('after claiming');
      return claims;
    },
    saveHandles: async (claim, handles) => {
      await trap('before storing handles');
      await queue.saveHandles(claim, handles);
      await trap('after storing handles');
    },
    markSending: async (claim, now) => {
      await trap('before marking as sending');
      const marked = await queue.markSending(claim, now);
      await trap('after marking as sending');
      return marked;
    },
    settle: async (claim, settlement, now) => {
      await trap('before writing the outcome');
      const written = queue.settle(claim, settlement, now);
      await Promise.race([trap('while writing the outcome'), written]);
      await written;
      await trap('after writing the outcome');
      return written;
    },
  };
  const credentials: Deps['store']['credentials'] = async (accountId) => {
    await trap('before reading the credentials');
    return deps.store.credentials(accountId);
  };
  return { ...deps, store: { ...deps.store, queue: trapped, credentials } };
}

async function work(settings: z.output<typeof WorkerSettings>): Promise<void> {
  const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
  const parts = await openParts(settings, clock);
  const trap = async (place: CrashPlace): Promise<void> => {
    if (place !== settings.crashAt) return;
    // a statement that was handed over in this turn is on its way by the next one
    if (place === 'while writing the outcome') await new Promise((resolve) => setImmediate(resolve));
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  };
  const platforms = settings.network === 'forgetful' ? forgetful(parts.deps.platforms) : parts.deps.platforms;
  const deps = withTraps({ ...parts.deps, platforms }, trap);
  let settled = 0;
  const options = { ...DISPATCH_DEFAULTS, mostClaims: settings.mostClaims };
  const dispatcher = openDispatcher({ ...deps, wakeAt: async () => {}, onNews: () => settled++, onRecurring: () => {} }, options);
  await dispatcher.wake();
  await dispatcher.idle();
  const tell = async (): Promise<void> => {
    await trap('before telling the news');
    await trap('after telling the news');
  };
  await tellNews(deps, [{ name: 'terminal', tell }]);
  process.stdout.write(JSON.stringify({ settled }));
  await dispatcher.drain(0);
  await parts.database.close();
  await parts.http.close();
}

if (import.meta.main) await work(WorkerSettings.parse(JSON.parse(process.argv[2] ?? '')));
