// A database that cannot be opened or used: one sentence says what it is and what to do, and never a password.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CrierError, StoreFailure } from '../../src/core/errors.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../src/db/vault.ts';
import { clockAt } from '../support/clock.ts';
import { openCuttable } from '../support/cuttable.ts';
import { closeDatabase, emptyDatabase, freshDatabase, runSql, type TestDatabase } from '../support/database.ts';
import { deadAddress } from '../support/local-server.ts';
import { keptLog } from '../support/log.ts';
import { ENTRANCE, START } from '../support/workbench.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await emptyDatabase();
});
afterAll(() => test.drop());

/** The test's database with something of its URL changed. */
function changed(change: (url: URL) => void): string {
  const url = new URL(test.url);
  change(url);
  return url.href;
}

async function refusal(url: string): Promise<string> {
  const error = await openDatabase(url, { connectWithinMs: 300 }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CrierError)) throw new Error('it was no CrierError', { cause: error });
  for (const word of ['hunter2', 'not-the-word', '*']) expect(error.userMessage).not.toContain(word);
  return error.userMessage;
}

const place = (): string => `PostgreSQL at ${new URL(test.url).host}`;

const sql = (statement: string): Promise<unknown> => runSql(inject('databaseServer'), statement);

/** A user of the server for as long as a test wants one. */
async function withUser(options: string, work: (user: string) => Promise<void>): Promise<void> {
  const user = `ada_${crypto.randomUUID().slice(0, 8)}`;
  await sql(`create role ${user} login password 'hunter2-hunter2' ${options}`);
  try {
    await work(user);
  } finally {
    await sql(`drop role ${user}`);
  }
}

const asUser = (user: string, password = 'hunter2-hunter2'): string =>
  changed((url) => {
    url.username = user;
    url.password = password;
  });

describe('a database that cannot be opened', () => {
  it('where nobody listens is named by host and port', async () => {
    const { port } = new URL(await deadAddress());
    const said = await refusal(changed((url) => (url.port = port)));
    expect(said).toBe(
      `PostgreSQL at 127.0.0.1:${port} does not answer: the connection was refused. Check that it runs, and that DATABASE_URL names its host and port.`,
    );
  });

  it('behind something that takes connections and says nothing is given up in time', async () => {
    const { hostname, port } = new URL(test.url);
    const way = await openCuttable({ host: hostname, port: Number(port) });
    way.freeze();
    const said = await refusal(changed((url) => (url.port = String(way.port))));
    await way.close();
    expect(said).toContain(`127.0.0.1:${way.port} does not answer: the connection broke off or timed out`);
  });

  it('on a host that does not exist', async () => {
    expect(await refusal(changed((url) => (url.hostname = 'db.invalid')))).toMatch(
      /at db\.invalid:\d+ does not answer: there is no host/,
    );
  });

  it('with a wrong password', async () => {
    await withUser('', async (user) => {
      expect(await refusal(asUser(user, 'not-the-word'))).toBe(
        `${place()} does not let the user ${user} in. Check user and password in DATABASE_URL, and pg_hba.conf on the server.`,
      );
    });
  });

  it('that is not there', async () => {
    expect(await refusal(changed((url) => (url.pathname = '/nowhere')))).toBe(
      `${place()} has no database nowhere. Make it (createdb nowhere), or name another in DATABASE_URL.`,
    );
  });

  it('in which the user may make nothing, until the named statement was run', async () => {
    await withUser('', async (user) => {
      const said = await refusal(asUser(user));
      expect(said).toContain(
        `does not let the user ${user} make tables in the database ${new URL(test.url).pathname.slice(1)}. Make it the owner: `,
      );
      await sql(/ the owner: (.*)\.$/.exec(said)?.[1] ?? '');
      await (await openDatabase(asUser(user))).close();
      await runSql(test.url, `reassign owned by ${user} to current_user`);
    });
  });

  it('on a server without a connection left', async () => {
    await withUser('connection limit 0', async (user) => {
      expect(await refusal(asUser(user))).toBe(
        `${place()} has no connection left. Raise its max_connections, or run fewer processes against it.`,
      );
    });
  });

  it('that is a read-only copy, or closed', async () => {
    const other = await emptyDatabase();
    await runSql(other.url, `alter database ${new URL(other.url).pathname.slice(1)} set default_transaction_read_only = on`);
    expect(await refusal(other.url)).toBe(`${place()} is a read-only copy. Let DATABASE_URL name the primary server.`);
    const { reopen } = await closeDatabase(other.url);
    expect(await refusal(other.url)).toContain('takes no connections just now');
    await reopen();
    await other.drop();
  });
});

describe('a store whose database cannot do its work just now', () => {
  let made: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    made = await freshDatabase();
    database = await openDatabase(made.url, { poolSize: 2, connectWithinMs: 300 });
  });
  afterAll(async () => {
    await database.close();
    await made.drop();
  });

  const openStore = () => {
    const vault = openVault({ current: keyFrom(makeKeyHex()), old: [] });
    return database.openStore({ clock: clockAt(START), vault, log: keptLog() });
  };
  const failureOf = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.catch((thrown: unknown) => thrown);
    if (!(error instanceof StoreFailure)) throw new Error('it was no StoreFailure', { cause: error });
    expect(error.cause).toBeDefined();
    return error.userMessage;
  };

  it('says so while all connections are taken, and goes on when one is free', async () => {
    const store = openStore();
    const taken = await Promise.all([database.pool.connect(), database.pool.connect()]);
    for (const work of [store.workspaces.enter(ENTRANCE), store.isFirst('key'), store.queue.nextDueAt()]) {
      expect(await failureOf(work)).toBe(
        'Crier’s database has no connection free for this just now. Please try again in a moment.',
      );
    }
    for (const client of taken) client.release();
    expect((await store.workspaces.enter(ENTRANCE)).member.name).toBe('Ann');
  });

  it('says so while the database is away, and goes on when it is back', async () => {
    const store = openStore();
    const { reopen } = await closeDatabase(made.url);
    for (const ask of [() => store.workspaces.enter(ENTRANCE), () => store.isFirst('other'), () => store.credentials('none')]) {
      expect(await failureOf(ask())).toMatch(/^Crier cannot reach its database just now, .* try again in a minute/);
    }
    await reopen();
    expect((await store.workspaces.enter(ENTRANCE)).member.name).toBe('Ann');
  });

  it('leaves what is wrong with a call as it is', async () => {
    const error = await openStore()
      .credentials('not an id')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(StoreFailure);
  });
});
