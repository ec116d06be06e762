// Seals what must not be readable in the database (accounts' tokens): AES-256-GCM with a key id, so that keys can be rotated.
// It knows keys and texts only; where sealed texts are kept is the repositories' matter.
import { createCipheriv, createDecipheriv, createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { CrierError, invalidInput } from '../core/errors.ts';

export interface VaultKey {
  /** First 8 hex digits of the key's SHA-256: names the key without telling anything about it. */
  id: string;
  /** A KeyObject and not bytes, so that a log or an inspected error cannot show it. */
  key: KeyObject;
}

export interface VaultKeys {
  /** Seals, and opens its own. */
  current: VaultKey;
  /** Open what they once sealed; they seal nothing. */
  old: readonly VaultKey[];
}

export interface Vault {
  /** @param boundTo what the value belongs to (an account's id): it opens only for the same, so rows cannot be swapped. */
  seal: (value: unknown, boundTo: string) => string;
  /**
   * @throws CrierError `unavailable` where the key is not here (another process may have it, or this one soon), `invalid-input` where
   * the text was altered or belongs to something else.
   */
  open: (sealed: string, boundTo: string) => unknown;
  /** Whether the key is here. */
  canOpen: (sealed: string) => boolean;
  /** False for what an old key sealed: seal it again, and the old key can go. */
  isCurrent: (sealed: string) => boolean;
}

const FORMAT = 'v1';
const KEY_HEX = /^[0-9a-f]{64}$/i;
/** Bytes. 96 bits is the length GCM is defined for, NIST SP 800-38D section 5.2.1.1 (checked 2026-11-22). */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CANARY = 'crier';

/** @param hex 64 hex digits. @throws CrierError `invalid-input`, without repeating the text: it may be a key with a typo. */
export function keyFrom(hex: string): VaultKey {
  if (!KEY_HEX.test(hex)) {
    throw invalidInput(
      `An encryption key is 64 hex digits, and this has ${hex.length} characters. \`openssl rand -hex 32\` makes one.`,
    );
  }
  const bytes = Buffer.from(hex, 'hex');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), key: createSecretKey(bytes) };
}

/** A new random key, 64 hex digits. */
export const makeKeyHex = (): string => randomBytes(32).toString('hex');

export function openVault(keys: VaultKeys): Vault {
  const byId = new Map([...keys.old, keys.current].map((each) => [each.id, each.key]));
  return {
    seal: (value, boundTo) => sealWith(keys.current, JSON.stringify(value), boundTo),
    open: (sealed, boundTo) => JSON.parse(openWith(byId, sealed, boundTo)),
    canOpen: (sealed) => byId.has(keyIdOf(sealed)),
    isCurrent: (sealed) => keyIdOf(sealed) === keys.current.id,
  };
}

/** Of the key that sealed it. */
export const keyIdOf = (sealed: string): string => partsOf(sealed).keyId;

/** A sealed word to keep beside the data: opening it at start tells a wrong key before any token is touched. */
export const makeCanary = (vault: Vault): string => vault.seal(CANARY, CANARY);

/** @throws CrierError `unavailable` where these keys cannot read what this database holds. */
export function checkCanary(vault: Vault, sealed: string): void {
  if (vault.open(sealed, CANARY) !== CANARY) throw new Error('the canary opened to something that was never sealed in it');
}

function sealWith(current: VaultKey, plain: string, boundTo: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', current.key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(current.id, boundTo));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [FORMAT, current.id, Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')].join('.');
}

function openWith(keys: ReadonlyMap<string, KeyObject>, sealed: string, boundTo: string): string {
  const { keyId, bytes } = partsOf(sealed);
  const key = keys.get(keyId);
  if (!key) {
    throw new CrierError(
      'unavailable',
      `This was sealed with the encryption key ${keyId}, and Crier was started with ${[...keys.keys()].join(', ')}. ` +
        'Start it with that key as ENCRYPTION_KEY, or name it in ENCRYPTION_KEYS_OLD.',
    );
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(keyId, boundTo));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new CrierError(
      'invalid-input',
      'A sealed value could not be opened: it was altered in the database, or moved there from another row. Connect the account again.',
      { cause, meta: { keyId, boundTo } },
    );
  }
}

function partsOf(sealed: string): { keyId: string; bytes: Buffer } {
  const [format, keyId, body, ...more] = sealed.split('.');
  const bytes = Buffer.from(body ?? '', 'base64url');
  const isWhole = bytes.length >= IV_BYTES + TAG_BYTES && bytes.toString('base64url') === body;
  if (format !== FORMAT || !keyId || more.length > 0 || !isWhole) {
    throw invalidInput('A sealed value in the database is not one that this version of Crier wrote. Connect the account again.');
  }
  return { keyId, bytes };
}

const associatedData = (keyId: string, boundTo: string): Buffer => Buffer.from(`${FORMAT}.${keyId}.${boundTo}`, 'utf8');
