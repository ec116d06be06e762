// A mongod of one's own: on loopback, in a folder of its own, as a replica set of one, so that it tells of changes.
import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { OwnServer } from './start.ts';

const REPLICA_SET = 'rs0';
const START_MS = 30_000;
/** Ends mongod and removes its folder when stdin ends, so also where this process is killed. */
const SCRIPT = 'folder=$1; shift; "$@" >/dev/null & child=$!; cat >/dev/null; kill -9 $child; wait $child; rm -rf "$folder"';

/** @throws where it does not become a primary within 30 seconds. */
export async function startMongod(program: string): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-mongod-'));
  const port = await freePort();
  const settings = ['--replSet', REPLICA_SET, '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', folder];
  const shell = spawn('sh', ['-c', SCRIPT, 'sh', folder, program, ...settings], { stdio: ['pipe', 'ignore', 'ignore'] });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => shell.once('exit', resolve));
    shell.stdin.end();
    await ended;
  };
  try {
    await initiate(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`, stop };
}

async function initiate(port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const limit = { serverSelectionTimeoutMS: START_MS };
  await withClient(`mongodb://${host}/?directConnection=true`, limit, (admin) =>
    admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } }),
  );
  // waits for the primary
  await withClient(`mongodb://${host}/?replicaSet=${REPLICA_SET}`, limit, (admin) => admin.command({ ping: 1 }));
}

async function withClient(
  url: string,
  limit: { serverSelectionTimeoutMS: number },
  work: (admin: ReturnType<MongoClient['db']>) => Promise<unknown>,
): Promise<void> {
  const client = new MongoClient(url, limit);
  try {
    await work(client.db('admin'));
  } finally {
    await client.close();
  }
}

/** Somebody else may take it before mongod does; then it does not start, and says so. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
