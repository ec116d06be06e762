import { describe, expect, it } from 'vitest';
import { openLineJoiner } from '../../../src/bots/terminal/lines.ts';

function join(lines: string[]): string[] {
  const joiner = openLineJoiner((line) => /^\/(say|schedule)\b/.test(line));
  return [...lines.flatMap((line) => joiner.push(line)), ...joiner.rest()];
}

describe('lines of a script', () => {
  it.each([
    ['are one command each', ['/say a', '/say b'], ['/say a', '/say b']],
    ['are skipped where blank or a comment', ['', '  ', '# hello', '  # hi', '/say #a'], ['/say #a']],
    ['go on behind a backslash', ['/say a \\', 'b\\', 'c'], ['/say a \nb\nc']],
    ['do not go on behind an escaped backslash', ['/say a\\\\', '/say b'], ['/say a\\\\', '/say b']],
    ['go on while a quote is open', ['/say "a', '', '# b', 'c" d'], ['/say "a\n\n# b\nc" d']],
    ['are whole where the quote is an inch', ['/say 5" tall', '/say b'], ['/say 5" tall', '/say b']],
    ['end a stray quote with the next command', ['/say he said "hi', '/say b'], ['/say he said "hi', '/say b']],
    ['keep an unfinished command at the end', ['/say "a', 'b'], ['/say "a\nb']],
    ['keep a command inside of a backslash', ['/say a\\', '/say b'], ['/say a\n/say b']],
    ['are not joined where they are no command', ['"hello', 'you'], ['"hello', 'you']],
  ])('%s', (_, lines, commands) => {
    expect(join(lines)).toEqual(commands);
  });
});
