// Opens a form: as a modal where Slack allows one, else as a message whose button opens it.
import type { ModalView } from '@slack/types';
import { describeForm, valuesOf } from '../live-form.ts';
import type { Form, Line, Reply } from '../reply.ts';
import { sayKeptForm } from './form-keep.ts';
import { formView } from './form-view.ts';
import type { Front, Meeting } from './front.ts';
import { isSpentTrigger, raiseModal } from './modals.ts';
import type { Ask, Place } from './place.ts';
import { writeMetadata } from './view-values.ts';

export interface Opening {
  place: Place;
  /** Slack's ids of the files that are sent with it. */
  files?: readonly string[];
  intro?: readonly Line[];
}

/** The modal of a form, filled with what was understood. */
export async function composeView(
  front: Front,
  { actor }: Pick<Meeting, 'actor'>,
  form: Form,
  opening: Opening,
): Promise<ModalView> {
  const { place, files = [], intro = [] } = opening;
  const { deps } = front;
  const echo = await describeForm(form, valuesOf(form), { deps, actor });
  return formView(form, { ...echo, privateMetadata: writeMetadata({ form, place, files }), now: deps.clock.now(), intro });
}

/** What a reply says beside its form, above the fields. */
export const introOf = ({ lines = [], notes = [] }: Reply): Line[] => [...lines, ...notes];

export async function openForm(front: Front, ask: Ask, reply: Reply, form: Form): Promise<void> {
  const { place, files = [], triggerId } = ask;
  if (triggerId !== null) {
    try {
      await raiseModal(ask, triggerId, await composeView(front, ask, form, { place, files, intro: introOf(reply) }));
      return;
    } catch (error) {
      if (!isSpentTrigger(error)) throw error;
    }
  }
  await sayKeptForm(front, ask, reply, form);
}
