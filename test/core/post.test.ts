// What a post is as a whole, by its deliveries; and the small rules of its name and its hashtags.
import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '../../src/core/delivery.ts';
import { hashtagsIn, type PostState, parsePostName, postState, textFor } from '../../src/core/post.ts';

const slot = { at: Temporal.Instant.from('2026-11-23T08:00:00Z'), wallTime: '2026-11-23T09:00:00', timeZone: 'Europe/Berlin' };

describe('the state of a post', () => {
  it.each<[DeliveryState[], PostState]>([
    [['scheduled', 'scheduled'], 'scheduled'],
    [['published', 'scheduled'], 'scheduled'],
    [['published', 'publishing'], 'publishing'],
    [['published', 'retrying'], 'retrying'],
    [['published', 'published'], 'published'],
    [['published', 'canceled'], 'published'],
    [['published', 'failed'], 'partly published'],
    [['published', 'failed', 'canceled'], 'partly published'],
    [['published', 'failed', 'retrying'], 'retrying'],
    [['failed', 'failed'], 'failed'],
    [['failed', 'canceled'], 'failed'],
    [['held', 'published'], 'held'],
    [['unconfirmed', 'publishing', 'failed'], 'unconfirmed'],
    [['canceled', 'canceled'], 'canceled'],
  ])('with deliveries %j is %s', (states, expected) => {
    expect(
      postState(
        { slot },
        states.map((state) => ({ state })),
      ),
    ).toBe(expected);
  });

  it('without a time is draft, until it is canceled', () => {
    expect(postState({ slot: null }, [{ state: 'held' }])).toBe('draft');
    expect(postState({ slot: null }, [])).toBe('draft');
    expect(postState({ slot: null }, [{ state: 'canceled' }])).toBe('canceled');
  });
});

describe('the name of a post', () => {
  it.each(['P12', 'p12', '#12', '12', '  P12 '])('is read from %j', (text) => {
    expect(parsePostName(text)).toBe(12);
  });

  it.each(['', 'P', 'twelve', 'P1.5', 'P-3', 'P12345678901', 'PP1'])(
    'is refused for %j with a word on what names look like',
    (text) => {
      expect(() => parsePostName(text)).toThrow('Posts have names like P12');
    },
  );
});

describe('hashtags', () => {
  it.each([
    ['We are #live with #Node26 and #live again', ['live', 'node26']],
    ['#über, #日本語!', ['über', '日本語']],
    ['issue #12, a&#39;b, https://example.com/#top', []],
    ['(#one) a#two', ['one']],
    ['', []],
  ])('of %j are %j', (text, expected) => {
    expect(hashtagsIn(text)).toEqual(expected);
  });
});

describe('the text for a network', () => {
  it('is its own where it has one, else the text of the post', () => {
    const post = { text: 'all', variants: { bluesky: 'own' } };
    expect([textFor(post, 'bluesky'), textFor(post, 'mastodon')]).toEqual(['own', 'all']);
  });
});
