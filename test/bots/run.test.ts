// How lines and presses reach commands, for every chat.
import { beforeEach, describe, expect, it } from 'vitest';
import { hasOpenQuote, quote, readArguments } from '../../src/bots/arguments.ts';
import { type Call, defineCommand } from '../../src/bots/command.ts';
import { openCommands } from '../../src/bots/run.ts';
import { CrierError, invalidArgument } from '../../src/core/errors.ts';
import { COMMANDS } from './terminal/commands.ts';
import { ACTOR, openWorld, type World } from './terminal/deps.ts';

const command = (...kinds: [string, 'choice' | 'text' | 'page'][]) =>
  defineCommand({
    name: 'try',
    summary: '',
    permission: 'view',
    arguments: kinds.map(([name, kind]) => ({ name, kind, summary: '' })),
    examples: [],
    run: async () => ({ tone: 'plain' }),
  });

describe('readArguments', () => {
  const post = command(['post', 'choice'], ['action', 'choice'], ['text', 'text']);
  const list = command(['filter', 'choice'], ['page', 'page']);

  it.each([
    ['nothing', post, '', {}],
    ['words in order', post, 'P12 edit', { post: 'P12', action: 'edit' }],
    [
      'the rest untouched',
      post,
      'P12 edit  two  spaces: "and" quotes',
      { post: 'P12', action: 'edit', text: 'two  spaces: "and" quotes' },
    ],
    ['newlines in the rest', post, 'P12 edit one\n\n  two', { post: 'P12', action: 'edit', text: 'one\n\n  two' }],
    ['quotes around the whole rest', post, 'P12 edit "Hello you"', { post: 'P12', action: 'edit', text: 'Hello you' }],
    ['quoted words', post, '"P 12" “ed it” x', { post: 'P 12', action: 'ed it', text: 'x' }],
    ['an escaped quote', post, '"a \\"b\\" c" d', { post: 'a "b" c', action: 'd' }],
    ['a quote that never closes', post, '"P12 edit', { post: '"P12', action: 'edit' }],
    ['names with a colon', post, 'action:edit P12 Hello', { action: 'edit', post: 'P12', text: 'Hello' }],
    ['names in any case', post, 'Action:edit P12', { action: 'edit', post: 'P12' }],
    ['names with dashes', post, '--action edit P12', { action: 'edit', post: 'P12' }],
    ['names with dashes and =', post, 'P12 --action=edit Hello', { post: 'P12', action: 'edit', text: 'Hello' }],
    ['named values in quotes', post, 'post:"P 12" action:edit', { post: 'P 12', action: 'edit' }],
    [
      'a named text takes the rest',
      post,
      'P12 edit text:one two\nthree',
      { post: 'P12', action: 'edit', text: 'one two\nthree' },
    ],
    ['names of nothing are words', post, 'http://x.org foo:bar baz', { post: 'http://x.org', action: 'foo:bar', text: 'baz' }],
    ['a named last argument', list, 'today page:2', { filter: 'today', page: '2' }],
    ['a name first', list, 'page:2 failed', { page: '2', filter: 'failed' }],
    ['words too many', list, 'filter:a page:2 and more', { filter: 'a', page: '2 and more' }],
  ])('reads %s', (_, declared, text, args) => {
    expect(readArguments(declared, text)).toEqual(args);
  });

  it("leaves the text to a command's own grammar", () => {
    expect(readArguments({ ...post, fromText: (text) => ({ text: text.toUpperCase() }) }, 'p12 x')).toEqual({ text: 'P12 X' });
  });

  it.each(['plain', 'two words', 'a "quote"', 'back\\slash', 'a\nb', '„ja“'])('gives back %j when it was quoted', (value) => {
    expect(readArguments(post, `${quote(value)} edit`)).toEqual({ post: value, action: 'edit' });
  });
});

describe('hasOpenQuote', () => {
  it.each([
    ['say "hello', true],
    ['text:"hello', true],
    ['say “hello', true],
    ['say "hello"', false],
    ['say "he \\" llo', true],
    ['a 5" screen', false],
    ["it's", false],
    ['"a" and "b', true],
  ])('of %j is %s', (text, open) => {
    expect(hasOpenQuote(text)).toBe(open);
  });
});

describe('commands', () => {
  let world: World;
  let call: Call;
  const commands = openCommands(COMMANDS);

  beforeEach(() => {
    world = openWorld();
    call = { actor: ACTOR, deps: world.deps, origin: { chat: 'terminal', channel: 'terminal', message: null } };
  });

  it('run by their line, with or without arguments, in any case', async () => {
    expect((await commands.runLine('/say Hello', call)).reply.lines).toEqual(['said: Hello']);
    expect((await commands.runLine('  /SAY\nHello', call)).reply.lines).toEqual(['said: Hello']);
    expect((await commands.runLine('/say', call)).reply.lines).toEqual(['said: nothing']);
  });

  it('run by name with arguments that were read already', async () => {
    const { reply } = await commands.run('post', { post: 'P1', action: 'move', text: 'noon' }, call);
    expect(reply.lines).toEqual(['P1 move: noon']);
  });

  it.each([
    ['/shedule x', 'There is no command /shedule. Did you mean /schedule?'],
    ['/banana', 'There is no command /banana. /help lists them all.'],
    ['schedule tomorrow', 'Commands begin with a slash: did you mean /schedule?'],
    ['Good morning', 'Commands begin with a slash, like /help, which lists them all.'],
    ['/', 'Commands begin with a slash, like /help, which lists them all.'],
  ])('answer %j kindly', async (line, sentence) => {
    const { reply, refused, bug } = await commands.runLine(line, call);
    expect(reply).toEqual({ tone: 'bad', lines: [sentence], private: true });
    expect({ refused, bug }).toEqual({ refused: true, bug: false });
  });

  it('answer a CrierError with its own sentence, for the one who asked', async () => {
    const { reply, refused, bug } = await commands.runLine('/say long', call);
    expect(reply).toEqual({ tone: 'bad', lines: ['That is too long. Say less.'], private: true });
    expect({ refused, bug }).toEqual({ refused: true, bug: false });
  });

  it('say which argument a refusal is about, where one is', async () => {
    const picky = defineCommand({
      ...command(['text', 'text']),
      run: async () => {
        throw invalidArgument('text', 'Say less.');
      },
    });
    expect(await openCommands([picky]).runLine('/try', call)).toMatchObject({ refused: true, field: 'text' });
    expect(await commands.runLine('/say long', call)).not.toHaveProperty('field');
  });

  it('log any other error whole, under the reference that the person is told', async () => {
    const { reply, bug } = await commands.runLine('/say fail', call);
    const entry = world.logged.find(({ level }) => level === 'error');
    expect(bug).toBe(true);
    expect(entry?.fields).toMatchObject({ err: new TypeError('cannot read properties of the moon'), command: 'say' });
    const reference = entry && 'reference' in entry.fields ? String(entry.fields.reference) : 'missing';
    expect(reply.lines?.[0]).toContain(reference);
    expect(reply.lines?.[0]).not.toContain('moon');
  });

  it('are declined for a role that may not run them, by line and by button', async () => {
    const viewer: Call = { ...call, actor: { ...ACTOR, member: { ...ACTOR.member, role: 'viewer' } } };
    const { reply, refused } = await commands.runLine('/schedule a: b', viewer);
    expect(refused).toBe(true);
    expect(reply.lines?.[0]).toContain('Your role here is viewer');
    expect((await commands.runLine('/post P1', viewer)).refused).toBe(false);
  });

  it('press buttons by their ids', async () => {
    expect((await commands.press('post/cancel/P12~3:4.5', call)).reply.lines).toEqual(['P12~3:4.5 is canceled.']);
  });

  it.each(['post/explode/P12', 'gone/cancel/P12', 'nonsense', ''])('say so for the unknown button %j', async (id) => {
    const { reply, refused } = await commands.press(id, call);
    expect(refused).toBe(true);
    expect(reply.lines?.[0]).toContain('earlier version');
  });

  it('keep the kind of an error that is the network’s for the log', async () => {
    const down = defineCommand({
      ...command(['text', 'text']),
      run: async () => {
        throw new CrierError('unavailable', 'Bluesky cannot be reached.', { meta: { status: 503 } });
      },
    });
    await openCommands([down]).runLine('/try', call);
    expect(world.logged).toEqual([
      { level: 'info', fields: { command: 'try', kind: 'unavailable', meta: { status: 503 } }, message: 'command refused' },
    ]);
  });

  it('may not share a name', () => {
    expect(() => openCommands([...COMMANDS, ...COMMANDS.slice(0, 1)])).toThrow('share a name');
  });
});
