// Tables, pictures and menus of a reply as Block Kit, within Slack's limits.
import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesOf, type Menu, type Reply, type Table } from '../../../src/bots/reply.ts';
import { readButtonId } from '../../../src/bots/slack/blocks.ts';
import type { Pictures } from '../../../src/bots/slack/blocks-picture.ts';
import { renderHome, renderModal, renderReply } from '../../../src/bots/slack/render.ts';
import { problemsOfMessage, problemsOfView } from './block-kit-rules.ts';
import { expectGolden } from './golden.ts';
import { readText } from './read-blocks.ts';
import { button, picture, reportReply, TABLE } from './report-reply.ts';

const shown = (reply: Reply): Pictures => new Map(filesOf(reply).map((file, index) => [file, `F0000000${index}`]));

const blocksOf = (reply: Reply): KnownBlock[] => renderReply(reply, shown(reply)).flatMap(({ blocks }) => blocks);
const typesOf = (reply: Reply): string[] => blocksOf(reply).map(({ type }) => type);

const section = (table: Table, heading = 'Networks') => ({ heading, table });
const withMenu = (menu: Menu): Reply => ({ tone: 'plain', lines: ['x'], menu });
const elementsIn = (reply: Reply) => blocksOf(reply).flatMap((block) => (block.type === 'actions' ? block.elements : []));

describe('a report in Slack', () => {
  it('renders as agreed and within the limits', async () => {
    const reply = reportReply('week');
    const messages = renderReply(reply, shown(reply));
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    expect(problemsOfView(renderModal(reply))).toEqual([]);
    expect(problemsOfView(renderHome(reply))).toEqual([]);
    await expectGolden('report', messages);
    await expectGolden('modal-report', renderModal(reply));
  });

  it('has its chart below the first lines, and a part its picture within it', () => {
    expect(typesOf(reportReply('week'))).toEqual([
      'header',
      'rich_text',
      'image',
      'divider',
      'rich_text',
      'table',
      'rich_text',
      'image',
      'context',
      'actions',
      'actions',
    ]);
  });

  it('leaves out the pictures that Slack does not have', () => {
    expect(JSON.stringify(renderReply(reportReply('week')))).not.toContain('image');
  });

  it('shows what a picture is about by its name where nothing else says it', () => {
    const bare = { ...picture('chart.png'), altText: ' ' };
    expect(blocksOf({ tone: 'plain', files: [bare] })).toMatchObject([{ type: 'image', alt_text: 'chart.png' }]);
  });
});

describe('a table', () => {
  it('keeps its links, and shows nothing as a dash', () => {
    const [, table] = blocksOf({ tone: 'plain', sections: [section(TABLE)] });
    const rows = table?.type === 'table' ? table.rows : [];
    expect(rows.map((row) => row.map(readText))).toEqual([
      ['Network', 'Posts', 'Engagement'],
      ['Bluesky' + 'https://bsky.example/acme', '12', '1,204'],
      ['Mastodon', '3', '–'],
      ['–', '0', '–'],
    ]);
  });

  it('is the only one of its message: a second one stands in columns of one width', () => {
    const reply: Reply = { tone: 'plain', sections: [section(TABLE), section(TABLE, 'Accounts')] };
    expect(typesOf(reply).filter((type) => type === 'table')).toHaveLength(1);
    expect(readText(blocksOf(reply).slice(-1))).toBe(
      [
        'Network   Posts  Engagement',
        'Bluesky      12       1,204',
        'Mastodon      3           –',
        '              0           –',
      ].join('\n'),
    );
  });

  it('too large for one goes into columns, with the names above each piece, and loses no row', () => {
    const rows = Array.from({ length: 300 }, (_, index) => [`Account number ${index}`, `${index}`, '1,204']);
    const messages = renderReply({ tone: 'plain', sections: [section({ ...TABLE, rows })] });
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    const said = messages.map(({ blocks }) => readText(blocks)).join('\n');
    expect(rows.filter(([name = '']) => !new RegExp(`${name}\\s`).test(said))).toEqual([]);
    expect(said.match(/Network/g)?.length).toBeGreaterThan(2);
  });

  it('without rows is left out', () => {
    expect(typesOf({ tone: 'plain', sections: [section({ ...TABLE, rows: [] })] })).toEqual(['rich_text']);
  });

  it('is taken by Slack, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.tuple(fc.record({ url: fc.webUrl(), text: fc.string({ unit: 'grapheme', maxLength: 40 }) })),
      fc.tuple(fc.record({ code: fc.string({ maxLength: 20 }) }), fc.string({ maxLength: 5 })),
    );
    const tables = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.record({
        columns: fc.array(fc.record({ name: fc.string({ maxLength: 20 }) }), { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(cell, { maxLength: width }), { maxLength: 120 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(tables, { minLength: 1, maxLength: 3 }), (all) => {
        const reply: Reply = { tone: 'plain', sections: all.map((table) => section(table)) };
        expect(renderReply(reply).flatMap(problemsOfMessage)).toEqual([]);
        expect(problemsOfView(renderModal(reply))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a menu', () => {
  it('is a select, whose options are what buttons are', () => {
    const [select] = elementsIn(reportReply('week')).filter(({ type }) => type === 'static_select');
    expect(select).toMatchObject({
      placeholder: { text: 'Another period' },
      options: [{ value: 'figures/show/week' }, { value: 'figures/show/month' }],
    });
  });

  it('cuts long labels, and takes what is offered twice once', () => {
    const long = button('A very long name of a post. '.repeat(10), 'show', 'P1');
    const reply = withMenu({ label: 'x'.repeat(200), options: [long, long, button('', 'show', 'P2')] });
    expect(renderReply(reply).flatMap(problemsOfMessage)).toEqual([]);
    expect(elementsIn(reply)).toMatchObject([{ options: [{ value: 'figures/show/P1' }, { text: { text: 'show' } }] }]);
  });

  it('becomes buttons where an option is more than a select holds, or takes something away', () => {
    const ids = (reply: Reply) => elementsIn(reply).map(readButtonId);
    const wide = button('Wide', 'show', 'a'.repeat(160));
    const risky = { ...button('Stop', 'stop', 'D1'), style: 'danger' as const };
    expect(ids(withMenu({ label: 'Choose', options: [wide, button('B', 'show', 'b')] }))).toEqual([
      `figures/show/${'a'.repeat(160)}`,
      'figures/show/b',
    ]);
    expect(ids(withMenu({ label: 'Choose', options: [risky] }))).toEqual(['figures/stop/D1']);
  });

  it('without options is left out', () => {
    expect(elementsIn(withMenu({ label: 'Choose', options: [] }))).toEqual([]);
  });
});
