// Whose folder it is, who may use it, and that what is not Crier's is left as it was.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrierError } from '../src/core/errors.ts';
import { type DataFolder, openDataFolder } from '../src/data-folder.ts';

const MODULE = fileURLToPath(new URL('../src/data-folder.ts', import.meta.url));
const HOLDER = `
const { openDataFolder } = await import(process.argv[1]);
await openDataFolder(process.argv[2], '1.0.0');
process.stdout.write('open');
setInterval(() => {}, 1000);
`;

const SEALER = `
const { openDataFolder } = await import(process.argv[1]);
const folder = await openDataFolder(process.argv[2], '1.0.0');
await folder.renewKey(() => {
  process.stdout.write('sealing');
  return new Promise(() => setInterval(() => {}, 1000));
});
`;

let base: string;
let path: string;
const opened: DataFolder[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'crier-folder-'));
  path = join(base, '.crier');
});
afterEach(async () => {
  for (const folder of opened.splice(0)) folder.close();
  await rm(base, { recursive: true, force: true });
});

async function open(): Promise<DataFolder> {
  const folder = await openDataFolder(path, '1.0.0');
  opened.push(folder);
  return folder;
}

async function refusal(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof CrierError && error.kind === 'invalid-input') return error.userMessage;
  throw error;
}

/** Every file below the folder with its content. */
async function contents(): Promise<string[]> {
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.sort().map(async (file) => `${file}: ${await readFile(file, 'utf8')}`));
}

const modeOf = async (file: string): Promise<string> => ((await stat(file)).mode & 0o777).toString(8);

describe('a data folder', () => {
  it('is made with its parents, for its owner only', async () => {
    path = join(base, 'deep', 'er');
    await open();
    expect(await modeOf(path)).toBe('700');
    expect(JSON.parse(await readFile(join(path, 'crier.json'), 'utf8'))).toEqual({ app: 'crier', version: '1.0.0', layout: 1 });
  });

  it.each(['lost+found', 'crier.json.new'])('may hold %s and still be new', async (name) => {
    await mkdir(path);
    await writeFile(join(path, name), '');
    await open();
    expect(await readdir(path)).toContain('crier.json');
  });

  it.each([
    {
      case: 'someone else’s files',
      file: 'thesis.txt',
      content: 'do not touch',
      says: /not empty and not a data folder of Crier/,
    },
    { case: 'a marker that is cut off', file: 'crier.json', content: '{"app":"cri', says: /damaged or was not written by Crier/ },
    { case: 'an empty marker', file: 'crier.json', content: '', says: /damaged or was not written by Crier/ },
    {
      case: 'another app’s marker',
      file: 'crier.json',
      content: '{"app":"town","layout":1}',
      says: /damaged or was not written/,
    },
    { case: 'a newer layout', file: 'crier.json', content: '{"app":"crier","version":"9.0.0","layout":2}', says: /newer Crier/ },
    { case: 'a lock that is no lock', file: 'crier.lock', content: 'hello, I am text', says: /not empty and not a data folder/ },
  ])('with $case is refused with the cure, and nothing is touched', async ({ file, content, says }) => {
    await mkdir(path);
    await writeFile(join(path, file), content);
    const before = await contents();
    const message = await refusal(open());
    expect(message).toMatch(says);
    expect(message).toMatch(/CRIER_DATA_DIR/);
    expect(await contents()).toEqual(before);
  });

  it.each(['', '/below'])('cannot be a file%s', async (below) => {
    await writeFile(path, 'a file');
    path += below;
    expect(await refusal(open())).toContain('a file. Set CRIER_DATA_DIR');
  });

  it('is not shared, and names the process that has it', async () => {
    const first = await open();
    expect(await refusal(open())).toContain(`process ${process.pid}`);
    first.close();
    first.close();
    await open();
  });

  it('is free again when the Crier that had it was killed', async () => {
    const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, MODULE, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(await refusal(open())).toContain(`process ${holder.pid}. Stop it first`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await open();
  });

  it('that may not be written says so', async () => {
    // not even root may make folders there
    path = '/sys/crier-test';
    expect(await refusal(open())).toContain('may not read and write');
  });

  it('whose lock was overwritten names the file', async () => {
    (await open()).close();
    await writeFile(join(path, 'crier.lock'), 'hello, I am text and no lock');
    expect(await refusal(open())).toContain('crier.lock was changed by something else');
  });
});

describe('the secrets of a data folder', () => {
  it('are made once, for their owner only, and stay', async () => {
    const first = await open();
    const secrets = await first.secrets();
    first.close();
    expect(await modeOf(join(path, 'secrets.json'))).toBe('600');
    expect(await (await open()).secrets()).toEqual(secrets);
    expect(secrets.encryptionKey).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are not made anew when they were lost', async () => {
    const folder = await open();
    await folder.secrets();
    await rm(join(path, 'secrets.json'));
    const before = await contents();
    expect(await refusal(folder.secrets())).toContain('is gone');
    expect(await contents()).toEqual(before);
  });

  it.each([
    { content: '{', says: 'is damaged' },
    { content: JSON.stringify({ databasePassword: 'x'.repeat(32), encryptionKey: 'a'.repeat(64) }), says: 'belongs to another' },
  ])('that were changed are an error: $says', async ({ content, says }) => {
    const folder = await open();
    await folder.secrets();
    await writeFile(join(path, 'secrets.json'), content);
    expect(await refusal(folder.secrets())).toContain(says);
  });
});

describe('a new key for a data folder', () => {
  const keysOf = async (folder: DataFolder): Promise<string[]> => {
    const { encryptionKey, oldEncryptionKeys } = await folder.secrets();
    return [encryptionKey, ...oldEncryptionKeys];
  };
  /** Makes the files that are written beside their place impossible to write, as a full disk or a kill does. */
  const breakOff = (name: string) => async (): Promise<void> => {
    await mkdir(join(path, `${name}.new`));
  };
  const mend = (name: string): Promise<void> => rm(join(path, `${name}.new`), { recursive: true });

  it('is there after all was sealed with it, and the former one is gone', async () => {
    const folder = await open();
    const [before = ''] = await keysOf(folder);
    const seen = await folder.renewKey(async (secrets) => [secrets.encryptionKey, ...secrets.oldEncryptionKeys]);
    expect(seen[1]).toBe(before);
    expect(await keysOf(folder)).toEqual([seen[0]]);
    expect(seen[0]).not.toBe(before);
    expect(await modeOf(join(path, 'secrets.json'))).toBe('600');
    expect(await readdir(path)).not.toContain('secrets.json.new');
  });

  it('keeps both where sealing fails, and goes on with the same the next time', async () => {
    const folder = await open();
    const before = await folder.secrets();
    await expect(folder.renewKey(() => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    const [fresh, former] = await keysOf(folder);
    expect(former).toBe(before.encryptionKey);
    expect(await folder.renewKey(async ({ encryptionKey }) => encryptionKey)).toBe(fresh);
    expect(await folder.secrets()).toEqual({ ...before, encryptionKey: fresh });
  });

  it.each(['crier.json', 'secrets.json'])('opens with both where %s could not be written after the sealing', async (name) => {
    const folder = await open();
    const before = await folder.secrets();
    await expect(folder.renewKey(breakOff(name))).rejects.toThrow();
    expect((await keysOf(folder))[1]).toBe(before.encryptionKey);
    await mend(name);
    await folder.renewKey(async () => {});
    expect(await keysOf(folder)).toHaveLength(1);
  });

  it('changes nothing where it cannot be written', async () => {
    const folder = await open();
    const before = await folder.secrets();
    await breakOff('secrets.json')();
    await expect(folder.renewKey(async () => {})).rejects.toThrow();
    expect(await folder.secrets()).toEqual(before);
  });

  it('is kept beside the former one by a process that is killed while it seals', async () => {
    const first = await open();
    const [before] = await keysOf(first);
    first.close();
    const sealer = spawn(process.execPath, ['--input-type=module', '-e', SEALER, MODULE, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(sealer.stdout, 'data');
    sealer.kill('SIGKILL');
    await once(sealer, 'exit');
    const [fresh, former] = await keysOf(await open());
    expect([former, fresh?.length]).toEqual([before, 64]);
  });
});
