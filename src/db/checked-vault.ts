// The vault of a database that was opened before: it must be able to read what is there, and a new key seals it anew.
//
// Several processes get a new key one after another, so for a while they differ. The canary names the newest key, and beside it stands
// which ones came before: whoever still has such a one in its settings goes on with the newest, and turns nothing back.
import { CrierError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Database } from './open.ts';
import { checkCanary, keyIdOf, makeCanary, openVault, type Vault, type VaultKeys } from './vault.ts';

const CANARY = 'vault-canary';
/** Ids of the keys that were the newest once, with spaces between. */
const FORMER = 'vault-former-keys';
/** While other processes write, a look may find something new that an older key sealed. */
const ROUNDS = 5;

type Sealed = Pick<Database, 'settings' | 'pool' | 'reseal'>;

export interface KeyUse {
  keyId: string;
  /** Logins of accounts, and installations in teams. */
  count: number;
}

export interface Rotation {
  resealed: number;
  /** What is sealed now, by key. */
  uses: KeyUse[];
  /** Ids of old keys that have never been the newest: such a one may be meant to become it. */
  neverUsed: string[];
}

/**
 * Seals everything anew where the key is one that was never there before, or where old keys are named.
 * @throws CrierError where no key is the one that sealed what this database holds.
 */
export async function openCheckedVault(keys: VaultKeys, database: Sealed, log: Log): Promise<Vault> {
  const { canary, former } = await readCanary(keys, database);
  const newest = keyIdOf(canary);
  if (former.includes(keys.current.id)) {
    log.warn(
      { key: keys.current.id, newest },
      'ENCRYPTION_KEY was followed by a newer key, which this process also has and seals with. Give it that key as ENCRYPTION_KEY; ' +
        'to go back to the former one, run npm run keys:rotate -- --back',
    );
    return openVault(led(keys, newest));
  }
  const vault = openVault(keys);
  const isNew = newest !== keys.current.id;
  if (isNew && !(await takeOver(vault, { canary, former }, database))) return openCheckedVault(keys, database, log);
  if (isNew || keys.old.length > 0) await sealAnew(vault, isNew, database, log);
  await warnOfForeign(keys, database, log);
  return vault;
}

/**
 * Makes the current key the newest and seals everything with it, also while other processes work.
 * @param goBack also where the current key was followed by a newer one
 * @throws CrierError where no key is the one that sealed what this database holds, and where it would go back and must not.
 */
export async function rotateKey(keys: VaultKeys, database: Sealed, goBack = false): Promise<Rotation> {
  const { canary, former } = await readCanary(keys, database);
  const vault = openVault(keys);
  if (former.includes(keys.current.id) && !goBack) throw followed(keys.current.id, keyIdOf(canary));
  if (!vault.isCurrent(canary) && !(await takeOver(vault, { canary, former }, database)))
    return rotateKey(keys, database, goBack);
  let resealed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await database.reseal(vault);
    resealed += found;
    if (found === 0) break;
  }
  const known = [...former, keyIdOf(canary), keys.current.id];
  const neverUsed = keys.old.map(({ id }) => id).filter((id) => !known.includes(id));
  return { resealed, uses: await usesOf(database), neverUsed };
}

/** What is sealed in this database, by key. */
export async function usesOf({ pool }: Pick<Database, 'pool'>): Promise<KeyUse[]> {
  const { rows } = await pool.query<{ key_id: string; count: number }>(USES);
  return rows.map((row) => ({ keyId: row.key_id, count: row.count }));
}

interface Newest {
  canary: string;
  former: string[];
}

/** The canary is made where there is none yet; of several processes that start on an empty database, one makes it. */
async function readCanary(keys: VaultKeys, { settings, pool }: Sealed): Promise<Newest> {
  const vault = openVault(keys);
  await pool.query(FIRST_CANARY, [CANARY, makeCanary(vault)]);
  const canary = (await settings.get(CANARY)) ?? '';
  checkCanary(vault, canary);
  const former = (await settings.get(FORMER)) ?? '';
  return { canary, former: former.split(' ').filter((id) => id !== '') };
}

/** False where another process was first. */
async function takeOver(vault: Vault, { canary, former }: Newest, { pool }: Sealed): Promise<boolean> {
  const own = makeCanary(vault);
  const now = [...former, keyIdOf(canary)].filter((id) => id !== keyIdOf(own));
  const { rowCount } = await pool.query(TAKE_OVER, [CANARY, canary, own, FORMER, now.join(' ')]);
  return rowCount === 1;
}

async function sealAnew(vault: Vault, isNew: boolean, database: Sealed, log: Log): Promise<void> {
  const resealed = await database.reseal(vault);
  if (isNew)
    log.info(
      { resealed },
      'the encryption key is new, and all logins are sealed with it. The old one can go once every process has the new one; ' +
        'npm run keys:rotate checks that none is left',
    );
  else if (resealed > 0) log.info({ resealed }, 'logins that an older encryption key had sealed are sealed anew');
}

/** Somebody took a key away too early; while it is still kept somewhere, nothing is lost. */
async function warnOfForeign(keys: VaultKeys, database: Sealed, log: Log): Promise<void> {
  const own = [keys.current, ...keys.old].map(({ id }) => id);
  for (const { keyId, count } of await usesOf(database)) {
    if (own.includes(keyId)) continue;
    log.error(
      { key: keyId, count },
      'logins are sealed with an encryption key that is not here, so nothing can be posted with them. Name that key in ' +
        'ENCRYPTION_KEYS_OLD and restart, or connect these accounts again',
    );
  }
}

/** The same keys with another one in front. */
function led({ current, old }: VaultKeys, keyId: string): VaultKeys {
  const all = [current, ...old];
  const first = all.find(({ id }) => id === keyId) ?? current;
  return { current: first, old: all.filter((each) => each !== first) };
}

const followed = (keyId: string, newest: string): CrierError =>
  new CrierError(
    'invalid-input',
    `ENCRYPTION_KEY is the key ${keyId}, which was followed by ${newest}. Run this with the settings in which ${newest} is ` +
      'ENCRYPTION_KEY. To go back to the former one on purpose: npm run keys:rotate -- --back',
  );

const FIRST_CANARY = 'insert into setting (name, value) values ($1, $2) on conflict do nothing';

// only where the canary is the one that was read
const TAKE_OVER = `
with changed as (update setting set value = $3 where name = $1 and value = $2 returning 1)
insert into setting (name, value) select $4, $5 from changed
on conflict (name) do update set value = excluded.value`;

const USES = `
select split_part(sealed, '.', 2) as key_id, count(*)::int as count
from (
  select sealed_credentials as sealed from account where sealed_credentials is not null
  union all select sealed from installation
) as sealed_values
group by 1 order by 1`;
