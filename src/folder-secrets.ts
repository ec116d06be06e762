// The secrets of Crier's data folder: made at the first need, kept, and the key renewed so that a stop at any moment loses nothing.
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { invalidInput } from './core/errors.ts';
import { readJson, readMarker, writeJson, writeMarker } from './folder-files.ts';

const SECRETS = 'secrets.json';
const KEY = z.string().regex(/^[0-9a-f]{64}$/);

const Secrets = z.object({
  databasePassword: z.string().min(16),
  /** 64 hex digits. */
  encryptionKey: KEY,
  /** Only while the key is being renewed: the one before, which still opens what is not sealed anew yet. */
  oldEncryptionKeys: z.array(KEY).default([]),
});
export type Secrets = z.infer<typeof Secrets>;

/** The folder's secrets, made at the first call. @throws CrierError where they were made once and are gone, damaged or others. */
export async function openSecrets(folder: string): Promise<Secrets> {
  const marker = await readMarker(folder);
  const file = join(folder, SECRETS);
  const isThere = (await readdir(folder)).includes(SECRETS);
  if (!isThere && marker.secretsFingerprint !== undefined) {
    throw invalidInput(
      `${file} is gone, and what is stored in ${folder} cannot be read without it. Put it back from a backup, ` +
        'or set CRIER_DATA_DIR to a new folder to start empty. Nothing was changed.',
    );
  }
  if (!isThere) await writeJson(file, { databasePassword: randomBytes(24).toString('base64url'), encryptionKey: makeKey() });
  const secrets = Secrets.safeParse(await readJson(file));
  if (!secrets.success)
    throw invalidInput(`${file} is damaged. Put it back from a backup, or set CRIER_DATA_DIR to a new folder.`);
  if (marker.secretsFingerprint === undefined) await nameSecrets(folder, secrets.data);
  else if (!fingerprintsOf(secrets.data).includes(marker.secretsFingerprint)) {
    throw invalidInput(`${file} belongs to another data folder, or was changed. Put the one back that was made in ${folder}.`);
  }
  return secrets.data;
}

/**
 * Gives the folder a new key, or goes on with one where an earlier time was stopped.
 * @param sealAnew seals everything with `encryptionKey`; where it fails, both keys are kept, and the next call goes on.
 */
export async function renewKey<T>(folder: string, sealAnew: (secrets: Secrets) => Promise<T>): Promise<T> {
  const before = await openSecrets(folder);
  const file = join(folder, SECRETS);
  const isUnfinished = before.oldEncryptionKeys.length > 0;
  const secrets = isUnfinished ? before : { ...before, encryptionKey: makeKey(), oldEncryptionKeys: [before.encryptionKey] };
  // each step leaves a folder that opens: with both keys, it is known by either
  if (!isUnfinished) await writeJson(file, secrets);
  const result = await sealAnew(secrets);
  await nameSecrets(folder, secrets);
  const { oldEncryptionKeys, ...rest } = secrets;
  await writeJson(file, rest);
  return result;
}

const makeKey = (): string => randomBytes(32).toString('hex');

async function nameSecrets(folder: string, secrets: Secrets): Promise<void> {
  await writeMarker(folder, { ...(await readMarker(folder)), secretsFingerprint: fingerprint(secrets, secrets.encryptionKey) });
}

const fingerprintsOf = (secrets: Secrets): string[] =>
  [secrets.encryptionKey, ...secrets.oldEncryptionKeys].map((key) => fingerprint(secrets, key));

const fingerprint = ({ databasePassword }: Secrets, key: string): string =>
  createHash('sha256').update(`${databasePassword} ${key}`).digest('hex').slice(0, 16);
