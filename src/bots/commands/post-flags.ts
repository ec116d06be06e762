// The flags of a post's sentence, `--campaign launch --thread --youtube title="Our launch"`: taken out of it, as raw strings.
import { quoted } from '../network-options-text.ts';
import type { PostSentence } from './post-sentence.ts';

const END = String.raw`(?=[:;,]?(?:\s|$))`;
const VALUE = String.raw`(?:"(?<quoted>[^"]*)"|“(?<curly>[^”]*)”|(?<word>[^\s"“]\S*?)(?=:?(?:\s|$)))`;
const MEDIA = String.raw`(?:image|video|document|media)(?:=|\s+)(?<url>\S+?)(?=:?(?:\s|$))(?:[ \t]+(?:"(?<alt>[^"]*)"|“(?<curlyAlt>[^”]*)”))?`;
const OPTION = String.raw`[\p{L}][\p{L}\p{N}_-]*=(?:"[^"]*"|“[^”]*”|[^\s"“]\S*?${END}|${END})`;
const NETWORK = String.raw`(?<network>[\p{L}][\p{L}\p{N}_-]*)(?<options>(?:\s+${OPTION})+)`;

export const FLAG = new RegExp(
  String.raw`(?<=^|\s)--(?:(?<name>campaign|comment)(?:=|\s+)${VALUE}|${MEDIA}|(?<thread>thread)${END}|${NETWORK})`,
  'giu',
);

interface Flags {
  /** The text with its flags blanked out, as long as before. */
  blanked: string;
  fields: Pick<PostSentence, 'campaign' | 'media' | 'thread' | 'comment' | 'options'>;
  /** Where a flag is said twice that can be said once. */
  surplus: string[];
}

export function takeFlags(text: string): Flags {
  const surplus: string[] = [];
  const media: string[] = [];
  const options: string[] = [];
  const once = new Map<string, string>();
  for (const match of text.matchAll(FLAG)) {
    const { name, quoted, curly, word, url, alt, curlyAlt, thread, network } = match.groups ?? {};
    const given = name?.toLowerCase() ?? (thread === undefined ? undefined : 'thread');
    if (url !== undefined) media.push(`${url} ${(alt ?? curlyAlt ?? '').replace(/\s+/g, ' ')}`.trim());
    else if (network !== undefined) options.push(`${network} ${writtenOptions(match.groups?.options ?? '')}`);
    else if (given === undefined || once.has(given)) surplus.push(match[0]);
    else once.set(given, given === 'thread' ? 'yes' : (quoted ?? curly ?? word ?? ''));
  }
  const blanked = text.replace(FLAG, (whole) => ' '.repeat(whole.length));
  const known = Object.fromEntries([...once].filter(([, value]) => value !== ''));
  return {
    blanked,
    surplus,
    fields: {
      ...known,
      ...(media.length > 0 && { media: media.join('\n') }),
      ...(options.length > 0 && { options: options.join('; ') }),
    },
  };
}

const ONE_OPTION = /\s*(?<name>[\p{L}][\p{L}\p{N}_-]*)=(?:"(?<quoted>[^"]*)"|“(?<curly>[^”]*)”|(?<word>\S*))/uy;

/** One or more of `name=value`, each value as it was typed or in quotes where it has to be. */
function writtenOptions(options: string): string {
  const written: string[] = [];
  for (const { groups } of options.matchAll(new RegExp(ONE_OPTION.source, 'gu'))) {
    written.push(`${groups?.name}=${quoted(groups?.quoted ?? groups?.curly ?? groups?.word ?? '')}`);
  }
  return written.join(' ');
}
