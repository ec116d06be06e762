// vitest's globalSetup for the job suite: one Mongo server for its run. Says which servers it ran on, and loudly where one is missing.
import type { TestProject } from 'vitest/node';
import type { Log } from '../../../src/core/ports.ts';
import { findPrograms } from '../../../src/db/embedded-programs.ts';
import { type MongoServer, startMongo } from './start.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Null where none can be had. */
    mongoServer: Pick<MongoServer, 'url' | 'name' | 'hasChangeStreams'> | null;
  }
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const LEFT_OUT = `
############################################################################
#  The job suite on MongoDB was LEFT OUT: there is no Mongo server here.   #
#  Any of these is enough: mongod on the PATH, Maven with Java 17,         #
#  or MONGO_TEST_URL=mongodb://127.0.0.1:27017                             #
############################################################################
`;

export default async function startMongoServer(project: TestProject): Promise<() => Promise<void>> {
  const server = await startMongo();
  project.provide('mongoServer', server && { url: server.url, name: server.name, hasChangeStreams: server.hasChangeStreams });
  const postgres = await embeddedServer();
  return async () => {
    await server?.stop();
    process.stdout.write(`\nJob suite: ${postgres}, ${server?.name ?? 'no Mongo server'}\n`);
    if (!server) process.stdout.write(LEFT_OUT);
  };
}

/** The one that test/support/database-server.ts starts. */
async function embeddedServer(): Promise<string> {
  const programs = await findPrograms(SILENT);
  const { output } = await programs.run('postgres', ['--version']);
  return `PostgreSQL ${/\(PostgreSQL\) (\S+)/.exec(output)?.[1] ?? ''} (embedded)`;
}
