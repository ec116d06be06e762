// What /schedule, /publish and /draft share: reading a sentence into arguments, arguments into a request, and asking for the rest.
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import type { PostRequest } from '../../core/usecases/compose-post.ts';
import type { Argument, CommandCall, RawArgs } from '../command.ts';
import type { FormField, Line, Reply } from '../reply.ts';
import { readPostSentence } from './post-sentence.ts';

export const WHEN: Argument = { name: 'when', kind: 'when', summary: 'When it goes out: tomorrow 9am' };
export const TARGETS: Argument = { name: 'targets', kind: 'targets', summary: 'Networks or accounts, or "all"' };
export const TEXT: Argument = { name: 'text', kind: 'text', summary: 'What to say' };
export const MEDIA: Argument = { name: 'media', kind: 'media', summary: 'Images by URL, each with a description behind it' };
export const CAMPAIGN: Argument = { name: 'campaign', kind: 'campaign', summary: 'A campaign it belongs to' };

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

/** `text` is what the person said, to the byte. */
export const readRequest = ({ args, origin }: CommandCall): PostRequest => ({
  text: args.text ?? '',
  targets: args.targets ?? '',
  media: readMedia(args.media),
  campaign: args.campaign ?? null,
  origin,
});

const isGiven = (value: string | undefined): boolean => (value ?? '').trim() !== '';

type Asked = 'when' | 'targets' | 'text';

const FIELDS: Record<Asked, FormField> = {
  when: { name: 'when', label: 'When', kind: 'when', required: true, hint: 'tomorrow 9am' },
  targets: { name: 'targets', label: 'Networks', kind: 'targets', required: true, hint: 'bluesky, mastodon, or all' },
  text: { name: 'text', label: 'Text', kind: 'paragraph', required: true },
};
const MISSING: Record<Asked, string> = { when: 'the time', targets: 'the networks', text: 'the text' };

/**
 * Asks for what is missing of `needed`, filled with what was understood; null where nothing is missing and nothing was left unread.
 * Words nobody could place are shown, and stand in the text's field where there is no text.
 */
export function askForRest(call: CommandCall, command: string, needed: readonly Asked[]): Reply | null {
  const { args } = call;
  const isMissing = (name: Asked): boolean => !isGiven(args[name]) && !(name === 'text' && isGiven(args.media));
  const missing = needed.filter(isMissing);
  const rest = (args.rest ?? '').trim();
  if (missing.length === 0 && rest === '') return null;
  const lines: Line[] = [];
  if (missing.length > 0) lines.push(`Still missing: ${listWords(missing.map((name) => MISSING[name]))}.`);
  if (rest !== '') lines.push(`Not understood: "${rest}".`);
  const known: RawArgs = rest !== '' && !isGiven(args.text) ? { ...args, text: rest } : args;
  return {
    tone: 'plain',
    title: missing.length > 0 ? 'Almost there' : 'Please check',
    lines,
    private: true,
    form: {
      title: TITLES[command] ?? command,
      command,
      fields: needed.map((name) => filled(FIELDS[name], known[name])),
      carried: carriedOf(args, needed),
      inOneLine: oneLine(call, command, known, needed),
    },
  };
}

const TITLES: Readonly<Record<string, string>> = {
  schedule: 'Schedule a post',
  publish: 'Publish a post',
  draft: 'Draft a post',
};

const filled = (field: FormField, value: string | undefined): FormField => (value === undefined ? field : { ...field, value });

const carriedOf = (args: RawArgs, needed: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'rest' && !needed.includes(name)));

const listWords = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** The same in one line, with an example where something is missing. */
function oneLine({ deps }: CommandCall, command: string, args: RawArgs, needed: readonly Asked[]): string {
  const campaign = isGiven(args.campaign) ? [`--campaign "${args.campaign}"`] : [];
  const images = readMedia(args.media).map(({ url, altText }) => `--image ${url}${altText === '' ? '' : ` "${altText}"`}`);
  const when = needed.includes('when') ? [isGiven(args.when) ? `${args.when}` : 'tomorrow 9am'] : [];
  const targets = isGiven(args.targets) ? args.targets : (deps.platforms.all()[0]?.id ?? 'all');
  const text = isGiven(args.text) ? args.text : 'Hello';
  return [`/${command}`, ...campaign, ...images, ...when, `to ${targets}: ${text}`].join(' ');
}
