// A Mongo server to test against, the first that is there: the one MONGO_TEST_URL names, a mongod on the PATH, one that
// mongodb-memory-server-core has or may download, or mongo-java-server by Maven. For tests, benchmarks and trials alike.
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { findMongod } from './binary.ts';
import { startJavaServer } from './java-server.ts';
import { startMongod } from './mongod.ts';

/** A server process that this one started. */
export interface OwnServer {
  url: string;
  stop: () => Promise<void>;
}

export interface MongoServer extends OwnServer {
  /** `MongoDB 8.0.4 (replica set)`, `mongo-java-server 1.47.0`. */
  name: string;
  /** Whether it tells of changes, as members of a replica set do. */
  hasChangeStreams: boolean;
  /** MongoDB itself. Another shows that the code is right, and nothing about how fast MongoDB is. */
  isReal: boolean;
}

/** What cannot be had is passed over in silence. @returns null where there is no server to be had. */
export async function startMongo(): Promise<MongoServer | null> {
  const given = process.env.MONGO_TEST_URL;
  if (given) return describe({ url: given, stop: async () => {} });
  const program = await findMongod();
  if (program) return describe(await startMongod(program));
  const java = await startJavaServer();
  return java && { ...java, hasChangeStreams: false, isReal: false };
}

const buildInfo = z.object({ version: z.string() });

async function describe(server: OwnServer): Promise<MongoServer> {
  const client = new MongoClient(server.url, { serverSelectionTimeoutMS: 10_000 });
  let isMember = false;
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    isMember ||= [...newDescription.servers.values()].some(({ setName, type }) => setName !== null || type === 'Mongos');
  });
  try {
    const { version } = buildInfo.parse(await client.db('admin').command({ buildInfo: 1 }));
    return {
      ...server,
      name: `MongoDB ${version} (${isMember ? 'replica set' : 'alone'})`,
      hasChangeStreams: isMember,
      isReal: true,
    };
  } finally {
    await client.close();
  }
}
