// How often a Page may be called: 4,800 times a day for each person who has to do with it, and here that is one.
// https://developers.facebook.com/docs/graph-api/overview/rate-limiting/ (checked 2026-11-22).
import type { Clock } from '../../core/clock.ts';
import type { EmulatorApp } from '../network.ts';
import { usageHeader, usualBody, VERSION } from './graph.ts';
import type { FacebookState } from './state.ts';

const CALLS_A_DAY = 4_800;
const DAY_MS = 86_400_000;

/** Not written down: a restart forgives. */
export function limitCalls(app: EmulatorApp, state: FacebookState, clock: Clock, callsADay = CALLS_A_DAY): void {
  const calls = new Map<string, number[]>();
  app.use(`${VERSION}/*`, async (c, next) => {
    const token = /^(?:Bearer|OAuth) (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    const page = state.grants.find(token)?.note;
    if (!page?.startsWith('page:')) return next();
    const now = clock.now().epochMilliseconds;
    const recent = [...(calls.get(page) ?? []).filter((at) => now - at < DAY_MS), now];
    const isPast = recent.length > callsADay;
    if (!isPast) calls.set(page, recent);
    const [first = now] = recent;
    const used = Math.round((Math.min(recent.length, callsADay) / callsADay) * 100);
    const headers = usageHeader(page.slice('page:'.length), used, isPast ? Math.ceil((first + DAY_MS - now) / 60_000) : 0);
    if (isPast) return c.json(usualBody(429), 400, headers);
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    return undefined;
  });
}
