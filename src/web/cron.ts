// /api/social/cron: publishes a batch of what is due when something outside asks, for hosts that sleep. What a batch does is handed in.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { BatchCounts, QueueDepth } from '../core/operations.ts';
import type { Log } from '../core/ports.ts';
import { seldom, withinLimit } from './asking.ts';
import { bearerOf, openDoor } from './tokens.ts';

export interface CronOptions {
  /** Null: closed. */
  secret: string | null;
  /** Claims at most so many deliveries, publishes them and says how they ended. @throws where the database does not answer */
  runBatch: (limit: number) => Promise<BatchCounts>;
  /** What follows from a batch: jobs that are due, news. Its failure is logged, and the batch is told nevertheless. */
  after?: () => Promise<void>;
  depth: () => Promise<QueueDepth[]>;
  clock: Clock;
  log: Log;
}

/** Since this process began; null before the first. */
interface LastRun {
  at: Temporal.Instant;
  result: BatchCounts | { error: string };
}

const PATH = '/api/social/cron';
const DEFAULT_BATCH = 20;
const LARGEST_BATCH = 500;

const WRONG = 'This needs Authorization: Bearer with the value of CRON_SECRET, in the header and nowhere else.';
const AWAY = 'Crier could not reach its database just now. Nothing is lost; ask again in a minute.';
const OTHER_METHOD = 'Ask with POST or GET.';
const BAD_SIZE = `batchSize must be one whole number from 1 to ${LARGEST_BATCH}. Example: ${PATH}?batchSize=${DEFAULT_BATCH}`;

/** As it stands in the query: all values of that name. */
const BatchSize = z
  .array(z.string().regex(/^\d{1,3}$/))
  .max(1)
  .transform(([size]) => (size === undefined ? DEFAULT_BATCH : Number(size)))
  .pipe(z.int().min(1).max(LARGEST_BATCH));

/** POST or GET: both do the same, since some schedulers can only do the latter. */
export function cronRoutes(options: CronOptions): (app: Hono) => void {
  const { secret, depth, log } = options;
  const door = openDoor({ token: secret, setting: 'CRON_SECRET', log });
  const tellClosed = once(() => log.warn({}, 'a call of /api/social/cron was refused: CRON_SECRET is not set'));
  const depthNow = seldom(() => withinLimit(depth));
  let last: LastRun | null = null;

  const mayCome = (context: Context): boolean => {
    const verdict = door.judge(bearerOf(context.req.header('Authorization')));
    if (verdict === 'closed') tellClosed();
    return verdict === 'right';
  };

  async function trigger(context: Context): Promise<Response> {
    // answered like GET without a body elsewhere, but whoever only looks must set nothing off
    if (context.req.method === 'HEAD') return context.json({ error: OTHER_METHOD }, 405, { Allow: 'GET, POST' });
    if (!mayCome(context)) return context.json({ error: WRONG }, 401, { 'WWW-Authenticate': 'Bearer realm="Crier cron"' });
    const size = BatchSize.safeParse(context.req.queries('batchSize') ?? []);
    if (!size.success) return context.json({ error: BAD_SIZE }, 400);
    const at = options.clock.now();
    const begun = performance.now();
    try {
      const counts = await options.runBatch(size.data);
      last = { at, result: counts };
      const due = await whatFollows(options);
      return context.json({ ...counts, due, tookMs: Math.round(performance.now() - begun) });
    } catch (error) {
      log.error({ err: error }, 'a batch that was asked for from outside failed');
      last = { at, result: { error: AWAY } };
      return context.json({ error: AWAY }, 503);
    }
  }

  async function health(context: Context): Promise<Response> {
    const due = await depthNow().then(sumOfDue, () => null);
    const told = { status: due === null ? 'failing' : 'ok', configured: secret !== null };
    const isKnown = context.req.header('Authorization') !== undefined && mayCome(context);
    const inside = isKnown ? { due, lastRunAt: last?.at.toString() ?? null, lastResult: last?.result ?? null } : {};
    return context.json({ ...told, ...inside }, due === null ? 503 : 200);
  }

  return (app) => {
    app.use(`${PATH}/*`, async (context, next) => {
      await next();
      context.header('Cache-Control', 'no-store');
    });
    app.on(['GET', 'POST'], PATH, trigger);
    app.get(`${PATH}/health`, health);
    app.all(PATH, (context) => context.json({ error: OTHER_METHOD }, 405, { Allow: 'GET, POST' }));
  };
}

/** What is due once all of it is done; null where that cannot be said. The batch itself is over by then, and is told in any case. */
async function whatFollows({ after, depth, log }: CronOptions): Promise<number | null> {
  try {
    await after?.();
    return sumOfDue(await withinLimit(depth));
  } catch (error) {
    log.warn({ err: error }, 'what follows a batch that was asked for from outside failed; the next call or sweep does it');
    return null;
  }
}

const sumOfDue = (depth: readonly QueueDepth[]): number => depth.reduce((sum, { due }) => sum + due, 0);

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
