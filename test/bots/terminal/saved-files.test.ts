// Files of replies in the terminal: where they are kept, and what is said of them.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineCommand } from '../../../src/bots/command.ts';
import type { Reply, ReplyFile } from '../../../src/bots/reply.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { openChat } from './chat.ts';
import { sitDown } from './sit-down.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-files-'));
  return () => rm(folder, { recursive: true });
});

const fileOf = async (name: string): Promise<ReplyFile> => ({ name, mimeType: 'text/csv', bytes: bytes('1') });

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

/** Hands over a table and a picture. */
const give = defineCommand({
  name: 'give',
  summary: 'Gives files',
  permission: 'view',
  arguments: [{ name: 'text', kind: 'text', summary: 'what is in them' }],
  examples: ['/give'],
  run: async ({ args: { text = '' } }) => ({
    tone: 'good',
    title: 'Here they are',
    files: [
      { name: 'table.csv', mimeType: 'text/csv', bytes: bytes(text) },
      { name: 'chart.png', mimeType: 'image/png', bytes: bytes('a picture') },
    ],
  }),
});

/** A report whose chart belongs to a part of it. */
const report: Reply = {
  tone: 'plain',
  title: 'The week',
  sections: [
    {
      heading: 'Best post',
      picture: {
        name: 'best.png',
        mimeType: 'image/png',
        bytes: bytes('a picture'),
        bars: [
          { label: 'Mon', value: 4 },
          { label: 'Tue', value: null },
        ],
      },
    },
  ],
};

async function transcript(script: string, options: Parameters<typeof openChat>[0] = {}): Promise<string> {
  const opened = openChat({ commands: openCommands([give]), filesFolder: folder, ...options });
  opened.input.end(script);
  await opened.chat.run();
  return opened.shown();
}

describe('files of a reply', () => {
  it('are kept below the data folder, tables apart from pictures, and their paths are said', async () => {
    const shown = await transcript('/give one\n');
    const [table, picture] = [join(folder, 'exports/table.csv'), join(folder, 'pictures/chart.png')];
    expect(shown).toContain(`✔ Here they are\n  File  ${table}\n  File  ${picture}\n`);
    expect([await readFile(table, 'utf8'), await readFile(picture, 'utf8')]).toEqual(['one', 'a picture']);
  });

  it('are for whoever runs Crier alone', async () => {
    await transcript('/give one\n');
    const modes = await Promise.all(['exports', 'exports/table.csv'].map(async (path) => (await stat(join(folder, path))).mode));
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o600]);
  });

  it('leave earlier ones of the same name as they are', async () => {
    const shown = await transcript('/give one\n/give two\n/give three\n');
    expect(await readdir(join(folder, 'exports'))).toEqual(['table-2.csv', 'table-3.csv', 'table.csv']);
    expect(await readFile(join(folder, 'exports/table.csv'), 'utf8')).toBe('one');
    expect(await readFile(join(folder, 'exports/table-3.csv'), 'utf8')).toBe('three');
    expect(shown).toContain('table-2.csv');
  });

  it('that cannot be kept are a bug with a reference, and no path is said', async () => {
    const shown = await transcript('/give one\n', { filesFolder: '/dev/null/nowhere' });
    expect(shown).toContain('The log has the details under reference');
    expect(shown).not.toContain('Here they are');
  });

  it('belong to the part that shows them, below the same as bars', async () => {
    const opened = openChat({ filesFolder: folder });
    await opened.chat.say(report);
    const path = join(folder, 'pictures/best.png');
    expect(opened.shown()).toBe(`The week\n\n  Best post\n  Mon  ${'█'.repeat(40)} 4\n  Tue  –\n  File  ${path}\n\n`);
    expect(await readFile(path, 'utf8')).toBe('a picture');
  });

  it('are kept of what nobody asked for just now, too', async () => {
    const opened = openChat({ filesFolder: folder });
    const whom = { teamId: 'terminal', userId: 'ann', channel: 'terminal' };
    const place = { teamId: 'terminal', channel: 'terminal', post: null };
    await opened.chat.sayTo(whom, {
      ...report,
      sections: [],
      files: report.sections?.flatMap(({ picture = [] }) => picture) ?? [],
    });
    expect(await opened.chat.sayIn(place, { ...report }, 'D1/1')).toBe('said');
    expect(await readdir(join(folder, 'pictures'))).toEqual(['best.png']);
    expect(opened.shown().split(join(folder, 'pictures/best.png'))).toHaveLength(3);
  });

  it('are not kept where there is no folder, and what they show is shown', async () => {
    const opened = openChat();
    await opened.chat.say(report);
    expect(opened.shown()).toContain('Mon  █');
    expect(opened.shown()).not.toContain('File');
  });

  it('stand with a reply of nothing else at a keyboard', async () => {
    const only = defineCommand({ ...give, name: 'only', run: async () => ({ tone: 'plain', files: [await fileOf('a.csv')] }) });
    const opened = await sitDown({ commands: openCommands([only]), filesFolder: folder });
    opened.type('/only\r');
    await opened.until(join(folder, 'exports/a.csv'));
    await opened.leave();
  });
});
