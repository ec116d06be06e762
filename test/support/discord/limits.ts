// Rate limits and scripted trouble, per route. Windows run on the real clock, since the client under test waits in real time.
// https://docs.discord.com/developers/topics/rate-limits (2026-11-22)
import { createHash } from 'node:crypto';

export interface Throttle {
  limit: number;
  windowMs: number;
}
/** What the next request to a route meets instead of its answer. */
export type Fault =
  | { kind: 'limited'; retryAfterMs: number; global?: boolean; scope?: 'user' | 'shared' }
  | { kind: 'refused'; status: number; code: number; message: string }
  | { kind: 'broken'; status: 500 | 502 | 503 | 504 }
  /** The connection breaks, before anything was done or after it was done and before the answer. */
  | { kind: 'cut'; when: 'before' | 'after' }
  /** The answer waits for this. */
  | { kind: 'held'; until: Promise<void> };

export interface Limited {
  headers: Record<string, string>;
  body: { message: string; retry_after: number; global: boolean };
}
export interface Limits {
  /** Holds a route to so many requests per window, per channel, server or webhook; `*` is the global limit, which spares interactions. */
  throttle: (route: string, throttle: Throttle) => void;
  failNext: (route: string, ...faults: Fault[]) => void;
  fault: (route: string) => Fault | undefined;
  /** The headers of an answer, or the 429 where the limit is spent. */
  admit: (route: string, major: string, epochSeconds: number) => { headers: Record<string, string>; limited: Limited | null };
  limited: (route: string, fault: { retryAfterMs: number; global?: boolean; scope?: 'user' | 'shared' }) => Limited;
}

/** Where nothing is scripted: far from the limit, so that no client waits. */
const AMPLE: Throttle = { limit: 1_000, windowMs: 1_000 };
const UNBOUND = /^\w+ \/(interactions|webhooks)\//;

export function openLimits(): Limits {
  const throttles = new Map<string, Throttle>();
  const faults = new Map<string, Fault[]>();
  const windows = new Map<string, { endsAt: number; used: number }>();
  const bucket = (route: string): string => createHash('sha256').update(route).digest('hex').slice(0, 32);

  function take(key: string, throttle: Throttle): { left: number; resetMs: number } {
    const now = performance.now();
    const open = windows.get(key);
    const window = open && open.endsAt > now ? open : { endsAt: now + throttle.windowMs, used: 0 };
    window.used += 1;
    windows.set(key, window);
    // rounded up, so that who waits as long as told is not early
    return { left: throttle.limit - window.used, resetMs: Math.ceil(window.endsAt - now) + 1 };
  }

  function limited(route: string, fault: { retryAfterMs: number; global?: boolean; scope?: 'user' | 'shared' }): Limited {
    const seconds = fault.retryAfterMs / 1_000;
    const { global = false, scope = 'user' } = fault;
    const own = global
      ? { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }
      : { 'x-ratelimit-scope': scope, 'x-ratelimit-bucket': bucket(route) };
    const message = scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.';
    return { headers: { 'retry-after': String(seconds), ...own }, body: { message, retry_after: seconds, global } };
  }

  return {
    throttle: (route, throttle) => void throttles.set(route, throttle),
    failNext: (route, ...more) => void faults.set(route, [...(faults.get(route) ?? []), ...more]),
    fault: (route) => faults.get(route)?.shift(),
    admit: (route, major, epochSeconds) => {
      const everywhere = throttles.get('*');
      const all = everywhere && !UNBOUND.test(route) ? take('*', everywhere) : undefined;
      if (all && all.left < 0) return { headers: {}, limited: limited(route, { retryAfterMs: all.resetMs, global: true }) };
      const throttle = throttles.get(route) ?? AMPLE;
      const { left, resetMs } = take(`${route} ${major}`, throttle);
      const headers = {
        'x-ratelimit-limit': String(throttle.limit),
        'x-ratelimit-remaining': String(Math.max(0, left)),
        'x-ratelimit-reset': (epochSeconds + resetMs / 1_000).toFixed(3),
        'x-ratelimit-reset-after': (resetMs / 1_000).toFixed(3),
        'x-ratelimit-bucket': bucket(route),
      };
      if (left >= 0) return { headers, limited: null };
      const refused = limited(route, { retryAfterMs: resetMs });
      return { headers, limited: { ...refused, headers: { ...headers, ...refused.headers } } };
    },
    limited,
  };
}
