// A worker as a process of its own, which says when it is woken. Run by itself it is that process; imported, it starts one.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openWakeUps } from '../../../src/jobs/wake-ups.ts';
import type { Address } from './place.ts';

export interface WorkerProcess {
  /** How often it was woken so far. */
  woken: () => number;
  end: () => Promise<void>;
}

/** Resolves once Agenda runs in it. */
export async function startWorkerProcess(address: Address): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(address)]);
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const count = (word: string): number => said.split('\n').filter((line) => line === word).length;
  while (count('ready') === 0) await once(child.stdout, 'data');
  return { woken: () => count('woken'), end: () => end(child) };
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = once(child, 'exit');
  child.stdin.end();
  await ended;
}

async function run(address: Address): Promise<void> {
  const say = (word: string): void => void process.stdout.write(`${word}\n`);
  const toStderr = (_fields: object, message: string): void => void process.stderr.write(`${message}\n`);
  const jobs = openWakeUps({
    ...address,
    clock: { now: () => Temporal.Now.instant() },
    log: { debug: () => {}, info: () => {}, warn: toStderr, error: toStderr },
    queue: { dueUntil: async () => [] },
    worker: { wake: async () => say('woken'), jobs: [{ name: 'ready', everyMs: 60_000 }], runJob: async () => {} },
  });
  await jobs.start();
  while (!jobs.agenda()?.isActiveJobProcessor()) await new Promise((resolve) => setImmediate(resolve));
  say('ready');
  await once(process.stdin.resume(), 'end');
  await jobs.stop();
  process.exit(0);
}

if (import.meta.main) await run(JSON.parse(process.argv[2] ?? ''));
