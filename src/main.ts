// The only composition root: settings -> data folder -> database -> networks -> engine -> web -> chat. What is opened last is
// closed first, so that everything a running publish needs outlives it.
import { fstatSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { commands } from './bots/commands/index.ts';
import { describeTyping } from './bots/live-echo.ts';
import { renderNews } from './bots/news.ts';
import type { Line, Reply } from './bots/reply.ts';
import { openCommands } from './bots/run.ts';
import { openTerminal, type TerminalChat } from './bots/terminal/app.ts';
import { type Config, loadEnvFile, readConfig } from './config.ts';
import type { Clock } from './core/clock.ts';
import { CrierError } from './core/errors.ts';
import type { Chat, Deps, Log } from './core/ports.ts';
import type { Entrance } from './core/store.ts';
import { makeNextOccurrences } from './core/usecases/make-next-occurrence.ts';
import { type DemoLogins, syncDemoAccounts } from './core/usecases/sync-demo-accounts.ts';
import { tellNews } from './core/usecases/tell-news.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { startEmbeddedServer } from './db/embedded-server.ts';
import { openMediaStore } from './db/media-store.ts';
import { type Database, openDatabase } from './db/open.ts';
import { checkCanary, keyFrom, makeCanary, openVault, type Vault } from './db/vault.ts';
import { type Emulator, startEmulator } from './emulator/index.ts';
import { coalesce } from './jobs/coalesce.ts';
import { DISPATCH_DEFAULTS, openDispatcher } from './jobs/dispatch.ts';
import { startSweep } from './jobs/sweep.ts';
import { openWakeUps } from './jobs/wake-ups.ts';
import { logTo, openLog } from './log.ts';
import { openHttp } from './platforms/http.ts';
import { openPlatforms } from './platforms/index.ts';
import { openMediaFetcher } from './platforms/media-fetcher.ts';
import { startWeb } from './web/server.ts';

/** Preferred, so that links to emulated posts stay the same; where one is taken, another is found. */
const EMULATOR_PORTS = { bluesky: 4310, mastodon: 4311 };
const MEDIA_MAX_BYTES = 50_000_000;
const FETCH_TIMEOUT_MS = 30_000;
const CANARY = 'vault-canary';

/** Whole milliseconds: what the database and the chats can keep. */
const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

type Opened = AsyncDisposableStack;

/** Runs Crier until its chat ends or it is told to stop. Returns the exit code. */
async function runCrier(config: Config): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const folder = await openDataFolder(config.dataDir, packageJson.version);
  opened.defer(folder.close);
  const log = openLog(config.logLevel, logTo(logFile(folder)));
  for (const warning of config.warnings) log.warn({}, warning);
  const stopped = listenForSignals(log);
  const databaseUrl = config.databaseUrl ?? (await startOwnDatabase(folder, log, opened));
  const database = await openDatabase(databaseUrl, { log });
  opened.defer(database.close);
  const vault = await openCheckedVault(config, folder, database, log);
  const emulator = config.mockSocial ? await startEmulated(folder, log, opened) : null;

  const chats: Chat[] = [];
  const { deps, startEngine } = await openEngine({ config, folder, database, databaseUrl, vault, emulator, log, chats }, opened);
  const actor = await deps.store.workspaces.enter(terminalEntrance(config));
  await syncDemoAccounts(deps, actor, emulator && demoLogins(emulator), database.settings);

  const networks = Object.entries(emulator?.networks ?? {});
  const links = networks.map(([id, network]) => ({ title: `Emulated ${id}`, url: network.url }));
  const web = await startWeb({ ...config.web, checks: { database: database.ping }, links, log });
  opened.defer(web.stop);

  if (stopped.aborted) return 0;
  const terminal = hasInput() ? openTerminalChat(deps, config, folder) : null;
  if (terminal) chats.push(terminal);
  await startEngine();
  if (!terminal) return untilStopped(stopped, log);
  stopped.addEventListener('abort', terminal.close);
  if (process.stdin.isTTY) terminal.say(greeting(web.url, links));
  return (await terminal.run()).exitCode;
}

async function startOwnDatabase(folder: DataFolder, log: Log, opened: Opened): Promise<string> {
  const { databasePassword } = await folder.secrets();
  const server = await startEmbeddedServer({ folder: folder.path, password: databasePassword, log });
  opened.defer(server.stop);
  return server.url;
}

/** @throws CrierError where the key is not the one that sealed what this database holds. */
async function openCheckedVault(config: Config, folder: DataFolder, { settings, reseal }: Database, log: Log): Promise<Vault> {
  const current = keyFrom(config.encryptionKey ?? (await folder.secrets()).encryptionKey);
  const vault = openVault({ current, old: config.oldEncryptionKeys.map(keyFrom) });
  const canary = await settings.get(CANARY);
  if (canary !== null) checkCanary(vault, canary);
  if (canary !== null && vault.isCurrent(canary)) return vault;
  await settings.set(CANARY, makeCanary(vault));
  const resealed = await reseal(vault);
  if (canary !== null) log.info({ resealed }, 'the encryption key is new: all logins are sealed with it, the old one can go');
  return vault;
}

async function startEmulated(folder: DataFolder, log: Log, opened: Opened): Promise<Emulator> {
  const emulator = await startEmulator({ clock, log, ports: EMULATOR_PORTS, stateDir: join(folder.path, 'emulator') });
  opened.defer(emulator.stop);
  return emulator;
}

interface Parts {
  config: Config;
  folder: DataFolder;
  database: Database;
  databaseUrl: string;
  vault: Vault;
  emulator: Emulator | null;
  log: Log;
  /** Filled before the engine starts. */
  chats: Chat[];
}

/** Everything a use case may be handed, and the engine that publishes. Nothing is claimed before `startEngine`. */
async function openEngine(parts: Parts, opened: Opened): Promise<{ deps: Deps; startEngine: () => Promise<void> }> {
  const { config, folder, database, databaseUrl, vault, emulator, log, chats } = parts;
  const { http, mediaHttp } = openWaysOut(config, emulator, opened);
  const store = database.openStore({ clock, vault, log });
  const mediaFetcher = openMediaFetcher({ http: mediaHttp, maxBytes: MEDIA_MAX_BYTES, timeoutMs: FETCH_TIMEOUT_MS });
  const mediaStore = openMediaStore(join(folder.path, 'media'));
  const shared = { clock, store, platforms: openPlatforms(), http, mediaFetcher, mediaStore, log };

  const tellAll = coalesce(() => tellNews(shared, chats));
  const onNews = (): void => {
    tellAll().catch((error) => log.warn({ err: error }, 'news could not be told just now; the sweep tells it'));
  };
  opened.defer(tellAll);
  // what was missed is told with the next one
  const makeNext = coalesce(() => makeNextOccurrences({ ...shared, jobs }).then(tellAll));
  const onRecurring = (): void => {
    makeNext().catch((error) => log.warn({ err: error }, 'what recurs could not go on just now; the sweep makes the next'));
  };
  const dispatcher = openDispatcher(
    { ...shared, onNews, onRecurring, wakeAt: (instants) => jobs.wakeAt(instants) },
    {
      ...DISPATCH_DEFAULTS,
      leaseMs: config.leaseMs,
      publishTimeoutMs: config.publishTimeoutMs,
      retryMinutes: config.retryMinutes,
      catchUpGapMs: config.catchUpGapMs,
      ...config.concurrency,
    },
  );
  const jobs = await openWakeUps({ databaseUrl, clock, log, queue: store.queue, wake: dispatcher.wake });
  opened.defer(jobs.stop);
  opened.defer(makeNext);
  opened.defer(() => dispatcher.drain(config.drainMs));

  const startEngine = async (): Promise<void> => {
    const sweep = startSweep(async () => {
      await jobs.lookAhead();
      await dispatcher.wake();
      await makeNext();
    }, log);
    opened.defer(sweep.stop);
    await jobs.start();
  };
  return { deps: { ...shared, jobs }, startEngine };
}

/** To the networks, which are the emulated ones only while there are such; and to images that people name, anywhere. */
function openWaysOut({ allowPrivateHosts }: Config, emulator: Emulator | null, opened: Opened) {
  const emulated = emulator && Object.values(emulator.networks).map((network) => new URL(network.url).host);
  const http = openHttp(
    emulated
      ? { allowPrivateHosts: emulated, onlyHosts: emulated, timeoutMs: FETCH_TIMEOUT_MS }
      : { allowPrivateHosts, timeoutMs: FETCH_TIMEOUT_MS },
  );
  const mediaHttp = openHttp({ allowPrivateHosts, timeoutMs: FETCH_TIMEOUT_MS });
  opened.defer(http.close);
  opened.defer(mediaHttp.close);
  return { http, mediaHttp };
}

const demoLogins = ({ networks }: Emulator): DemoLogins =>
  Object.fromEntries(Object.entries(networks).map(([id, network]) => [id, network.demo]));

function terminalEntrance(config: Config): Entrance {
  const { username } = userInfo();
  const team = { chat: 'terminal', teamId: 'terminal', teamName: 'This terminal' } as const;
  return { ...team, userId: username, userName: username, role: 'admin', timeZone: config.timeZone };
}

function openTerminalChat(deps: Deps, config: Config, folder: DataFolder): TerminalChat {
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY;
  return openTerminal({
    commands: openCommands(commands),
    deps,
    actor: () => deps.store.workspaces.enter(terminalEntrance(config)),
    input: process.stdin,
    output: process.stdout,
    isInteractive,
    color: process.stdout.isTTY && process.stdout.hasColors(),
    renderNews: (news) => renderNews(news, deps.platforms),
    describe: (line, actor) => describeTyping(line, actor, clock.now()),
    historyFile: isInteractive ? join(folder.path, 'history') : null,
  });
}

/** Null for stderr. Where a person types at the same terminal, lines of a log would run into theirs. */
const logFile = (folder: DataFolder): string | null =>
  process.stdin.isTTY && process.stderr.isTTY ? join(folder.path, 'crier.log') : null;

const greeting = (webUrl: string, links: readonly { title: string; url: string }[]): Reply => ({
  tone: 'plain',
  title: 'Crier is ready.',
  lines: [
    'Try: /schedule in 10 seconds to bluesky, mastodon: Hello',
    '/help lists what there is; Ctrl-D or /quit leaves.',
    ...links.map(({ title, url }): Line => [`${title}: `, { url, text: url }]),
    ['Health: ', { url: `${webUrl}/readyz`, text: `${webUrl}/readyz` }],
  ],
});

/** Without a terminal, a pipe or a file on stdin (a service, a container) there is nobody to read commands from. */
function hasInput(): boolean {
  if (process.stdin.isTTY) return true;
  const input = fstatSync(0);
  return input.isFIFO() || input.isFile() || input.isSocket();
}

async function untilStopped(stopped: AbortSignal, log: Log): Promise<number> {
  log.info({}, 'no input to read commands from; running until SIGTERM');
  if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener('abort', resolve, { once: true }));
  return 0;
}

/** The first signal asks for an orderly end; the second does not wait for it. */
function listenForSignals(log: Log): AbortSignal {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(130);
    log.info({ signal }, 'stopping: running publishes finish, nothing new begins');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}

/** @returns the exit code */
async function main(): Promise<number> {
  try {
    loadEnvFile();
    return await runCrier(readConfig());
  } catch (error) {
    const said =
      error instanceof CrierError
        ? `Crier cannot start.\n${error.userMessage}`
        : `Crier stopped at an error of its own.\n${error instanceof Error ? error.stack : String(error)}`;
    process.stderr.write(`${said}\n`);
    return 1;
  }
}

// said outright: everything is closed by now, but Agenda leaves a timer behind that would keep the process for seconds
process.exit(await main());
