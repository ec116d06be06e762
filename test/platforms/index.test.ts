import { describe, expect, it } from 'vitest';
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';

describe('the platforms', () => {
  const platforms = openPlatforms();

  it.each([
    ['bluesky', bluesky],
    ['Bluesky', bluesky],
    [' BSKY ', bluesky],
    ['mastodon', mastodon],
    ['Masto', mastodon],
    ['myspace', undefined],
    ['', undefined],
  ])('%j is found by what people call it', (name, platform) => {
    expect(platforms.find(name)).toBe(platform);
  });

  it('are had by id, and an unknown id is a bug', () => {
    expect(platforms.get('mastodon')).toBe(mastodon);
    expect(() => platforms.get('Mastodon')).toThrow(/no platform "Mastodon"/);
  });

  it('may be a list of one’s own', () => {
    expect(openPlatforms([mastodon]).all()).toEqual([mastodon]);
  });

  it('must not share a name', () => {
    expect(() => openPlatforms([bluesky, { ...mastodon, aliases: ['BSKY'] }])).toThrow(/both called "bsky"/);
  });
});
