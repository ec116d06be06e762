// Options of networks as people write them.
import { describe, expect, it } from 'vitest';
import { readNetworkOptions, sayOptions } from '../../src/bots/network-options-text.ts';

describe('options of networks', () => {
  it.each([
    ['', {}],
    ['youtube title="Our launch" privacy=unlisted', { youtube: { title: 'Our launch', privacy: 'unlisted' } }],
    ['youtube title="a; b=c"; tiktok privacy=SELF_ONLY', { youtube: { title: 'a; b=c' }, tiktok: { privacy: 'SELF_ONLY' } }],
    ['yt title=“Say "hi"”\nx reply=none;', { yt: { title: 'Say "hi"' }, x: { reply: 'none' } }],
    ['yt a=1; yt b=2', { yt: { a: '1', b: '2' } }],
    ['yt link=https://example.com/?a=b;c', { yt: { link: 'https://example.com/?a=b;c' } }],
  ])('%j are %j', (text, options) => {
    expect(readNetworkOptions(text)).toEqual(options);
  });

  it.each(['youtube', 'title=x', 'youtube title', 'youtube title="x" and more', '"youtube" a=b', 'youtube a=b;; c'])(
    '%j is none, and the cure is said',
    (text) => {
      expect(() => readNetworkOptions(text)).toThrow('Write the network, then name=value');
    },
  );

  it('are written so that they read the same', () => {
    const options = { title: 'Our launch', said: 'Say "hi"', privacy: 'unlisted', empty: '' };
    expect(sayOptions(options)).toBe('title="Our launch" said=“Say "hi"” privacy=unlisted empty=""');
    expect(readNetworkOptions(`yt ${sayOptions(options)}`)).toEqual({ yt: options });
  });
});
