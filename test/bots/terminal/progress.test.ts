// How far a long command is, in the terminal; and what is said there that nobody asked for just now.
import { describe, expect, it } from 'vitest';
import { defineCommand } from '../../../src/bots/command.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { CrierError } from '../../../src/core/errors.ts';
import { openChat } from './chat.ts';
import { sitDown } from './sit-down.ts';

const refresh = defineCommand({
  name: 'refresh',
  summary: 'Reads figures',
  permission: 'view',
  arguments: [{ name: 'steps', kind: 'text', summary: 'how many' }],
  examples: ['/refresh'],
  run: async ({ args: { steps = '0' }, progress }) => {
    for (let step = 1; step <= Number(steps); step++) await progress?.({ tone: 'plain', lines: [`${step} of ${steps}`] });
    if (steps === '3') throw new CrierError('unavailable', 'The network does not answer.');
    return { tone: 'good', lines: ['All is read.'] };
  },
});
const commands = openCommands([refresh]);

async function transcript(script: string): Promise<string> {
  const opened = openChat({ commands });
  opened.input.end(script);
  await opened.chat.run();
  return opened.shown();
}

describe('how far a long command is', () => {
  it('is a line for every tenth step and the last, below what was typed', async () => {
    expect(await transcript('/refresh 25\n')).toBe('> /refresh 25\n1 of 25\n11 of 25\n21 of 25\n25 of 25\n✔ All is read.\n\n');
  });

  it('says the last step once, and nothing where there is none', async () => {
    expect(await transcript('/refresh 11\n/refresh\n')).toBe(
      '> /refresh 11\n1 of 11\n11 of 11\n✔ All is read.\n\n> /refresh\n✔ All is read.\n\n',
    );
  });

  it('says how far it came where it failed', async () => {
    expect(await transcript('/refresh 3\n')).toBe('> /refresh 3\n1 of 3\n3 of 3\n✖ The network does not answer.\n\n');
  });

  it('is told at a keyboard too', async () => {
    const opened = await sitDown({ commands });
    opened.type('/refresh 2\r');
    expect(await opened.until('All is read.')).toMatch(/1 of 2\n[\s\S]*2 of 2\n/);
    await opened.leave();
  });
});

describe('what is said in a place', () => {
  const place = (name: string | null) => ({
    teamId: 'terminal',
    channel: 'terminal',
    post: name === null ? null : { id: 'p12', message: 'm1', name },
  });
  const figures = { label: 'Show', command: 'post', name: 'show', subject: 'P12' };

  it('names the post it is about, where its title does not', async () => {
    const { chat, shown } = openChat();
    await chat.sayIn(place('P12'), { tone: 'plain', title: 'After a day', buttons: [figures] }, 'a');
    await chat.sayIn(place('P1'), { tone: 'plain', title: 'P12 after a day' }, 'b');
    await chat.sayIn(place('P12'), { tone: 'plain', title: [{ code: 'P12' }, ' after a day'] }, 'c');
    await chat.sayIn(place('P12'), { tone: 'plain', lines: ['Three likes.'] }, 'd');
    await chat.sayIn(place(null), { tone: 'plain', title: 'Yesterday' }, 'e');
    expect(shown()).toBe(
      'P12: After a day\n\n  [1] Show\n\nP1: P12 after a day\n\nP12 after a day\n\nP12\n  Three likes.\n\nYesterday\n\n',
    );
  });

  it('is refused where nobody sits here any more, so that it is said later', async () => {
    const { chat } = openChat();
    chat.close();
    await expect(chat.sayIn(place(null), { tone: 'plain', title: 'Yesterday' }, 'a')).rejects.toThrow('closed');
  });
});
