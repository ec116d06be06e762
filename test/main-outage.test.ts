// The real process while a part that it stands on fails: PostgreSQL away, without connections, or not to be opened, and a full disk.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { useCrier } from './support/crier.ts';
import { closeDatabase, emptyDatabase, freshDatabase, runSql, type TestDatabase } from './support/database.ts';
import { fillDisk } from './support/full-disk.ts';
import { deadAddress } from './support/local-server.ts';

const { start, runScript, folder } = useCrier();
const made: TestDatabase[] = [];

afterEach(async () => {
  for (const database of made.splice(0)) await database.drop();
});

async function own(database: Promise<TestDatabase>): Promise<string> {
  const { url } = await database;
  made.push(await database);
  return url;
}

const journal = (network: string): Promise<string> =>
  readFile(join(folder(), 'data', 'emulator', network, 'journal.jsonl'), 'utf8');

/** How often each network was sent this text. */
const copiesOf = async (text: string): Promise<number[]> =>
  Promise.all(['bluesky', 'mastodon'].map(async (network) => (await journal(network)).split(`"${text}"`).length - 1));

describe('PostgreSQL goes away under a chat', () => {
  it('each command answers what to do, and afterwards all goes on and nothing is out twice', { timeout: 90_000 }, async () => {
    const url = await own(freshDatabase());
    const crier = start({ DATABASE_URL: url, MOCK_SOCIAL: 'true' });
    const type = async (line: string): Promise<void> => {
      const before = crier.output().split(`> ${line}\n`).length;
      crier.child.stdin.write(`${line}\n`);
      // the line is echoed first, and then answered
      const answers = (): string[] => crier.output().split(`> ${line}\n`).slice(before);
      await expect.poll(() => answers().filter((answer) => answer !== ''), { timeout: 30_000 }).toHaveLength(1);
    };
    await type('/schedule in 4 seconds to bluesky, mastodon: Through the outage');
    const { reopen } = await closeDatabase(url);
    for (const line of ['/posts', '/schedule tomorrow 9am to bluesky: Not kept', '/post P1 cancel']) {
      await type(line);
      expect(crier.output().split(`> ${line}\n`).at(-1)).toMatch(
        /^✖ Crier cannot reach its database just now, .* Please try again in a minute;/,
      );
    }
    expect(crier.output()).not.toMatch(/went wrong|ECONN|terminat/);
    await reopen();
    await type('/posts');
    expect(crier.output()).not.toContain('Not kept\n  Bluesky');
    crier.child.stdin.end('/publish to bluesky, mastodon: And after it\n');
    expect(await crier.exit, crier.log()).toBe(1); // commands met the outage
    expect(await copiesOf('Through the outage')).toEqual([1, 1]);
    expect(await copiesOf('And after it')).toEqual([1, 1]);
  });

  it('a disk without room is told of, and the next post goes out once there is room', { timeout: 60_000 }, async () => {
    const url = await own(freshDatabase());
    const crier = start({ DATABASE_URL: url, MOCK_SOCIAL: 'true' });
    crier.child.stdin.write('/posts\n');
    await crier.says('> /posts');
    const makeRoom = await fillDisk(url, ['post', 'delivery']);
    crier.child.stdin.write('/publish to all: No room for this\n');
    await crier.says('✖ The disk of Crier’s database is full, so this could not be saved.');
    await makeRoom();
    crier.child.stdin.end('/publish to all: Room again\n');
    await crier.exit;
    expect(await copiesOf('Room again')).toEqual([1, 1]);
    expect(await copiesOf('No room for this')).toEqual([0, 0]);
  });

  it('a server without connections left is told of, and no end', { timeout: 60_000 }, async () => {
    const url = new URL(await own(emptyDatabase()));
    const name = url.pathname.slice(1);
    const user = `crier_${name}`;
    const sql = (statement: string): Promise<unknown> => runSql(inject('databaseServer'), statement);
    await sql(`create role ${user} login password 'hunter2-hunter2'`);
    await sql(`alter database ${name} owner to ${user}`);
    [url.username, url.password] = [user, 'hunter2-hunter2'];
    const crier = start({ DATABASE_URL: url.href, MOCK_SOCIAL: 'true' });
    crier.child.stdin.write('/posts\n');
    await crier.says('> /posts');
    await sql(`alter role ${user} connection limit 0`);
    await sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${user}'`);
    // the first may still meet a connection that is just ending
    const isTold = (): void => {
      crier.child.stdin.write('/accounts\n');
      const said = '✖ Crier’s database has no connection free for this just now. Please try again in a moment.';
      expect(crier.output()).toContain(said);
    };
    await vi.waitFor(isTold, { timeout: 20_000, interval: 250 });
    expect(crier.output()).not.toMatch(/went wrong|ECONN|terminat/);
    await sql(`alter role ${user} connection limit -1`);
    crier.child.stdin.end('/publish to all: Connected again\n');
    await crier.exit;
    expect(await copiesOf('Connected again')).toEqual([1, 1]);
    await made.pop()?.drop();
    await sql(`drop role ${user}`);
  });
});

describe('a start without its database', () => {
  it.each([
    [
      'where nobody listens',
      (url: URL, dead: string) => Object.assign(url, { port: new URL(dead).port }),
      'the connection was refused',
    ],
    [
      'with a wrong password',
      (url: URL) => Object.assign(url, { password: 'hunter2-hunter2' }),
      'Check user and password in DATABASE_URL',
    ],
    ['that does not exist', (url: URL) => Object.assign(url, { pathname: '/nowhere' }), 'has no database nowhere'],
  ])('%s ends with one sentence, and without a password or a stack', { timeout: 30_000 }, async (_, change, sentence) => {
    const url = change(new URL(inject('databaseServer')), await deadAddress());
    const { code, log, output } = await runScript('/posts\n', { DATABASE_URL: url.href, MOCK_SOCIAL: 'true' });
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(log).toMatch(/^Crier cannot start\.\nPostgreSQL at 127\.0\.0\.1:\d+ .*\n$/);
    expect(log).toContain(sentence);
    expect(log).toContain(`:${url.port} `);
    expect(log).not.toContain('hunter2');
  });
});

describe('a log on a full disk', () => {
  let crier: ChildProcess | undefined;
  afterEach(() => crier?.kill('SIGKILL'));

  // a device that is always full; not every system has it
  it.runIf(existsSync('/dev/full'))('keeps nothing from going out', { timeout: 60_000 }, async () => {
    const full = await open('/dev/full', 'w');
    const env = {
      PATH: process.env.PATH,
      CRIER_DATA_DIR: join(folder(), 'data'),
      DATABASE_URL: await own(freshDatabase()),
      MOCK_SOCIAL: 'true',
      LOG_LEVEL: 'debug',
    };
    crier = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
      cwd: folder(),
      env,
      stdio: ['pipe', 'ignore', full.fd],
    });
    crier.stdin?.end('/publish to bluesky, mastodon: Said without a log\n');
    expect(await once(crier, 'exit')).toEqual([0, null]);
    await full.close();
    expect(await copiesOf('Said without a log')).toEqual([1, 1]);
  });
});
