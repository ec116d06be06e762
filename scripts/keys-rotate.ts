// Changes the key that seals the stored logins, and says what to do next. `npm run keys:rotate` renews the key of the data folder, where
// Crier made it by itself; with ENCRYPTION_KEY set it seals everything with that key, or, where there is no other one yet, makes the next.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { keysWith } from '../src/compose/vault-keys.ts';
import { type Config, loadEnvFile, readConfig } from '../src/config.ts';
import { CrierError } from '../src/core/errors.ts';
import type { Log } from '../src/core/ports.ts';
import { type DataFolder, hasDataFolder, openDataFolder } from '../src/data-folder.ts';
import { rotateKey } from '../src/db/checked-vault.ts';
import { startEmbeddedServer } from '../src/db/embedded-server.ts';
import { type Database, openDatabase } from '../src/db/open.ts';
import { makeKeyHex, type VaultKeys } from '../src/db/vault.ts';
import { followUp, howTo, sayRotation, sayRunning } from './keys-rotate-words.ts';

export interface Said {
  text: string;
  /** False where something is left that no key here opens. */
  isComplete: boolean;
}

/** Back to a key that was followed by another one. */
interface Wish {
  back: boolean;
}

type KeyConfig = Pick<Config, 'dataDir' | 'databaseUrl' | 'encryptionKey' | 'oldEncryptionKeys'>;

const SEEN_WITHIN = { minutes: 3 };
const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** @throws CrierError where the folder is in use, the database does not answer, or no key opens what it holds. */
export async function rotateKeys(config: KeyConfig, { back }: Wish): Promise<Said> {
  if (config.encryptionKey !== null && config.oldEncryptionKeys.length === 0)
    return { text: howTo(makeKeyHex()), isComplete: true };
  await using opened = new AsyncDisposableStack();
  if (config.encryptionKey === null) return await renewFolderKey(config, await openFolder(config, opened), opened);
  const database = await openAny(config, opened);
  return await sealWith(keysWith(config, null), database, back);
}

/** Both keys are kept in the folder until everything is sealed with the new one. */
async function renewFolderKey(config: KeyConfig, folder: DataFolder, opened: AsyncDisposableStack): Promise<Said> {
  const database = await openOwn(config, folder, opened);
  const rotation = await folder.renewKey(async (secrets) => {
    const keys = keysWith(config, secrets);
    const done = await rotateKey(keys, database);
    // an error here keeps both keys in the folder
    if (done.uses.some(({ keyId }) => keys.old.some(({ id }) => id === keyId))) throw stillInUse();
    return done;
  });
  const said = sayRotation(keysWith(config, await folder.secrets()), rotation);
  return { text: `${folder.path} has a new key.\n${said.text}\nStart Crier again.`, isComplete: said.isComplete };
}

const stillInUse = (): CrierError =>
  new CrierError(
    'unavailable',
    'Another process seals with the former key just now. Stop every Crier on this database, then run this again; both keys are kept.',
  );

async function sealWith(keys: VaultKeys, database: Database, back: boolean): Promise<Said> {
  const { neverUsed, ...rotation } = await rotateKey(keys, database, back);
  const said = sayRotation(keys, rotation);
  const seen = await runningNow(database);
  const next = said.isComplete ? followUp(keys, neverUsed) : '';
  return { text: [said.text, next, sayRunning(seen)].filter((part) => part !== '').join('\n'), isComplete: said.isComplete };
}

/** Processes of Crier that told lately that they are there. */
async function runningNow({ pool }: Database) {
  const { rows } = await pool.query<{ role: string; host: string; pid: number }>(
    'select role, host, pid from process where seen_at > $1 order by started_at',
    [Temporal.Now.instant().subtract(SEEN_WITHIN).toString()],
  );
  return rows;
}

async function openFolder({ dataDir }: KeyConfig, opened: AsyncDisposableStack): Promise<DataFolder> {
  if (!(await hasDataFolder(dataDir))) {
    throw new CrierError(
      'not-found',
      `There is no data folder of Crier at ${dataDir}, so there is no key to change. Crier makes one at its first start. ` +
        'If it lies elsewhere, set CRIER_DATA_DIR.',
    );
  }
  const folder = await openDataFolder(dataDir, packageJson.version);
  opened.defer(folder.close);
  return folder;
}

async function openAny(config: KeyConfig, opened: AsyncDisposableStack): Promise<Database> {
  return config.databaseUrl === null
    ? openOwn(config, await openFolder(config, opened), opened)
    : openAt(config.databaseUrl, opened);
}

async function openOwn({ databaseUrl }: KeyConfig, folder: DataFolder, opened: AsyncDisposableStack): Promise<Database> {
  if (databaseUrl !== null) return openAt(databaseUrl, opened);
  const { databasePassword } = await folder.secrets();
  const server = await startEmbeddedServer({ folder: folder.path, password: databasePassword, log: quiet });
  opened.defer(server.stop);
  return openAt(server.url, opened);
}

async function openAt(url: string, opened: AsyncDisposableStack): Promise<Database> {
  const database = await openDatabase(url);
  opened.defer(database.close);
  return database;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { back: { type: 'boolean', default: false } } });
  try {
    loadEnvFile();
    const { text, isComplete } = await rotateKeys(readConfig(), values);
    process.stdout.write(`${text}\n`);
    if (!isComplete) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    process.stderr.write(`${error.userMessage}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
