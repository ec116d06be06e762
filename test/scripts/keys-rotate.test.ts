// `npm run keys:rotate` from end to end: a data folder's own key, a key of the settings, and what it says to do next.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useCrier } from '../support/crier.ts';
import { freshDatabase } from '../support/database.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/keys-rotate.ts');
const [OLD, NEW] = ['aa'.repeat(32), 'bb'.repeat(32)];
const [OLD_ID, NEW_ID] = ['e0e77a50', '4ca14526'];

const { runScript, start, folder } = useCrier();

async function rotate(env: Record<string, string> = {}, args: string[] = []) {
  const data = join(folder(), 'data');
  const options = { cwd: folder(), env: { PATH: process.env.PATH, CRIER_DATA_DIR: data, ...env } };
  try {
    return { ...(await promisify(execFile)(process.execPath, [SCRIPT, ...args], options)), code: 0 };
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error && 'code' in error)
      return { stdout: String(error.stdout), stderr: String(error.stderr), code: error.code };
    throw error;
  }
}

const secrets = async (): Promise<{ encryptionKey: string }> =>
  JSON.parse(await readFile(join(folder(), 'data', 'secrets.json'), 'utf8'));

describe('the key of a data folder', () => {
  it('is renewed while Crier is stopped, and the accounts work on', { timeout: 90_000 }, async () => {
    await runScript('/accounts\n');
    const before = await secrets();
    const { stdout, code } = await rotate();
    expect([code, stdout]).toEqual([0, expect.stringContaining('9 logins sealed anew')]);
    expect(stdout).toContain('Start Crier again.');
    const after = await secrets();
    expect(Object.keys(after).sort()).toEqual(['databasePassword', 'encryptionKey']);
    expect(after.encryptionKey).not.toBe(before.encryptionKey);
    const { output } = await runScript('/publish to bluesky, mastodon: Sealed anew\n');
    expect(output.match(/^ {2}published http/gm)).toHaveLength(2);
  });

  it('opens with both where renewing it was stopped in the middle, and is finished the next time', {
    timeout: 90_000,
  }, async () => {
    await runScript('/accounts\n');
    const before = await secrets();
    const half = { ...before, encryptionKey: NEW, oldEncryptionKeys: [before.encryptionKey] };
    await writeFile(join(folder(), 'data', 'secrets.json'), JSON.stringify(half));
    const { output } = await runScript('/publish to bluesky, mastodon: In the middle\n');
    expect(output.match(/^ {2}published http/gm)).toHaveLength(2);
    expect((await rotate()).stdout).toContain(`With the key ${NEW_ID} are sealed now: 9.`);
    expect(await secrets()).toEqual({ ...before, encryptionKey: NEW });
  });

  it('is left alone while Crier runs, and where there is no folder', { timeout: 60_000 }, async () => {
    const none = await rotate();
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('There is no data folder of Crier at')]);
    const crier = start();
    await crier.logs('web server is up');
    const { stderr, code } = await rotate();
    expect([code, stderr]).toEqual([1, expect.stringContaining('Stop it first')]);
  });
});

describe('a key of the settings', () => {
  it('gets a successor and the steps to it, and nothing is changed', async () => {
    const { stdout, code } = await rotate({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', ENCRYPTION_KEY: OLD });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}[0-9a-f]{64}$/m);
    expect(stdout).toContain('Add the new key to ENCRYPTION_KEYS_OLD of every process');
    expect(stdout).not.toContain(OLD);
  });

  it('seals everything, says when the former one can go, and names a key that is missing', { timeout: 90_000 }, async () => {
    const database = await freshDatabase();
    const env = { DATABASE_URL: database.url, MOCK_SOCIAL: 'true' };
    await runScript('/accounts\n', { ...env, ENCRYPTION_KEY: OLD });
    const announced = await rotate({ ...env, ENCRYPTION_KEY: OLD, ENCRYPTION_KEYS_OLD: NEW });
    expect(announced.stdout).toContain(`${NEW_ID} in ENCRYPTION_KEYS_OLD was never the key that seals`);
    const { stdout, code } = await rotate({ ...env, ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: OLD });
    expect(code).toBe(0);
    expect(stdout).toContain(`9 logins sealed anew. With the key ${NEW_ID} are sealed now: 9.`);
    expect(stdout).toContain(`Once every process has ${NEW_ID} as ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD can go.`);
    const back = await rotate({ ...env, ENCRYPTION_KEY: OLD, ENCRYPTION_KEYS_OLD: NEW });
    expect([back.code, back.stderr]).toEqual([1, expect.stringContaining(`${OLD_ID}, which was followed by ${NEW_ID}`)]);
    const foreign = await rotate({ ...env, ENCRYPTION_KEY: 'cc'.repeat(32), ENCRYPTION_KEYS_OLD: OLD });
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining(`sealed with the encryption key ${NEW_ID}`)]);
    await database.drop();
  });
});
