// Connecting by a link with all its real parts: a database, the emulated networks behind guarded connections, and a web server on loopback.
// The browser is fetch, which presses the buttons of the network's own page.
import type { Platform } from '../../src/core/platform.ts';
import type { Deps, Platforms } from '../../src/core/ports.ts';
import type { Entrance } from '../../src/core/store.ts';
import { finishChoice } from '../../src/core/usecases/choose-accounts.ts';
import { finishLink, followLink, type Link, makeLink } from '../../src/core/usecases/connect-by-link.ts';
import type { LinkOutcome } from '../../src/core/usecases/link-outcome.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { openChecks } from '../../src/web/checks.ts';
import { oauthRoutes } from '../../src/web/oauth.ts';
import { startWeb } from '../../src/web/server.ts';
import { clockAt, type TestClock } from './clock.ts';
import { freshDatabase } from './database.ts';
import { type KeptLog, keptLog } from './log.ts';

const ENTRANCE = {
  chat: 'terminal',
  teamName: 'Team',
  userId: 'ann',
  userName: 'Ann',
  role: 'admin',
  timeZone: 'Europe/Berlin',
} as const;
export const HERE = { chat: 'terminal', channel: 'here', message: null } as const;

export interface LinkDesk {
  clock: TestClock;
  database: Database;
  emulator: Emulator;
  deps: Deps;
  log: KeptLog;
  /** Of the web server. */
  url: string;
  /** What the chat was told. */
  told: LinkOutcome[];
  /** In a workspace of its own. */
  enter: (who?: Partial<Entrance>) => Promise<Actor>;
  /** Of Mastodon, where no other platform is named. */
  link: (actor: Actor, fields?: Record<string, string>, platform?: string) => Promise<Link>;
  close: () => Promise<void>;
}

/** @param change has the desk's platforms in another way */
export async function openLinkDesk(change: (platform: Platform) => Platform = (platform) => platform): Promise<LinkDesk> {
  const test = await freshDatabase();
  const database = await openDatabase(test.url);
  const clock = clockAt('2026-11-22T09:00:00Z');
  const log = keptLog();
  const emulator = await startEmulator({ clock, log });
  const http = openHttp({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 5000 });
  const store = database.openStore({ clock, log, vault: openVault({ current: keyFrom(makeKeyHex()), old: [] }) });
  const platforms = changed(openPlatforms(), change);
  const told: LinkOutcome[] = [];
  let url = '';
  const deps: Deps = {
    clock,
    store,
    platforms,
    http,
    log,
    jobs: { wakeAt: async () => undefined },
    mediaFetcher: { fetch: () => Promise.reject(new Error('no files here')) },
    mediaStore: {
      put: async () => undefined,
      read: () => Promise.reject(new Error('no files here')),
      remove: async () => 'kept',
    },
    webAddress: () => ({ url, isPublic: true }),
    networkHome: (platform) => {
      const network = Object.entries(emulator.networks).find(([id]) => id === platform)?.[1];
      return { service: network?.url ?? null, app: network?.app ?? null };
    },
  };
  const routes = oauthRoutes({
    follow: (token) => followLink(deps, token),
    finish: (platform, answer) => finishLink(deps, platform, answer),
    choose: (token, ticked) => finishChoice(deps, token, ticked),
    tell: async (outcome) => void told.push(outcome),
    platforms,
    log,
  });
  const parts = { checks: openChecks([], log), links: [], routes: [routes], mounts: [] };
  const web = await startWeb({ host: '127.0.0.1', port: 0, role: 'all', ...parts, log });
  url = web.url;
  return {
    clock,
    database,
    emulator,
    deps,
    log,
    url,
    told,
    enter: (who = {}) => store.workspaces.enter({ ...ENTRANCE, teamId: crypto.randomUUID(), ...who }),
    link: (actor, fields = { instance: emulator.networks.mastodon.url }, platform = 'mastodon') =>
      makeLink(deps, actor, { platform: platforms.get(platform), fields, origin: HERE }),
    close: async () => {
      await web.stop();
      await http.close();
      await emulator.stop();
      await database.close();
      await test.drop();
    },
  };
}

function changed({ all, get, find }: Platforms, change: (platform: Platform) => Platform): Platforms {
  return {
    all: () => all().map(change),
    get: (id) => change(get(id)),
    find: (name) => {
      const platform = find(name);
      return platform && change(platform);
    },
  };
}

/** Opens an address as a browser does, but for following: what is answered is the matter. */
export const open = (url: string, init: RequestInit = {}): Promise<Response> => fetch(url, { redirect: 'manual', ...init });

export const locationOf = (response: Response): string => response.headers.get('location') ?? '';

/** Presses a button of the network's page at this address. Returns where the network sends the browser then. */
export async function press(url: string, decision: 'allow' | 'deny'): Promise<string> {
  const page = await (await open(url)).text();
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const form = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
  form.set('account', /<option value="([^"]*)"/.exec(page)?.[1] ?? '');
  form.set('decision', decision);
  const action = /<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '/oauth/authorize';
  const answer = await open(new URL(action, url).href, { method: 'POST', body: form });
  return locationOf(answer);
}

/** From a link to where the network sends the browser. */
export const decide = async (link: Pick<Link, 'url'>, decision: 'allow' | 'deny'): Promise<string> =>
  press(locationOf(await open(link.url)), decision);
