// A process of Crier from its start to its end: the foundation, the engine, the chats and the web server that its role asks for.
import { greeting } from '../bots/terminal/greeting.ts';
import type { Config } from '../config.ts';
import type { Chat } from '../core/ports.ts';
import { hasInput, listenForSignals, surviveRejections, untilStopped } from '../process.ts';
import { openMetrics } from '../web/metrics.ts';
import { enterTerminal, openTeamChats, openTerminalChat, type TeamChat } from './chats.ts';
import { openEngine } from './engine.ts';
import { openFoundation, openGround, version } from './foundation.ts';
import { reportPresence } from './presence.ts';
import { openWeb } from './web.ts';

/** Runs Crier until its terminal's input ends or it is told to stop. Returns the exit code. */
export async function runCrier(config: Config): Promise<number> {
  // what is opened last is closed first
  await using opened = new AsyncDisposableStack();
  const ground = await openGround(config, opened);
  const { log } = ground;
  surviveRejections(log);
  const stopped = listenForSignals(log);
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
  const engine = openEngine(foundation, { meter, chats }, opened);
  const { deps } = engine;
  if (role === 'all') await enterTerminal(foundation, deps);
  const { slack, all } = isInChats ? await openTeamChats(foundation, deps) : { slack: null, all: [] };
  teamChats.push(...all);
  chats.push(...all);
  // before the dispatcher drains: a command that was acknowledged still schedules, and a publish it asks for still begins
  for (const chat of teamChats) opened.defer(chat.stop);
  const { web, links, partStates } = await openWeb(foundation, { engine, metricsRoutes, teamChats, slack });
  // the first to stop: what it has taken is finished by those below
  opened.defer(web.stop);
  stopped.addEventListener('abort', web.leave);

  if (stopped.aborted) return 0;
  const terminal = role === 'all' && hasInput() ? openTerminalChat(foundation, deps) : null;
  if (terminal) chats.push(terminal);
  reportPresence(foundation, partStates, opened);
  await engine.start();
  for (const chat of teamChats) await chat.start();
  if (!terminal) return await untilStopped(stopped, log);
  stopped.addEventListener('abort', terminal.close);
  if (process.stdin.isTTY) terminal.say(greeting({ webUrl: web.url, links, teamChats }));
  return (await terminal.run()).exitCode;
}
