// Whether the encryption key opens what the database holds. It seals, writes and rotates nothing.
import type pg from 'pg';
import { vaultKeysOf } from '../../src/compose/vault-keys.ts';
import type { Config } from '../../src/config.ts';
import { hasDataFolder } from '../../src/data-folder.ts';
import { usesOf } from '../../src/db/checked-vault.ts';
import { keyIdOf, openVault, type VaultKeys } from '../../src/db/vault.ts';
import { openSecrets } from '../../src/folder-secrets.ts';
import { type Finding, note, ok, warning, wrong } from './finding.ts';

type KeyConfig = Pick<Config, 'dataDir' | 'encryptionKey' | 'oldEncryptionKeys'>;

/** Null where Crier makes the key by itself and has not yet. @throws CrierError where the data folder's secrets are gone or damaged */
export async function keysOf(config: KeyConfig): Promise<VaultKeys | null> {
  if (config.encryptionKey === null && !(await hasDataFolder(config.dataDir))) return null;
  return vaultKeysOf(config, { secrets: () => openSecrets(config.dataDir) });
}

const ABOUT = 'ENCRYPTION_KEY';

/** @param pool null where the database does not answer, or has no tables of Crier yet */
export async function lookAtKey(keys: VaultKeys | null, pool: pg.Pool | null): Promise<readonly Finding[]> {
  if (keys === null) return [note(ABOUT, 'There is no key yet: Crier makes one in CRIER_DATA_DIR at its first start.')];
  const { current, old } = keys;
  if (pool === null) return [ok(ABOUT, `It has the right length; its name is ${current.id}.`)];
  const { rows } = await pool.query<{ value: string }>(`select value from setting where name = 'vault-canary'`);
  const canary = rows[0]?.value;
  if (canary === undefined) return [ok(ABOUT, `It has the right length, and nothing is sealed yet; its name is ${current.id}.`)];
  if (!openVault(keys).canOpen(canary)) return [otherKey(current.id, keyIdOf(canary))];
  const own = [current, ...old].map(({ id }) => id);
  const foreign = (await usesOf({ pool })).filter(({ keyId }) => !own.includes(keyId));
  if (foreign.length === 0) return [ok(ABOUT, `It opens what is stored; its name is ${current.id}.`)];
  return foreign.map(({ keyId, count }) =>
    warning(
      'ENCRYPTION_KEYS_OLD',
      `${count === 1 ? 'One login is' : `${count} logins are`} sealed with the key ${keyId}, which is not here.`,
      'Name that key in ENCRYPTION_KEYS_OLD and restart, or connect these accounts again.',
    ),
  );
}

const otherKey = (own: string, needed: string): Finding =>
  wrong(
    ABOUT,
    `It is the key ${own}, and what is stored was sealed with ${needed}.`,
    `Set ENCRYPTION_KEY to the key ${needed}, or name that one in ENCRYPTION_KEYS_OLD.`,
  );
