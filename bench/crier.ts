// Crier as it runs in production, in a process of its own: src/main.ts on the bench's database, with emulated networks. Which chats it is
// in is the bench's to say.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const STARTS_WITHIN_MS = 60_000;

export interface BenchCrier {
  /** Of its web server. */
  url: string;
  /** Its process. */
  pid: number;
  /** Asks it to stop, and resolves with its exit code when it has. */
  stop: () => Promise<number | null>;
}

/** @throws Error with what it wrote where it does not start. */
export async function startCrier(databaseUrl: string, chats: Readonly<Record<string, string>>): Promise<BenchCrier> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-bench-'));
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    // nobody types there: it stays open until Crier is stopped
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      CRIER_DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      MOCK_SOCIAL: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...chats,
    },
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => void said.push(text));
  const exited = once(child, 'exit');
  try {
    await untilReady(child, `http://127.0.0.1:${port}/readyz`, said);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
      process.stderr.write(said.join(''));
      return child.exitCode;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

async function untilReady(child: ChildProcess, url: string, said: readonly string[]): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill();
      throw new Error(`Crier did not start:\n${said.join('')}`);
    }
    await sleep(100);
  }
}

/** Nobody listens at first. */
const isReady = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );
