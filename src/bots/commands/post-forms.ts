// The forms of /post: each asks for one value, filled with what holds now.
import { postName } from '../../core/post.ts';
import { showPost } from '../../core/usecases/show-post.ts';
import { requirePermission, zoneOf } from '../../core/workspace.ts';
import type { Call } from '../command.ts';
import type { Form, FormField, Reply } from '../reply.ts';

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

export const postForm = (): Reply =>
  ask('Which post?', {
    title: 'Show a post',
    fields: [{ name: 'post', label: 'Post', kind: 'line', required: true, hint: 'P12' }],
    carried: {},
    inOneLine: '/post P12',
  });

export async function editForm(call: Call, number: number): Promise<Reply> {
  requirePermission(call.actor, 'write');
  const { post } = await showPost(call.deps, call.actor, number);
  const name = postName(post);
  return ask(`What should ${name} say?`, {
    title: `Edit ${name}`,
    fields: [value('Text', 'paragraph', { value: post.text })],
    carried: { post: name, action: 'edit' },
    inOneLine: `/post ${name} edit The new text`,
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
    fields: [value('When', 'when', { hint: 'tomorrow 9am', ...planned })],
    carried: { post: name, action: 'move' },
    inOneLine: `/post ${name} move tomorrow 9am`,
  });
}

export async function variantForm(call: Call, number: number): Promise<Reply> {
  requirePermission(call.actor, 'write');
  const { post, deliveries } = await showPost(call.deps, call.actor, number);
  const name = postName(post);
  const platform = deliveries[0]?.platform ?? 'bluesky';
  return ask(`Which network of ${name} gets a text of its own, and which text?`, {
    title: `A text of its own for ${name}`,
    fields: [value('Network: text', 'paragraph', { value: `${platform}: ${post.variants[platform] ?? post.text}` })],
    carried: { post: name, action: 'variant' },
    inOneLine: `/post ${name} variant ${platform}: The text for it`,
  });
}
