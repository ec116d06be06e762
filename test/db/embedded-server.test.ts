// The embedded PostgreSQL, started for real: what survives, what is refused, and what is left untouched.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import { findRunning, hasCluster } from '../../src/db/embedded-cluster.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { runSql } from '../support/database.ts';

const PASSWORD = 'a p@ss/word%';
/** A Crier in a process of its own: starts the server, tells its URL, and says when it is interrupted. */
const CRIER = `
const [module, folder, password] = process.argv.slice(1);
const { startEmbeddedServer } = await import(module);
const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
process.on('SIGINT', () => process.stdout.write('interrupted'));
const server = await startEmbeddedServer({ folder, password, log, durable: false });
process.stdout.write(server.url);
setInterval(nothing, 1000);
`;
const MODULE = fileURLToPath(new URL('../../src/db/embedded-server.ts', import.meta.url));

let folder: string;
let running: EmbeddedServer | undefined;
let crier: ChildProcess | undefined;
const warnings: string[] = [];
const log = { debug: () => {}, info: () => {}, warn: (_: object, message: string) => warnings.push(message), error: () => {} };

async function start(port?: number): Promise<EmbeddedServer> {
  running = await startEmbeddedServer({ folder, password: PASSWORD, log, durable: false, ...(port ? { port } : {}) });
  return running;
}

async function refusal(): Promise<string> {
  const error = await start().then(
    () => new Error('it started'),
    (reason: unknown) => reason,
  );
  if (error instanceof CrierError) return error.userMessage;
  throw error;
}

/** Starts Crier in a process group of its own, as a shell does, and waits for the URL of its database. */
async function startElsewhere(): Promise<{ process: ChildProcess; pid: number; url: string; nextWord: () => Promise<string> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CRIER, MODULE, folder, PASSWORD], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  crier = child;
  const nextWord = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]);
  const url = await nextWord();
  if (child.pid === undefined) throw new Error('no process');
  return { process: child, pid: child.pid, url, nextWord };
}

async function newFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'crier-embedded-')));
}

afterEach(async () => {
  crier?.kill('SIGKILL');
  crier = undefined;
  await running?.stop();
  running = undefined;
  warnings.length = 0;
});

describe('an embedded server', () => {
  beforeAll(async () => {
    folder = await newFolder();
    await start();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps what was written over a stop and a start', async () => {
    const first = await start();
    await runSql(first.url, 'create table kept (word text)');
    await runSql(first.url, "insert into kept values ('straße')");
    await first.stop();
    const second = await start();
    expect(await runSql(second.url, 'select word from kept')).toEqual([{ word: 'straße' }]);
  });

  it('listens on loopback only, asks for its password, and has no socket file', async () => {
    const { url } = await start();
    expect(await runSql(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await runSql(url, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await expect(runSql(url.replace(encodeURIComponent(PASSWORD), 'wrong'), 'select 1')).rejects.toThrow(/password/);
  });

  it('can be stopped twice, and stops while sessions are open', async () => {
    const server = await start();
    const sleeping = runSql(server.url, 'select pg_sleep(600)').then(
      () => 'slept',
      () => 'ended',
    );
    await expect
      .poll(async () => await runSql(server.url, "select 1 from pg_stat_activity where query = 'select pg_sleep(600)'"))
      .toHaveLength(1);
    await Promise.all([server.stop(), server.stop()]);
    expect(await sleeping).toBe('ended');
    expect(await findRunning(join(folder, 'postgres'))).toBeNull();
  });

  it('goes on running when the terminal sends Ctrl-C to everything in Crier’s process group', async () => {
    const elsewhere = await startElsewhere();
    const word = elsewhere.nextWord();
    process.kill(-elsewhere.pid, 'SIGINT');
    expect(await word).toBe('interrupted');
    expect(await runSql(elsewhere.url, 'select 1 as still')).toEqual([{ still: 1 }]);
  });

  it('takes over from a Crier that was killed', async () => {
    const elsewhere = await startElsewhere();
    await runSql(elsewhere.url, 'create table by_the_killed_one (id int)');
    const exit = once(elsewhere.process, 'exit');
    elsewhere.process.kill('SIGKILL');
    await exit;
    expect(await findRunning(join(folder, 'postgres'))).not.toBeNull();
    const { url } = await start();
    expect(warnings).toContain('a PostgreSQL from an earlier start still runs on this data folder; stopping it first');
    expect(await runSql(url, 'select * from by_the_killed_one')).toEqual([]);
  });

  it.each([
    { whose: 'another process', pid: () => process.pid },
    { whose: 'no process', pid: () => 2 ** 22 - 1 },
  ])('starts although a pid file from before names the number of $whose now', async ({ pid }) => {
    await (await start()).stop();
    const data = join(folder, 'postgres');
    await writeFile(join(data, 'postmaster.pid'), `${pid()}\n${data}\n1700000000\n5432\n\n127.0.0.1\n`);
    const { url } = await start();
    expect(await runSql(url, 'select 1 as up')).toEqual([{ up: 1 }]);
  });

  it('names a wanted port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await expect(start(address.port)).rejects.toThrow(`cannot listen on port ${address.port}`);
    taken.close();
  });

  it('refuses a database of another PostgreSQL, and one without a version, and changes nothing', async () => {
    await (await start()).stop();
    const versionFile = join(folder, 'postgres', 'PG_VERSION');
    const before = await readFile(versionFile, 'utf8');
    const entries = await readdir(join(folder, 'postgres'));
    await writeFile(versionFile, '14\n');
    expect(await refusal()).toContain('of PostgreSQL 14, and this Crier brings 18');
    await rm(versionFile);
    expect(await refusal()).toContain('no PG_VERSION file');
    expect((await readdir(join(folder, 'postgres'))).sort()).toEqual(entries.filter((name) => name !== 'PG_VERSION').sort());
    await writeFile(versionFile, before);
    await start();
  });

  it('shows the end of the server’s log when PostgreSQL refuses its own files', async () => {
    await (await start()).stop();
    const control = join(folder, 'postgres', 'global', 'pg_control');
    const before = await readFile(control);
    await writeFile(control, Buffer.alloc(before.length));
    const message = await refusal();
    expect(message).toContain('PG_CONTROL_VERSION 0');
    expect(message).toContain('FATAL');
    expect(message).toContain('CRIER_DATA_DIR');
    expect((await readFile(control)).equals(Buffer.alloc(before.length))).toBe(true);
    await writeFile(control, before);
    await start();
  });
});

describe('a first start that was interrupted', () => {
  it('leaves nothing that is taken for a database, and the next start makes one', async () => {
    folder = await newFolder();
    await mkdir(join(folder, 'postgres.unfinished', 'postgres'), { recursive: true });
    await writeFile(join(folder, 'postgres.unfinished', 'postgres', 'PG_VERSION'), '18\n');
    expect(await hasCluster(folder)).toBe(false);
    const { url } = await start();
    expect(await runSql(url, 'select current_database() as name')).toEqual([{ name: 'crier' }]);
    expect(await hasCluster(folder)).toBe(true);
    expect(await readdir(folder)).not.toContain('postgres.unfinished');
    await running?.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
