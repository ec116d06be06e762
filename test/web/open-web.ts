// Web servers on loopback for the tests of this folder, each ended after its test.
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import { afterEach } from 'vitest';
import { type Check, openChecks } from '../../src/web/checks.ts';
import { startWeb, type Web, type WebOptions } from '../../src/web/server.ts';
import { type KeptLog, keptLog } from '../support/log.ts';

/** One connection per request: the next test's server may get the port of the one before. */
const oneByOne = new Agent({ pipelining: 0 });

/** Never follows a redirect: what is answered is the matter. */
export const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { redirect: 'manual', ...init, dispatcher: oneByOne });

export const bearer = (token: string): { headers: Record<string, string> } => ({
  headers: { Authorization: `Bearer ${token}` },
});

export const basic = (user: string, password: string): { Authorization: string } => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

type Options = Partial<Omit<WebOptions, 'checks'>> & { checks?: readonly Check[] };

export function useWebs(): { log: KeptLog; start: (options?: Options) => Promise<Web> } {
  const started: Web[] = [];
  const log = keptLog();
  afterEach(async () => {
    await Promise.all(started.splice(0).map((web) => web.stop()));
    log.lines.length = 0;
  });
  return {
    log,
    start: async ({ checks = [], ...options } = {}) => {
      const nothing = { checks: openChecks(checks, log), links: [], routes: [], mounts: [] };
      const web = await startWeb({ host: '127.0.0.1', port: null, role: 'all', ...nothing, log, ...options });
      started.push(web);
      return web;
    },
  };
}

/** Steady milliseconds that stand still until a test moves them. */
export function steadyAt(start = 0): { now: () => number; forward: (ms: number) => void } {
  let at = start;
  return {
    now: () => at,
    forward: (ms) => {
      at += ms;
    },
  };
}
