// Files of replies, kept in a folder of this machine: a terminal has nothing to show them in, so it says where they are.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOf, type Reply, type ReplyFile } from '../reply.ts';

export interface SavedFiles {
  /** Keeps each file of the reply once. @throws where it cannot be written */
  keep: (reply: Reply) => Promise<void>;
  /** Null where it is not kept. */
  pathOf: (file: ReplyFile) => string | null;
}

/** Below the data folder. */
const folderFor = ({ mimeType }: ReplyFile): string => (mimeType.startsWith('image/') ? 'pictures' : 'exports');

/** Each is readable by whoever runs Crier alone. Null as the folder: nothing is kept. */
export function openSavedFiles(folder: string | null): SavedFiles {
  const paths = new WeakMap<ReplyFile, string>();
  return {
    async keep(reply) {
      if (folder === null) return;
      for (const file of filesOf(reply)) {
        if (!paths.has(file)) paths.set(file, await save(join(folder, folderFor(file)), file));
      }
    },
    pathOf: (file) => paths.get(file) ?? null,
  };
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
