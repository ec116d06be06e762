// Files of a reply, kept in a folder of this machine: a terminal has nothing to show them in, so it says where they are.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplyFile } from '../reply.ts';
import type { Outcome } from '../run.ts';

/** Below the data folder. */
const folderFor = ({ mimeType }: ReplyFile): string => (mimeType.startsWith('image/') ? 'pictures' : 'exports');

/** The outcome with the path of each file in its place, readable by whoever runs Crier alone. Null as the folder: nothing is kept. */
export async function withSavedFiles(outcome: Outcome, folder: string | null): Promise<Outcome> {
  const { files = [], ...reply } = outcome.reply;
  if (files.length === 0 || folder === null) return { ...outcome, reply };
  const paths: string[] = [];
  for (const file of files) paths.push(await save(join(folder, folderFor(file)), file));
  const fields = paths.map((path) => ({ name: 'File', value: [{ code: path }] }));
  return { ...outcome, reply: { ...reply, fields: [...(reply.fields ?? []), ...fields] } };
}

/** Under its name, or the next that is free: an earlier file stays as it is. */
async function save(folder: string, { name, bytes }: ReplyFile): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  for (let copy = 1; ; copy++) {
    const path = join(folder, copy === 1 ? name : `${stem}-${copy}${ending}`);
    if (await isWritten(path, bytes)) return path;
  }
}

/** False where there is a file of that name. */
async function isWritten(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
