import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderReply } from '../../../src/bots/discord/render.ts';
import { readButtonId } from '../../../src/bots/discord/render-buttons.ts';
import { FORM_BUTTON, readFormButton } from '../../../src/bots/form-button.ts';
import { type Button, buttonId, buttonsOf, type Reply, type Span } from '../../../src/bots/reply.ts';
import { anyReply, saidBy } from '../any-reply.ts';
import { REPLIES } from '../replies.ts';
import { componentsIn, problemsOfMessage } from './component-rules.ts';
import { expectGolden } from './golden.ts';
import { essence, readText } from './read-markdown.ts';

/** Buttons and choices in menus, by the ids that a press of them carries. */
const pressesIn = (rendered: unknown): (string | null)[] =>
  componentsIn(rendered).flatMap(({ type, custom_id: customId = '', options = [] }) => {
    if (type === 2) return [readButtonId({ customId })];
    return Array.isArray(options) ? options.map(({ value }) => readButtonId({ customId, values: [value] })) : [];
  });

const button = (name: string, more: Partial<Button> = {}): Button => ({
  label: name,
  command: 'post',
  name,
  subject: 'P1',
  ...more,
});

describe('a reply in Discord', () => {
  it.each(Object.entries(REPLIES))('renders as agreed and within the limits: %s', async (name, reply) => {
    const messages = renderReply(reply);
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    await expectGolden(name, messages);
  });

  it('names the people and roles of the server', async () => {
    const value = [{ mention: '123', text: '@ada' }, ' admin, ', { mention: '&456', text: '@editors' }, ' author'];
    const messages = renderReply({ tone: 'plain', title: 'Settings', fields: [{ name: 'roles', value }] });
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    await expectGolden('mentions', messages);
  });

  it('keeps the title and the buttons in the first message, however long the rest', () => {
    const messages = renderReply(REPLIES['card-of-nine-networks'] ?? { tone: 'plain' });
    expect(messages.length).toBeGreaterThan(1);
    expect(readText(messages[0])).toContain('P12 kept as a draft');
    expect(messages.map(pressesIn)).toEqual([
      ['post/edit/P12', 'post/move/P12', 'post/cancel/P12'],
      ...messages.slice(1).map(() => []),
    ]);
  });

  it('shows ten posts and their buttons in one message', () => {
    const messages = renderReply(REPLIES.list ?? { tone: 'plain' });
    expect(messages).toHaveLength(1);
    expect(pressesIn(messages)).toHaveLength(11);
  });

  it('shows the text of a post untouched, whatever it holds', () => {
    const quote = '*Live* <@1> & :tada: `x`\n# no heading\n\n  > two  spaces';
    const [message] = renderReply({ tone: 'plain', sections: [{ heading: 'Bluesky', quote }] });
    expect(componentsIn(message).at(-1)?.content).toBe(
      ['**Bluesky**', '> \\*Live\\* \\<@1> & \\:tada: \\`x\\`', '> \\# no heading', '> ', '>   \\> two  spaces'].join('\n'),
    );
  });

  it('lets nothing that people wrote call anybody, and says so to Discord too', () => {
    const evil = '@everyone <@123> <@&456> [bank](https://evil.example)';
    const [message] = renderReply({
      tone: 'bad',
      title: evil,
      lines: [evil],
      fields: [{ name: evil, value: evil }],
      notes: [evil],
    });
    expect(message?.allowedMentions).toEqual({ parse: [] });
    expect(JSON.stringify(message)).not.toMatch(/(?<!\\)(?:<@|@everyone|\[bank)/);
  });

  it.each([
    ['good', '✅'],
    ['warning', '⚠️'],
    ['bad', '❌'],
  ] as const)('tells by a mark and not by colour alone that it is %s', (tone, mark) => {
    expect(readText(renderReply({ tone, title: 'P12' }))).toBe(`${mark} P12`);
    expect(readText(renderReply({ tone, lines: ['P12', 'P13'] }))).toBe(`${mark} P12\nP13`);
    expect(renderReply({ tone, title: 'P12' })[0]?.components[0]?.accent_color).toBeTypeOf('number');
  });

  it('puts the buttons of sections into a menu where they have no room of their own', () => {
    const sections = Array.from({ length: 9 }, (_, index) => ({
      heading: `P${index} · draft`,
      buttons: ['show', 'edit', 'move'].map((name) => button(name, { subject: `P${index}` })),
    }));
    const reply: Reply = { tone: 'plain', title: 'Overview', sections, buttons: [button('new')] };
    const messages = renderReply(reply);
    expect(messages).toHaveLength(1);
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    expect(pressesIn(messages).toSorted()).toEqual(buttonsOf(reply).map(buttonId).toSorted());
    const menu = componentsIn(messages).find(({ type }) => type === 3);
    expect(menu?.options).toContainEqual({ label: 'edit', value: 'post/edit/P4', description: 'P4 · draft' });
  });

  it('gives the same button twice different ids, and reads both as the same press', () => {
    const show = button('show');
    const [message] = renderReply({ tone: 'plain', sections: [{ heading: 'P1', buttons: [show] }], buttons: [show] });
    expect(problemsOfMessage(message)).toEqual([]);
    expect(pressesIn(message)).toEqual(['post/show/P1', 'post/show/P1']);
  });

  it.each([
    ["another app's button", { customId: 'other' }],
    ["another app's menu", { customId: 'other', values: ['post/show/P1'] }],
    ['a menu without a choice', { customId: 'select/0', values: [] }],
  ])('takes %s for no press of its own', (_, pressed) => {
    expect(readButtonId(pressed)).toBeNull();
  });

  it('offers the form where no modal could be opened', () => {
    const messages = renderReply(REPLIES['asked-for-the-rest'] ?? { tone: 'plain' });
    expect(pressesIn(messages)).toEqual([`${FORM_BUTTON}schedule`]);
    expect(readFormButton(`${FORM_BUTTON}schedule`)).toBe('schedule');
    expect(readFormButton('post/show/P1')).toBeNull();
    expect(readText(messages)).toContain('In one line: /schedule when:tomorrow 9am networks:bluesky text:Hello');
  });

  it('cuts a label in its middle and writes it out', () => {
    const label = `Mastodon · @${'very'.repeat(30)}@mastodon.example: Post it again`;
    const messages = renderReply({ tone: 'plain', lines: ['?'], buttons: [button('again', { label })] });
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    expect(componentsIn(messages[0]).at(-1)?.label).toMatch(/^Mastodon · @very.*….*: Post it again$/);
    expect(readText(messages)).toContain(label);
  });

  it('splits between characters that a reader sees, and loses none', () => {
    const family = '👩‍👩‍👧‍👦';
    const messages = renderReply({ tone: 'plain', sections: [{ heading: 'Bluesky', quote: family.repeat(1500) }] });
    const rows = componentsIn(messages)
      .flatMap(({ content = '' }) => content.split('\n'))
      .filter((row) => row.startsWith('> '));
    expect(rows.map((row) => row.slice(2)).join('')).toBe(family.repeat(1500));
    expect(rows.every((row) => row.slice(2).length % family.length === 0)).toBe(true);
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
  });
});

const WORDS = {
  marks: [
    '@everyone',
    '**a** _b_ ~~c~~ `d`',
    ':tada:',
    '> quote',
    '<@1> <t:1:R>',
    '# a\n- b',
    'https://a.example/b_c',
    '\n\n',
    ' ',
  ],
  mentions: ['123', '&456', 'nobody'],
};
/** Discord shows moments on the reader's clock, twice, and names people and roles itself. */
const see = (span: Span): Span => {
  if (typeof span === 'string' || !('moment' in span || 'mention' in span)) return span;
  if ('mention' in span) return span.mention === 'nobody' ? span.text : `@${span.mention}`;
  const seconds = Math.floor(span.moment.epochMilliseconds / 1000);
  return `${seconds} (${seconds})`;
};

describe('any reply at all', () => {
  it('is taken by Discord', () => {
    fc.assert(
      fc.property(anyReply(WORDS, { labels: 'any', links: true }), (reply) => {
        expect(renderReply(reply).flatMap(problemsOfMessage)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is read whole, and all its buttons can be pressed', () => {
    fc.assert(
      fc.property(anyReply(WORDS, { labels: 'short', links: false }), (reply) => {
        const messages = renderReply(reply);
        // buttons stand in the first message, also where a long text goes on in the next
        const [texts, others] = [true, false].map((wanted) =>
          componentsIn(messages).filter(({ content }) => (content !== undefined) === wanted),
        );
        const read = essence(readText(texts)) + essence(readText(others?.filter(({ type }) => type === 2 || type === 3)));
        for (const said of saidBy(reply, see)) expect(read.includes(essence(said)), said).toBe(true);
        expect(pressesIn(messages).toSorted()).toEqual(buttonsOf(reply).map(buttonId).toSorted());
      }),
      { numRuns: 100 },
    );
  });
});
