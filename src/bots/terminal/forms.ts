// Fills a form in at a keyboard, one field after another. It only gathers values; what is done with them is the command's.
import type { Form, FormField } from '../reply.ts';
import type { Answer, Question } from './editor.ts';
import { goesOn } from './lines.ts';
import { harmless } from './text.ts';

export interface FormScreen {
  ask: (question: Question) => Promise<Answer>;
  print: (block: string) => void;
  /** What belongs to a field's kind: a live line for times, completion for targets. */
  aids: (field: FormField) => Pick<Question, 'describe' | 'complete'>;
}

/** Values by field name; null where the person left the form. */
export type FormValues = Record<string, string> | null;

/** Whether the person leaves; `cancel` may stand behind the value that was in the line already. */
const isCancel = (typed: string, prefill: string): boolean =>
  typed.trim().toLowerCase() === 'cancel' || (prefill !== '' && [`${prefill}cancel`, `${prefill} cancel`].includes(typed.trim()));

const choiceLines = (field: FormField): string[] =>
  (field.choices ?? []).map(({ label }, index) => `    ${index + 1}) ${harmless(label)}`);

/** The value behind a choice's number, label or value; null where it is none of them. */
function readChoice(field: FormField, typed: string): string | null {
  const choices = field.choices ?? [];
  const wanted = typed.toLowerCase();
  const chosen =
    choices[Number(typed) - 1] ??
    choices.find(({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted) ??
    choices.find(({ label }) => wanted !== '' && label.toLowerCase().startsWith(wanted));
  return chosen?.value ?? null;
}

/** What stands above the prompt: the hint, the choices, and a value that is kept on Enter but cannot stand in the line. */
function introduce(field: FormField, keeps: boolean): string {
  const hint = field.hint ? [`  e.g. ${harmless(field.hint)}`] : [];
  const kept = keeps
    ? [`  Enter keeps ${field.kind === 'secret' ? 'what was given before' : `"${harmless(field.value ?? '')}"`}`]
    : [];
  const more = field.kind === 'paragraph' ? ['  A line that ends in \\ goes on with the next.'] : [];
  return [...hint, ...choiceLines(field), ...kept, ...more].join('\n');
}

async function readParagraph(first: string, ask: FormScreen['ask']): Promise<string | null> {
  const lines = [first];
  while (goesOn(lines.at(-1) ?? '')) {
    lines.push((lines.pop() ?? '').slice(0, -1));
    const answer = await ask({ prompt: '  … ' });
    if (answer.kind !== 'line') return null;
    lines.push(answer.text);
  }
  return lines.join('\n');
}

/** Asks for one field until its value can be taken; null where the person leaves. */
async function askField(field: FormField, screen: FormScreen): Promise<string | null> {
  const value = field.value ?? '';
  const inLine = value !== '' && field.kind !== 'secret' && !value.includes('\n');
  const keeps = value !== '' && !inLine;
  const intro = introduce(field, keeps);
  if (intro !== '') screen.print(intro);
  for (;;) {
    const answer = await screen.ask({
      prompt: `  ${harmless(field.label)}${field.required ? '' : ' (optional)'}: `,
      ...(inLine ? { prefill: value } : {}),
      secret: field.kind === 'secret',
      ...screen.aids(field),
    });
    if (answer.kind !== 'line' || isCancel(answer.text, inLine ? value : '')) return null;
    const typed = field.kind === 'paragraph' ? await readParagraph(answer.text, screen.ask) : answer.text.trim();
    if (typed === null) return null;
    const taken = typed === '' && keeps ? value : field.kind === 'choice' && typed !== '' ? readChoice(field, typed) : typed;
    if (taken !== null && (taken !== '' || !field.required)) return taken;
    screen.print(taken === null ? `  "${harmless(typed)}" is none of the choices.` : '  This is needed.');
  }
}

/**
 * Asks for each field in turn. Ctrl-C, Ctrl-D or `cancel` leaves the form. Fields left empty are not in the result; asides are not
 * asked for, and in it as they are. The title is left out where it `isTitled` already.
 */
export async function askForm(form: Form, screen: FormScreen, isTitled: boolean): Promise<FormValues> {
  screen.print(`${isTitled ? '' : `${harmless(form.title)}\n`}  Ctrl-C or "cancel" leaves this form and changes nothing.`);
  const asides = form.fields.filter(({ aside }) => aside === true);
  const values = Object.fromEntries(asides.flatMap(({ name, value }) => (value ? [[name, value]] : [])));
  for (const field of form.fields.filter((each) => !asides.includes(each))) {
    const value = await askField(field, screen);
    if (value === null) return null;
    if (value !== '') values[field.name] = value;
  }
  return values;
}

/** The form once more, filled with what was typed, for when it was refused. Secrets are typed again. */
export const refilled = (form: Form, values: Record<string, string>): Form => ({
  ...form,
  fields: form.fields.map(({ value: _, ...field }) => {
    const typed = values[field.name];
    return typed === undefined || field.kind === 'secret' ? field : { ...field, value: typed };
  }),
});
