// The terminal with a person at the keyboard: keys go in, what stands on the screen comes out.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '../../../src/core/workspace.ts';
import { newsOf, ORIGIN } from './chat.ts';
import { ACTOR } from './deps.ts';
import { CTRL_C, CTRL_D, CTRL_U, sitDown, UP } from './sit-down.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-terminal-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the prompt', () => {
  it('runs what is typed and asks again', async () => {
    const { type, until, leave } = await sitDown();
    type('/say Hello\r');
    await until('said: Hello\n\n');
    await until('> ');
    expect(await leave()).toEqual({ exitCode: 0 });
  });

  it('runs lines pasted at once one after the other', async () => {
    const { type, until, leave } = await sitDown();
    type('/say a\r/say b\r/schedule\r/say c\r');
    await until('said: a');
    await until('said: b');
    await until('In one line: /schedule');
    await until('said: c');
    await leave();
  });

  it('goes on in the next line while a quote is open', async () => {
    const { type, until, leave } = await sitDown();
    type('/say "one\r');
    await until('… ');
    type('two"\r');
    await until('said: one\ntwo');
    await leave();
  });

  it('shows the time understood below the line while it is typed, in the zone that holds by then', async () => {
    const zones = ['Europe/Berlin', 'Europe/Berlin', 'Asia/Tokyo'];
    const actor = async (): Promise<Actor> => ({
      ...ACTOR,
      workspace: { ...ACTOR.workspace, timeZone: zones.shift() ?? 'Asia/Tokyo' },
    });
    const { type, until, leave } = await sitDown({ actor });
    type('/schedule tomorrow');
    await until('Understood tomorrow in Europe/Berlin');
    type(`${CTRL_U}/timezone Asia/Tokyo\r`);
    await until('zone Asia/Tokyo');
    await until('> ');
    type('/schedule noon');
    await until('Understood noon in Asia/Tokyo');
    await leave();
  });

  it('shows what had to be asked for once it is known, unless the line has changed by then', async () => {
    const asked = new Map<string, (said: string) => void>();
    const { type, until, leave, shown } = await sitDown({
      describe: (line) => (line === '' ? null : new Promise((resolve) => asked.set(line, resolve))),
    });
    type('/say a');
    await vi.waitFor(() => expect(asked.has('/say a')).toBe(true));
    type('b');
    await vi.waitFor(() => expect(asked.has('/say ab')).toBe(true));
    asked.get('/say a')?.('of the line before');
    asked.get('/say ab')?.('of this line');
    await until('of this line');
    expect(shown()).not.toContain('of the line before');
    type('\r');
    await until('said: ab');
    await leave();
  });

  it('completes with Tab', async () => {
    const { type, until, leave } = await sitDown();
    type('/sa');
    await until('/sa');
    type('\t');
    await until('y ');
    type('done\r');
    await until('said: done');
    await leave();
  });

  it('goes on where Tab fails', async () => {
    const { type, until, leave, world } = await sitDown();
    world.deps.store.posts.list = async () => {
      throw new Error('connection lost');
    };
    type('/post P');
    await until('/post P');
    type('\t');
    type(`${CTRL_U}/say on\r`);
    await until('said: on');
    expect(world.logged.map(({ message }) => message)).toContain('what is typed could not be completed or described');
    await leave();
  });

  it('prints news above the line that is being typed, which stays whole', async () => {
    const { chat, type, until, leave } = await sitDown();
    type('/say half');
    await until('/say half');
    await chat.tell(ORIGIN, newsOf(4));
    await until('✖ P4 failed\n\n  [1] Retry\n\n');
    await until('> /say half');
    type(' and whole\r');
    await until('said: half and whole');
    type('1\r');
    await until('P4 is tried again.');
    await leave();
  });

  it('prints a greeting whose buttons can be pressed', async () => {
    const { chat, type, until, leave } = await sitDown();
    chat.say({ tone: 'plain', title: 'Welcome', buttons: [{ label: 'Cancel', command: 'post', name: 'cancel', subject: 'P9' }] });
    await until('Welcome\n\n  [1] Cancel');
    type('1\r');
    await until('P9 is canceled.');
    await leave();
  });
});

describe('leaving', () => {
  it.each([
    ['/quit', '/quit\r'],
    ['Ctrl-D', CTRL_D],
  ])('works with %s', async (_, keys) => {
    const { type, done } = await sitDown();
    type(keys);
    expect(await done).toEqual({ exitCode: 0 });
  });

  it('takes two Ctrl-C on an empty line', async () => {
    const { type, until, done } = await sitDown();
    type(CTRL_C);
    await until('Ctrl-C again leaves');
    await until('> ');
    type(CTRL_C);
    await done;
  });

  it('is not meant by Ctrl-C on a line with something in it, nor by one Ctrl-C before a command', async () => {
    const { type, until, leave, shown } = await sitDown();
    type('/say oops');
    await until('/say oops');
    type(CTRL_C);
    await until('^C\n> ');
    type(CTRL_C);
    await until('Ctrl-C again leaves');
    await until('> ');
    type('/say still here\r');
    await until('said: still here');
    expect(shown()).not.toContain('said: oops');
    await leave();
  });

  it('is done from outside by close(), and news is refused then', async () => {
    const { chat, done } = await sitDown();
    chat.close();
    expect(await done).toEqual({ exitCode: 0 });
    await expect(chat.tell(ORIGIN, newsOf(1))).rejects.toThrow('closed');
  });

  it('ends with the input', async () => {
    const { input, done } = await sitDown();
    input.end();
    expect(await done).toEqual({ exitCode: 0 });
  });
});

describe('the history', () => {
  const open = () => sitDown({ historyFile: join(folder, 'history') });

  it('is kept between sessions, for its owner only', async () => {
    const first = await open();
    first.type('/say Hello\r');
    await first.until('said: Hello');
    await first.leave();
    expect((await stat(join(folder, 'history'))).mode & 0o777).toBe(0o600);

    const second = await open();
    second.type(UP);
    await second.until('/say Hello');
    second.type('\r');
    await second.until('said: Hello');
    await second.leave();
  });

  it('never holds secrets, form fields or numbers, in the file or under the arrow', async () => {
    const { type, until, leave } = await open();
    type('/say Hello\r');
    await until('said: Hello');
    type('/connect bluesky fields:x password:geheim\r');
    await until('Connect');
    await until('Handle: ');
    type('ada\r');
    await until('App password: ');
    type('geheim\r');
    await until('Connected');
    type('/conect bluesky geheim\r');
    await until('Did you mean /connect?');
    type('7\r');
    await until('There is no button 7');
    await until('> ');
    type(UP);
    await until('/say Hello');
    await leave();
    expect(await readFile(join(folder, 'history'), 'utf8')).toBe('/say Hello\n');
  });

  it('that cannot be read or written is logged, and the chat goes on', async () => {
    await writeFile(join(folder, 'file'), '');
    const { type, until, leave, world } = await sitDown({ historyFile: join(folder, 'file', 'history') });
    type('/say Hello\r');
    await until('said: Hello');
    await leave();
    const messages = world.logged.map(({ message }) => message);
    expect(messages).toContain('history could not be read');
    expect(messages).toContain('history could not be written');
  });
});
