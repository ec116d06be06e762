// The import check over small trees of its own: what it lets pass, what it says where a rule is broken, and how it ends.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports } from '../../scripts/check-imports.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/check-imports.ts', import.meta.url));

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crier-imports-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function check(files: Record<string, string>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return checkImports(root);
}

const PLATFORM = "import { definePlatform } from '../core/platform.ts';\nexport const it = definePlatform({});\n";

describe('the import check', () => {
  it('has nothing to say about a tree that keeps the rules', async () => {
    const failures = await check({
      'src/main.ts':
        "import './db/open.ts';\nimport './bots/slack/app.ts';\nimport pkg from '../package.json' with { type: 'json' };\n",
      'src/config.ts': "import { z } from 'zod';\nexport const env = process.env;\n",
      'src/log.ts': "import type { Config } from './config.ts';\n",
      'src/core/post.ts':
        "import { createHash } from 'node:crypto';\nimport './time/when.ts';\nnew Date(0); Date.UTC(2026); clock.now();\n",
      'src/db/open.ts':
        "import { readFile } from 'node:fs/promises';\nimport '../core/post.ts';\nimport './rows.ts';\nDate.now();\n",
      'src/bots/slack/app.ts': "import { App } from '@slack/bolt';\nimport '../commands/post.ts';\nimport '../reply.ts';\n",
      'src/bots/commands/post.ts': "import '../reply.ts';\nimport { z } from 'zod';\n",
      'src/platforms/index.ts': "import './x.ts';\nimport './bluesky/index.ts';\n",
      'src/platforms/x.ts': `${PLATFORM}import './http.ts';\nimport './failures.ts';\n`,
      'src/platforms/bluesky/index.ts': "import './session.ts';\nimport '../oauth.ts';\n",
    });
    expect(failures).toEqual([]);
  });

  it.each([
    { file: 'src/core/post.ts', imports: '../db/open.ts', says: 'core knows nothing of the outside' },
    { file: 'src/core/usecases/a.ts', imports: '../../config.ts', says: 'core knows nothing of the outside' },
    { file: 'src/core/post.ts', imports: 'node:fs', says: 'core does no I/O' },
    { file: 'src/core/post.ts', imports: '@slack/bolt', says: 'core does no I/O' },
    { file: 'src/db/open.ts', imports: '../jobs/sweep.ts', says: 'Areas see core only' },
    { file: 'src/emulator/index.ts', imports: '../platforms/http.ts', says: 'Areas see core only' },
    { file: 'src/db/open.ts', imports: '../config.ts', says: 'Take the value as an option' },
    { file: 'src/log.ts', imports: './db/open.ts', says: 'Areas see core only' },
    { file: 'src/web/server.ts', imports: '../main.ts', says: 'nothing may need it back' },
    { file: 'src/jobs/sweep.ts', imports: '../compose/engine.ts', says: 'nothing may need it back' },
    { file: 'src/db/open.ts', imports: '../../test/support/database.ts', says: 'without the rest of the repository' },
    { file: 'src/bots/slack/app.ts', imports: '../discord/app.ts', says: 'Chats never meet' },
    { file: 'src/bots/discord/deep/er.ts', imports: '../../terminal/app.ts', says: 'Chats never meet' },
    { file: 'src/bots/commands/post.ts', imports: '../slack/app.ts', says: 'must not know one of them' },
    { file: 'src/bots/reply.ts', imports: './terminal/render.ts', says: 'must not know one of them' },
    { file: 'src/bots/commands/post.ts', imports: 'discord.js', says: 'know their SDK' },
    { file: 'src/web/server.ts', imports: '@slack/web-api', says: 'know their SDK' },
    { file: 'src/platforms/bluesky/index.ts', imports: '../mastodon/limits.ts', says: 'Networks never meet' },
    { file: 'src/platforms/bluesky.ts', imports: './x.ts', says: 'Networks never meet' },
    { file: 'src/platforms/http.ts', imports: './mastodon/limits.ts', says: 'Networks never meet' },
  ])('refuses $imports in $file', async ({ file, imports, says }) => {
    const failures = await check({ 'src/platforms/x.ts': PLATFORM, [file]: `// a comment\nimport '${imports}';\n` });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(new RegExp(`^${file.replaceAll('.', '\\.')}:2 imports `));
    expect(failures[0]).toContain(says);
  });

  it.each([
    "import type { A } from '../jobs/a.ts';",
    "import { type A } from '../jobs/a.ts';",
    "import {\n  a,\n} from '../jobs/a.ts';",
    "export { a } from '../jobs/a.ts';",
    "export type { A } from '../jobs/a.ts';",
    "export * from '../jobs/a.ts';",
    "const a = await import('../jobs/a.ts');",
    "type A = import('../jobs/a.ts').A;",
  ])('sees %j', async (statement) => {
    expect(await check({ 'src/db/open.ts': `${statement}\n` })).toHaveLength(1);
  });

  it.each(["// import '../jobs/a.ts';", 'const a = "import \'../jobs/a.ts\'";', '/* process.env */'])(
    'is not fooled by %j',
    async (text) => {
      expect(await check({ 'src/db/open.ts': `${text}\n` })).toEqual([]);
    },
  );

  it.each([
    'const a = process.env.PORT;',
    "const a = process.env['PORT'];",
    "const a = process['env'];",
    'const a = globalThis.process.env;',
    'const { env } = process;',
    "import { env } from 'node:process';",
    "import {\n  env as a,\n} from 'node:process';",
  ])('says where settings belong: %j', async (statement) => {
    const failures = await check({ 'src/jobs/a.ts': `${statement}\n` });
    expect(failures).toEqual([
      expect.stringMatching(/^src\/jobs\/a\.ts:[12] reads process\.env\. Add a setting to src\/config\.ts/),
    ]);
  });

  it.each(['Date.now()', 'new Date()', 'Temporal.Now.instant()', 'performance.now()'])(
    'keeps %s out of core',
    async (expression) => {
      const failures = await check({ 'src/core/a.ts': `const a = ${expression};\n` });
      expect(failures).toEqual([expect.stringContaining("src/core/a.ts:1 reads the machine's clock. Take a Clock")]);
    },
  );

  it('fails on a file that it cannot read', async () => {
    await expect(check({ 'src/core/a.ts': 'const = ;\n' })).rejects.toThrow('src/core/a.ts cannot be read');
  });

  it('ends with 1 and the sentences on stdout, or with 0 and none', async () => {
    await check({ 'src/core/a.ts': "import '../db/b.ts';\n" });
    const run = () => spawnSync(process.execPath, [SCRIPT, root], { encoding: 'utf8' });
    const broken = run();
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('src/core/a.ts:1 imports src/db/b.ts. core knows nothing of the outside.');
    await writeFile(join(root, 'src/core/a.ts'), '');
    expect(run()).toMatchObject({ status: 0, stdout: '' });
  });
});
