import { describe, expect, it } from 'vitest';
import { openLineJoiner } from '../../../src/bots/terminal/lines.ts';
import { maskSecrets, mayHoldSecret } from '../../../src/bots/terminal/secrets.ts';

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

describe('lines with secrets', () => {
  const names = ['password', 'token'];

  it.each([
    ['/connect bluesky handle:me password:abc', '/connect bluesky handle:me password:•••'],
    ['/connect bluesky password:"a b" handle:me', '/connect bluesky password:••• handle:me'],
    ['/connect bluesky password:"a \\" b" handle:me', '/connect bluesky password:••• handle:me'],
    ['/connect x PASSWORD=abc token: def', '/connect x PASSWORD=••• token: •••'],
    ['/connect x --password abc', '/connect x --password •••'],
    ['/connect x password:"never closed', '/connect x password:•••'],
    ['/say a tokens:1', '/say a tokens:1'],
  ])('%j is shown as %j', (line, shown) => {
    expect(maskSecrets(line, names)).toBe(shown);
  });

  it.each([
    ['/connect bluesky', true],
    ['/conect bluesky secret', true],
    ['connect bluesky', true],
    ['/say password:abc', true],
    ['/schedule tomorrow to x: password please', false],
    ['/posts', false],
  ])('%j may hold one: %s', (line, may) => {
    expect(mayHoldSecret(line, names)).toBe(may);
  });

  it('are not looked for where no network has any', () => {
    expect(maskSecrets('password:abc', [])).toBe('password:abc');
  });
});
