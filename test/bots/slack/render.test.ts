import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORM_BUTTON, readFormButton } from '../../../src/bots/form-button.ts';
import { type Button, buttonId, buttonsOf } from '../../../src/bots/reply.ts';
import { readButtonId } from '../../../src/bots/slack/blocks.ts';
import { renderHome, renderModal, renderReply } from '../../../src/bots/slack/render.ts';
import { anyReply, saidBy } from '../any-reply.ts';
import { REPLIES } from '../replies.ts';
import { problemsOfMessage, problemsOfView } from './block-kit-rules.ts';
import { expectGolden } from './golden.ts';
import { essence, readText } from './read-blocks.ts';

const buttonsIn = (blocks: readonly { type: string; elements?: readonly unknown[] }[]): (string | null)[] =>
  blocks.filter(({ type }) => type === 'actions').flatMap(({ elements = [] }) => elements.map(readButtonId));

const button = (name: string, more: Partial<Button> = {}): Button => ({
  label: name,
  command: 'post',
  name,
  subject: 'P1',
  ...more,
});

describe('a reply in Slack', () => {
  it.each(Object.entries(REPLIES))('renders as agreed and within the limits: %s', async (name, reply) => {
    const messages = renderReply(reply);
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    expect(problemsOfView(renderModal(reply))).toEqual([]);
    expect(problemsOfView(renderHome(reply))).toEqual([]);
    await expectGolden(name, messages);
  });

  it.each(['plain', 'list', 'overview'])('renders as a modal and as App Home as agreed: %s', async (name) => {
    await expectGolden(`modal-${name}`, renderModal(REPLIES[name] ?? { tone: 'plain' }));
    await expectGolden(`home-${name}`, renderHome(REPLIES[name] ?? { tone: 'plain' }));
  });

  it('keeps the buttons in the first message, however long the rest', () => {
    const messages = renderReply(REPLIES['card-of-nine-networks'] ?? { tone: 'plain' });
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.map(({ blocks }) => buttonsIn(blocks))).toEqual([
      ['post/edit/P12', 'post/move/P12', 'post/cancel/P12'],
      ...messages.slice(1).map(() => []),
    ]);
    expect(messages[1]?.text).toBe('P12 kept as a draft, continued');
  });

  it('shows the text of a post untouched, whatever it holds', () => {
    const quote = '*Live* <!channel> <@U1> & :tada: `x`\n  > two  spaces';
    const [message] = renderReply({ tone: 'plain', sections: [{ heading: 'Bluesky', quote }] });
    expect(message?.blocks).toContainEqual({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'Bluesky', style: { bold: true } }] },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: quote }] },
      ],
    });
  });

  it('lets nothing that people wrote notify a channel', () => {
    const evil = '<!channel> <@U123> <!subteam^S1> <https://evil.example|bank>';
    const [message] = renderReply({
      tone: 'plain',
      title: evil,
      lines: [evil],
      fields: [
        { name: evil, value: [evil, { code: evil }, { moment: Temporal.Instant.from('2026-11-24T08:00:00Z'), text: evil }] },
      ],
      notes: [[evil, { url: 'https://example.com/?a|b>c', text: evil }]],
      buttons: [button('x', { label: evil })],
    });
    const objects = (message?.blocks ?? []).flatMap((block) => {
      if (block.type === 'section') return block.fields ?? [];
      return block.type === 'context' ? block.elements : [];
    });
    const marks = objects.flatMap((each) => (each.type === 'mrkdwn' ? (each.text.match(/<[^>]*>/g) ?? []) : []));
    const shown = evil.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '¦');
    expect(marks).toEqual([
      `<!date^1795507200^{date_long_pretty} at {time}|${shown}>`,
      `<https://example.com/?a%7Cb%3Ec|${shown}>`,
    ]);
    expect(message?.text).not.toContain('<');
  });

  it('asks before a press that takes something away', () => {
    const [message] = renderReply({
      tone: 'plain',
      lines: ['P12'],
      buttons: [button('cancel', { label: 'Cancel', subject: 'P12', style: 'danger' })],
    });
    expect(message?.blocks.at(-1)).toMatchObject({
      elements: [
        { style: 'danger', confirm: { title: { text: 'Cancel P12?' }, confirm: { text: 'Cancel' }, deny: { text: 'Go back' } } },
      ],
    });
  });

  it('names the digest that a press stops, where several stand below each other', () => {
    const [message] = renderReply({
      tone: 'plain',
      lines: ['Digests'],
      buttons: [button('stop', { label: 'Stop', subject: 'D2', style: 'danger' })],
    });
    expect(message?.blocks.at(-1)).toMatchObject({ elements: [{ confirm: { title: { text: 'Stop D2?' } } }] });
  });

  it('gives the same button twice different action ids, and reads both as the same press', () => {
    const [message] = renderReply({
      tone: 'plain',
      sections: [{ heading: 'P1', buttons: [button('show')] }],
      buttons: [button('show')],
    });
    expect(problemsOfMessage(message)).toEqual([]);
    expect(buttonsIn(message?.blocks ?? [])).toEqual(['post/show/P1', 'post/show/P1']);
  });

  it.each([
    ['another app\u2019s action', { action_id: 'other', value: 'post/show/P1' }],
    ['an input', { action_id: 'picker', selected_date_time: 1 }],
    ['nothing', null],
  ])('takes %s for no press of its own', (_, action) => {
    expect(readButtonId(action)).toBeNull();
  });

  it('offers the form where no modal could be opened', () => {
    const [message] = renderReply(REPLIES['asked-for-the-rest'] ?? { tone: 'plain' });
    expect(buttonsIn(message?.blocks ?? [])).toEqual([`${FORM_BUTTON}schedule`]);
    expect(readFormButton(`${FORM_BUTTON}schedule`)).toBe('schedule');
    expect(readFormButton('post/show/P1')).toBeNull();
  });

  it('cuts a label in its middle and writes it out above', () => {
    const label = `Mastodon · @${'very'.repeat(30)}@mastodon.example: Post it again`;
    const [message] = renderReply({ tone: 'plain', lines: ['?'], buttons: [button('again', { label })] });
    expect(problemsOfMessage(message)).toEqual([]);
    expect(JSON.stringify(message?.blocks.at(-1))).toMatch(/Mastodon · @very.*…[^"]*: Post it again"/);
    expect(readText(message?.blocks)).toContain(label);
  });

  it('says in a view that is full that there is more', () => {
    const sections = Array.from({ length: 120 }, (_, index) => ({
      heading: `P${index}`,
      buttons: [button('show', { subject: `P${index}` })],
    }));
    const view = renderHome({ tone: 'plain', title: 'All', sections, buttons: [button('more')] });
    expect(problemsOfView(view)).toEqual([]);
    expect(readText(view.blocks)).toContain('There is more than has room here.');
    expect(view.blocks).toHaveLength(100);
  });

  it('splits between characters that a reader sees, and loses none', () => {
    const quote = '👩‍👩‍👧‍👦'.repeat(1500);
    const messages = renderReply({ tone: 'plain', sections: [{ heading: 'Bluesky', quote }] });
    const pieces = messages
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === 'rich_text' ? block.elements.filter(({ type }) => type === 'rich_text_quote') : []));
    expect(pieces.map(readText).join('')).toBe(quote);
    expect(pieces.map(readText).every((piece) => piece.length % '👩‍👩‍👧‍👦'.length === 0)).toBe(true);
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
  });
});

const WORDS = {
  marks: ['<!here>', '*a* _b_ ~c~ `d`', ':tada:', '> quote', '&amp; <@U1|x>', '\n\n', ' '],
  mentions: ['everyone', 'nobody', '&456'],
};

describe('any reply at all', () => {
  it('is taken by Slack, as messages, as a modal and as App Home', () => {
    fc.assert(
      fc.property(anyReply(WORDS, { labels: 'any', links: true }), (reply) => {
        expect(renderReply(reply).flatMap(problemsOfMessage)).toEqual([]);
        expect(problemsOfView(renderModal(reply))).toEqual([]);
        expect(problemsOfView(renderHome(reply))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is read whole, and all its buttons can be pressed', () => {
    fc.assert(
      fc.property(anyReply(WORDS, { labels: 'short', links: false }), (reply) => {
        const blocks = renderReply(reply).flatMap((message) => message.blocks);
        // buttons stand in the first message, also where a long text goes on in the next
        const [actions, others] = [true, false].map((wanted) => blocks.filter(({ type }) => (type === 'actions') === wanted));
        const read = essence(readText(others)) + essence(readText(actions));
        for (const said of saidBy(reply)) expect(read.includes(essence(said)), said).toBe(true);
        expect(buttonsIn(blocks).toSorted()).toEqual(buttonsOf(reply).map(buttonId).toSorted());
      }),
      { numRuns: 100 },
    );
  });
});
