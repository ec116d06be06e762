// The only composition root: settings -> data folder -> database -> networks -> engine -> chats -> web. What is opened last is
// closed first, so that everything a running publish needs outlives it.
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../package.json' with { type: 'json' };
import { commands } from './bots/commands/index.ts';
import type { DiscordChat, DiscordOptions } from './bots/discord/index.ts';
import { describeTyping } from './bots/live-echo.ts';
import { renderNews } from './bots/news.ts';
import { newsCard } from './bots/news-card.ts';
import { openCommands } from './bots/run.ts';
import type { SlackChat, SlackOptions } from './bots/slack/index.ts';
import { openTerminal, type TerminalChat } from './bots/terminal/app.ts';
import { greeting } from './bots/terminal/greeting.ts';
import { type Config, loadEnvFile, readConfig } from './config.ts';
import type { Clock } from './core/clock.ts';
import { CrierError } from './core/errors.ts';
import type { Chat, Deps, Log } from './core/ports.ts';
import type { Entrance } from './core/store.ts';
import { makeNextOccurrences } from './core/usecases/make-next-occurrence.ts';
import { type DemoLogins, openEntry, syncDemoAccounts } from './core/usecases/sync-demo-accounts.ts';
import { openTeller } from './core/usecases/tell-news.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { openCheckedVault } from './db/checked-vault.ts';
import { startEmbeddedServer } from './db/embedded-server.ts';
import { openMediaStore } from './db/media-store.ts';
import { type Database, openDatabase } from './db/open.ts';
import { keyFrom, type Vault, type VaultKey } from './db/vault.ts';
import type { Emulator } from './emulator/index.ts';
import { coalesce } from './jobs/coalesce.ts';
import { DISPATCH_DEFAULTS, openDispatcher } from './jobs/dispatch.ts';
import { startSweep } from './jobs/sweep.ts';
import { openWakeUps } from './jobs/wake-ups.ts';
import { logTo, openLog } from './log.ts';
import { openHttp } from './platforms/http.ts';
import { openPlatforms } from './platforms/index.ts';
import { openMediaFetcher } from './platforms/media-fetcher.ts';
import { hasInput, listenForSignals, surviveRejections, untilStopped } from './process.ts';
import { startWeb } from './web/server.ts';

/** Preferred, so that links to emulated posts stay the same; where one is taken, another is found. */
const EMULATOR_PORTS = { bluesky: 4310, mastodon: 4311 };
const MEDIA_MAX_BYTES = 50_000_000;
const FETCH_TIMEOUT_MS = 30_000;
const LAST_NEWS_MS = 10_000;

/** Whole milliseconds: what the database and the chats can keep. */
const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

type Opened = AsyncDisposableStack;
type TeamChat = SlackChat | DiscordChat;

/** Runs Crier until its chat ends or it is told to stop. Returns the exit code. */
async function runCrier(config: Config): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const folder = await openDataFolder(config.dataDir, packageJson.version);
  opened.defer(folder.close);
  const log = openLog(config.logLevel, logTo(logFile(folder)));
  for (const warning of config.warnings) log.warn({}, warning);
  surviveRejections(log);
  const stopped = listenForSignals(log);
  const databaseUrl = config.databaseUrl ?? (await startOwnDatabase(folder, log, opened));
  const database = await openDatabase(databaseUrl, { log });
  opened.defer(database.close);
  const key = keyFrom(config.encryptionKey ?? (await folder.secrets()).encryptionKey);
  const vault = await openCheckedVault({ current: key, old: config.oldEncryptionKeys.map(keyFrom) }, database, log);
  const emulator = config.mockSocial ? await startEmulated(folder, log, opened) : null;

  const chats: Chat[] = [];
  const teamChats: TeamChat[] = [];
  // after the engine has told its last news, which leaves through here
  opened.defer(async () => {
    await Promise.all(teamChats.map((chat) => chat.close()));
  });
  const { deps, startEngine } = await openEngine({ config, folder, database, databaseUrl, vault, emulator, log, chats }, opened);
  const actor = await deps.store.workspaces.enter(terminalEntrance(config));
  const demo = emulator && demoLogins(emulator);
  await syncDemoAccounts(deps, actor, demo, database.settings);
  const shared = { deps, enter: openEntry(deps, demo, database.settings), ...wordsOf(deps), timeZone: config.timeZone };
  const slack = await openSlackChat(config, key, shared);
  const discord = await openDiscordChat(config, shared);
  teamChats.push(...[slack, discord].filter((chat) => chat !== null));
  chats.push(...teamChats);
  // before the dispatcher drains: a command that was acknowledged still schedules, and a publish it asks for still begins
  for (const chat of teamChats) opened.defer(chat.stop);

  const networks = Object.entries(emulator?.networks ?? {});
  const links = networks.map(([id, network]) => ({ title: `Emulated ${id}`, url: network.url }));
  const checks = { database: database.ping, ...Object.fromEntries(teamChats.map(({ name, check }) => [name, check])) };
  const mounts = slack?.listener ? [{ prefix: '/slack/', listener: slack.listener }] : [];
  const web = await startWeb({ ...config.web, checks, links, mounts, log });
  // the first to stop: what it has taken is finished by those below
  opened.defer(web.stop);

  if (stopped.aborted) return 0;
  const terminal = hasInput() ? openTerminalChat(deps, config, folder) : null;
  if (terminal) chats.push(terminal);
  await startEngine();
  for (const chat of teamChats) await chat.start();
  if (!terminal) return await untilStopped(stopped, log);
  stopped.addEventListener('abort', terminal.close);
  if (process.stdin.isTTY) terminal.say(greeting({ webUrl: web.url, links, teamChats }));
  return (await terminal.run()).exitCode;
}

async function startOwnDatabase(folder: DataFolder, log: Log, opened: Opened): Promise<string> {
  const { databasePassword } = await folder.secrets();
  const server = await startEmbeddedServer({ folder: folder.path, password: databasePassword, log });
  opened.defer(server.stop);
  return server.url;
}

async function startEmulated(folder: DataFolder, log: Log, opened: Opened): Promise<Emulator> {
  const { startEmulator } = await import('./emulator/index.ts');
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

  const teller = openTeller(shared, chats);
  const takeNews = coalesce(teller.take);
  const onNews = (): void => {
    takeNews().catch((error) => log.warn({ err: error }, 'news could not be told just now; the sweep tells it'));
  };
  opened.defer(async () => {
    await takeNews();
    // what a slow chat has not taken by then is told at the next start
    await Promise.race([teller.idle(), sleep(LAST_NEWS_MS, undefined, { ref: false })]);
  });
  // what was missed is told with the next one
  const makeNext = coalesce(() => makeNextOccurrences({ ...shared, jobs }).then(takeNews));
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
function openWaysOut({ allowPrivateHosts, slack, discord }: Config, emulator: Emulator | null, opened: Opened) {
  const emulated = emulator && Object.values(emulator.networks).map((network) => new URL(network.url).host);
  const http = openHttp(
    emulated
      ? { allowPrivateHosts: emulated, onlyHosts: emulated, timeoutMs: FETCH_TIMEOUT_MS }
      : { allowPrivateHosts, timeoutMs: FETCH_TIMEOUT_MS },
  );
  // files that are shared in a chat lie where its API is, and a server of one's own may be on a private address
  const chatHosts = [slack?.apiUrl, discord?.apiUrl].flatMap((url) => (url ? [new URL(url).host] : []));
  const mediaHttp = openHttp({ allowPrivateHosts: [...allowPrivateHosts, ...chatHosts], timeoutMs: FETCH_TIMEOUT_MS });
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

type Shared = Omit<SlackOptions & DiscordOptions, 'connection'>;

/** What both chats of teams say, and how. */
const wordsOf = (deps: Deps): Pick<Shared, 'commands' | 'renderNews' | 'newsCard'> => ({
  commands: openCommands(commands),
  renderNews: (news) => renderNews(news, deps.platforms),
  newsCard: (news) => newsCard(deps, news),
});

/** Null where no setting asks for Slack. Its libraries take 40 MB, so they are read where they are needed only; Discord's too. */
async function openSlackChat({ slack }: Config, { key }: VaultKey, shared: Shared): Promise<SlackChat | null> {
  if (!slack) return null;
  const { deriveStateSecret, openSlack } = await import('./bots/slack/index.ts');
  const oauth = slack.oauth && { ...slack.oauth, stateSecret: deriveStateSecret(key) };
  return openSlack({ ...shared, connection: { ...slack, oauth } });
}

/** Null where no setting asks for Discord. */
async function openDiscordChat({ discord }: Config, shared: Shared): Promise<DiscordChat | null> {
  if (!discord) return null;
  const { openDiscord } = await import('./bots/discord/index.ts');
  return openDiscord({ ...shared, connection: discord });
}

/** Null for stderr. Where a person types at the same terminal, lines of a log would run into theirs. */
const logFile = (folder: DataFolder): string | null =>
  process.stdin.isTTY && process.stderr.isTTY ? join(folder.path, 'crier.log') : null;

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
