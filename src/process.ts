// The process Crier is: whether there is anybody to read commands from, and how it is told to stop. What happens then is main.ts' matter.
import { fstatSync } from 'node:fs';
import type { Log } from './core/ports.ts';

/** Without a terminal, a pipe or a file on stdin (a service, a container) there is nobody to read commands from. */
export function hasInput(): boolean {
  if (process.stdin.isTTY) return true;
  const input = fstatSync(0);
  return input.isFIFO() || input.isFile() || input.isSocket();
}

export async function untilStopped(stopped: AbortSignal, log: Log): Promise<number> {
  log.info({}, 'no input to read commands from; running until SIGTERM');
  if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener('abort', resolve, { once: true }));
  return 0;
}

/**
 * A rejection that nobody took is logged, and Crier goes on. Libraries of chats let such slip when a connection breaks at the wrong moment
 * (discord.js 14.28.1 in its handler of RESUMED, @slack/socket-mode 3.1.0 in `disconnect`; both read 2026-11-22), and that must not end
 * what publishes. Nothing relies on it: what must not be lost is in the database. An exception that nobody caught still ends Crier.
 */
export function surviveRejections(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected and nobody had taken it'));
}

/**
 * The first signal asks for an orderly end; the second does not wait for it, and neither does Crier for longer than `endWithinMs`: a
 * server that answers nothing would hold it for ever. What was under way then is taken up by others, as after a kill.
 */
export function listenForSignals(log: Log, endWithinMs: number): AbortSignal {
  const stop = new AbortController();
  const giveUp = (): void => {
    log.error({ afterMs: endWithinMs }, 'not everything could be closed in time; ending as it is');
    process.exit(1);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(130);
    log.info({ signal }, 'stopping: running publishes finish, nothing new begins');
    setTimeout(giveUp, endWithinMs).unref();
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}
