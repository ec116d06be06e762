// What Tab offers: command names, then values by the kinds of arguments that the command declares.
import type { Deps } from '../../core/ports.ts';
import { postName } from '../../core/post.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Argument, ArgumentKind, Command } from '../command.ts';
import { type Commands, splitLine } from '../run.ts';

export interface CompletionSource {
  commands: Commands;
  deps: Pick<Deps, 'store' | 'platforms'>;
  actor: Actor;
}

/** What may stand at the end of the line, and the part of the line it would replace: the form readline takes. */
export type Completion = [candidates: string[], replaced: string];

/** Posts offered by name. */
const RECENT_POSTS = 30;

type Offer = (source: CompletionSource, argument: Argument) => string[] | Promise<string[]>;

/** A handle of several words is offered behind its network, where typing it begins; its quotes keep it one name. */
const accountHandles: Offer = async ({ deps, actor }) =>
  (await deps.store.accounts.list(actor.workspace.id)).map(({ platform, handle }) =>
    /[^\p{L}\p{N}_@./-]/u.test(handle) ? `${platform}/"${handle}"` : handle,
  );

const platformIds: Offer = ({ deps }) => deps.platforms.all().map(({ id }) => id);

const OFFERS: Record<ArgumentKind, Offer> = {
  targets: async (source, argument) => [
    'all',
    ...(await platformIds(source, argument)),
    ...(await accountHandles(source, argument)),
  ],
  platform: platformIds,
  account: accountHandles,
  post: async ({ deps, actor }) => {
    const { items } = await deps.store.posts.list(actor.workspace.id, { kind: 'recent' }, { offset: 0, limit: RECENT_POSTS });
    return items.map(({ post }) => postName(post));
  },
  choice: (_source, { choices }) => [...(choices ?? [])],
  command: ({ commands }) => commands.all.map(({ name }) => name),
  campaign: ({ deps, actor }) => deps.store.posts.campaigns(actor.workspace.id),
  timezone: () => Intl.supportedValuesOf('timeZone'),
  text: () => [],
  when: () => [],
  media: () => [],
  page: () => [],
};

/** `handle:`, `password:` of the network that the line names, for commands that ask for a network. */
function setupFields({ deps }: CompletionSource, command: Command, text: string): string[] {
  if (!command.arguments.some(({ kind }) => kind === 'platform')) return [];
  const platform = deps.platforms.find(/^\S+/.exec(text)?.[0] ?? '');
  return platform ? platform.setup.fields.map(({ name }) => `${name}:`).filter((field) => !text.includes(field)) : [];
}

/** With words that fill the arguments in order, the one at hand; with a grammar of its own, each may come next. */
function expected(command: Command, text: string): readonly Argument[] {
  if (command.fromText) return command.arguments.filter(({ kind, byFlag }) => kind !== 'campaign' && byFlag !== true);
  const words = text.split(/\s+/).length - 1;
  const last = command.arguments.at(-1);
  const argument = command.arguments[words] ?? last;
  return argument ? [argument] : [];
}

async function argumentCandidates(source: CompletionSource, command: Command, text: string, word: string): Promise<string[]> {
  const option = /(?:^|\s)--([\w-]+)\s+\S*$/.exec(text)?.[1];
  const asked = command.arguments.find(({ name }) => name === option);
  if (asked) return OFFERS[asked.kind](source, asked);
  const named = /^([\w-]+):(.*)$/s.exec(word);
  const argument = named ? command.arguments.find(({ name }) => name === named[1]) : undefined;
  if (named && argument) return (await OFFERS[argument.kind](source, argument)).map((value) => `${argument.name}:${value}`);
  const open = expected(command, text).filter(({ kind }) => word !== '' || kind !== 'timezone');
  const offered = await Promise.all(open.map((each) => OFFERS[each.kind](source, each)));
  return [...offered.flat(), ...setupFields(source, command, text)];
}

const startsWith = (word: string) => (candidate: string) => candidate.toLowerCase().startsWith(word.toLowerCase());

/** Values in a form's field are completed as in a command's line. */
export async function completeTargets(source: CompletionSource, text: string): Promise<Completion> {
  const word = /[^\s,]*$/.exec(text)?.[0] ?? '';
  const offered = await OFFERS.targets(source, { name: 'to', kind: 'targets', summary: '' });
  return [offered.filter(startsWith(word)), word];
}

/** Completes the word at the end of `line`, the text before the cursor. */
export async function completeLine(source: CompletionSource, line: string): Promise<Completion> {
  if (/^\/\S*$/.test(line) || line === '') {
    const names = [...source.commands.all.map(({ name }) => `/${name} `), '/quit'];
    return [names.filter(startsWith(line)), line];
  }
  const split = splitLine(line);
  const command = split ? source.commands.find(split.name) : undefined;
  if (!split || !command) return [[], line];
  const word = /[^\s,]*$/.exec(split.text)?.[0] ?? '';
  const candidates = await argumentCandidates(source, command, split.text, word);
  // A handle is completed with or without its @.
  const hits = candidates.flatMap((candidate) => {
    if (startsWith(word)(candidate)) return [candidate];
    return word !== '' && startsWith(`@${word}`)(candidate) ? [candidate.slice(1)] : [];
  });
  return [[...new Set(hits)], word];
}
