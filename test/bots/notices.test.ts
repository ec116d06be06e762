// What whoever connected an account reads when its login is gone, or soon will be.
import { expect, it } from 'vitest';
import { connectedReply } from '../../src/bots/connect-news.ts';
import { renderNotice } from '../../src/bots/notices.ts';
import { buttonId, type Reply, sayPlainly } from '../../src/bots/reply.ts';
import { noticeTellers } from '../../src/compose/notices.ts';
import type { Account } from '../../src/core/account.ts';
import type { Notice } from '../../src/core/notices.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { platforms } from '../core/usecases/newsroom.ts';

const account: Account = {
  id: 'a1',
  workspaceId: 'w1',
  platform: 'mastodon',
  remoteId: '1',
  handle: '@team@mastodon.social',
  service: 'https://mastodon.social',
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: Temporal.Instant.from('2026-11-29T09:00:00Z'),
  createdAt: Temporal.Instant.from('2026-11-01T00:00:00Z'),
};
const ann: Actor = {
  workspace: {
    ...{ id: 'w1', chat: 'slack', teamId: 'T1', name: 'Team', timeZone: 'UTC', defaultTime: '09:00', dateOrder: null },
    ...{
      country: null,
      language: null,
      dailyCaps: {},
      slots: {},
      roleRules: {},
      pictures: 'light',
      removedAt: null,
      createdAt: account.createdAt,
    },
  },
  member: {
    ...{ id: 'm1', workspaceId: 'w1', userId: 'U1', name: 'Ann', role: 'admin', timeZone: 'Europe/Berlin' },
    ...{ profileTimeZone: null, locale: null },
  },
};
const notice = (more: Partial<Notice>): Notice => ({
  ...{ id: 'n1', kind: 'login-dead', chat: 'slack', account, days: null, sentence: null, to: ann },
  ...more,
});
const wordsOf = ({ title, lines = [] }: Reply): string[] => [sayPlainly(title ?? ''), ...lines.map(sayPlainly)];

it('a login that died is told with the network’s word and the way back, for their eyes', () => {
  const reply = renderNotice(notice({ sentence: 'Mastodon took the access back.' }), ann, platforms);
  expect(wordsOf(reply)).toEqual([
    'Mastodon (@team@mastodon.social) is not connected any more',
    'Mastodon took the access back.',
    'What is planned for it waits until it is connected again; nothing is lost.',
  ]);
  expect(reply).toMatchObject({ tone: 'bad', private: true });
  expect(reply.buttons?.map((button) => [button.label, buttonId(button)])).toEqual([
    ['Connect Mastodon', 'connect/form/mastodon'],
  ]);
});

it('an account that was connected where no chat is, is told with what it cannot do', () => {
  const reply = renderNotice(
    notice({ kind: 'connected', sentence: 'Posts with images or videos cannot go out.' }),
    ann,
    platforms,
  );
  expect(wordsOf(reply)).toEqual([
    'Mastodon (@team@mastodon.social) is connected',
    'Crier was not allowed all that it asked for at Mastodon, so:',
    'Posts with images or videos cannot go out.',
    'Try it: /publish to mastodon: Hello',
  ]);
  expect(reply).toMatchObject({ tone: 'warning', private: true });
});

it.each([
  [7, 'within a week'],
  [1, 'within a day'],
])('a login that ends in %i days is told with its end in their zone, and the way to renew it', (days, within) => {
  const reply = renderNotice(notice({ kind: 'login-ends', days }), ann, platforms);
  expect(wordsOf(reply)).toEqual([
    `Mastodon (@team@mastodon.social) has to be connected again ${within}`,
    'Its login ends Sun 29 Nov 2026, 10:00 CET, and Mastodon lets nobody but you renew it.',
    'Connect it again before that, and what is planned goes out as if nothing had been.',
  ]);
  expect(reply.buttons?.map(({ label }) => label)).toEqual(['Connect Mastodon']);
});

it('it is told in their direct messages, of their team, and fails where the chat does', async () => {
  const said: [unknown, Reply][] = [];
  const sayIn = () => Promise.reject(new Error('not for all to read'));
  const [slack, closed] = noticeTellers(
    [
      { name: 'slack', sayIn, sayTo: async (whom, reply) => void said.push([whom, reply]) },
      { name: 'discord', sayIn, sayTo: () => Promise.reject(new Error('no direct messages')) },
    ],
    platforms,
  );
  await slack?.tell(ann, notice({}));
  expect(said).toEqual([[{ teamId: 'T1', userId: 'U1', channel: 'U1' }, renderNotice(notice({}), ann, platforms)]]);
  await expect(closed?.tell(ann, notice({}))).rejects.toThrow('no direct messages');
});

it.each([
  [0, 0, []],
  [2, 0, ['2 waiting posts go on.']],
  [0, 1, ['One is more than an hour late: is it still to go out? Its thread asks.']],
  [1, 3, ['1 waiting post goes on.', '3 are more than an hour late: are they still to go out? Their threads ask.']],
])('whoever connects it again hears of what waited: %i go on, %i are asked about', (resumed, asked, lines) => {
  const reply = connectedReply([{ account, renewed: true, resumed, asked }], platforms);
  expect(wordsOf(reply)).toEqual([
    'Mastodon (@team@mastodon.social) is connected again',
    ...lines,
    'Try it: /publish to mastodon: Hello',
  ]);
});
