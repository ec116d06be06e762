// The MongoDB server of a bench or a trial, whichever this machine can have, with databases that are dropped after use.
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { type MongoServer, startMongo } from '../test/support/mongo/start.ts';

export interface BenchMongo extends MongoServer {
  /** A new, empty one. */
  makeDatabase: () => Promise<{ url: string; drop: () => Promise<void> }>;
}

/** @returns null where this machine can have none. */
export async function startBenchMongo(): Promise<BenchMongo | null> {
  const server = await startMongo();
  return server && { ...server, makeDatabase: async () => makeDatabase(server.url) };
}

function makeDatabase(serverUrl: string): { url: string; drop: () => Promise<void> } {
  const { href: url } = Object.assign(new URL(serverUrl), { pathname: `/bench_${randomBytes(4).toString('hex')}` });
  return { url, drop: () => inMongo(url, async (client) => void (await client.db().dropDatabase())) };
}

/** On connections of its own. */
export async function inMongo<T>(url: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
