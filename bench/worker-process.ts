// A worker of Crier in a process of its own, with somebody who starts it again when it ends, as systemd or Docker would. What is done to
// it, and whether it does its work, is its owner's to say.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../src/main.ts');
/** Milliseconds. */
const LOOK_EVERY = 50;
const START_AGAIN_AFTER = 500;
/** Whoever supervises a process loses patience some time after SIGTERM. */
const STOPS_WITHIN = 30_000;

/** An end that nobody ordered. */
export interface Exit {
  worker: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** False for one that could not start, which is right while its database is away. */
  wasUp: boolean;
}

export interface WorkerProcess {
  name: string;
  /** Of the process that runs now. */
  pid: () => number;
  /** Resolves once it answers that it is ready. @throws Error where it does not become ready within `limitMs`. */
  untilUp: (limitMs: number) => Promise<void>;
  /** SIGKILL; another one is started at once. */
  kill: () => Promise<void>;
  /** SIGSTOP, and SIGCONT after so many milliseconds. */
  freeze: (forMs: number) => Promise<void>;
  /** SIGTERM, and another one once it has ended. Returns whether it ended in time. */
  restart: () => Promise<boolean>;
  /** SIGTERM, and no other. Returns whether it ended in time. */
  stop: () => Promise<boolean>;
  /** SIGKILL, and no other. Waits for nothing. */
  end: () => void;
  exits: readonly Exit[];
  logFile: string;
}

export interface WorkerProcessOptions {
  name: string;
  /** Its log and its data folder are made there. */
  folder: string;
  /** Its log says where it is: at the level `info`, so not fewer than that. */
  env: Readonly<Record<string, string>>;
  /** Arguments of main.ts. */
  arguments: readonly string[];
}

interface Run {
  child: ChildProcess;
  /** Of its web server, once its log says so. */
  url: string | null;
  isUp: boolean;
  /** Its end was ordered. */
  isEnding: boolean;
  exited: Promise<void>;
}

export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { name, folder } = options;
  const dataDir = join(folder, name);
  const logFile = join(folder, `${name}.log`);
  await mkdir(dataDir, { recursive: true });
  const exits: Exit[] = [];
  let isStopping = false;
  let run = begin();

  function begin(): Run {
    const child = spawn(process.execPath, [MAIN, ...options.arguments], {
      cwd: dataDir,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, CRIER_DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', ...options.env },
    });
    const begun: Run = { child, url: null, isUp: false, isEnding: false, exited: once(child, 'exit').then(() => onExit(begun)) };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      appendFileSync(logFile, text);
      begun.url ??= /"url":"(http:[^"]+)"/.exec(text)?.[1] ?? null;
    });
    return begun;
  }

  function onExit(ended: Run): void {
    const { child, isUp, isEnding } = ended;
    if (isEnding) return;
    exits.push({ worker: name, code: child.exitCode, signal: child.signalCode, wasUp: isUp });
    setTimeout(() => {
      // unless another has been started meanwhile
      if (!isStopping && run === ended) run = begin();
    }, START_AGAIN_AFTER);
  }

  async function untilUp(limitMs: number): Promise<void> {
    const giveUpAt = Date.now() + limitMs;
    while (!(await isReady(run))) {
      if (Date.now() > giveUpAt) throw new Error(`${name} is not ready after ${limitMs} ms; its log is ${logFile}`);
      await sleep(LOOK_EVERY);
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    const ending = run;
    ending.isEnding = true;
    if (ending.child.exitCode === null && ending.child.signalCode === null) ending.child.kill(signal);
    const isInTime = await Promise.race([ending.exited.then(() => true), sleep(STOPS_WITHIN, false, { ref: false })]);
    if (isInTime) return true;
    ending.child.kill('SIGKILL');
    await ending.exited;
    return false;
  }

  return {
    name,
    logFile,
    exits,
    pid: () => run.child.pid ?? 0,
    untilUp,
    kill: async () => {
      await end('SIGKILL');
      run = begin();
    },
    freeze: async (forMs) => {
      const { child } = run;
      child.kill('SIGSTOP');
      await sleep(forMs);
      child.kill('SIGCONT');
    },
    restart: async () => {
      const isInTime = await end('SIGTERM');
      run = begin();
      return isInTime;
    },
    stop: async () => {
      isStopping = true;
      return end('SIGTERM');
    },
    end: () => {
      isStopping = true;
      run.child.kill('SIGKILL');
    },
  };
}

/** Nobody listens at first. */
async function isReady(run: Run): Promise<boolean> {
  if (run.url === null || run.child.exitCode !== null || run.child.signalCode !== null) return false;
  try {
    const { ok } = await fetch(new URL('/readyz', run.url), { signal: AbortSignal.timeout(3_000) });
    run.isUp ||= ok;
    return ok;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
