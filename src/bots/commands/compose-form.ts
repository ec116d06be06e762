// The form a post is made with: filled with what was understood, and shown where something is missing or where the person wants a form.
import type { Call, CommandCall, RawArgs } from '../command.ts';
import { quoted } from '../network-options-text.ts';
import type { Form, FormField, Line, Reply } from '../reply.ts';
import { readMedia } from './post-request.ts';

/** The commands that make a post, each with what it cannot do without. */
const NEEDED = {
  schedule: ['when', 'targets', 'text'],
  queue: ['targets', 'text'],
  publish: ['targets', 'text'],
  draft: ['targets', 'text'],
} as const satisfies Record<string, readonly Asked[]>;

export type PostingCommand = keyof typeof NEEDED;

const TITLES: Record<PostingCommand, string> = {
  schedule: 'Schedule a post',
  queue: 'Queue a post',
  publish: 'Publish a post',
  draft: 'Draft a post',
};

type Asked = 'when' | 'targets' | 'text';

const FIELDS: Record<Asked, FormField> = {
  when: { name: 'when', label: 'When', kind: 'when', required: true, hint: 'tomorrow 9am, or best' },
  targets: { name: 'targets', label: 'Networks', kind: 'targets', required: true, hint: 'bluesky, mastodon, or all' },
  text: { name: 'text', label: 'Text', kind: 'paragraph', required: true },
};
const MISSING: Record<Asked, string> = { when: 'the time', targets: 'the networks', text: 'the text' };

const isGiven = (value: string | undefined): boolean => (value ?? '').trim() !== '';

/** A post may do without words where it has files. */
const hasFiles = ({ files }: Pick<Call, 'files'>, args: RawArgs): boolean => isGiven(args.media) || (files?.length ?? 0) > 0;

/**
 * Asks for what is missing of what `command` needs, filled with what was understood; null where nothing is missing and nothing was
 * left unread. Words nobody could place are shown, and stand in the text's field where there is no text.
 */
export function askForRest(call: CommandCall, command: PostingCommand): Reply | null {
  const { args } = call;
  const isMissing = (name: Asked): boolean => !isGiven(args[name]) && !(name === 'text' && hasFiles(call, args));
  const missing = NEEDED[command].filter(isMissing);
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
    form: formOf(call, command, known),
  };
}

/** The whole form, filled with `args`: for a button, for a text that was said elsewhere, for whoever would rather fill in a form. */
export const composeForm = (call: Call, command: PostingCommand, args: RawArgs): Reply => ({
  tone: 'plain',
  title: TITLES[command],
  private: true,
  form: formOf(call, command, args),
});

function formOf(call: Call, command: PostingCommand, args: RawArgs): Form {
  const needed: readonly Asked[] = NEEDED[command];
  const fields = needed.map((name) =>
    name === 'text' && hasFiles(call, args) ? { ...FIELDS.text, required: false } : FIELDS[name],
  );
  return {
    title: TITLES[command],
    command,
    fields: [...fields.map((field) => filled(field, args[field.name])), ...asides(call, args)],
    carried: Object.fromEntries(
      Object.entries(args).filter(([name]) => !['rest', ...ASIDES].includes(name) && !needed.some((asked) => asked === name)),
    ),
    inOneLine: oneLine(call, command, args),
  };
}

/** What nobody is asked for, and may be given. */
const asides = ({ files = [] }: Call, args: RawArgs): FormField[] => [
  { name: 'variants', label: 'A text of its own', kind: 'variants', required: false, aside: true },
  filled(
    { name: 'files', label: 'Images or video', kind: 'files', required: false, aside: true },
    files.length > 0 ? files.map(({ name }) => name ?? 'a file').join(', ') : undefined,
  ),
  filled({ name: 'campaign', label: 'Campaign', kind: 'line', required: false, aside: true }, args.campaign),
  filled({ name: 'comment', label: 'First comment', kind: 'line', required: false, aside: true }, args.comment),
  filled({ name: 'thread', label: 'Thread', kind: 'choice', required: false, aside: true, choices: THREAD }, args.thread),
  filled(
    {
      name: 'options',
      label: 'Options of networks',
      kind: 'line',
      required: false,
      aside: true,
      hint: 'youtube privacy=unlisted',
    },
    args.options,
  ),
];

const ASIDES = ['campaign', 'comment', 'thread', 'options'];

const THREAD = [
  { value: 'no', label: 'One post' },
  { value: 'yes', label: 'A thread, where it is too long' },
] as const;

const filled = (field: FormField, value: string | undefined): FormField => (value === undefined ? field : { ...field, value });

const listWords = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** The same in one line, with an example where something is missing. */
function oneLine({ deps }: Call, command: PostingCommand, args: RawArgs): string {
  const campaign = isGiven(args.campaign) ? [`--campaign "${args.campaign}"`] : [];
  const beside = [
    ...(args.thread === 'yes' ? ['--thread'] : []),
    ...(isGiven(args.comment) ? [`--comment ${quoted(args.comment ?? '')}`] : []),
    ...(args.options ?? '')
      .split(/;\s+(?=\p{L}[\p{L}\p{N}_-]*\s+\p{L}[\p{L}\p{N}_-]*=)/u)
      .filter(isGiven)
      .map((options) => `--${options.trim()}`),
  ];
  const images = readMedia(args.media).map(({ url, altText }) => `--image ${url}${altText === '' ? '' : ` "${altText}"`}`);
  const when = command === 'schedule' ? [isGiven(args.when) ? `${args.when}` : 'tomorrow 9am'] : [];
  const targets = isGiven(args.targets) ? args.targets : (deps.platforms.all()[0]?.id ?? 'all');
  const text = isGiven(args.text) ? args.text : 'Hello';
  return [`/${command}`, ...campaign, ...beside, ...images, ...when, `to ${targets}: ${text}`].join(' ');
}
