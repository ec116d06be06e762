// Starts the Slack of the bench and asks it what it holds.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Card, FromApi } from './api-process.ts';

const PROCESS = join(import.meta.dirname, 'api-process.ts');

export interface BenchSlack {
  apiUrl: string;
  cards: () => Promise<Card[]>;
  stop: () => void;
}

export async function startSlack(): Promise<BenchSlack> {
  const child = fork(PROCESS, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ready = await next(child, (message) => (message.kind === 'ready' ? message : null));
  return {
    apiUrl: ready.apiUrl,
    cards: async () => {
      const answer = next(child, (message) => (message.kind === 'cards' ? message : null));
      child.send('cards');
      return (await answer).cards;
    },
    stop: () => child.disconnect(),
  };
}

/** @throws Error where the process ends first. */
function next<T>(child: ChildProcess, pick: (message: FromApi) => T | null): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onMessage = (message: FromApi): void => {
    const picked = pick(message);
    if (picked !== null) resolve(picked);
  };
  const onExit = (code: number | null): void => reject(new Error(`the Slack of the bench ended with ${code}`));
  child.on('message', onMessage).on('exit', onExit);
  return promise.finally(() => child.off('message', onMessage).off('exit', onExit));
}
