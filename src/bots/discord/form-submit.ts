// A form that is sent. Discord closes it whatever we say: where something was wrong, the person is told what, and finds everything they
// have written behind a button that opens the form again.
import type { ModalSubmitInteraction } from 'discord.js';
import type { RawArgs } from '../command.ts';
import { openFormButton } from '../form-button.ts';
import type { Form, Line, Reply, Section } from '../reply.ts';
import type { Outcome } from '../run.ts';
import { answer } from './answer.ts';
import { entranceOf, serverOf } from './entrance.ts';
import { type KeptForm, keepForm, readModalId } from './form-open.ts';
import { callOf, type Front, take } from './front.ts';
import { isPublic, messageOf, voiceFor } from './interaction-place.ts';
import type { Ask } from './place.ts';
import { renderFor } from './stamp.ts';
import { readFormView } from './view-values.ts';

/** Begins what a form asks for. */
export function onFormSent(front: Front, interaction: ModalSubmitInteraction): void {
  const { user, locale, id, customId } = interaction;
  const named = readModalId(customId);
  if (named === null) return;
  const found = front.forms.find(named.id);
  const kept = found?.userId === user.id ? found : undefined;
  const isFromCard = kept?.place.message && interaction.isFromMessage();
  const later = isFromCard ? 'update' : isPublic(front, named.command) ? 'message' : 'private message';
  const voice = voiceFor(front, interaction, later);
  const teamId = kept?.teamId ?? serverOf(interaction);
  const entrance = teamId === interaction.guildId ? entranceOf(interaction, front.timeZone) : null;
  take(front, { id, name: named.command, who: { userId: user.id, teamId, entrance, locale }, voice }, async (actor, said) => {
    if (!kept) return said.toOne(renderFor(actor.workspace.teamId, formIsGone(front, named.command, writtenIn(interaction))));
    const { args, files } = readFormView(kept.form, interaction.fields.fields.values());
    // the form may have been opened anew from another message than the one it was asked for on
    const place = { ...kept.place, message: kept.place.message && messageOf(interaction) };
    const ask: Ask = { actor, way: 'submit', place, voice: said, files: [...kept.files, ...files] };
    const outcome = await front.commands.run(kept.form.command, args, callOf(front, ask));
    if (outcome.refused || outcome.bug) return sayWhatWasWrong(front, ask, kept, args, outcome);
    await answer(front, ask, outcome);
  });
}

async function sayWhatWasWrong(
  front: Front,
  ask: Ask,
  { form, reply }: KeptForm,
  args: RawArgs,
  outcome: Outcome,
): Promise<void> {
  // Discord's forms have no way to take out a file that is with them already: what is wrong with it would stay wrong
  const isAboutFiles = (ask.files ?? []).length > 0 && ABOUT_FILES.includes(outcome.field ?? '');
  const files = isAboutFiles ? [] : (ask.files ?? []);
  const id = keepForm(front, { ...ask, files }, reply, filledForm(form, args, files));
  const button = { ...openFormButton(form), label: 'Open the form again' };
  const said: Reply = {
    ...outcome.reply,
    lines: [...(outcome.reply.lines ?? []), ...(isAboutFiles ? [WITHOUT_FILES] : [])],
    sections: [...(outcome.reply.sections ?? []), ...written(args)],
    buttons: [{ ...button, subject: `${button.subject}~${id}` }, ...(outcome.reply.buttons ?? [])],
  };
  await ask.voice.toOne(renderFor(ask.actor.workspace.teamId, said));
}

/** The arguments and fields that files came in by. */
const ABOUT_FILES = ['files', 'media'];
const WITHOUT_FILES = 'The form opens without the files: choose there the images or the video that the post shall have.';

/** The form with what stands in it, but for secrets. */
function filledForm(form: Form, args: RawArgs, files: Ask['files'] & {}): Form {
  const names = files.map(({ name = 'a file' }) => name).join(', ');
  return {
    ...form,
    fields: form.fields.map((field) => {
      const { value: _, ...rest } = field;
      const value = field.kind === 'files' ? names : args[field.name];
      return value === undefined || value === '' || field.kind === 'secret' ? rest : { ...rest, value };
    }),
  };
}

/** Arguments that hold what a person has written, and never a secret. */
const IS_TEXT = /^(?:text|value|variant:.*)$/;

const written = (args: RawArgs): Section[] =>
  Object.entries(args)
    .filter(([name, value]) => IS_TEXT.test(name) && value.trim() !== '')
    .map(([name, quote]) => ({ heading: name.startsWith('variant:') ? `Your text for ${name.slice(8)}` : 'Your text', quote }));

/** What was typed into the inputs of a form that is kept no more. */
function writtenIn({ fields }: ModalSubmitInteraction): RawArgs {
  const texts: Record<string, string> = {};
  for (const field of fields.fields.values()) {
    const [, name] = /^field\/(.+?)(?:\+\d+)?$/.exec(field.customId) ?? [];
    if (name !== undefined && 'value' in field && typeof field.value === 'string')
      texts[name] = (texts[name] ?? '') + field.value;
  }
  return texts;
}

function formIsGone(front: Front, command: string, texts: RawArgs): Reply {
  const example = front.commands.find(command)?.examples[0] ?? '/help';
  const again: Line = ['Please send it anew, or say it in one line: ', { code: example }];
  return {
    tone: 'bad',
    lines: ['This form was open for too long, or I was started anew meanwhile. Nothing of it was done.', again],
    sections: written(texts),
    private: true,
  };
}
