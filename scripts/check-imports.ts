// Checks over src/: who imports whom (import-rules.ts), that settings are read in one place, and that core has no clock of its own.
// `node scripts/check-imports.ts [root]` prints a sentence per failure and exits 1 where there are any.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { dirname, join as joinPosix } from 'node:path/posix';
import { pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { isComposition, rulesFor } from './import-rules.ts';

interface Place {
  /** Offset in the text. */
  start: number;
}

interface SourceFile {
  /** From the root, with slashes. */
  path: string;
  text: string;
  imports: (Place & { name: string })[];
  readsEnv: Place[];
  readsClock: Place[];
}

/** @returns a sentence per failure, `src/a.ts:3 imports ...`, in the order of files and lines. @throws for text that does not parse. */
export async function checkImports(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.sort().map(async (path) => readSource(relative(root, path).split(sep).join('/'), await readFile(path, 'utf8'))),
  );
  const platforms = new Set(files.filter(({ path, text }) => isPlatformFile(path, text)).map(({ path }) => path));
  const rules = rulesFor((path) => platforms.has(path));
  return files.flatMap((file) => [
    ...(isComposition(file.path) ? [] : file.imports).flatMap(({ name, start }) => {
      const to = name.startsWith('.') ? joinPosix(dirname(file.path), name) : name;
      const broken = rules.find((rule) => rule.breaks({ from: file.path, to, isPackage: !name.startsWith('.') }));
      return broken ? [`${placeOf(file, start)} imports ${to}. ${broken.instead}`] : [];
    }),
    ...(file.path === 'src/config.ts' ? [] : file.readsEnv).map(
      ({ start }) =>
        `${placeOf(file, start)} reads process.env. Add a setting to src/config.ts, and let src/compose hand in its value.`,
    ),
    ...(file.path.startsWith('src/core/') ? file.readsClock : []).map(
      ({ start }) =>
        `${placeOf(file, start)} reads the machine's clock. Take a Clock (src/core/ports.ts) or an instant as an argument.`,
    ),
  ]);
}

const isPlatformFile = (path: string, text: string): boolean =>
  /^src\/platforms\/[^/]+\.ts$/.test(path) && /\bdefinePlatform\(/.test(text);

const placeOf = ({ path, text }: SourceFile, start: number): string => `${path}:${text.slice(0, start).split('\n').length}`;

function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} cannot be read: ${errors[0].message}`);
  const found: SourceFile = { path, text, imports: [], readsEnv: [], readsClock: [] };
  const addImport = (source: { start: number; value?: unknown } | null): void => {
    if (source && typeof source.value === 'string') found.imports.push({ name: source.value, start: source.start });
  };
  new Visitor({
    ImportDeclaration: ({ source, specifiers }) => {
      addImport(source);
      if (!/^(node:)?process$/.test(source.value)) return;
      const isEnv = (one: (typeof specifiers)[number]): boolean =>
        one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' && one.imported.name === 'env';
      found.readsEnv.push(...specifiers.filter(isEnv));
    },
    ExportNamedDeclaration: ({ source }) => addImport(source),
    ExportAllDeclaration: ({ source }) => addImport(source),
    ImportExpression: ({ source }) => addImport(source.type === 'Literal' ? source : null),
    TSImportType: ({ source }) => addImport(source),
    MemberExpression: (node) => {
      const expression = text.slice(node.start, node.end).replaceAll(/\s/g, '');
      if (/^(globalThis\.)?process(\.|\?\.)env$|^process\[['"]env['"]\]$/.test(expression)) found.readsEnv.push(node);
      if (/^(Date\.now|Temporal\.Now|performance\.now)$/.test(expression)) found.readsClock.push(node);
    },
    VariableDeclarator: ({ id, init, start }) => {
      const takesEnv = id.type === 'ObjectPattern' && /\benv\b/.test(text.slice(id.start, id.end));
      if (takesEnv && init?.type === 'Identifier' && init.name === 'process') found.readsEnv.push({ start });
    },
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) found.readsClock.push({ start });
    },
  }).visit(program);
  return found;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failures = await checkImports(resolve(process.argv[2] ?? '.'));
  process.stdout.write(failures.map((failure) => `${failure}\n`).join(''));
  process.exitCode = failures.length > 0 ? 1 : 0;
}
