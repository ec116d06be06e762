// How the emulated Threads counts: https://developers.facebook.com/documentation/threads/posts ("Limitations") and
// /create-posts/text-attachments ("How links are counted"), both checked 2026-11-22. Written apart from what Crier counts, so that each checks the other.

const EMOJI = /\p{RGI_Emoji}|\p{Extended_Pictographic}/v;
const LINK = /(?:https?:\/\/|www\.)[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<>]*)?/giu;

/** Characters, and for an emoji its bytes in UTF-8. */
export function countCharacters(text: string): number {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return [...segmenter.segment(text)]
    .map(({ segment }) => (EMOJI.test(segment) ? Buffer.byteLength(segment) : segment.length))
    .reduce((sum, each) => sum + each, 0);
}

/** Each once, with the one that is attached. */
export const linksIn = (text: string, attached: string | undefined): Set<string> =>
  new Set([...(text.match(LINK) ?? []), ...(attached === undefined ? [] : [attached])]);
