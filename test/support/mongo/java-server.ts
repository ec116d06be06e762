// mongo-java-server as a process of its own: its jars come by Maven, and java runs Main.java as it is, without compiling it first.
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { access, mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FOLDER = join(import.meta.dirname, 'java');
const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/crier');
/** As in java/pom.xml. */
const VERSION = '1.47.0';
const CLASSPATH_FILE = join(CACHE, `mongo-java-server-${VERSION}.classpath`);
/** On a slow line, the first time. */
const MAVEN_MS = 120_000;
const STOP_MS = 3_000;

export interface JavaServer {
  url: string;
  name: string;
  stop: () => Promise<void>;
}

/** @returns null where Maven or Java is missing, or the jars cannot be had. */
export async function startJavaServer(): Promise<JavaServer | null> {
  const classpath = await ensureJars();
  if (classpath === null) return null;
  const child = spawn('java', ['-Xmx512m', '-cp', classpath, join(FOLDER, 'Main.java')]);
  const port = await firstLine(child);
  if (port === null) return null;
  return { url: `mongodb://127.0.0.1:${port}`, name: `mongo-java-server ${VERSION}`, stop: () => end(child) };
}

async function ensureJars(): Promise<string | null> {
  try {
    return await keptJars();
  } catch {
    // not there yet, or a jar of it was removed
    await mkdir(CACHE, { recursive: true });
  }
  const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${CLASSPATH_FILE}`];
  try {
    await run('mvn', ['-q', '-B', ...goal], { cwd: FOLDER, timeout: MAVEN_MS });
    return await keptJars();
  } catch {
    // no Maven, or no way to its repository
    return null;
  }
}

async function keptJars(): Promise<string> {
  const classpath = (await readFile(CLASSPATH_FILE, 'utf8')).trim();
  await Promise.all(classpath.split(delimiter).map((jar) => access(jar)));
  return classpath;
}

/** The port that it prints once it listens; null where it ends before that, as where there is no Java, or an older one. */
async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string | null> {
  const failed = new Promise<null>((resolve) => child.once('error', () => resolve(null)));
  child.stderr.resume();
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const first = await Promise.race([said, failed]);
  return first?.value ?? null;
}

/** It ends with its stdin, so also with this process, however that ends. */
async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null) return;
  child.stdin.end();
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(limit);
}
