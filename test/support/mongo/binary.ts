// Where a mongod program is: on the PATH, where mongodb-memory-server-core keeps one, or downloaded by it if it can be.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';

const VERSION = '8.0.16';
/** Whether the download's host answers at all is known by then, and most machines that may not reach it know at once. */
const REACH_MS = 3_000;

export async function findMongod(): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (await canRun(join(folder, 'mongod'))) return join(folder, 'mongod');
  }
  const kept = await DryMongoBinary.locateBinary({ version: VERSION });
  if (kept) return kept;
  return download();
}

const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The library would try several times and say so each time, so one small question goes first. */
async function download(): Promise<string | null> {
  const build = { version: VERSION, platform: process.platform, arch: process.arch };
  try {
    const url = await new MongoBinaryDownloadUrl(build).getDownloadUrl();
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_MS) });
    return answer.ok ? await MongoBinary.getPath({ version: VERSION }) : null;
  } catch {
    // no such host, no way to it, or no build for this machine: there is none to be downloaded
    return null;
  }
}
