import { describe, expect, it } from 'vitest';
import { renderNews } from '../../src/bots/news.ts';
import { type DeliveryDetails, NOTHING_BESIDE } from '../../src/core/post.ts';
import type { News } from '../../src/core/store.ts';
import { platforms } from '../core/usecases/newsroom.ts';
import { labelsOf, wordsOf } from './commands/desk.ts';
import { ACTOR } from './terminal/deps.ts';

const now = Temporal.Instant.from('2026-11-22T09:00:00Z');

function news(delivery: Partial<DeliveryDetails>, account: Partial<DeliveryDetails['account']> = {}): News {
  const none = {
    holdReason: null,
    remoteId: null,
    url: null,
    errorKind: null,
    errorMessage: null,
    publishedAt: null,
    dueAt: null,
  };
  return {
    author: ACTOR,
    version: 1,
    post: {
      id: 'p',
      workspaceId: 'w',
      number: 12,
      text: `Hello from Berlin, ${'and so on '.repeat(9)}`,
      beside: NOTHING_BESIDE,
      variants: { mastodon: 'Hello elephants' },
      mediaIds: [],
      hashtags: [],
      campaign: null,
      authorId: 'm',
      slot: { at: now, wallTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
      seriesId: null,
      origin: { chat: 'terminal', channel: 'here', message: null },
      createdAt: now,
    },
    delivery: {
      id: 'd1',
      workspaceId: 'w',
      postId: 'p',
      accountId: 'a',
      platform: 'bluesky',
      state: 'published',
      tries: 1,
      inDoubt: false,
      idempotencyKey: 'k',
      ...none,
      account: {
        id: 'a',
        workspaceId: 'w',
        platform: 'bluesky',
        remoteId: 'r',
        handle: '@team',
        service: 'https://bluesky.example',
        state: 'connected',
        stateReason: null,
        announcedLimits: null,
        expiresAt: null,
        createdAt: now,
        ...account,
      },
      ...delivery,
    },
  };
}

const FIRST_WORDS = '"Hello from Berlin, and so on and so on and so on and so on…"';

describe('news', () => {
  it.each<[DeliveryDetails['state'], Partial<DeliveryDetails>, string[], string[]]>([
    [
      'published',
      { url: 'https://b.example/1' },
      ['P12 published on Bluesky · @team', FIRST_WORDS, 'published https://b.example/1'],
      [],
    ],
    [
      'retrying',
      { errorMessage: 'Bluesky did not answer.', dueAt: now.add({ minutes: 5 }) },
      ['P12 not out yet on Bluesky · @team', FIRST_WORDS, 'Bluesky did not answer.', 'Next try: Sun 22 Nov 2026, 10:05 CET'],
      ['Show'],
    ],
    [
      'retrying',
      { inDoubt: true, errorMessage: 'Bluesky did not answer.', dueAt: now.add({ minutes: 5 }) },
      [
        'P12 may be out on Bluesky · @team',
        FIRST_WORDS,
        'Bluesky did not answer.',
        'It may be out all the same. Bluesky is asked again, before anything more is sent: Sun 22 Nov 2026, 10:05 CET',
      ],
      ['Show'],
    ],
    [
      'failed',
      { errorMessage: 'Bluesky refused the text.' },
      ['P12 failed on Bluesky · @team', FIRST_WORDS, 'Bluesky refused the text.', 'Once that is mended: /post P12 retry'],
      ['Retry', 'Edit', 'Show'],
    ],
    [
      'unconfirmed',
      {},
      [
        'P12 unconfirmed on Bluesky · @team',
        FIRST_WORDS,
        'Bluesky cannot say whether it was posted.',
        'Look at @team there, then answer: did it go out?',
      ],
      ['It went out', 'Post it again'],
    ],
    [
      'held',
      { holdReason: 'account' },
      [
        'P12 held for Bluesky · @team',
        FIRST_WORDS,
        '@team is not connected.',
        'It goes out once the account is connected again: /connect bluesky',
      ],
      ['Connect Bluesky', 'Show'],
    ],
    [
      'held',
      { holdReason: 'cap', errorMessage: 'Three posts went out today.' },
      [
        'P12 held for Bluesky · @team',
        FIRST_WORDS,
        'Three posts went out today.',
        'Send it another day: /post P12 move tomorrow 9am, or raise the cap: /settings cap bluesky 10 and then /post P12 now',
      ],
      ['Move', 'Show'],
    ],
    [
      'held',
      { holdReason: 'removed', errorMessage: 'Crier was removed from Kites when this was due.' },
      [
        'P12 held for Bluesky · @team',
        FIRST_WORDS,
        'Crier was removed from Kites when this was due.',
        'Publish it now, move it, or cancel it.',
      ],
      ['Publish now', 'Move', 'Show'],
    ],
  ])('of a delivery that is %s says which, why, and what can be done', (state, delivery, lines, labels) => {
    const reply = renderNews(news({ ...delivery, state }), platforms);
    expect(wordsOf(reply).split('\n')).toEqual(lines);
    expect(labelsOf(reply)).toEqual(labels);
  });

  it('offers to connect first where the login was lost', () => {
    const reply = renderNews(news({ state: 'failed' }, { state: 'disconnected' }), platforms);
    expect(labelsOf(reply)[0]).toBe('Connect Bluesky');
  });

  it('quotes the text that the network got', () => {
    expect(wordsOf(renderNews(news({ platform: 'mastodon' }), platforms))).toContain(
      'P12 published on Mastodon · @team\n"Hello elephants"',
    );
  });

  it('names the delivery on its buttons', () => {
    const [button] = renderNews(news({ state: 'unconfirmed' }), platforms).buttons ?? [];
    expect(button).toMatchObject({ command: 'post', name: 'went-out', subject: 'P12~d1' });
  });
});
