// The forms of /post: each asks for one value, filled with what holds now.
import { type PostDetails, postName } from '../../core/post.ts';
import { showPost } from '../../core/usecases/show-post.ts';
import { requirePermission, zoneOf } from '../../core/workspace.ts';
import type { Call } from '../command.ts';
import type { Form, FormField, Reply } from '../reply.ts';
import { unquoted } from './post-request.ts';

const ask = (line: string, form: Omit<Form, 'command'>): Reply => ({
  tone: 'plain',
  lines: [line],
  private: true,
  form: { command: 'post', ...form },
});

const value = (label: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  name: 'value',
  label,
  kind,
  required: true,
  ...more,
});

/** Where more of the same follow, which of them are meant. The choice is the action that the form sends. */
const scope = (action: 'edit' | 'variant'): FormField => ({
  name: 'action',
  label: 'Which',
  kind: 'choice',
  required: true,
  choices: [
    { value: `${action}-one`, label: 'This one' },
    { value: `${action}-all`, label: 'All following' },
  ],
});

const scopeOf = (details: PostDetails, action: 'edit' | 'variant'): FormField[] =>
  followedBySame(details) ? [scope(action)] : [];
const actionOf = (details: PostDetails, action: 'edit' | 'variant'): { action?: string } =>
  followedBySame(details) ? {} : { action };

/** Whether one of these forms asks for a network's own text, `network: text`. */
export const isVariantForm = ({ fields, carried }: Form): boolean =>
  [carried.action, ...fields.flatMap(({ choices = [] }) => choices.map((choice) => choice.value))].some((action) =>
    action?.startsWith('variant'),
  );

/** `bluesky: the text` -> both; null where no network is named. */
export function splitVariant(value: string): { platform: string; text: string } | null {
  const match = /^\s*([^\s:]+)\s*:\s?([\s\S]*)$/.exec(value);
  return match ? { platform: match[1] ?? '', text: unquoted(match[2] ?? '') } : null;
}

const followedBySame = ({ series }: PostDetails): boolean => series !== null && series.state !== 'ended';

/** Whether a change of this post must say if those that follow are meant too. @throws as `showPost`. */
export const recurs = async (call: Call, number: number): Promise<boolean> =>
  followedBySame(await showPost(call.deps, call.actor, number));

export const postForm = (): Reply =>
  ask('Which post?', {
    title: 'Show a post',
    fields: [{ name: 'post', label: 'Post', kind: 'line', required: true, hint: 'P12' }],
    carried: {},
    inOneLine: '/post P12',
  });

/** `typed` is the new text where it was given already. */
export async function editForm(call: Call, number: number, typed = ''): Promise<Reply> {
  requirePermission(call.actor, 'write');
  const details = await showPost(call.deps, call.actor, number);
  const name = postName(details.post);
  return ask(`What should ${name} say?`, {
    title: `Edit ${name}`,
    fields: [value('Text', 'paragraph', { value: typed.trim() === '' ? details.post.text : typed }), ...scopeOf(details, 'edit')],
    carried: { post: name, ...actionOf(details, 'edit') },
    inOneLine: `/post ${name} ${followedBySame(details) ? 'edit-all' : 'edit'} The new text`,
  });
}

export async function moveForm(call: Call, number: number): Promise<Reply> {
  requirePermission(call.actor, 'write');
  const { post } = await showPost(call.deps, call.actor, number);
  const name = postName(post);
  const local = post.slot?.at.toZonedDateTimeISO(zoneOf(call.actor)).toPlainDateTime();
  const planned = local ? { value: local.toString({ smallestUnit: 'minute' }).replace('T', ' ') } : {};
  return ask(`When should ${name} go out?`, {
    title: `Move ${name}`,
    fields: [value('When', 'when', { hint: 'tomorrow 9am, or best', ...planned })],
    carried: { post: name, action: 'move' },
    inOneLine: `/post ${name} move tomorrow 9am`,
  });
}

/** `typed` is the network and its text where they were given already. */
export async function variantForm(call: Call, number: number, typed = ''): Promise<Reply> {
  requirePermission(call.actor, 'write');
  const details = await showPost(call.deps, call.actor, number);
  const { post, deliveries } = details;
  const name = postName(post);
  const platform = deliveries[0]?.platform ?? 'bluesky';
  const own = `${platform}: ${post.variants[platform] ?? post.text}`;
  return ask(`Which network of ${name} gets a text of its own, and which text?`, {
    title: `A text of its own for ${name}`,
    fields: [value('Network: text', 'paragraph', { value: typed.trim() === '' ? own : typed }), ...scopeOf(details, 'variant')],
    carried: { post: name, ...actionOf(details, 'variant') },
    inOneLine: `/post ${name} ${followedBySame(details) ? 'variant-all' : 'variant'} ${platform}: The text for it`,
  });
}
