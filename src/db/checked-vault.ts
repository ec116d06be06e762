// The vault of a database that was opened before: its key must be the one that sealed what is there, and a new key seals it anew.
import type { Log } from '../core/ports.ts';
import type { Database } from './open.ts';
import { checkCanary, makeCanary, openVault, type Vault, type VaultKey } from './vault.ts';

const CANARY = 'vault-canary';

/** @throws CrierError where neither key is the one that sealed what this database holds. */
export async function openCheckedVault(
  keys: { current: VaultKey; old: VaultKey[] },
  { settings, reseal }: Pick<Database, 'settings' | 'reseal'>,
  log: Log,
): Promise<Vault> {
  const vault = openVault(keys);
  const canary = await settings.get(CANARY);
  if (canary !== null) checkCanary(vault, canary);
  if (canary !== null && vault.isCurrent(canary)) return vault;
  await settings.set(CANARY, makeCanary(vault));
  const resealed = await reseal(vault);
  if (canary !== null) log.info({ resealed }, 'the encryption key is new: all logins are sealed with it, the old one can go');
  return vault;
}
