// Replies of every kind there is, as commands, cards and news give them, for the golden files.
import type { Button, Reply, Section } from '../../src/bots/reply.ts';

const NINE_AM = Temporal.Instant.from('2026-11-24T08:00:00Z');
const IN_WORDS = 'Tue 24 Nov 2026, 09:00 CET';

const onPost = (label: string, name: string, subject = 'P12', style?: Button['style']): Button => ({
  label,
  command: 'post',
  name,
  subject,
  ...(style ? { style } : {}),
});

const NETWORKS = ['Bluesky', 'Mastodon', 'X', 'LinkedIn', 'Facebook', 'Instagram', 'Threads', 'TikTok', 'YouTube'];
const LONG_TEXT = Array.from(
  { length: 40 },
  (_, day) => `Day ${day + 1} of *forty*: <kites> & <@U123> over #rooftops :tada:`,
).join('\n');

const preview = (name: string, index: number): Section => ({
  heading: `${name} · @team_${index} · ${(index + 1) * 100}/3000`,
  quote: LONG_TEXT,
  lines: ['! The first line is all that is shown before "more".'],
});

const planned = (index: number): Section => ({
  heading: [`P${index}`, ' · ', 'scheduled', ' · ', { moment: NINE_AM, text: IN_WORDS }],
  lines: [
    `Kite number ${index}`,
    ['Bluesky @team.example, ', { url: `https://example.com/${index}`, text: `https://example.com/${index}` }],
  ],
  buttons: [onPost('Show', 'show', `P${index}`)],
});

const FORM: NonNullable<Reply['form']> = {
  title: 'Schedule a post',
  command: 'schedule',
  fields: [
    { name: 'when', label: 'When', kind: 'when', required: true, hint: 'tomorrow 9am' },
    { name: 'targets', label: 'Networks', kind: 'targets', required: true, hint: 'bluesky, mastodon, or all', value: 'bluesky' },
    { name: 'text', label: 'Text', kind: 'paragraph', required: true },
    { name: 'variants', label: 'A text of its own', kind: 'variants', required: false, aside: true },
    { name: 'files', label: 'Images', kind: 'files', required: false, aside: true },
    { name: 'campaign', label: 'Campaign', kind: 'line', required: false, aside: true },
  ],
  carried: { media: 'https://example.com/kite.png' },
  inOneLine: '/schedule tomorrow 9am to bluesky: Hello',
};

export const REPLIES: Readonly<Record<string, Reply>> = {
  plain: { tone: 'plain', lines: ['No account is connected.'] },
  empty: { tone: 'plain' },
  refusal: { tone: 'bad', lines: ['There is no post P99. /posts lists what there is.'], private: true },
  card: {
    tone: 'good',
    title: 'P12 scheduled',
    fields: [
      { name: 'When', value: [{ moment: NINE_AM, text: `${IN_WORDS} · in 2 days` }, ' (08:00 in Europe/London)'] },
      { name: 'Networks', value: 'Bluesky @team.example' },
      { name: 'Campaign', value: '*launch* <!channel>' },
    ],
    sections: [
      {
        heading: 'Bluesky · @team.example · 43/300',
        quote: '*Live* <@U123> & kicking: https://example.com :tada:\n> ```no code```',
      },
      { heading: '1 image', lines: ['1200 × 800 PNG, 1.2 MB · "A red kite"'] },
    ],
    notes: ['This is the default posting time.'],
    buttons: [
      onPost('Edit', 'edit'),
      onPost('Move', 'move'),
      onPost('Publish now', 'now'),
      onPost('Cancel', 'cancel', 'P12', 'danger'),
    ],
    cardOf: { postId: '0198c7a0', origin: { chat: 'slack', channel: 'C1', message: null } },
  },
  'card-of-nine-networks': {
    tone: 'warning',
    title: 'P12 kept as a draft',
    fields: [{ name: 'When', value: 'no time yet' }],
    sections: NETWORKS.map(preview),
    buttons: [onPost('Edit', 'edit'), onPost('Schedule', 'move'), onPost('Cancel', 'cancel', 'P12', 'danger')],
  },
  list: {
    tone: 'plain',
    title: 'Upcoming posts',
    sections: Array.from({ length: 10 }, (_, index) => planned(index + 1)),
    notes: ['1-10 of 34'],
    buttons: [{ label: 'Later', command: 'posts', name: 'page', subject: 'upcoming~10' }],
  },
  published: {
    tone: 'good',
    title: 'P12 published on Bluesky · @team.example',
    lines: [
      '"We are live"',
      [
        'published ',
        { url: 'https://bsky.app/profile/team.example/post/3k', text: 'https://bsky.app/profile/team.example/post/3k' },
      ],
    ],
  },
  failed: {
    tone: 'bad',
    title: 'P12 failed on Mastodon · @team@mastodon.example',
    lines: ['"We are live"', 'The network says: text is too long.', ['Once that is mended: ', { code: '/post P12 retry' }]],
    buttons: [onPost('Retry', 'retry', 'P12', 'primary'), onPost('Edit', 'edit'), onPost('Show', 'show')],
  },
  retrying: {
    tone: 'warning',
    title: 'P12 not out yet on Bluesky · @team.example',
    lines: [
      'Bluesky does not answer.',
      ['Next try: ', { moment: Temporal.Instant.from('2026-11-24T08:05:30Z'), text: 'Tue 24 Nov 2026, 09:05:30 CET' }],
    ],
    buttons: [onPost('Show', 'show')],
  },
  unconfirmed: {
    tone: 'warning',
    title: 'P12 unconfirmed on Bluesky · @team.example',
    lines: ['Bluesky cannot say whether it was posted.', 'Look at @team.example there, then answer: did it go out?'],
    buttons: [onPost('It went out', 'went-out', 'P12~0198c7a1'), onPost('Post it again', 'again', 'P12~0198c7a1')],
  },
  held: {
    tone: 'warning',
    title: 'P12 held for Bluesky · @team.example',
    lines: [
      '@team.example is not connected.',
      ['It goes out once the account is connected again: ', { code: '/connect bluesky' }],
    ],
    buttons: [
      { label: 'Connect Bluesky', command: 'connect', name: 'form', subject: 'bluesky', style: 'primary' },
      onPost('Show', 'show'),
    ],
  },
  'asked-for-the-rest': {
    tone: 'plain',
    title: 'Almost there',
    lines: ['Still missing: the time and the text.'],
    private: true,
    form: FORM,
  },
  'ambiguous-time': {
    tone: 'warning',
    title: 'P12 kept as a draft',
    lines: [
      '"3/4" can mean more than one time. Which one?',
      '3 April: Sat 3 Apr 2027, 09:00 CEST · in 19 weeks',
      '4 March: Thu 4 Mar 2027, 09:00 CET · in 15 weeks',
    ],
    buttons: [
      onPost('3 April', 'at', 'P12~1806735600', 'primary'),
      onPost('4 March', 'at', 'P12~1804147200'),
      onPost('Edit', 'edit'),
    ],
  },
  help: {
    tone: 'plain',
    title: 'Commands',
    fields: ['schedule', 'publish', 'draft', 'posts', 'post', 'accounts'].map((name) => ({
      name: `/${name}`,
      value: `What /${name} does`,
    })),
    notes: [
      ['Try: ', { code: '/schedule tomorrow 9am to bluesky: We are live' }],
      ['More about one: ', { code: '/help schedule' }],
    ],
    private: true,
  },
  accounts: {
    tone: 'warning',
    title: 'Accounts',
    sections: [
      {
        heading: 'Bluesky · @team.example · connected',
        lines: ['https://bsky.social', ['Login runs out ', { moment: NINE_AM, text: IN_WORDS }]],
      },
      {
        heading: 'Mastodon · @team@mastodon.example · disconnected',
        lines: ['https://mastodon.example', 'The login was taken back.'],
      },
    ],
    notes: [['Connect one: ', { code: '/connect bluesky' }, ' (bluesky, mastodon)']],
    buttons: [{ label: 'Connect Mastodon', command: 'connect', name: 'form', subject: 'mastodon', style: 'primary' }],
  },
  settings: {
    tone: 'plain',
    title: 'Settings',
    fields: [
      { name: 'time', value: '09:00' },
      { name: 'cap', value: '' },
      {
        name: 'roles',
        value: [
          { mention: 'U0ADA', text: '@ada' },
          ' admin, ',
          { mention: '&S0TEAM', text: '@editors' },
          ' author, ',
          { mention: 'everyone', text: 'everyone' },
          ' viewer',
        ],
      },
    ],
    notes: [['Who may do what: ', { code: '/settings roles everyone viewer' }]],
  },
  overview: {
    tone: 'plain',
    title: 'Overview',
    sections: [
      { heading: 'Next', lines: ['Two posts.'], buttons: [onPost('P12', 'show'), onPost('P13', 'show', 'P13')] },
      { heading: 'Drafts', lines: ['None.'] },
      { heading: 'Accounts', lines: ['All connected.'] },
    ],
    buttons: [
      { label: 'New post', command: 'schedule', name: 'form', subject: 'new', style: 'primary' },
      { label: 'All posts', command: 'posts', name: 'page', subject: 'recent~0' },
    ],
  },
};
