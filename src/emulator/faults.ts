// Faults ordered for requests to come: another answer, a delay, a dropped connection, an answer held back. Knows no network.
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';

export const FaultOrder = z.strictObject({
  /** Method and path without query, `POST /api/v1/statuses`; a `*` at the end stands for anything. */
  match: z.string().min(1),
  /** How many requests it hits. */
  times: z.int().positive().default(1),
  /** Answers with this status instead. Without a body, the network's own error body; without headers, its own headers. */
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** A string goes out as it is, anything else as JSON. */
  body: z.unknown().optional(),
  /** With `status` or `body`: applies the request before that answer goes out. */
  apply: z.boolean().default(false),
  /** Milliseconds of real time between applying and answering. */
  delayMs: z.int().nonnegative().optional(),
  /** Closes the connection without an answer, before or after the request was applied. */
  drop: z.enum(['before-applying', 'after-applying']).optional(),
  /** Keeps the answer of the applied request back until `release()`. */
  hold: z.boolean().default(false),
});
export type FaultOrder = z.input<typeof FaultOrder>;
type Fault = z.output<typeof FaultOrder>;

/** What a network answers when a fault orders a bare status: its own words. */
export interface Refusal {
  body: unknown;
  headers: Record<string, string>;
}

export interface Faults {
  /** The oldest order that matches a request hits it. @throws ZodError for an order that makes no sense. */
  order: (order: FaultOrder) => void;
  /** Forgets what was ordered and lets go what is held. */
  clear: () => void;
  /** Lets every held answer go. */
  release: () => void;
  /** Resolves once at least this many answers (default 1) are held. */
  whenHeld: (count?: number) => Promise<void>;
  /** Orders that still wait for a request. */
  pending: () => number;
}

export interface FaultControl extends Faults {
  middleware: MiddlewareHandler<{ Bindings: HttpBindings }>;
  /** Ends holds and delays, so that the server can stop. */
  close: () => void;
}

export function openFaults(refusal: (status: number) => Refusal): FaultControl {
  let faults: Fault[] = [];
  const holds = openHolds();
  const closed = Promise.withResolvers<void>();

  const take = (method: string, path: string): Fault | undefined => {
    const fault = faults.find(({ match }) => matches(match, `${method} ${path}`));
    if (fault && --fault.times === 0) faults = faults.filter((other) => other !== fault);
    return fault;
  };

  return {
    order: (order) => void faults.push(FaultOrder.parse(order)),
    clear: () => {
      faults = [];
      holds.release();
    },
    release: holds.release,
    whenHeld: holds.whenHeld,
    pending: () => faults.length,
    close: () => {
      closed.resolve();
      holds.release();
    },
    middleware: async (c, next) => {
      const fault = take(c.req.method, c.req.path);
      if (!fault) return next();
      const { socket } = c.env.incoming;
      if (fault.drop === 'before-applying') {
        socket.destroy();
        return RESPONSE_ALREADY_SENT;
      }
      await answer(c, fault, refusal, next);
      if (fault.delayMs) await Promise.race([wait(fault.delayMs, undefined, { ref: false }), closed.promise]);
      if (fault.hold) await Promise.race([holds.hold(), closed.promise]);
      if (fault.drop === 'after-applying') socket.destroy();
      return undefined;
    },
  };
}

const matches = (pattern: string, request: string): boolean =>
  pattern.endsWith('*') ? request.startsWith(pattern.slice(0, -1)) : request === pattern;

async function answer(c: Context, fault: Fault, refusal: (status: number) => Refusal, next: () => Promise<void>): Promise<void> {
  const replaced = fault.status !== undefined || fault.body !== undefined;
  if (!replaced || fault.apply) await next();
  if (!replaced) {
    for (const [name, value] of Object.entries(fault.headers ?? {})) c.res.headers.set(name, value);
    return;
  }
  const status = fault.status ?? 200;
  const usual = refusal(status);
  const body = fault.body === undefined ? usual.body : fault.body;
  const headers = new Headers({ 'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json' });
  for (const [name, value] of Object.entries(fault.headers ?? usual.headers)) headers.set(name, value);
  const empty = status === 204 || status === 304;
  // Setting c.res copies the old answer's headers over; an empty one first keeps them out.
  c.res = undefined;
  c.res = new Response(empty ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

/** Answers that wait, and those who wait for an answer to wait. */
function openHolds() {
  let gate = Promise.withResolvers<void>();
  let held = 0;
  let watchers: { count: number; resolve: () => void }[] = [];
  return {
    hold: async (): Promise<void> => {
      held += 1;
      for (const watcher of watchers) if (held >= watcher.count) watcher.resolve();
      watchers = watchers.filter((watcher) => held < watcher.count);
      await gate.promise;
    },
    release: (): void => {
      gate.resolve();
      gate = Promise.withResolvers<void>();
      held = 0;
    },
    whenHeld: (count = 1): Promise<void> => {
      if (held >= count) return Promise.resolve();
      return new Promise((resolve) => watchers.push({ count, resolve }));
    },
  };
}
