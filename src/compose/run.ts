// A process of Crier from its start to its end: the foundation, the engine, the chats and the web server that its role asks for.
import type { SayingChat } from '../bots/saying-chat.ts';
import { greeting } from '../bots/terminal/greeting.ts';
import type { Config } from '../config.ts';
import type { Chat, Deps, WebAddress } from '../core/ports.ts';
import { hasInput, listenForSignals, surviveRejections, untilStopped } from '../process.ts';
import { openMetrics } from '../web/metrics.ts';
import { enterTerminal, openTeamChats, openTerminalChat, type TeamChat } from './chats.ts';
import { openEngine } from './engine.ts';
import { openFoundation, openGround, version } from './foundation.ts';
import { linkRoutes } from './links.ts';
import { reportPresence } from './presence.ts';
import { openWeb } from './web.ts';

/** After running publishes have had their time: for the last jobs and news, and for connections to close. Milliseconds. */
const CLOSE_WITHIN_MS = 25_000;

/** Runs Crier until its terminal's input ends or it is told to stop. Returns the exit code. */
export async function runCrier(config: Config): Promise<number> {
  // what is opened last is closed first
  await using opened = new AsyncDisposableStack();
  const ground = await openGround(config, opened);
  const { log } = ground;
  surviveRejections(log);
  const stopped = listenForSignals(log, config.drainMs + CLOSE_WITHIN_MS);
  const foundation = await openFoundation(config, ground, opened);
  const { role } = config;
  const isInChats = role === 'all' || role === 'bot';
  const { store } = foundation.parts;
  const { meter, routes: metricsRoutes } = openMetrics({
    depth: () => store.queue.depth(foundation.clock.now()),
    token: config.apiToken,
    role,
    version,
    log,
  });

  const chats: Chat[] = [];
  const teamChats: TeamChat[] = [];
  // after the engine has told its last news, which leaves through here
  opened.defer(async () => {
    await Promise.all(teamChats.map((chat) => chat.close()));
  });
  const sayingChats: SayingChat[] = [];
  const engine = openEngine(foundation, { meter, chats, sayingChats }, opened);
  const { site } = foundation;
  const deps: Deps = { ...engine.deps, webAddress: () => site.address };
  if (role === 'all') await enterTerminal(foundation, deps);
  const { slack, all } = isInChats ? await openTeamChats(foundation, deps) : { slack: null, all: [] };
  teamChats.push(...all);
  chats.push(...all);
  sayingChats.push(...all);
  // before the dispatcher drains: a command that was acknowledged still schedules, and a publish it asks for still begins
  for (const chat of teamChats) opened.defer(chat.stop);
  const { web, links, partStates } = await openWeb(foundation, {
    engine,
    metricsRoutes,
    linkRoutes: linkRoutes(deps, () => sayingChats),
    teamChats,
    slack,
  });
  site.address = addressOf(foundation.config, web);
  // the first to stop: what it has taken is finished by those below
  opened.defer(web.stop);
  stopped.addEventListener('abort', web.leave);

  if (stopped.aborted) return 0;
  const terminal = role === 'all' && hasInput() ? openTerminalChat(foundation, deps) : null;
  if (terminal) {
    chats.push(terminal);
    sayingChats.push(terminal);
  }
  reportPresence(foundation, partStates, opened);
  await engine.start();
  for (const chat of teamChats) await chat.start();
  if (!terminal) return await untilStopped(stopped, log);
  stopped.addEventListener('abort', terminal.close);
  if (process.stdin.isTTY) await terminal.say(greeting({ webUrl: web.url, links, teamChats }));
  return (await terminal.run()).exitCode;
}

const addressOf = ({ publicUrl }: Config, web: { url: string }): WebAddress =>
  publicUrl === null ? { url: web.url, isPublic: false } : { url: publicUrl, isPublic: true };
