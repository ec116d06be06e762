// Which keys seal and open what is stored: those of the settings, or, where none is set, the data folder's own.
import type { Config } from '../config.ts';
import type { DataFolder, Secrets } from '../data-folder.ts';
import { keyFrom, type VaultKeys } from '../db/vault.ts';

type KeySettings = Pick<Config, 'encryptionKey' | 'oldEncryptionKeys'>;

/** @throws CrierError where the data folder's secrets are needed and are gone or damaged. */
export async function vaultKeysOf(config: KeySettings, folder: Pick<DataFolder, 'secrets'>): Promise<VaultKeys> {
  return keysWith(config, config.encryptionKey === null ? await folder.secrets() : null);
}

/** @param secrets the data folder's; null where ENCRYPTION_KEY is set */
export function keysWith({ encryptionKey, oldEncryptionKeys }: KeySettings, secrets: Secrets | null): VaultKeys {
  const own = secrets === null ? [] : [secrets.encryptionKey, ...secrets.oldEncryptionKeys];
  const [current = '', ...old] = [...(encryptionKey === null ? [] : [encryptionKey]), ...own, ...oldEncryptionKeys];
  return { current: keyFrom(current), old: old.map(keyFrom) };
}
