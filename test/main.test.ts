// Crier as a newcomer starts it: the real process, fed through a pipe, killed, stopped, started again.
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findRunning } from '../src/db/embedded-cluster.ts';
import { useCrier } from './support/crier.ts';
import { closeDatabase, freshDatabase } from './support/database.ts';

const { start, startService, runScript, folder } = useCrier();

describe('the first start', () => {
  it('publishes to both networks, prints their links and exits 0; started again it still knows the post', {
    timeout: 90_000,
  }, async () => {
    const first = await runScript('/schedule in 3 seconds to bluesky, mastodon: Hello\n/posts\n');
    expect(first.code, first.log).toBe(0);
    expect(first.output).toMatch(/P1 scheduled[\s\S]*published http:\/\/127\.0\.0\.1:\d+\/profile\/crier\.test\/post\/\w+/);
    expect(first.output).toMatch(/published http:\/\/127\.0\.0\.1:\d+\/@crier\/\d+/);
    const levels = first.log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).level);
    expect(levels, first.log).not.toContain('error');

    const second = await runScript('# what is there?\n/posts\n');
    expect(second.code, second.log).toBe(0);
    expect(second.output).toContain('P1 · published');
    expect(second.output).not.toContain('what is there');
  });

  it('exits 0 where a person typed something wrong, with an answer to each line', { timeout: 60_000 }, async () => {
    const { output, code } = await runScript(
      '/shedule tomorrow 9am to bluesky: Hi\n/schedule yesterday 9am to bluesky: Hi\n/post P99\nhello\n',
    );
    expect(code).toBe(0);
    expect(output).toContain('/schedule');
    expect(output).toContain('There is no post P99 here');
    expect(output).not.toContain('scheduled\n');
  });
});

describe('a running Crier', () => {
  it('answers /healthz and /readyz, and names its port in the log', { timeout: 60_000 }, async () => {
    const crier = start();
    await vi.waitFor(() => expect(crier.log()).toContain('web server is up'), { timeout: 30_000 });
    const url = /"url":"(http:[^"]+)"/.exec(crier.log())?.[1];
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true });
    crier.child.stdin.end();
    expect(await crier.exit).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops cleanly on %s, and the database with it',
    { timeout: 60_000 },
    async (signal) => {
      const crier = start();
      crier.child.stdin.write('/schedule in 2 hours to bluesky: Later\n');
      await crier.says('P1 scheduled');
      crier.child.kill(signal);
      expect(await crier.exit, crier.log()).toBe(0);
      expect(await findRunning(join(folder(), 'data', 'postgres'))).toBeNull();
      expect((await runScript('/posts\n')).output).toContain('P1 · scheduled');
    },
  );

  it('with nobody to type runs until it is told to stop', { timeout: 60_000 }, async () => {
    const crier = startService({});
    await crier.logs('running until SIGTERM');
    expect(await (await fetch(`${crier.url()}/readyz`)).json()).toMatchObject({ ready: true });
    crier.child.kill('SIGTERM');
    expect(await crier.exit, crier.log()).toBe(0);
  });

  it('that was killed is taken over by the next start: what came due meanwhile goes out once', { timeout: 90_000 }, async () => {
    const killed = start();
    killed.child.stdin.write('/schedule in 3 seconds to bluesky, mastodon: Hello after all\n');
    await killed.says('P1 scheduled');
    await killed.end();
    const { output, code, log } = await runScript('/post P1\n');
    expect(code, log).toBe(0);
    expect(output.match(/published http/g)).toHaveLength(2);
    const mastodon = await readFile(join(folder(), 'data', 'emulator', 'mastodon', 'journal.jsonl'), 'utf8');
    expect(mastodon.match(/Hello after all/g)).toHaveLength(1);
  });

  it('keeps a second one off its data folder, and says which process holds it', { timeout: 60_000 }, async () => {
    const first = start();
    first.child.stdin.write('/posts\n');
    await first.says('/posts');
    const second = await runScript('/posts\n');
    expect(second.code).toBe(1);
    expect(second.log).toContain(String(first.child.pid));
    first.child.stdin.end();
    expect(await first.exit).toBe(0);
  });
});

describe('the emulated networks', () => {
  it('are the only ones while they are on, and their accounts cannot be posted to while they are off', {
    timeout: 90_000,
  }, async () => {
    const on = await runScript('/connect mastodon instance:https://mastodon.social token:abc\n/accounts\n');
    expect(on.output).toContain('Start it with MOCK_SOCIAL=false for the real ones');
    expect(on.output.match(/· connected/g)).toHaveLength(9);
    const off = await runScript('/accounts\n/publish to all: Hello\n', { MOCK_SOCIAL: 'false' });
    expect(off.output.match(/· disconnected/g)).toHaveLength(9);
    expect(off.output).not.toContain('goes out now');
    const onAgain = await runScript('/disconnect mastodon\n/accounts\n');
    expect(onAgain.output.match(/· connected/g)).toHaveLength(8);
    expect((await runScript('/accounts\n')).output.match(/· disconnected/g)).toHaveLength(1);
  });
});

describe('a new encryption key', () => {
  it('seals all logins anew at the first start, and the old one can go', { timeout: 90_000 }, async () => {
    const [old, fresh] = ['aa'.repeat(32), 'bb'.repeat(32)];
    expect((await runScript('/accounts\n', { ENCRYPTION_KEY: old })).code).toBe(0);
    const changed = await runScript('/accounts\n', { ENCRYPTION_KEY: fresh, ENCRYPTION_KEYS_OLD: old });
    expect(changed.log).toContain('"resealed":9');
    const { output, code } = await runScript('/publish to bluesky, mastodon: Sealed anew\n', { ENCRYPTION_KEY: fresh });
    expect(code).toBe(0);
    expect(output.match(/^ {2}published http/gm)).toHaveLength(2);
  });
});

describe('a Crier whose database goes away', () => {
  it('answers kindly, keeps running, and publishes what was due once it is back', { timeout: 120_000 }, async () => {
    const database = await freshDatabase();
    const crier = start({ DATABASE_URL: database.url, MOCK_SOCIAL: 'true' });
    crier.child.stdin.write('/schedule in 12 seconds to bluesky, mastodon: After the outage\n');
    await crier.says('P1 scheduled');
    const { reopen } = await closeDatabase(database.url);
    crier.child.stdin.write('/posts\n');
    await crier.says('> /posts');
    expect(crier.output()).toMatch(/> \/posts\n✖ Crier cannot reach its database just now/);
    await reopen();
    crier.child.stdin.end('/post P1\n');
    await crier.says('published http://127.0.0.1');
    expect(await crier.exit, crier.log()).toBe(1); // a command met the outage
    expect(crier.output().match(/^ {2}published http/gm)).toHaveLength(2);
    await database.drop();
  });
});

describe('a start that cannot be', () => {
  it('touches nothing in a folder that is not Crier’s', async () => {
    await mkdir(join(folder(), 'data'));
    await writeFile(join(folder(), 'data', 'thesis.txt'), 'do not touch');
    const { code, log, output } = await runScript('/posts\n');
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(log).toContain('CRIER_DATA_DIR');
    expect(await readdir(join(folder(), 'data'))).toEqual(['thesis.txt']);
  });

  it('reads settings from a file .env, and those that are set go before it', async () => {
    await writeFile(join(folder(), '.env'), 'PORT=nonsense\nLOG_LEVEL=loud\n');
    const { code, log } = await runScript('', { LOG_LEVEL: 'warn' });
    expect(code).toBe(1);
    expect(log).toContain('PORT is "nonsense"');
    expect(log).not.toContain('LOG_LEVEL is');
  });

  it('says which setting is wrong', async () => {
    const { code, log } = await runScript('', { PORT: 'http' });
    expect(code).toBe(1);
    expect(log).toContain('PORT is "http", and it must be a whole number');
  });

  it('names a port that is taken', { timeout: 60_000 }, async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, log } = await runScript('', { PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(log).toContain(port);
  });

  it('refuses a wrong key at once, before any token is touched', { timeout: 90_000 }, async () => {
    expect((await runScript('/accounts\n')).code).toBe(0);
    const { code, log } = await runScript('/accounts\n', { ENCRYPTION_KEY: 'ab'.repeat(32) });
    expect(code).toBe(1);
    expect(log).toContain('ENCRYPTION_KEY');
  });
});
