// Forms at an interactive terminal: one question after another, on to the command or away from it.
import { describe, expect, it } from 'vitest';
import { newsOf, ORIGIN } from './chat.ts';
import { CTRL_C, CTRL_U, sitDown } from './sit-down.ts';

describe('a form', () => {
  it('asks for its fields one after another and runs the command', async () => {
    const { type, until, leave } = await sitDown();
    type('/schedule\r');
    await until('Schedule a post');
    await until('e.g. tomorrow 9am');
    await until('When: ');
    type('noon');
    await until('Understood noon');
    type('\r');
    await until('To: bluesky');
    type('\r');
    await until('Text: ');
    type('one\\\r');
    await until('… ');
    type('two\r');
    await until('P12 scheduled\n  When  noon\n\n  Bluesky · 5/300\n  │ one\n  │ two');
    await leave();
  });

  it('keeps a value on Enter, carries what needs no field, and comes from a button too', async () => {
    const { type, until, leave } = await sitDown();
    type('/schedule a: Hello\r');
    await until('[1] Edit');
    await until('> ');
    type('1\r');
    await until('Text: Hello');
    type(' you\r');
    await until('P12 edit: Hello you');
    await leave();
  });

  it('asks again for what is needed', async () => {
    const { type, until, leave } = await sitDown();
    type('/schedule\r');
    await until('When: ');
    type('\r');
    await until('This is needed.');
    await until('When: ');
    await leave();
  });

  it.each([
    ['Ctrl-C', CTRL_C],
    ['cancel', 'cancel\r'],
  ])('is left with %s, and nothing is changed', async (_, keys) => {
    const { type, until, leave, shown } = await sitDown();
    type('/schedule\r');
    await until('When: ');
    type(keys);
    await until('Nothing was changed.');
    type('/say next\r');
    await until('said: next');
    expect(shown()).not.toContain('P12 scheduled');
    await leave();
  });

  it('is left with "cancel" where a value stands in the line', async () => {
    const { type, until, leave } = await sitDown();
    type('/schedule\r');
    await until('When: ');
    type('noon\r');
    await until('To: bluesky');
    type('cancel\r');
    await until('Nothing was changed.');
    await leave();
  });

  it('that was refused is asked again, filled with what was typed', async () => {
    const { type, until, leave } = await sitDown();
    type('/schedule\r');
    await until('When: ');
    type('yesterday\r');
    await until('To: bluesky');
    type('\r');
    await until('Text: ');
    type('Hi\r');
    await until('Yesterday has gone by.');
    await until('When: yesterday');
    type(`${CTRL_U}noon\r`);
    await until('To: bluesky');
    type('\r');
    await until('Text: Hi');
    type('\r');
    await until('P12 scheduled\n  When  noon');
    await leave();
  });

  it('never shows a secret, not even when news comes while it is typed', async () => {
    const { chat, type, until, leave, raw } = await sitDown();
    type('/connect bluesky\r');
    await until('Handle: ');
    type('ada\r');
    await until('App password: ');
    type('geheim');
    await chat.tell(ORIGIN, newsOf(5));
    await until('P5 failed');
    await until('App password: ');
    type('er\r');
    await until('Connected with 8 letters.');
    expect(raw()).not.toMatch(/geh|eimer/);
    await leave();
  });
});
