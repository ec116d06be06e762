import { describe, expect, it } from 'vitest';
import { countBytes, countGraphemes, findUrls, replaceRanges, shorten } from '../../src/core/text.ts';

describe('counting', () => {
  it.each([
    ['', 0, 0],
    ['plain', 5, 5],
    ['Grüße', 5, 7],
    ['e\u0301', 1, 3],
    ['👨‍👩‍👧‍👦', 1, 25],
    ['🇩🇪', 1, 8],
    ['日本', 2, 6],
  ])('counts %j as %i graphemes and %i bytes', (text, graphemes, bytes) => {
    expect(countGraphemes(text)).toBe(graphemes);
    expect(countBytes(text)).toBe(bytes);
  });
});

describe('web addresses in a text', () => {
  const urlsIn = (text: string) => findUrls(text).map(({ start, end }) => text.slice(start, end));

  it.each([
    ['See https://example.com.', ['https://example.com']],
    ['(https://example.com/a)', ['https://example.com/a']],
    ['https://en.wikipedia.org/wiki/Rust_(language)!', ['https://en.wikipedia.org/wiki/Rust_(language)']],
    ['https://example.com/a(b', ['https://example.com/a']],
    ['http://a.de/?q=1&r=2#x, http://b.de/', ['http://a.de/?q=1&r=2#x', 'http://b.de/']],
    ['https://example.com:8080/path', ['https://example.com:8080/path']],
    ['https://bücher.example/ü', ['https://bücher.example/ü']],
    ['example.com, me@example.com, https://localhost/x, xhttps://example.com', []],
    ['<https://example.com/a>', ['https://example.com/a']],
  ])('finds in %j: %j', (text, urls) => {
    expect(urlsIn(text)).toEqual(urls);
  });

  it('takes a long run of brackets and dots without stalling', () => {
    const text = `https://example.com/${'('.repeat(5000)}${'.'.repeat(5000)}`;
    expect(urlsIn(text)).toEqual(['https://example.com/']);
  });

  it('replaces each range and keeps the rest', () => {
    const text = 'a https://example.com b';
    expect(replaceRanges(text, findUrls(text), () => 'LINK')).toBe('a LINK b');
  });
});

describe('shortening for a list', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly 10', 10, 'exactly 10'],
    ['one more than ten', 10, 'one more…'],
    ['two\n\nlines', 20, 'two lines'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦…'],
  ])('%j to %i: %j', (text, max, shortened) => {
    expect(shorten(text, max)).toBe(shortened);
  });
});
