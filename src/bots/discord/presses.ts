// Presses of buttons, and choices in menus that stand for buttons. The command reads anew what holds by then; here is only where the
// press was, and so what its answer replaces.
import type { MessageComponentInteraction } from 'discord.js';
import { readFormButton } from '../form-button.ts';
import type { Reply } from '../reply.ts';
import type { Outcome } from '../run.ts';
import { answer } from './answer.ts';
import { entranceOf, serverOf } from './entrance.ts';
import { findKeptForm, openForm } from './form-open.ts';
import { callOf, type Front, take } from './front.ts';
import { placeOf, voiceFor } from './interaction-place.ts';
import type { Ask } from './place.ts';
import { readAnswer } from './questions.ts';
import { readButtonId } from './render-buttons.ts';
import { readStamp, renderFor } from './stamp.ts';
import { askIfSure, readDanger } from './sure.ts';

/** Presses that look at a post and change nothing. */
const LOOKS = /^post\/show\//;

/** Begins what a press asks for. Components that are not Crier's own are left alone. */
export function onPress(front: Front, interaction: MessageComponentInteraction): void {
  const { id, user, locale } = interaction;
  const pressed = readPress(interaction);
  if (pressed === null) return;
  const { buttonId } = pressed;
  const answered = readAnswer(front, buttonId, user.id);
  // a button is about the server it names; where that is another than the one it was pressed in, Discord is asked who this is there
  const teamId = answered?.teamId ?? pressed.teamId ?? serverOf(interaction);
  const entrance = teamId === interaction.guildId ? entranceOf(interaction, front.timeZone) : null;
  const place = placeOf(interaction);
  const voice = voiceFor(front, interaction, answered?.asking === 'server' ? 'private message' : 'update');
  const name = buttonId.split('/')[0] ?? 'press';
  take(front, { id, name, who: { userId: user.id, teamId, entrance, locale }, voice }, async (actor, said) => {
    if (answered?.work) return answered.work(actor, said);
    if (answered) return said.toOne(renderFor(actor.workspace.teamId, FORGOTTEN));
    const ask: Ask = { actor, way: 'press', place, voice: said };
    const danger = readDanger(interaction);
    if (danger === null) return press(front, ask, buttonId);
    return askIfSure(front, ask, { label: danger, buttonId }, (sure) => press(front, { ...ask, ...sure }, buttonId));
  });
}

function readPress(interaction: MessageComponentInteraction): { buttonId: string; teamId: string | null } | null {
  const { customId } = interaction;
  if (interaction.isButton()) return withStamp(customId, (id) => ({ customId: id }));
  if (!interaction.isStringSelectMenu()) return null;
  return withStamp(interaction.values[0] ?? '', (id) => ({ customId, values: [id] }));
}

function withStamp(id: string, read: (id: string) => Parameters<typeof readButtonId>[0]): ReturnType<typeof readPress> {
  const stamp = readStamp(id);
  const buttonId = readButtonId(read(stamp.id));
  return buttonId === null ? null : { buttonId, teamId: stamp.teamId };
}

async function press(front: Front, ask: Ask, buttonId: string): Promise<void> {
  const { actor } = ask;
  const form = readFormButton(buttonId);
  const kept = form === null ? undefined : findKeptForm(front, actor, form);
  if (kept) return openForm(front, { ...ask, files: kept.files, place: kept.place }, kept.reply, kept.form);
  const outcome = await outcomeOf(front, ask, form, buttonId);
  await answer(front, { ...ask, looksOnly: LOOKS.test(buttonId) }, outcome);
}

/** `form` is the command whose empty form is opened. */
function outcomeOf(front: Front, { actor, place, voice }: Ask, form: string | null, buttonId: string): Promise<Outcome> {
  const call = callOf(front, { actor, place, voice });
  return form === null ? front.commands.press(buttonId, call) : front.commands.run(form.split('~')[0] ?? '', {}, call);
}

const FORGOTTEN: Reply = {
  tone: 'bad',
  lines: ['That was asked too long ago, or by somebody else. Please say it once more.'],
  private: true,
};
