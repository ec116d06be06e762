// A post's text as the emulated X counts it and gives it out again: addresses become t.co ones, and &, < and > are escaped as in HTML.
import { createHash } from 'node:crypto';
import twitterText from 'twitter-text';
import type { XFile, XPost } from './state.ts';

const MAX_LENGTH: Partial<Record<string, number>> = { Premium: 25_000, PremiumPlus: 25_000 };
export const MAX_CASHTAGS = 1;

export const maxLengthOf = (subscription: string): number => MAX_LENGTH[subscription] ?? 280;
export const lengthOf = (text: string): number => twitterText.parseTweet(text).weightedLength;
export const cashtagsIn = (text: string): number => twitterText.extractCashtags(text).length;

export interface ShownUrl {
  start: number;
  end: number;
  url: string;
  expanded_url: string;
  display_url: string;
  media_key?: string;
}

/** Text and entities, offsets in code points; each file adds one address at the end. */
export function shown(
  { id, text }: Pick<XPost, 'id' | 'text'>,
  files: readonly XFile[],
  { postUrl, keyOf }: { postUrl: string; keyOf: (file: XFile) => string },
): { text: string; urls: ShownUrl[] } {
  const urls: ShownUrl[] = [];
  let made = '';
  const add = (name: string, expanded: string, more: { media_key?: string } = {}): void => {
    const url = `https://t.co/${createHash('sha256').update(`${id} ${name}`).digest('hex').slice(0, 10)}`;
    const start = [...made].length;
    made += url;
    urls.push({ start, end: start + url.length, url, expanded_url: expanded, display_url: bare(expanded), ...more });
  };
  let from = 0;
  for (const [index, found] of twitterText.extractUrlsWithIndices(text).entries()) {
    made += escaped(text.slice(from, found.indices[0]));
    add(String(index), /^https?:\/\//i.test(found.url) ? found.url : `http://${found.url}`);
    from = found.indices[1];
  }
  made += escaped(text.slice(from));
  const [first] = files;
  if (first) {
    if (made !== '') made += ' ';
    add('media', `${postUrl}/${first.category === 'tweet_image' ? 'photo' : 'video'}/1`, { media_key: keyOf(first) });
  }
  return { text: made, urls };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const bare = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '');
