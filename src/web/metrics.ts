// /metrics for Prometheus, behind the API token. Which figures there are is figures.ts' matter.
import type { Hono } from 'hono';
import type { ProcessRole, QueueDepth } from '../core/operations.ts';
import type { Log, Meter } from '../core/ports.ts';
import { seldom, withinLimit } from './asking.ts';
import { openFigures } from './figures.ts';
import { bearerOf, openDoor } from './tokens.ts';

export interface MetricsOptions {
  version: string;
  role: ProcessRole;
  /** How much there is to do; asked at a scrape, once a second at most, and given up after two. */
  depth: () => Promise<QueueDepth[]>;
  /** Null: closed. */
  token: string | null;
  log: Log;
}

export interface Metrics {
  meter: Meter;
  routes: (app: Hono) => void;
}

const CLOSED = 'The metrics are closed. Set CRIER_API_TOKEN to open them, and ask with Authorization: Bearer and its value.\n';
const WRONG = 'This needs Authorization: Bearer with the value of CRIER_API_TOKEN.\n';

/** Figures of this process, and a page of them. A database that is away leaves out what only it knows, and fails nothing. */
export function openMetrics({ depth, token, log, ...about }: MetricsOptions): Metrics {
  const { registry, meter, showDepth } = openFigures(about);
  const door = openDoor({ token, setting: 'CRIER_API_TOKEN', log });
  let isKnown = true;
  const depthNow = seldom(() =>
    withinLimit(depth).then(
      (known) => {
        isKnown = true;
        return known;
      },
      (error: unknown) => {
        if (isKnown) log.warn({ err: error }, 'the metrics leave out how much there is to do: the database does not answer');
        isKnown = false;
        return null;
      },
    ),
  );
  const routes = (app: Hono): void => {
    app.get('/metrics', async (context) => {
      context.header('Cache-Control', 'no-store');
      const verdict = door.judge(bearerOf(context.req.header('Authorization')));
      if (verdict === 'closed') return context.text(CLOSED, 404);
      if (verdict === 'wrong') return context.text(WRONG, 401, { 'WWW-Authenticate': 'Bearer realm="Crier"' });
      showDepth(await depthNow());
      return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
    });
  };
  return { meter, routes };
}
