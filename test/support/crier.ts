// The real process of Crier, each test in a folder of its own: fed through a pipe or with nobody to type, and ended after the test.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { findRunning } from '../../src/db/embedded-cluster.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** With a pipe to type into, or with nobody to type: as a service runs it. */
export interface Crier<Input extends Writable | null = Writable> {
  child: ChildProcessByStdio<Input, Readable, Readable>;
  output: () => string;
  log: () => string;
  exit: Promise<number | null>;
  /** Waits until the output holds `text`. */
  says: (text: string) => Promise<void>;
  /** Waits until the log holds `text`. */
  logs: (text: string) => Promise<void>;
  /** Of its web server, once that is up. */
  url: () => string;
  end: () => Promise<void>;
}

type Env = Record<string, string>;

interface CrierKit {
  start: (env?: Env) => Crier;
  startService: (env: Env) => Crier<null>;
  /** Feeds lines and waits for the end. */
  runScript: (lines: string, env?: Env) => Promise<{ output: string; log: string; code: number | null }>;
  /** Of this test; the data is in `data` below it. */
  folder: () => string;
}

/** For the top of a test file. */
export function useCrier(): CrierKit {
  let folder: string;
  const started: Pick<Crier, 'end'>[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crier-main-'));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((crier) => crier.end()));
    const database = await findRunning(join(folder, 'data', 'postgres'));
    // a killed Crier leaves its database up; SIGQUIT is PostgreSQL's immediate shutdown
    if (database !== null) process.kill(database, 'SIGQUIT');
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  const options = (env: Env) => ({
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'Europe/Berlin', CRIER_DATA_DIR: join(folder, 'data'), ...env },
  });
  const keep = <Input extends Writable | null>(crier: Crier<Input>): Crier<Input> => {
    started.push(crier);
    return crier;
  };
  const start: CrierKit['start'] = (env = {}) => {
    const child = spawn(process.execPath, [MAIN], { ...options(env), stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {}); // it may be gone before it has read everything
    return keep(watch(child));
  };
  return {
    start,
    startService: (env) => keep(watch(spawn(process.execPath, [MAIN], { ...options(env), stdio: ['ignore', 'pipe', 'pipe'] }))),
    async runScript(lines, env = {}) {
      const crier = start(env);
      crier.child.stdin.end(lines);
      const code = await crier.exit;
      return { output: crier.output(), log: crier.log(), code };
    },
    folder: () => folder,
  };
}

function watch<Input extends Writable | null>(child: ChildProcessByStdio<Input, Readable, Readable>): Crier<Input> {
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const soon = { timeout: 30_000, interval: 50 };
  return {
    child,
    output: () => output,
    log: () => log,
    exit,
    says: (text) => vi.waitFor(() => expect(output).toContain(text), soon),
    logs: (text) => vi.waitFor(() => expect(log).toContain(text), soon),
    url: () => /"url":"(http:[^"]+)"/.exec(log)?.[1] ?? '',
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exit;
    },
  };
}
