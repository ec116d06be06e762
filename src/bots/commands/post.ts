// /post P12: its card, and everything that can be done to one post.
import { invalidInput } from '../../core/errors.ts';
import { nearest } from '../../core/near-miss.ts';
import { parsePostName } from '../../core/post.ts';
import { cancelPost } from '../../core/usecases/cancel-post.ts';
import { type BesideChange, changeBeside } from '../../core/usecases/change-beside.ts';
import type { Changed } from '../../core/usecases/change-post.ts';
import { editPost } from '../../core/usecases/edit-post.ts';
import { editSeries, varySeries } from '../../core/usecases/edit-series.ts';
import { movePost, moveToSlot } from '../../core/usecases/move-post.ts';
import { publishNow } from '../../core/usecases/publish-now.ts';
import { retryPost } from '../../core/usecases/retry-post.ts';
import { endSeries, pauseSeries, resumeSeries, skipOccurrence } from '../../core/usecases/run-series.ts';
import { showPost } from '../../core/usecases/show-post.ts';
import { varyPost } from '../../core/usecases/vary-post.ts';
import { requirePermission } from '../../core/workspace.ts';
import { showCard } from '../cards/show-card.ts';
import { type Call, defineCommand, type RawArgs } from '../command.ts';
import { readNetworkOptions } from '../network-options-text.ts';
import type { Reply } from '../reply.ts';
import { isBest } from './best-time.ts';
import { postPresses } from './post-buttons.ts';
import { editForm, moveForm, postForm, recurs, splitVariant, variantForm } from './post-forms.ts';
import { readYesNo, unquoted } from './post-request.ts';
import { choiceButtons, choiceLines, readWhen } from './read-when.ts';

const ACTIONS = [
  'show',
  'edit',
  'move',
  'queue',
  'variant',
  'options',
  'thread',
  'comment',
  'cancel',
  'now',
  'retry',
  'skip',
  'pause',
  'resume',
  'end',
  'edit-one',
  'edit-all',
  'variant-one',
  'variant-all',
] as const;
type Action = (typeof ACTIONS)[number];

export const post = defineCommand({
  name: 'post',
  summary: 'Show one post, or change it',
  permission: 'view',
  arguments: [
    { name: 'post', kind: 'post', summary: 'Its name, P12', required: true },
    { name: 'action', kind: 'choice', summary: 'What to do with it', choices: ACTIONS },
    { name: 'value', kind: 'text', summary: 'The new text, the new time, or "network: text"' },
  ],
  examples: [
    '/post P12',
    '/post P12 edit We are live, and it is free!',
    '/post P12 move Friday 9am',
    '/post P12 queue',
    '/post P12 variant bluesky: Live, with a sky-blue bow',
    '/post P12 options mastodon visibility=unlisted',
    '/post P12 thread yes',
    '/post P12 comment Ask us anything',
    '/post P12 cancel',
    '/post P12 now',
    '/post P12 retry',
    '/post P12 skip',
    '/post P12 pause',
    '/post P12 edit-all A new text for this one and all that follow',
  ],
  fromText: readPostWords,
  run: async (call) => {
    const { args } = call;
    if ((args.post ?? '').trim() === '') return postForm();
    return act(call, parsePostName(args.post ?? ''), findAction(args.action ?? 'show'), args.value ?? '');
  },
  buttons: postPresses,
});

/** Two words, and the rest to the byte: an edited text is nobody's to tidy. */
function readPostWords(text: string): RawArgs {
  const [, name, action, value] = /^\s*(\S+)?(?:\s+(\S+)(?:\s([\s\S]*))?)?/.exec(text) ?? [];
  return {
    ...(name === undefined ? {} : { post: name }),
    ...(action === undefined ? {} : { action }),
    ...(value === undefined || value.trim() === '' ? {} : { value }),
  };
}

function findAction(word: string): Action {
  const wanted = word.trim().toLowerCase();
  const action = ACTIONS.find((candidate) => candidate === wanted);
  if (action) return action;
  const near = nearest(wanted, ACTIONS);
  throw invalidInput(`A post cannot "${word}". ${near ? `Did you mean ${near}?` : `It can: ${ACTIONS.join(', ')}.`}`);
}

async function act(call: Call, number: number, action: Action, value: string): Promise<Reply> {
  const { deps, actor } = call;
  const isEmpty = value.trim() === '';
  switch (action) {
    case 'show':
      return showCard(call, await showPost(deps, actor, number));
    case 'edit':
      if (isEmpty || (await recurs(call, number))) return editForm(call, number, value);
      return act(call, number, 'edit-one', value);
    case 'edit-one':
      return changed(call, await editPost(deps, actor, { number, text: unquoted(value) }), 'edited');
    case 'edit-all':
      return changed(call, await editSeries(deps, actor, { number, text: unquoted(value) }), 'edited, with all that follow');
    case 'move':
      return isEmpty ? moveForm(call, number) : move(call, number, value);
    case 'queue':
      return changed(call, await moveToSlot(deps, actor, { number, kind: 'queue' }), 'scheduled');
    case 'variant':
      if (isEmpty || (await recurs(call, number))) return variantForm(call, number, value);
      return act(call, number, 'variant-one', value);
    case 'variant-one':
      return changed(call, await varyPost(deps, actor, { number, ...readVariant(number, value) }), 'edited');
    case 'variant-all':
      return changed(
        call,
        await varySeries(deps, actor, { number, ...readVariant(number, value) }),
        'edited, with all that follow',
      );
    case 'options':
    case 'thread':
    case 'comment':
      return changed(call, await changeBeside(deps, actor, { number, ...readBeside(number, action, value) }), 'edited');
    case 'cancel':
      return changed(call, await cancelPost(deps, actor, number), 'canceled');
    case 'now':
      return changed(call, await publishNow(deps, actor, number), 'goes out now');
    case 'retry':
      return changed(call, await retryPost(deps, actor, number), 'is tried again');
    case 'skip':
      return changed(call, await skipOccurrence(deps, actor, number), 'is next');
    case 'pause':
      return changed(call, await pauseSeries(deps, actor, number), 'paused');
    case 'resume':
      return changed(call, await resumeSeries(deps, actor, number), 'resumed');
    case 'end':
      return changed(call, await endSeries(deps, actor, number), 'ended');
  }
}

const changed = (call: Call, { details, notes }: Changed, headline: string): Promise<Reply> =>
  showCard(call, details, { headline, notes });

async function move(call: Call, number: number, words: string): Promise<Reply> {
  const said = words.replace(/^\s*to\s+/i, '');
  if (isBest(said)) return changed(call, await moveToSlot(call.deps, call.actor, { number, kind: 'best' }), 'scheduled');
  const when = readWhen(call, said);
  if (when.kind === 'ambiguous') return askWhich(call, number, when);
  const { details, notes } = await movePost(call.deps, call.actor, { number, at: when.at });
  return showCard(call, details, { headline: 'scheduled', notes: [...when.notes, ...notes] });
}

async function askWhich(
  call: Call,
  number: number,
  when: Extract<ReturnType<typeof readWhen>, { kind: 'ambiguous' }>,
): Promise<Reply> {
  requirePermission(call.actor, 'write');
  const { post: found } = await showPost(call.deps, call.actor, number);
  const name = `P${found.number}`;
  return {
    tone: 'warning',
    title: `${name} is not moved yet`,
    lines: [`"${when.text}" can mean more than one time. Which one?`, ...choiceLines(call, when)],
    buttons: choiceButtons(name, 'move-at', when),
  };
}

/** `comment none` takes it away, and so does `options youtube none` with that network's. */
function readBeside(number: number, what: 'options' | 'thread' | 'comment', value: string): BesideChange {
  if (value.trim() === '') throw invalidInput(`Say what it is to be: ${BESIDE_EXAMPLES[what].replace('P12', `P${number}`)}.`);
  if (what === 'options') {
    const bare = /^\s*([\p{L}][\p{L}\p{N}_-]*)\s+none\s*$/iu.exec(value)?.[1];
    return { options: bare === undefined ? readNetworkOptions(value) : { [bare]: {} } };
  }
  if (what === 'thread') return { thread: readYesNo('thread', value) };
  return { comment: /^\s*none\s*$/i.test(value) ? '' : unquoted(value) };
}

const BESIDE_EXAMPLES = {
  options: '/post P12 options mastodon visibility=unlisted, or mastodon none',
  thread: '/post P12 thread yes, or no',
  comment: '/post P12 comment Ask us anything, or none',
} as const;

function readVariant(number: number, value: string): { platform: string; text: string } {
  const variant = splitVariant(value);
  if (!variant) throw invalidInput(`Say the network and its text: /post P${number} variant bluesky: the text.`);
  return variant;
}
