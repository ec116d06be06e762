// A form as a modal. A modal holds five inputs: what is needed comes first, and what has no room keeps its value, which is sent with the
// others (view-values.ts). Texts of their own for single networks are left out here.
import type { APILabelComponent, APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Form, FormField } from '../reply.ts';
import { cutText, harmless } from '../shown-text.ts';
import { drawField, type FormViewOptions } from './form-view-fields.ts';
import * as limits from './limits.ts';
import { isBlank } from './markdown.ts';

export type { FormViewOptions } from './form-view-fields.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal (checked 2026-11-22) */
export function formView(form: Form, options: FormViewOptions): APIModalInteractionResponseCallbackData {
  const title = isBlank(form.title) ? 'Crier' : harmless(form.title).replace(/\s+/g, ' ').trim();
  const shown = new Map<FormField, readonly APILabelComponent[]>();
  let room = limits.MODAL_COMPONENTS;
  for (const field of byNeed(form.fields)) {
    const labels = drawField(field, options);
    if (labels.length === 0 || labels.length > room) continue;
    shown.set(field, labels);
    room -= labels.length;
  }
  return {
    custom_id: options.customId,
    title: cutText(title, limits.MODAL_TITLE),
    components: form.fields.flatMap((field) => shown.get(field) ?? []),
  };
}

/** What is needed and missing first; what nobody is asked for last. A form that is sent without all it needs is asked for the rest. */
const byNeed = (fields: readonly FormField[]): FormField[] => fields.toSorted((one, other) => rank(one) - rank(other));

function rank({ required, value, aside }: FormField): number {
  if (aside === true) return 3;
  if (!required) return 2;
  return isBlank(value ?? '') ? 0 : 1;
}
