// The web server of a process: whether it works, its figures, and, by role, the jobs' dashboard, the call from outside and Slack's requests.
import type { Hono } from 'hono';
import type { SlackChat } from '../bots/slack/index.ts';
import { type PartState, publishes } from '../core/operations.ts';
import { GONE_AFTER } from '../core/usecases/read-status.ts';
import type { Emulator } from '../emulator/index.ts';
import { type Check, openChecks } from '../web/checks.ts';
import { cronRoutes } from '../web/cron.ts';
import { dashboardMount } from '../web/dashboard.ts';
import { mediaMount } from '../web/media.ts';
import { type Mount, startWeb, type Web } from '../web/server.ts';
import type { TeamChat } from './chats.ts';
import type { Engine } from './engine.ts';
import type { Foundation } from './foundation.ts';

export interface WebParts {
  engine: Engine;
  metricsRoutes: (app: Hono) => void;
  linkRoutes: (app: Hono) => void;
  teamChats: readonly TeamChat[];
  slack: SlackChat | null;
}

export interface OpenWeb {
  web: Web;
  /** For who sits at the terminal. */
  links: { title: string; url: string }[];
  /** How what this process relies on is, by name. */
  partStates: () => Promise<Record<string, PartState>>;
}

/** @throws CrierError `invalid-input` naming the port or the address that cannot be used. */
export async function openWeb(
  foundation: Foundation,
  { engine, metricsRoutes, linkRoutes, teamChats, slack }: WebParts,
): Promise<OpenWeb> {
  const { config, parts, clock, log, emulator, media } = foundation;
  const { role } = config;
  const links = emulator ? [{ title: 'All networks, emulated', url: emulator.hub.url }] : [];
  const listed = emulator ? [...links, ...linksOf(emulator)] : [];
  const checks = openChecks(checksOf(foundation, engine, teamChats), log);
  const depth = () => parts.store.queue.depth(clock.now());
  const cron = cronRoutes({ secret: config.cronSecret, runBatch: engine.runBatch, after: engine.afterBatch, depth, clock, log });
  const mounts: Mount[] = slack?.listener ? [{ prefix: '/slack/', listener: slack.listener }] : [];
  const hasPages = role === 'all' || role === 'web';
  if (hasPages) {
    mounts.push(dashboardMount({ agenda: engine.jobs.agenda, token: config.apiToken, log }));
    mounts.push(mediaMount({ links: media.links, files: media.store, clock, log }));
  }
  const routes = [metricsRoutes, ...(hasPages ? [cron] : []), ...(role === 'worker' ? [] : [linkRoutes])];
  const web = await startWeb({ ...config.web, role, checks, links: listed, routes, mounts, log });
  const partStates = async () => Object.fromEntries((await checks.run()).map(({ name, state }) => [name, state]));
  return { web, links, partStates };
}

const linksOf = ({ networks }: Emulator): OpenWeb['links'] =>
  Object.entries(networks).map(([id, { url }]) => ({ title: `Emulated ${id}`, url }));

function checksOf(
  { config, database, parts, clock, media }: Foundation,
  { jobs }: Engine,
  teamChats: readonly TeamChat[],
): Check[] {
  const someWorker = async (): Promise<void> => {
    const seen = await parts.store.processes.list(clock.now().subtract(GONE_AFTER));
    if (!seen.some(({ role }) => publishes(role))) throw new Error('no worker was heard of for two minutes');
  };
  return [
    { name: 'database', isNeeded: true, run: database.ping },
    // posts go out all the same, by the sweep
    ...(config.mongoUrl ? [{ name: 'mongodb', isNeeded: false, run: jobs.check }] : []),
    // posts without images go out all the same
    ...(media.check ? [{ name: 'media', isNeeded: false, run: media.check }] : []),
    ...(publishes(config.role) ? [] : [{ name: 'worker', isNeeded: false, run: someWorker }]),
    ...teamChats.map(({ name, check }) => ({ name, isNeeded: true, run: check })),
  ];
}
