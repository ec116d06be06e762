// The terminal fed by a script.
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/workspace.ts';
import { newsOf, ORIGIN, openChat } from './chat.ts';
import { ACTOR } from './deps.ts';

async function transcript(script: string, options: Parameters<typeof openChat>[0] = {}) {
  const opened = openChat(options);
  opened.input.end(script);
  const { exitCode } = await opened.chat.run();
  return { ...opened, exitCode, text: opened.shown() };
}

describe('a piped script', () => {
  it('runs line by line into a transcript', async () => {
    const { text, exitCode } = await transcript('# greet\n\n/say Hello\n/say you\n');
    expect(text).toBe('> /say Hello\nsaid: Hello\n\n> /say you\nsaid: you\n\n');
    expect(exitCode).toBe(0);
  });

  it('needs no newline at its end, takes CR LF, and skips a byte order mark', async () => {
    expect((await transcript('\uFEFF/say a\r\n/say b')).text).toBe('> /say a\nsaid: a\n\n> /say b\nsaid: b\n\n');
  });

  it('may be empty', async () => {
    expect(await transcript('')).toMatchObject({ text: '', exitCode: 0 });
  });

  it('takes commands of several lines', async () => {
    const { text } = await transcript('/say one \\\ntwo\n/say "three\nfour"\n');
    expect(text).toBe('> /say one \n  two\nsaid: one \ntwo\n\n> /say "three\n  four"\nsaid: three\nfour\n\n');
  });

  it('presses the buttons of the latest reply that has some, by their numbers', async () => {
    const { text } = await transcript('/schedule a: Hello\n/say between\n2\n');
    expect(text).toContain('[1] Edit  [2] Cancel');
    expect(text).toMatch(/> 2\n✔ P12 is canceled\.\n\n$/);
  });

  it('presses buttons of sections too, in the order they are shown', async () => {
    const { chat, input, shown } = openChat();
    const cancel = (subject: string) => ({ label: 'Cancel', command: 'post', name: 'cancel', subject });
    chat.say({
      tone: 'plain',
      sections: ['P1', 'P2'].map((heading) => ({ heading, buttons: [cancel(heading)] })),
      buttons: [cancel('P3')],
    });
    input.end('2\n3\n');
    await chat.run();
    expect(shown()).toMatch(/> 2\n✔ P2 is canceled\.\n\n> 3\n✔ P3 is canceled\.\n\n$/);
  });

  it.each([
    ['1', 'There is no button 1: there are no buttons yet.'],
    ['/schedule a: Hello\n7', 'There is no button 7: the buttons go from 1 to 2.'],
    ['/schedule a: Hello\n0', 'There is no button 0: the buttons go from 1 to 2.'],
  ])('says so for a number without a button: %j', async (script, sentence) => {
    const { text, exitCode } = await transcript(script);
    expect(text).toContain(sentence);
    expect(exitCode).toBe(0);
  });

  it('prints what a form misses, and how to say it in one line', async () => {
    const { text } = await transcript('/schedule\n');
    expect(text).toContain('Schedule a post: still missing\n  When  e.g. tomorrow 9am\n  Text  needed\n');
    expect(text).toContain('In one line: /schedule tomorrow 9am to bluesky: Hello');
  });

  it('blacks secrets out in the transcript, and hands them to the command', async () => {
    const { text } = await transcript('/connect bluesky fields:x password:geheim\n');
    expect(text).toContain('> /connect bluesky fields:x password:•••');
    expect(text).not.toContain('geheim');
  });

  it('exits 0 after bad input and 1 after a bug, and goes on after both', async () => {
    expect(await transcript('/nonsense\nhello\n/say long\n')).toMatchObject({ exitCode: 0 });
    const { exitCode, text } = await transcript('/say fail\n/say on\n');
    expect(exitCode).toBe(1);
    expect(text).toContain('said: on');
  });

  it('answers kindly where the member cannot be read', async () => {
    const { text, exitCode } = await transcript('/say a\n', {
      actor: async () => {
        throw new Error('connection lost');
      },
    });
    expect(text).toContain('Something went wrong here');
    expect(exitCode).toBe(1);
  });

  it('asks who speaks anew for every command', async () => {
    const roles: Actor['member']['role'][] = ['viewer', 'admin'];
    const { text } = await transcript('/schedule a: b\n/schedule a: b\n', {
      actor: async () => ({ ...ACTOR, member: { ...ACTOR.member, role: roles.shift() ?? 'viewer' } }),
    });
    expect(text).toMatch(/Your role here is viewer[\s\S]*P12 scheduled/);
  });

  it('stops at /quit', async () => {
    expect((await transcript('/say a\n/quit\n/say b\n')).text).not.toContain('said: b');
  });

  it('runs one command after the other, however long each takes', async () => {
    const events: string[] = [];
    const actors: (() => void)[] = [];
    const opened = openChat({
      actor: () =>
        new Promise((resolve) => {
          events.push('began');
          actors.push(() => resolve(ACTOR));
          opened.output.emit('began');
        }),
    });
    const began = () => new Promise((resolve) => opened.output.once('began', resolve));
    const first = began();
    opened.input.end('/say a\n/say b\n');
    const done = opened.chat.run();
    await first;
    expect(events).toEqual(['began']);
    const second = began();
    actors.shift()?.();
    await second;
    expect(opened.shown()).toContain('said: a');
    actors.shift()?.();
    await done;
    expect(events).toEqual(['began', 'began']);
  });
});

describe('the end of a script', () => {
  it('waits while something is due within a minute, and no longer', async () => {
    const opened = openChat({
      pause: async (ms) => {
        waited += ms;
        opened.world.now = opened.world.now.add({ milliseconds: ms });
        if (waited >= 3000) opened.world.nextDueAt = opened.world.now.add({ seconds: 61 });
      },
    });
    let waited = 0;
    opened.world.nextDueAt = opened.world.now.add({ seconds: 3 });
    opened.input.end('');
    await opened.chat.run();
    expect(waited).toBe(3000);
  });

  it('does not wait for what is due later', async () => {
    let waits = 0;
    const opened = openChat({ pause: async () => void waits++ });
    opened.world.nextDueAt = opened.world.now.add({ seconds: 61 });
    opened.input.end('/say a\n');
    await opened.chat.run();
    expect(waits).toBe(0);
  });

  it('waits for news, which is printed in its turn with buttons that count on', async () => {
    const opened = openChat({
      pause: async () => {
        await opened.chat.tell(ORIGIN, newsOf(3));
        opened.world.hasNews = false;
      },
    });
    opened.world.hasNews = true;
    opened.input.end('/schedule a: Hello\n');
    await opened.chat.run();
    expect(opened.shown()).toMatch(/\[1\] Edit {2}\[2\] Cancel\n\n✖ P3 failed\n\n {2}\[3\] Retry\n\n$/);
  });

  it('presses a button of news by the number that stands at it', async () => {
    const opened = openChat();
    const done = opened.chat.run();
    await opened.chat.tell(ORIGIN, newsOf(3));
    opened.input.end('1\n');
    await done;
    expect(opened.shown()).toContain('P3 is tried again.');
  });

  it('ends at once when it is closed, and news is refused from then on, so that it is told later', async () => {
    const opened = openChat({ pause: async () => opened.chat.close() });
    opened.world.nextDueAt = opened.world.now;
    opened.input.end('');
    expect(await opened.chat.run()).toEqual({ exitCode: 0 });
    await expect(opened.chat.tell(ORIGIN, newsOf(1))).rejects.toThrow('closed');
  });

  it('is reached by close() in the middle of the input', async () => {
    const opened = openChat();
    opened.input.write('/say a\n');
    const done = opened.chat.run();
    await opened.until('said: a');
    opened.chat.close();
    expect(await done).toEqual({ exitCode: 0 });
  });

  it('is reached where nobody reads the output any more', async () => {
    const opened = openChat({ pause: async () => void opened.output.emit('error', new Error('EPIPE')) });
    opened.world.nextDueAt = opened.world.now;
    opened.input.end('');
    expect(await opened.chat.run()).toEqual({ exitCode: 0 });
    expect(opened.world.logged.map(({ message }) => message)).toContain('the terminal can no longer be written to');
  });
});
