// What changing the key says: the new key and the steps, what was sealed anew, and what may go now. It changes nothing.
import type { KeyUse, Rotation } from '../src/db/checked-vault.ts';
import type { VaultKeys } from '../src/db/vault.ts';

const logins = (count: number): string => (count === 1 ? '1 login' : `${count} logins`);

/** @param key the new one, 64 hex digits */
export const howTo = (key: string): string => `This is a new key. Nothing has been changed so far.

  ${key}

Where one process of Crier runs:
  1. In its settings, move the present ENCRYPTION_KEY to ENCRYPTION_KEYS_OLD, and set ENCRYPTION_KEY to the new key.
  2. Restart Crier. It seals all logins with the new key.
  3. Run npm run keys:rotate again. It checks that none is left, and says that ENCRYPTION_KEYS_OLD can go.

Where several run, each must be able to read what the others seal, so there is one step more:
  1. Add the new key to ENCRYPTION_KEYS_OLD of every process, leave ENCRYPTION_KEY as it is, and restart them one after another.
  2. Now exchange the two: ENCRYPTION_KEY is the new key, ENCRYPTION_KEYS_OLD the former one. Restart them one after another.
  3. Run npm run keys:rotate again with these settings.

Keep the former key for as long as you keep backups that were made with it.`;

/** What is sealed with which key now. */
export function sayRotation(
  keys: VaultKeys,
  { resealed, uses }: Pick<Rotation, 'resealed' | 'uses'>,
): { text: string; isComplete: boolean } {
  const { id } = keys.current;
  const now = uses.find(({ keyId }) => keyId === id)?.count ?? 0;
  const left = uses.filter(({ keyId }) => keyId !== id);
  const lines = [
    `${logins(resealed)} sealed anew. With the key ${id} are sealed now: ${now}.`,
    ...left.map((use) => sayLeft(keys, use)),
  ];
  return { text: lines.join('\n'), isComplete: left.length === 0 };
}

function sayLeft({ old }: VaultKeys, { keyId, count }: KeyUse): string {
  if (old.some(({ id }) => id === keyId)) {
    return `${logins(count)} came in just now, sealed with the key ${keyId}: some process still seals with it. Restart that one with the new settings, then run this again.`;
  }
  return `${logins(count)} sealed with the key ${keyId}, which is not here. Add that key to ENCRYPTION_KEYS_OLD and run this again, or connect these accounts again.`;
}

/** What to do once nothing is left on another key. @param neverUsed ids of old keys that have sealed nothing so far */
export function followUp({ current, old }: VaultKeys, neverUsed: readonly string[]): string {
  if (old.length > 0 && old.every(({ id }) => neverUsed.includes(id))) {
    return (
      `${neverUsed.join(', ')} in ENCRYPTION_KEYS_OLD was never the key that seals. If it is to become that, exchange the two now: ` +
      'ENCRYPTION_KEY is the new key, ENCRYPTION_KEYS_OLD the former one. Restart every process, one after another.'
    );
  }
  return `Nothing is left on another key. Once every process has ${current.id} as ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD can go.`;
}

/** Which processes there are, so that none is forgotten. */
export function sayRunning(seen: readonly { role: string; host: string; pid: number }[]): string {
  if (seen.length === 0) return '';
  const each = seen.map(({ role, host, pid }) => `  ${role} on ${host} (process ${pid})`);
  return ['Processes of Crier that are running:', ...each].join('\n');
}
