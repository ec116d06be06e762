// Whether the data folder can be used, and the folder for media. Makes and changes nothing.
import { access, constants } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../src/config.ts';
import { hasDataFolder } from '../../src/data-folder.ts';
import { readMarker } from '../../src/folder-files.ts';
import { type Finding, ok, wrong } from './finding.ts';

type FolderConfig = Pick<Config, 'dataDir' | 'mediaDir' | 's3'>;

/** @throws CrierError where the data folder is a file, damaged, or of a newer Crier */
export async function lookAtFolders({ dataDir, mediaDir, s3 }: FolderConfig): Promise<readonly Finding[]> {
  const folder = resolve(dataDir);
  const isThere = await hasDataFolder(dataDir);
  if (isThere) await readMarker(folder);
  const said = isThere ? `${folder} is a data folder of Crier and can be written.` : `${folder} can be made at the first start.`;
  const data = await writable('CRIER_DATA_DIR', folder, said);
  if (s3 !== null) return [data];
  const media = mediaDir === null ? join(folder, 'media') : resolve(mediaDir);
  return [data, await writable('CRIER_MEDIA_DIR', media, `Copied media lie in ${media}.`)];
}

async function writable(about: string, folder: string, said: string): Promise<Finding> {
  const nearest = await nearestThere(folder);
  const isAllowed = await can(nearest, constants.W_OK | constants.X_OK);
  if (isAllowed) return ok(about, said);
  const cure = `Give the user that Crier runs as the right to write there, or set ${about} to another folder.`;
  return wrong(about, `Crier may not write in ${nearest}.`, cure);
}

/** The folder itself, or the one it would be made in. */
async function nearestThere(folder: string): Promise<string> {
  if ((await can(folder, constants.F_OK)) || dirname(folder) === folder) return folder;
  return nearestThere(dirname(folder));
}

const can = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
