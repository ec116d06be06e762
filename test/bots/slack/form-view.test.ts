import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorBlock, FORM_VIEW, type FormViewOptions, formView } from '../../../src/bots/slack/form-view.ts';
import { blockOf, fieldOf, pickerBlockOf, readFormView, readMetadata } from '../../../src/bots/slack/view-values.ts';
import { problemsOfView } from './block-kit-rules.ts';
import { ACCOUNTS, BERLIN, draw, field, formOf, metadataOf, NINE_AM, NOW } from './form-kit.ts';
import { expectGolden } from './golden.ts';
import { optionIn, stateOf } from './view-state.ts';

const POST_FORM = formOf(
  [
    field('when', 'when', { label: 'When', hint: 'tomorrow 9am', value: 'Tuesday 9am' }),
    field('targets', 'targets', { label: 'Networks', hint: 'bluesky, mastodon, or all', value: 'bluesky, mastodon' }),
    field('text', 'paragraph', { label: 'Text', value: 'We are live' }),
    field('variants', 'variants', { label: 'A text of its own', required: false, aside: true }),
    field('files', 'files', { label: 'Images', required: false, aside: true, value: 'kite.png' }),
    field('campaign', 'line', { label: 'Campaign', required: false, aside: true, value: 'launch' }),
  ],
  { carried: { media: 'https://example.com/kite.png', 'variant:mastodon': 'We are live, *toot*' } },
);

const POST_OPTIONS: Partial<FormViewOptions> = {
  at: NINE_AM,
  chosen: ACCOUNTS.map(({ value }) => value),
  networks: [
    { id: 'bluesky', name: 'Bluesky' },
    { id: 'mastodon', name: 'Mastodon' },
  ],
  notes: {
    when: [['Tue 24 Nov 2026, 09:00 CET', ' · in 2 days']],
    text: ['Bluesky 11/300'],
    'variant:mastodon': ['Mastodon 19/500'],
  },
  intro: ['Still missing: nothing.'],
};

describe('a form as a modal', () => {
  it.each([
    ['post', POST_FORM, POST_OPTIONS],
    [
      'connect',
      formOf(
        [field('handle', 'line', { hint: 'you.bsky.social' }), field('password', 'secret', { hint: 'abcd-efgh-ijkl-mnop' })],
        {
          title: 'Connect an account of Bluesky',
          command: 'connect',
          carried: { platform: 'bluesky' },
        },
      ),
      {},
    ],
    [
      'choices',
      formOf([
        field('few', 'choice', {
          choices: [
            { value: 'edit-one', label: 'This one' },
            { value: 'edit-all', label: 'All following' },
          ],
          value: 'edit-all',
        }),
        field('many', 'choice', {
          choices: Array.from({ length: 12 }, (_, index) => ({ value: `v${index}`, label: `Choice ${index}` })),
          required: false,
        }),
      ]),
      {},
    ],
  ])('renders as agreed and within the limits: %s', async (name, form, options) => {
    const view = draw(form, options);
    expect(problemsOfView(view)).toEqual([]);
    expect(view.callback_id).toBe(FORM_VIEW);
    await expectGolden(`form-${name}`, view);
  });

  it('sends back what it was filled with, and nothing that its fields do not say', () => {
    const view = draw(POST_FORM, POST_OPTIONS);
    expect(readFormView(stateOf(view), metadataOf(view), BERLIN)).toEqual({
      args: {
        when: '2026-11-24T09:00:00+01:00[Europe/Berlin]',
        targets: 'bluesky/@team.example, mastodon/@team@mastodon.example',
        text: 'We are live',
        campaign: 'launch',
        media: 'https://example.com/kite.png',
        'variant:mastodon': 'We are live, *toot*',
      },
      files: [],
    });
  });

  it('sends neither fields left empty nor a network\u2019s own text that was emptied', () => {
    const view = draw(POST_FORM, POST_OPTIONS);
    const emptied = { ...stateOf(view).values, [blockOf('variant:mastodon')]: { text: { type: 'plain_text_input', value: '' } } };
    const { args } = readFormView({ values: emptied }, metadataOf(view), BERLIN);
    expect(Object.keys(args)).not.toContain('variant:mastodon');
  });

  it('keeps every block id from one redrawing to the next, and changes the picker with its time alone', () => {
    const idsOf = (options: Partial<FormViewOptions>) => draw(POST_FORM, options).blocks.map(({ block_id }) => block_id);
    const before = idsOf({ ...POST_OPTIONS, intro: [], notes: {} });
    const after = idsOf({ ...POST_OPTIONS, intro: [], notes: {}, at: NINE_AM.add({ hours: 1 }) });
    expect(before.filter((id) => !after.includes(id))).toEqual([pickerBlockOf('when', NINE_AM)]);
    expect(before).toContain('field:when');
  });

  it('takes an address, a password and a colon to the letter, and an emoji by its name', () => {
    const form = formOf([field('password', 'secret'), field('text', 'paragraph')]);
    const view = draw(form);
    const values = {
      'field:password': { secret: { type: 'plain_text_input', value: ' :tada: &amp; ' } },
      'field:text': { text: { type: 'plain_text_input', value: 'Live :tada: at 10:30: <b> &amp; https://example.com/:tada_x:' } },
    };
    expect(readFormView({ values }, metadataOf(view), BERLIN).args).toEqual({
      password: ' :tada: &amp; ',
      text: 'Live 🎉 at 10:30: <b> &amp; https://example.com/:tada_x:',
    });
  });

  it('splits a text that is longer than an input over several, and puts it together again', () => {
    const text = Array.from({ length: 900 }, (_, line) => `Line ${line} 👩‍👩‍👧`).join('\n');
    const form = formOf([field('text', 'paragraph', { value: text })]);
    const view = draw(form);
    expect(problemsOfView(view)).toEqual([]);
    expect(view.blocks.map(({ block_id }) => block_id).slice(0, 2)).toEqual(['field:text', 'field:text+2']);
    const metadata = metadataOf(view);
    const { values } = stateOf(view);
    const mixed = Object.fromEntries(Object.entries(values).toReversed());
    expect(readFormView({ values: mixed }, metadata, BERLIN).args.text).toBe(text);
    // a redrawing that knows no text must not take an input away in which text stands
    const redrawn = formView(metadata.form, { privateMetadata: view.private_metadata ?? '', accounts: [], now: NOW });
    expect(redrawn.blocks.map(({ block_id }) => block_id)).toEqual(view.blocks.map(({ block_id }) => block_id));
  });

  it('shows in a field what private_metadata has no room for, and loses nothing of it', () => {
    const carried = { text: 'long '.repeat(900), media: 'https://example.com/kite.png', campaign: 'launch' };
    const choices = [{ value: 'every Monday at 09:00', label: 'every Monday at 09:00' }];
    const view = draw(formOf([field('when', 'choice', { choices })], { carried }));
    expect(problemsOfView(view)).toEqual([]);
    expect(readFormView(stateOf(view), metadataOf(view), BERLIN).args).toEqual(carried);
  });

  it('has no note on a field that is called what every object has', () => {
    const { blocks } = draw(formOf([field('constructor', 'line')]), { notes: {} });
    expect(JSON.stringify(blocks)).not.toContain('note:');
  });

  it('shows something for a choice whose label and value are blank', () => {
    const view = draw(formOf([field('targets', 'targets'), field('text', 'line')]), { accounts: [{ value: ' ', label: '' }] });
    expect(problemsOfView(view)).toEqual([]);
    expect(JSON.stringify(view.blocks)).toContain('…');
  });

  it('lets values that are too long for an option be chosen all the same', () => {
    const long = `mastodon/@${'team'.repeat(30)}@mastodon.example`;
    const accounts = [...ACCOUNTS, { value: long, label: `Mastodon (${long})` }];
    const rule = `every Monday${' and Monday'.repeat(20)} at 09:00`;
    const form = formOf([
      field('targets', 'targets'),
      field('when', 'choice', {
        choices: [
          { value: rule, label: rule },
          { value: 'daily', label: 'daily' },
        ],
        value: rule,
      }),
    ]);
    const view = draw(form, { accounts, chosen: [long] });
    expect(problemsOfView(view)).toEqual([]);
    expect(JSON.stringify(view.blocks)).toContain(rule);
    expect(readFormView(stateOf(view), metadataOf(view), BERLIN).args).toEqual({ targets: long, when: rule });
  });

  it.each([
    ['none', 0],
    ['a few', 3],
    ['a hundred and twenty of three networks', 120],
    ['three hundred of one network', 300],
  ])('offers accounts to choose: %s', (_, count) => {
    const networks = count === 300 ? ['Bluesky'] : ['Bluesky', 'Mastodon', 'X'];
    const accounts = Array.from({ length: count }, (__, index) => {
      const network = networks[index % networks.length] ?? '';
      return { value: `${network.toLowerCase()}/@team${index}`, label: `${network} (@team${index})` };
    });
    const last = accounts.at(-1);
    const view = draw(formOf([field('targets', 'targets')]), { accounts, chosen: last ? [last.value] : [] });
    expect(problemsOfView(view)).toEqual([]);
    expect(readFormView(stateOf(view), metadataOf(view), BERLIN).args).toEqual(last ? { targets: last.value } : {});
    if (last) expect(optionIn(view, 'field:targets', last.value)).toBeDefined();
  });

  it('hands on the files that were put in', () => {
    const view = draw(POST_FORM, POST_OPTIONS);
    const file = { id: 'F1', name: 'kite.png', url_private: 'https://files.example/kite.png', mimetype: 'image/png' };
    const values = { ...stateOf(view).values, [blockOf('files')]: { files: { type: 'file_input', files: [file] } } };
    expect(readFormView({ values }, metadataOf(view), BERLIN).files).toMatchObject([{ id: 'F1', name: 'kite.png' }]);
  });

  it('names the block that an error belongs to', () => {
    expect(errorBlock(POST_FORM.fields, 'targets')).toBe('field:targets');
    expect(errorBlock(POST_FORM.fields, 'nothing')).toBe('field:when');
    expect(errorBlock([], 'text')).toBeNull();
    expect([blockOf('text', 2), pickerBlockOf('when', NINE_AM), pickerBlockOf('when', null), 'note:when'].map(fieldOf)).toEqual([
      'text',
      'when',
      'when',
      null,
    ]);
  });

  it('refuses metadata of another app', () => {
    expect(readMetadata('')).toBeNull();
    expect(readMetadata('{"channel":"C1"}')).toBeNull();
    expect(() => draw(POST_FORM, { privateMetadata: '{}' })).toThrow('metadata');
  });
});

describe('any form at all', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constant('x'.repeat(7000)),
  );
  const kinds = ['line', 'paragraph', 'when', 'targets', 'secret', 'choice', 'files', 'variants'] as const;
  const choice = fc.record({ value: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), label: words });
  const anyField = fc.record(
    {
      label: words,
      kind: fc.constantFrom(...kinds),
      required: fc.boolean(),
      hint: words,
      value: words,
      choices: fc.array(choice, { maxLength: 120 }),
    },
    { requiredKeys: ['label', 'kind', 'required'] },
  );
  const anyForm = fc.record({
    title: words,
    fields: fc.array(anyField, { minLength: 1, maxLength: 8 }),
    carried: fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), words, { maxKeys: 4 }),
  });

  it('is taken by Slack', () => {
    fc.assert(
      fc.property(anyForm, fc.array(choice, { maxLength: 150 }), ({ title, fields, carried }, accounts) => {
        // texts of its own stand beside a text for all
        fc.pre(fields.some(({ kind }) => kind !== 'variants'));
        const form = formOf(
          fields.map((each, index) => ({ ...each, name: `${each.kind}-${index}` })),
          { title: title.trim() === '' ? 'x' : title, carried },
        );
        const view = draw(form, {
          accounts,
          networks: [{ id: 'bluesky', name: 'Bluesky' }].slice(fields.filter(({ kind }) => kind === 'variants').length - 1),
        });
        expect(problemsOfView(view)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
