import { Collection, type ModalSubmitInteraction } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formView } from '../../../src/bots/discord/form-view.ts';
import { type FilledInput, readFormView } from '../../../src/bots/discord/view-values.ts';
import type { Form, FormField } from '../../../src/bots/reply.ts';
import { componentsIn, problemsOfModal } from './component-rules.ts';
import { expectGolden } from './golden.ts';

const ACCOUNTS = [
  { value: 'bluesky/@team.example', label: 'Bluesky (@team.example)' },
  { value: 'mastodon/@team@mastodon.example', label: 'Mastodon (@team@mastodon.example)' },
];
const OPTIONS = { customId: 'form/1f2e3d4c', accounts: ACCOUNTS, chosen: ['bluesky/@team.example'] };

const field = (name: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  kind,
  required: true,
  ...more,
});
const form = (...fields: FormField[]): Form => ({
  title: 'Schedule a post',
  command: 'schedule',
  fields,
  carried: { media: 'https://example.com/kite.png' },
  inOneLine: '/schedule',
});

const WHEN = field('when', 'when', { label: 'When', hint: 'tomorrow 9am' });
const TARGETS = field('targets', 'targets', { label: 'Networks', hint: 'bluesky, or all', value: 'bluesky' });
const TEXT = field('text', 'paragraph', { label: 'Text' });
const ASIDE: FormField[] = [
  field('variants', 'variants', { required: false, aside: true }),
  field('files', 'files', { label: 'Images', required: false, aside: true, value: 'kite.png' }),
  field('campaign', 'line', { label: 'Campaign', required: false, aside: true, value: 'launch' }),
];
const SCHEDULE = form(WHEN, TARGETS, TEXT, ...ASIDE);

const inputsIn = (view: unknown) =>
  componentsIn(view).filter(({ custom_id, type }) => custom_id !== undefined && type !== undefined);
const idsIn = (view: unknown): (string | undefined)[] => inputsIn(view).map(({ custom_id }) => custom_id);

/** The modal sent as it was opened. */
const asOpened = (view: unknown): FilledInput[] =>
  inputsIn(view).map(({ custom_id: customId = '', type, value, options = [] }) => {
    if (type === 4) return { customId, value: typeof value === 'string' ? value : '' };
    if (type === 19) return { customId, values: [], attachments: new Collection() };
    const chosen = Array.isArray(options) ? options.filter((option) => option.default === true) : [];
    return { customId, values: chosen.map((option) => option.value) };
  });

describe('a form in Discord', () => {
  it.each<[string, Form]>([
    ['form-schedule', SCHEDULE],
    [
      'form-connect',
      {
        ...form(
          field('handle', 'line', { hint: 'you.bsky.social', value: 'ada' }),
          field('password', 'secret', { hint: 'abcd-efgh' }),
        ),
        title: 'Connect Bluesky',
      },
    ],
    [
      'form-edit',
      {
        ...form(
          field('value', 'paragraph', { label: 'Text', value: 'We are live' }),
          field('action', 'choice', {
            choices: [
              { value: 'edit-one', label: 'This one' },
              { value: 'edit-all', label: 'All following' },
            ],
          }),
        ),
        title: 'Edit P12',
      },
    ],
  ])('is drawn as agreed and within the limits: %s', async (name, asked) => {
    const view = formView(asked, {
      ...OPTIONS,
      notes: { when: ['Tue 24 Nov 2026, 09:00 CET · in 14 hours'], text: ['Bluesky 212/300'] },
    });
    expect(problemsOfModal(view)).toEqual([]);
    await expectGolden(name, view);
  });

  it('reads what was filled in, and files with what they show', () => {
    const file = { url: 'https://cdn.example/a.png', name: 'a.png', description: 'A kite' };
    const filled = readFormView(SCHEDULE, [
      { customId: 'field/when', value: 'tomorrow 9am' },
      { customId: 'field/targets', values: ACCOUNTS.map(({ value }) => value) },
      { customId: 'field/text', value: 'Hello\nworld' },
      { customId: 'field/files', values: ['1'], attachments: new Collection([['1', file]]) },
      { customId: 'field/campaign', value: ' ' },
    ]);
    expect(filled).toEqual({
      args: {
        media: 'https://example.com/kite.png',
        when: 'tomorrow 9am',
        targets: 'bluesky/@team.example, mastodon/@team@mastodon.example',
        text: 'Hello\nworld',
      },
      files: [{ url: 'https://cdn.example/a.png', name: 'a.png', altText: 'A kite' }],
    });
  });

  it('is read from what discord.js hands out', () => {
    const read = (interaction: ModalSubmitInteraction) => readFormView(SCHEDULE, interaction.fields.fields.values());
    expect(read).toBeTypeOf('function');
  });

  it('keeps the value of a field that has no room, and shows first what is missing', () => {
    const many = form(
      ...['a', 'b', 'c', 'd', 'e'].map((name) => field(name, 'line', { value: `${name} was said` })),
      field('f', 'line'),
      field('g', 'line', { required: false, value: 'g was said' }),
    );
    const view = formView(many, OPTIONS);
    expect(problemsOfModal(view)).toEqual([]);
    expect(idsIn(view)).toEqual(['a', 'b', 'c', 'd', 'f'].map((name) => `field/${name}`));
    expect(readFormView(many, asOpened(view)).args).toMatchObject({ e: 'e was said', g: 'g was said' });
  });

  it('splits a text that one input does not hold, and puts it together again', () => {
    const text = 'Words and more words. '.repeat(270);
    const long = form(WHEN, TARGETS, { ...TEXT, value: text }, ...ASIDE);
    const view = formView(long, OPTIONS);
    expect(problemsOfModal(view)).toEqual([]);
    expect(idsIn(view)).toEqual(['field/when', 'field/targets', 'field/text', 'field/text+2', 'field/files']);
    expect(readFormView(long, asOpened(view)).args).toMatchObject({ text, campaign: 'launch' });
  });

  it('asks for networks in words where there are none to choose, or more than a menu holds', () => {
    const crowd = Array.from({ length: 26 }, (_, index) => ({ value: `bluesky/@a${index}`, label: `Bluesky (@a${index})` }));
    for (const accounts of [[], crowd]) {
      const view = formView(form(TARGETS), { ...OPTIONS, accounts });
      expect(problemsOfModal(view)).toEqual([]);
      expect(inputsIn(view)).toMatchObject([{ type: 4, value: 'bluesky' }]);
    }
  });

  it('offers choices that are longer than Discord takes, and reads them whole', () => {
    const value = `every month on the ${'second '.repeat(20)}Tuesday at 09:00`;
    const choices = [value, 'every Tuesday at 09:00'].map((each) => ({ value: each, label: each }));
    const asked = form(field('when', 'choice', { choices, value }));
    const view = formView(asked, OPTIONS);
    expect(problemsOfModal(view)).toEqual([]);
    expect(readFormView(asked, asOpened(view)).args.when).toBe(value);
  });

  it('never fills a secret in', () => {
    const view = formView(form(field('password', 'secret', { value: 'abcd-efgh' })), OPTIONS);
    expect(JSON.stringify(view)).not.toContain('abcd-efgh');
  });
});

describe('any form at all', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 130 });
  const choice = fc.record({ value: words, label: words });
  const anyField: fc.Arbitrary<FormField> = fc.record(
    {
      name: fc.stringMatching(/^[a-z]{1,20}$/),
      label: words,
      kind: fc.constantFrom('line', 'paragraph', 'when', 'targets', 'secret', 'choice', 'files'),
      required: fc.boolean(),
      hint: words,
      value: fc.oneof(words, fc.constant('word '.repeat(1500))),
      choices: fc.array(choice, { maxLength: 30 }),
      aside: fc.constant(true as const),
    },
    { requiredKeys: ['name', 'label', 'kind', 'required'] },
  );
  const anyForm = fc.record({
    title: words,
    command: fc.constant('schedule'),
    fields: fc.uniqueArray(anyField, { minLength: 1, maxLength: 8, selector: ({ name }) => name }),
    carried: fc.constant({}),
    inOneLine: fc.constant('/schedule'),
  });

  it('is taken by Discord', () => {
    fc.assert(
      fc.property(anyForm, fc.array(choice, { maxLength: 30 }), (asked, accounts) => {
        const chosen = accounts.slice(0, 3).map(({ value }) => value);
        expect(problemsOfModal(formView(asked, { customId: 'form/1', accounts, chosen }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
