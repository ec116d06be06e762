// Tables, pictures and menus of replies in Discord.
import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UPLOAD_BYTES } from '../../../src/bots/discord/limits.ts';
import { renderReply } from '../../../src/bots/discord/render.ts';
import { readButtonId } from '../../../src/bots/discord/render-buttons.ts';
import type { Button, Reply, ReplyFile, Table } from '../../../src/bots/reply.ts';
import { widthOf } from '../../../src/bots/text-width.ts';
import { anyReply } from '../any-reply.ts';
import { componentsIn, problemsOfMessage } from './component-rules.ts';
import { expectGolden } from './golden.ts';

const picture = (name: string, more: Partial<ReplyFile> = {}): ReplyFile => ({
  name,
  mimeType: 'image/png',
  bytes: new Uint8Array(3),
  altText: `What ${name} shows`,
  ...more,
});

const open = (label: string, subject: string): Button => ({ label, command: 'post', name: 'show', subject });

const NETWORKS: Table = {
  columns: [{ name: 'Network' }, { name: 'Posts', numeric: true }, { name: 'Engagement', numeric: true }],
  rows: [
    ['Bluesky', '12', '1,204'],
    ['Mastodon', '3', '–'],
    ['日本語', '1', '7'],
  ],
};

const REPORT: Reply = {
  tone: 'plain',
  title: 'This week',
  lines: ['1,211 engagements on 16 posts.'],
  files: [picture('week.png')],
  sections: [
    { heading: 'Networks', table: NETWORKS },
    {
      heading: 'Best post',
      quote: 'We are live',
      picture: picture('best.png'),
      buttons: [open('Show', 'P12')],
    },
  ],
  menu: { label: 'Open a post', options: [open('P12 · We are live', 'P12'), open('P13 · Kites', 'P13')] },
  buttons: [{ label: 'Month', command: 'analytics', name: 'period', subject: 'month' }],
};

const contents = (reply: Reply): string[] =>
  renderReply(reply).flatMap(({ components }) => componentsIn(components).flatMap(({ content }) => content ?? []));

describe('a report in Discord', () => {
  it('renders as agreed and within the limits, its pictures left out here', async () => {
    const messages = renderReply(REPORT);
    expect(messages.flatMap(problemsOfMessage)).toEqual([]);
    await expectGolden(
      'report',
      messages.map(({ files = [], ...message }) => ({ ...message, files: files.map(({ name }) => name) })),
    );
  });
});

describe('a picture of a section', () => {
  it('stands in that section, and comes with the message that shows it', () => {
    const text = 'word '.repeat(360);
    const sections = Array.from({ length: 6 }, (_, index) => ({
      heading: `Part ${index}`,
      quote: text,
      picture: picture(`${index}.png`),
    }));
    const messages = renderReply({ tone: 'plain', title: 'Six', sections });
    expect(messages.length).toBeGreaterThan(1);
    for (const { components, files = [] } of messages) {
      const shown = JSON.stringify(components).match(/attachment:\/\/[\w.]+/g) ?? [];
      expect(files.map(({ name }) => `attachment://${name}`)).toEqual(shown);
    }
    const order = componentsIn(messages[0]).flatMap(({ type, content }) =>
      type === ComponentType.MediaGallery ? 'picture' : (/Part \d/.exec(content ?? '')?.[0] ?? []),
    );
    expect(order.slice(0, 3)).toEqual(['Part 0', 'picture', 'Part 1']);
    expect(messages.flatMap(({ files = [] }) => files)).toHaveLength(6);
  });

  it('that is larger than Discord takes is said instead', () => {
    const large = picture('large.png', { bytes: new Uint8Array(UPLOAD_BYTES + 1) });
    const reply: Reply = { tone: 'plain', sections: [{ heading: 'Best', picture: large }] };
    expect(renderReply(reply)[0]?.files).toBeUndefined();
    expect(contents(reply).join()).toContain('large.png has 11 MB');
  });

  it('is described in as many words as Discord takes', () => {
    const reply: Reply = {
      tone: 'plain',
      files: [picture('a.png', { altText: 'bar '.repeat(500) }), picture('b.png', { altText: ' ' })],
    };
    expect(renderReply(reply).flatMap(problemsOfMessage)).toEqual([]);
  });
});

describe('a table', () => {
  it('is a code block that a phone has room for, its names above each part of it', () => {
    const rows = Array.from({ length: 90 }, (_, index) => [`Post ${index} ${'with many words '.repeat(8)}`, String(index)]);
    const blocks = contents({
      tone: 'plain',
      sections: [{ heading: 'Posts', table: { columns: [{ name: 'Post' }, { name: 'Likes', numeric: true }], rows } }],
    }).filter((content) => content.startsWith('```'));
    expect(blocks.length).toBeGreaterThan(1);
    const lines = blocks.map((block) => block.split('\n').slice(1, -1));
    for (const part of lines) expect(part[0]).toMatch(/^Post +Likes$/);
    expect(Math.max(...lines.flat().map(widthOf))).toBe(56);
    expect(lines.flatMap((part) => part.slice(1)).map((line) => /\d+$/.exec(line)?.[0])).toEqual(rows.map(([, likes]) => likes));
  });

  it('cannot be ended by what is in it, nor turned round', () => {
    const rows = [
      ['``` @everyone', '1'],
      ['\u202Egnp.exe', '2'],
      ['שלום', '3'],
    ];
    const [, block = ''] = contents({
      tone: 'plain',
      sections: [{ heading: 'Posts', table: { columns: [{ name: 'Post' }, { name: 'Likes', numeric: true }], rows } }],
    });
    expect(block.match(/```/g)).toHaveLength(2);
    expect(block).not.toContain('\u202E');
    expect(block).toContain('\u2068שלום\u2069');
  });

  it('without rows is left out', () => {
    expect(contents({ tone: 'plain', sections: [{ heading: 'Posts', table: { ...NETWORKS, rows: [] } }] })).toEqual([
      '**Posts**',
    ]);
  });
});

describe('a menu', () => {
  it('offers its presses under its label, and is read as they are', () => {
    const menu = componentsIn(renderReply(REPORT)).find(({ type }) => type === ComponentType.StringSelect);
    expect(menu).toMatchObject({ placeholder: 'Open a post' });
    const { custom_id: customId = '', options } = menu ?? {};
    const values = Array.isArray(options) ? options.map(({ value }) => String(value)) : [];
    expect(values.map((value) => readButtonId({ customId, values: [value] }))).toEqual(['post/show/P12', 'post/show/P13']);
  });

  it('without options is left out', () => {
    expect(renderReply({ ...REPORT, menu: { label: 'Open', options: [] } }).flatMap(problemsOfMessage)).toEqual([]);
  });
});

describe('any reply with a table, a picture and a menu', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 60 });
  const tables: fc.Arbitrary<Table> = fc.record({
    columns: fc.array(fc.record({ name: cell, numeric: fc.constant(true as const) }, { requiredKeys: ['name'] }), {
      minLength: 1,
      maxLength: 6,
    }),
    rows: fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 40 }),
  });
  const menus = fc.record({
    label: fc.string({ unit: 'grapheme', maxLength: 200 }),
    options: fc.array(
      fc.string({ unit: 'grapheme', maxLength: 120 }).map((label) => open(label, 'P1')),
      { maxLength: 25 },
    ),
  });

  it('is taken by Discord', () => {
    const words = { marks: ['```', '@everyone', '\n\n'], mentions: ['123'] };
    fc.assert(
      fc.property(anyReply(words, { labels: 'any', links: true }), tables, menus, (reply, table, menu) => {
        const sections = (reply.sections ?? []).map((section, index) => ({
          ...section,
          table,
          picture: picture(`${index}.png`),
        }));
        const whole = { ...reply, sections, menu, files: [picture('whole.png')] };
        expect(renderReply(whole).flatMap(problemsOfMessage)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
