// What /schedule, /publish and /draft share: reading a sentence into arguments, and arguments into a request.
// What is asked for where something is missing is compose-form.ts's.
import { invalidArgument } from '../../core/errors.ts';
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import type { PostRequest } from '../../core/usecases/compose-post.ts';
import type { Argument, CommandCall, RawArgs } from '../command.ts';
import { readNetworkOptions } from '../network-options-text.ts';
import { readPostSentence } from './post-sentence.ts';

export const WHEN: Argument = { name: 'when', kind: 'when', summary: 'When it goes out: tomorrow 9am' };
export const TARGETS: Argument = { name: 'targets', kind: 'targets', summary: 'Networks or accounts, or "all"' };
export const TEXT: Argument = { name: 'text', kind: 'text', summary: 'What to say' };
export const MEDIA: Argument = {
  name: 'media',
  kind: 'media',
  summary: 'Images or a video by URL, each with a description behind it',
};
export const CAMPAIGN: Argument = { name: 'campaign', kind: 'campaign', summary: 'A campaign it belongs to' };
/** What a post can say beside its text; each is typed as a flag, too. */
export const BESIDE: readonly Argument[] = [
  {
    name: 'thread',
    kind: 'choice',
    summary: 'Split a text that is too long into a thread',
    choices: ['yes', 'no'],
    byFlag: true,
  },
  { name: 'comment', kind: 'text', summary: 'The first comment below it', byFlag: true },
  {
    name: 'options',
    kind: 'text',
    summary: 'For single networks: youtube title="Our launch"; tiktok privacy=SELF_ONLY',
    byFlag: true,
  },
];

/** Beside the declared arguments, `rest` holds what the sentence said and nobody could place. */
export const fromSentence = (text: string): RawArgs =>
  Object.fromEntries(
    Object.entries(readPostSentence(text)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** Lines of a URL with its description behind it. */
export const readMedia = (media: string | undefined): MediaRequest[] =>
  (media ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, url = '', altText = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
      return { url, altText: unquoted(altText.trim()) };
    });

/** Without the quotes around the whole of it, straight or curly. */
export const unquoted = (text: string): string => /^["“]([^"“”]*)["”]$/s.exec(text)?.[1] ?? text;

const VARIANT = 'variant:';

/** The argument that holds a network's own text. */
export const variantArgument = (platform: string): string => `${VARIANT}${platform}`;

/** Texts of their own, by the network as it was named. */
export const readVariants = (args: RawArgs): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, text]) => (name.startsWith(VARIANT) ? [[name.slice(VARIANT.length), text]] : [])),
  );

/** `yes` -> true; all that people say for no, and nothing, -> false. @throws CrierError `invalid-input` for other words. */
export function readYesNo(field: string, word: string | undefined): boolean {
  const said = (word ?? '').trim().toLowerCase();
  if (['yes', 'y', 'true', 'on'].includes(said)) return true;
  if (['', 'no', 'n', 'false', 'off'].includes(said)) return false;
  throw invalidArgument(field, `${field} is yes or no, not "${word}".`);
}

/** `text` is what the person said, to the byte. Files of the chat follow those that were named by URL. */
export const readRequest = ({ args, files, origin }: CommandCall): PostRequest => ({
  text: args.text ?? '',
  variants: readVariants(args),
  targets: args.targets ?? '',
  media: [...readMedia(args.media), ...(files ?? [])],
  campaign: args.campaign ?? null,
  thread: readYesNo('thread', args.thread),
  comment: args.comment ?? '',
  options: readNetworkOptions(args.options ?? ''),
  origin,
});
