// The image of the Dockerfile: what it copies is there and suffices to run Crier, and nothing else gets in.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { ROOT, textOf } from './yaml-files.ts';

const dockerfile = textOf('Dockerfile').replaceAll('\\\n', ' ');
const instructions = (name: string): string[] =>
  dockerfile.split('\n').flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1).trim()] : []));
/** From the repository, not from the other stage. */
const copied = instructions('COPY')
  .filter((args) => !args.startsWith('--from'))
  .flatMap((args) => args.split(/\s+/).slice(0, -1));

/** Files that a production process loads: by name. */
function loaded(): string[] {
  const folders = copied.filter((path) => path === 'src');
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return [...inFolders, ...copied].filter((path) => path.endsWith('.ts'));
}

/** What a file imports when it runs, types left out. */
function importsOf(path: string): string[] {
  const { module } = parseSync(path, readFileSync(join(ROOT, path), 'utf8'));
  const fixed = module.staticImports.filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType));
  const again = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ isType, moduleRequest }) => (isType || !moduleRequest ? [] : [moduleRequest.value])),
  );
  const text = readFileSync(join(ROOT, path), 'utf8');
  const later = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1));
  return [...fixed.map(({ moduleRequest }) => moduleRequest.value), ...again, ...later];
}

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

describe('the image', () => {
  it('copies files that are there and that .dockerignore lets through', () => {
    const ignored = textOf('.dockerignore').split('\n');
    expect(ignored).toContain('*');
    for (const path of copied) {
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
      expect(ignored).toContain(`!${path.split('/')[0]}`);
    }
  });

  it('holds every file that one of its files imports', () => {
    const missing = loaded().flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('.'))
        .map((name) => join(path, '..', name))
        .filter(
          (target) => !existsSync(join(ROOT, target)) || !copied.some((each) => target === each || target.startsWith(`${each}/`)),
        ),
    );
    expect(missing).toEqual([]);
  });

  it('runs on production dependencies alone', () => {
    const names = new Set(
      loaded()
        .flatMap(importsOf)
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
        .map(packageOf),
    );
    expect(names.size).toBeGreaterThan(10);
    expect(Object.keys(packageJson.dependencies)).toEqual(expect.arrayContaining([...names]));
  });

  it('is not root, stops by SIGTERM to node itself, and asks node whether it is healthy', () => {
    expect(instructions('USER')).toEqual(['node']);
    expect(instructions('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(instructions('CMD')).toEqual(['["node", "src/main.ts"]']);
    expect(instructions('HEALTHCHECK')[0]).toMatch(/CMD \["node", "--eval", ".*\/healthz.*"\]$/);
    expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '));
  });

  it('has the major version of Node that package.json asks for', () => {
    const [, major] = /node:(\d+)-/.exec(dockerfile) ?? [];
    expect(packageJson.engines.node).toBe(`>=${major}`);
  });
});
