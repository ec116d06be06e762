// Forms for tests, drawn at a fixed time.
import type { Form, FormField } from '../../../src/bots/reply.ts';
import { type FormViewOptions, formView } from '../../../src/bots/slack/form-view.ts';
import { type FormMetadata, readMetadata, writeMetadata } from '../../../src/bots/slack/view-values.ts';

export const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');
export const NINE_AM = Temporal.Instant.from('2026-11-24T08:00:00Z');
export const BERLIN = { timeZone: 'Europe/Berlin' };
const PLACE = { channel: 'C1' };
export const ACCOUNTS = [
  { value: 'bluesky/@team.example', label: 'Bluesky (@team.example)' },
  { value: 'mastodon/@team@mastodon.example', label: 'Mastodon (@team@mastodon.example)' },
];

export const field = (name: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  kind,
  required: true,
  ...more,
});

export const formOf = (fields: readonly FormField[], more: Partial<Form> = {}): Form => ({
  title: 'Schedule a post',
  command: 'schedule',
  fields,
  carried: {},
  inOneLine: '/schedule',
  ...more,
});

export const draw = (form: Form, options: Partial<FormViewOptions> = {}) =>
  formView(form, { privateMetadata: writeMetadata({ form, place: PLACE }), accounts: ACCOUNTS, now: NOW, ...options });

export function metadataOf(view: { private_metadata?: string }): FormMetadata {
  const metadata = readMetadata(view.private_metadata ?? '');
  if (metadata === null) throw new Error('the view holds no metadata of a form');
  return metadata;
}
