// A reply with all that a report has: a chart, a table with links, a part with a picture of its own, a menu and buttons.
import type { Button, Reply, ReplyFile, Table } from '../../../src/bots/reply.ts';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);

export const picture = (name: string, altText = `The picture ${name}`): ReplyFile => ({
  name,
  mimeType: 'image/png',
  bytes: PNG,
  altText,
});

export const csv = (name = 'figures.csv'): ReplyFile => ({
  name,
  mimeType: 'text/csv',
  bytes: new TextEncoder().encode('post,likes\r\nP1,4\r\n'),
});

export const button = (label: string, name: string, subject: string): Button => ({ label, command: 'figures', name, subject });

export const TABLE: Table = {
  columns: [{ name: 'Network' }, { name: 'Posts', numeric: true }, { name: 'Engagement', numeric: true }],
  rows: [
    [[{ url: 'https://bsky.example/acme', text: 'Bluesky' }], '12', '1,204'],
    ['Mastodon', '3', '–'],
    ['', '0', '–'],
  ],
};

export const PERIODS = {
  label: 'Another period',
  options: [button('Week', 'show', 'week'), button('Month', 'show', 'month')],
};

export const reportReply = (period: string): Reply & { files: ReplyFile[] } => ({
  tone: 'plain',
  public: true,
  title: `Analytics of this ${period}`,
  lines: ['15 posts, 1,204 engagements.'],
  files: [picture(`${period}.png`, `Engagement a day, this ${period}: 1,204 on Monday.`)],
  sections: [
    { heading: 'Networks', table: TABLE },
    { heading: 'Best hours', lines: ['Best at 14:00'], picture: picture(`hours-${period}.png`, 'Engagement by hour.') },
  ],
  notes: ['Times are those of Europe/Berlin.'],
  buttons: [button('Today', 'show', 'today'), button('CSV', 'csv', period)],
  menu: PERIODS,
});
