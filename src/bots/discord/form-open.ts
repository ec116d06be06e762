// Opens a form: as a modal where Discord takes one, which is as the first answer within three seconds; else as a message whose button
// opens it.
import { type APIModalInteractionResponseCallbackData, type APITextDisplayComponent, ComponentType } from 'discord.js';
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import type { Actor } from '../../core/workspace.ts';
import { FORM_BUTTON } from '../form-button.ts';
import { describeForm, valuesOf } from '../live-form.ts';
import type { Form, Line, Reply } from '../reply.ts';
import { formView } from './form-view.ts';
import type { Front } from './front.ts';
import * as limits from './limits.ts';
import { rowsOf, textsOf } from './markdown-rows.ts';
import type { Ask, Place } from './place.ts';
import { renderReply } from './render.ts';
import { renameButtons, stampTeam } from './stamp.ts';

/** A form that was opened, or can be. */
export interface KeptForm {
  teamId: string;
  userId: string;
  reply: Reply;
  form: Form;
  place: Place;
  files: readonly MediaRequest[];
}

const MODAL = /^form\/([^/]+)\/([^/]+)$/;

/** The command and the kept form behind a modal's `custom_id`; null for a modal that is not ours. */
export function readModalId(customId: string): { command: string; id: string } | null {
  const [, command, id] = MODAL.exec(customId) ?? [];
  return command === undefined || id === undefined ? null : { command, id };
}

/** What is kept behind a button's `schedule~1f2e3d4c`; undefined where it is kept no more, or is somebody else's. */
export function findKeptForm({ forms }: Front, { workspace, member }: Actor, subject: string): KeptForm | undefined {
  const kept = forms.find(subject.split('~')[1] ?? '');
  return kept?.teamId === workspace.teamId && kept.userId === member.userId ? kept : undefined;
}

export async function openForm(front: Front, ask: Ask, reply: Reply, form: Form): Promise<void> {
  const id = keepForm(front, ask, reply, form);
  if (await ask.voice.showModal(await composeView(front, ask.actor, { reply, form, id }))) return;
  await sayKeptForm(ask, reply, form, id);
}

export const keepForm = ({ forms }: Front, { actor, place, files = [] }: Ask, reply: Reply, form: Form): string =>
  forms.keep({ teamId: actor.workspace.teamId, userId: actor.member.userId, reply, form, place, files });

/** The modal of a form, filled with what was understood. */
async function composeView(
  { deps }: Front,
  actor: Actor,
  { reply, form, id }: { reply: Reply; form: Form; id: string },
): Promise<APIModalInteractionResponseCallbackData> {
  const { notes, accounts, chosen } = await describeForm(form, valuesOf(form), { deps, actor });
  const view = formView(form, { customId: `form/${form.command}/${id}`, notes, accounts, chosen });
  const hasRoom = view.components.length < limits.MODAL_COMPONENTS;
  return hasRoom ? { ...view, components: [...introOf(reply), ...view.components] } : view;
}

/** What a reply says beside its form, above the fields. */
function introOf({ lines = [], notes = [] }: Reply): APITextDisplayComponent[] {
  const said: Line[] = [...lines, ...notes];
  return textsOf(said.flatMap((line) => rowsOf(line)))
    .slice(0, 1)
    .map((content) => ({ type: ComponentType.TextDisplay, content }));
}

/** Says what the form asks for, with the button that opens it. A mention is answered where it was said. */
async function sayKeptForm({ way, voice, actor }: Ask, reply: Reply, form: Form, id: string): Promise<void> {
  const opens = `${FORM_BUTTON}${form.command}`;
  const messages = renderReply(reply).map((message) =>
    stampTeam(
      renameButtons(message, (button) => (button === opens ? `${opens}~${id}` : button)),
      actor.workspace.teamId,
    ),
  );
  if (way === 'mention') await voice.toAll(messages);
  else await voice.toOne(messages);
}
