import type { CommandInteractionOption } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARGUMENT_KINDS, type Argument, type Command, defineCommand } from '../../../src/bots/command.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { commandName } from '../../../src/bots/discord/option-names.ts';
import { applicationCommands, SCHEDULE_MESSAGE } from '../../../src/bots/discord/options.ts';
import { fingerprint } from '../../../src/bots/discord/options-fingerprint.ts';
import { argumentOf, readOptions, type TypedOption } from '../../../src/bots/discord/options-read.ts';
import { problemsOfCommands } from './component-rules.ts';
import { expectGolden } from './golden.ts';

const PLATFORMS = [
  { id: 'bluesky', name: 'Bluesky' },
  { id: 'mastodon', name: 'Mastodon' },
];
const registered = (scope: 'global' | 'guild' = 'global', all: readonly Command[] = commands) =>
  applicationCommands({ commands: all, platforms: PLATFORMS, scope });
const named = (name: string): Command => {
  const command = commands.find((each) => each.name === name);
  if (!command) throw new Error(`no command ${name}`);
  return command;
};
const optionsOf = (name: string) => {
  const command = registered().find((each) => each.name === name);
  return command && 'options' in command ? (command.options ?? []) : [];
};

/** Discord's own slash commands, which stand beside those of apps: https://support.discord.com/hc/en-us/articles/1500000368501 (2026-11-22) */
const DISCORDS_OWN = [
  'giphy',
  'tenor',
  'tts',
  'me',
  'tableflip',
  'unflip',
  'shrug',
  'spoiler',
  'nick',
  'thread',
  'msg',
  'kick',
  'ban',
  'timeout',
  'leave',
  'gif',
  'sticker',
];

describe('the commands registered with Discord', () => {
  it('are as agreed and within the limits', async () => {
    expect(problemsOfCommands(registered())).toEqual([]);
    expect(problemsOfCommands(registered('guild'))).toEqual([]);
    await expectGolden('commands', registered());
  });

  it('are every command there is, by its own name, and the menu of a message', () => {
    expect(registered().map(({ name }) => name)).toEqual([...commands.map(({ name }) => name), SCHEDULE_MESSAGE]);
    expect(commands.map(commandName).filter((name) => DISCORDS_OWN.includes(name))).toEqual([]);
  });

  it('ask for nothing where a form asks for several things, and for the one thing where it is one', () => {
    const required = (name: string) => optionsOf(name).flatMap((option) => (option.required ? [option.name] : []));
    expect(['schedule', 'publish', 'draft'].map(required)).toEqual([[], [], []]);
    expect(['post', 'connect', 'disconnect'].map(required)).toEqual([['post'], ['platform'], ['account']]);
  });

  it('call the networks of a post by that name, and take files', () => {
    expect(optionsOf('schedule').map(({ name }) => name)).toEqual([
      'when',
      'networks',
      'text',
      'media',
      'media2',
      'media3',
      'media4',
      'media-text',
      'campaign',
      'thread',
      'comment',
      'options',
    ]);
  });

  it('have no place for a secret, since others see what was typed', () => {
    expect(optionsOf('connect').map(({ name }) => name)).toEqual(['platform']);
  });

  it('show what administers a server to those who manage it, and all else to everybody', () => {
    const closed = registered().flatMap(({ name, default_member_permissions }) =>
      default_member_permissions === null ? [] : [name],
    );
    expect(closed).toEqual(commands.filter(({ permission }) => permission === 'administer').map(({ name }) => name));
    expect(registered().find(({ name }) => name === 'connect')?.default_member_permissions).toBe(String(1 << 5));
  });

  it('say where they are seen only where they are registered everywhere', () => {
    expect(registered().every((command) => command.contexts !== undefined)).toBe(true);
    expect(registered('guild').every((command) => command.contexts === undefined)).toBe(true);
  });

  it('are valid for any declaration', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 130 });
    const argument: fc.Arbitrary<Argument> = fc.record(
      {
        name: fc.oneof(
          fc.constantFrom('text', 'targets', 'networks', 'media2', 'zone'),
          fc.string({ minLength: 1, maxLength: 40 }),
        ),
        kind: fc.constantFrom(...ARGUMENT_KINDS),
        summary: words,
        required: fc.boolean(),
        choices: fc.array(words, { maxLength: 30 }),
      },
      { requiredKeys: ['name', 'kind', 'summary'] },
    );
    const declaration = fc.record({
      name: fc.stringMatching(/^[a-z-]{1,32}$/),
      summary: words,
      permission: fc.constantFrom('view' as const, 'write' as const, 'administer' as const),
      arguments: fc.array(argument, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(declaration, (given) => {
        const command = defineCommand({ ...given, examples: [], run: async () => ({ tone: 'plain' }) });
        expect(problemsOfCommands(registered('global', [command]))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the fingerprint of commands', () => {
  it('is the same for the same declarations, and for what Discord gives back of them', () => {
    const stored = registered()
      .map((command, index) => ({
        ...command,
        id: String(index),
        application_id: '1',
        version: '2',
        nsfw: false,
        ...('description' in command ? {} : { description: '', options: [] }),
      }))
      .toReversed();
    expect(fingerprint(registered(), 'global')).toBe(fingerprint(registered(), 'global'));
    expect(fingerprint(stored, 'global')).toBe(fingerprint(registered(), 'global'));
  });

  it('leaves out of one server what Discord knows of places there', () => {
    const stored = registered('guild').map((command) => ({ ...command, contexts: null, integration_types: [0] }));
    expect(fingerprint(stored, 'guild')).toBe(fingerprint(registered('guild'), 'guild'));
  });

  it.each([
    ['a summary', { ...named('posts'), summary: 'Another' }],
    ['a permission', { ...named('posts'), permission: 'administer' as const }],
    ['an argument', { ...named('posts'), arguments: named('posts').arguments.slice(1) }],
  ])('differs where %s does', (_, changed) => {
    const others = commands.map((command) => (command.name === 'posts' ? changed : command));
    expect(fingerprint(registered('global', others), 'global')).not.toBe(fingerprint(registered(), 'global'));
  });
});

describe('what was typed into options', () => {
  const file = (name: string, description: string | null = null) => ({ url: `https://cdn.example/${name}`, name, description });

  it('becomes the arguments of the command', () => {
    const typed = [
      { name: 'when', value: 'tomorrow 9am' },
      { name: 'networks', value: 'bluesky, mastodon' },
      { name: 'text', value: 'We are live' },
      { name: 'gone', value: 'of an earlier version' },
    ];
    expect(readOptions(named('schedule'), typed)).toEqual({
      args: { when: 'tomorrow 9am', targets: 'bluesky, mastodon', text: 'We are live' },
      files: [],
    });
  });

  it('brings the files along, with what they show', () => {
    const typed = [
      { name: 'media3', attachment: file('b.png') },
      { name: 'media', attachment: file('a.png', 'said at the file') },
      { name: 'media-text', value: ' A kite | Two kites | and a bar' },
    ];
    expect(readOptions(named('draft'), typed).files).toEqual([
      { url: 'https://cdn.example/a.png', name: 'a.png', altText: 'A kite' },
      { url: 'https://cdn.example/b.png', name: 'b.png', altText: 'Two kites | and a bar' },
    ]);
    expect(readOptions(named('draft'), [{ name: 'media', attachment: file('a.png', 'said at the file') }]).files).toEqual([
      { url: 'https://cdn.example/a.png', name: 'a.png', altText: 'said at the file' },
    ]);
  });

  it('is what discord.js hands out, and numbers are text', () => {
    const handedOut = (data: readonly CommandInteractionOption[]): readonly TypedOption[] => data;
    expect(readOptions(named('post'), handedOut([{ name: 'post', type: 4, value: 12 }])).args).toEqual({ post: '12' });
  });

  it('is known by its argument while it is typed', () => {
    expect(argumentOf(named('schedule'), 'networks')?.kind).toBe('targets');
    expect(argumentOf(named('schedule'), 'nothing')).toBeUndefined();
  });
});
