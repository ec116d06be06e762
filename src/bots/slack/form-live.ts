// A form that is being filled in: after each change it says what it would mean. Slack tells of every letter, so that of one form only
// the newest change is worked on, one at a time; what comes too late to be shown is left out.
import { z } from 'zod';
import { zoneOf } from '../../core/workspace.ts';
import type { RawArgs } from '../command.ts';
import { describeForm } from '../live-form.ts';
import type { Form } from '../reply.ts';
import { formView } from './form-view.ts';
import { type Front, meet, take } from './front.ts';
import { isViewGone } from './modals.ts';
import type { OpenView } from './payloads.ts';
import { slackCodeOf } from './refusals.ts';
import { type FormMetadata, readFormView, readMetadata, touched, writeMetadata } from './view-values.ts';

interface Change {
  teamId: string;
  userId: string;
  view: OpenView;
  metadata: FormMetadata;
}

/** Of the forms that are worked on right now, the change that came meanwhile; null where none came. By view id. */
export type LiveForms = Map<string, Change | null>;

export const openLiveForms = (): LiveForms => new Map();

/** A text over several inputs would be split anew, and what stands in the inputs would not: such a form is not redrawn. */
const isSplit = ({ blocks }: OpenView): boolean => blocks.some(({ block_id: id = '' }) => /^field:.*\+\d+$/.test(id));

/** Begins to say what a form means after a change. */
export function onFormChanged(front: Front, teamId: string, userId: string, view: OpenView, blockId: string): void {
  const metadata = readMetadata(view.private_metadata);
  if (metadata === null || isSplit(view)) return;
  const change = { teamId, userId, view, metadata: touched(metadata, blockId) };
  if (front.liveForms.has(view.id)) {
    front.liveForms.set(view.id, change);
    return;
  }
  front.liveForms.set(view.id, null);
  take(front, 'form', { teamId, userId }, null, () => workOff(front, change));
}

async function workOff(front: Front, first: Change): Promise<void> {
  const { liveForms } = front;
  const { id } = first.view;
  try {
    let shown: { made: string | undefined; hash: string | undefined } | null = null;
    for (let change: Change | null = first; change !== null; change = liveForms.get(id) ?? null) {
      liveForms.set(id, null);
      // made before it was shown what an earlier change meant: that was us, and nothing it overwrites is lost
      const hash: string | undefined = shown && change.view.hash === shown.made ? shown.hash : change.view.hash;
      const next = await redraw(front, change, hash);
      shown = next === null ? shown : { made: change.view.hash, hash: next };
    }
  } finally {
    liveForms.delete(id);
  }
}

const Updated = z.object({ view: z.object({ hash: z.string() }) });

/** The hash of the view as it is shown now; null where it could not be shown. */
async function redraw(
  front: Front,
  { teamId, userId, view, metadata }: Change,
  hash: string | undefined,
): Promise<string | null> {
  const meeting = await meet(front, teamId, userId);
  if (!meeting) return null;
  const { actor, access } = meeting;
  const { deps } = front;
  const { args } = readFormView(view.state, metadata, { timeZone: zoneOf(actor) });
  const echo = await describeForm(metadata.form, args, { deps, actor });
  const redrawn = formView(filledForm(metadata, args), {
    ...echo,
    privateMetadata: writeMetadata(metadata),
    now: deps.clock.now(),
  });
  try {
    const answer = await access.client.views.update({ view_id: view.id, view: redrawn, ...(hash === undefined ? {} : { hash }) });
    return Updated.parse(answer).view.hash;
  } catch (error) {
    if (!isViewGone(error) && slackCodeOf(error) !== 'ratelimited') throw error;
    return null;
  }
}

/** The form with what stands in it. */
function filledForm({ form, files }: FormMetadata, args: RawArgs): Form {
  const already = files.length === 1 ? 'a file' : `${files.length} files`;
  const valueFor = (name: string, kind: string): string | undefined =>
    kind === 'files' && files.length > 0 ? already : args[name];
  return {
    ...form,
    fields: form.fields.map((field) => {
      const value = valueFor(field.name, field.kind);
      return value === undefined || field.kind === 'secret' ? field : { ...field, value };
    }),
  };
}
