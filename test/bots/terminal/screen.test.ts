import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lastRowOf, lineBelow, Screen } from '../../../src/bots/terminal/screen.ts';

describe('lastRowOf', () => {
  const texts = ['', 'a', '日', '🎉', 'é', 'a\tb', ...[9, 10, 11, 20, 25].flatMap((n) => ['x'.repeat(n), `x${'日'.repeat(n)}`])];

  it.each(texts)('counts the rows of %j as readline does', (text) => {
    const output = Object.assign(new PassThrough(), { columns: 10 });
    const readline = createInterface({ input: new PassThrough(), output, terminal: true, prompt: '' });
    readline.write(text.replaceAll('\t', ''));
    Object.assign(readline, { line: text, cursor: text.length });
    expect(lastRowOf(text, 10)).toBe(readline.getCursorPos().rows);
    readline.close();
  });
});

describe('lineBelow', () => {
  it('goes below the input, writes a line cut to the width, and comes back', () => {
    expect(lineBelow('0123456789', { column: 3, rowsBelow: 1, columns: 8 }, (text) => `<${text}>`)).toBe(
      '\u001B[1B\r\n\u001B[0J<012345…>\u001B[2A\u001B[4G',
    );
  });
});

describe('Screen', () => {
  const openTarget = () => Object.assign(new PassThrough(), { columns: 33 });

  it('hands text on, but not while it is muted', () => {
    const target = openTarget();
    const chunks: string[] = [];
    target.write = (chunk: string) => chunks.push(chunk) > 0;
    const screen = new Screen(target);
    screen.write('a');
    screen.muted = true;
    screen.write('b');
    screen.muted = false;
    screen.write('c');
    expect(chunks).toEqual(['a', 'c']);
  });

  it('is as wide as its target and hears of its resizing, until it stops listening', () => {
    const target = openTarget();
    const screen = new Screen(target);
    let resized = 0;
    screen.on('resize', () => resized++);
    target.emit('resize');
    screen.stopListening();
    target.emit('resize');
    expect([screen.columns, resized]).toEqual([33, 1]);
    expect(new Screen(new PassThrough()).columns).toBe(80);
  });
});
