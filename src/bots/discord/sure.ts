// Asks before a press that takes something away: Discord has no dialog of its own for it. Only the person who pressed is asked, and the
// card stays as it is for everybody until they answer.
import { ButtonStyle, type MessageComponentInteraction } from 'discord.js';
import type { Reply } from '../reply.ts';
import type { Front } from './front.ts';
import type { Ask } from './place.ts';
import { answerButton } from './questions.ts';
import { renderFor } from './stamp.ts';

/** The label of a button that takes something away; null for all else. */
export function readDanger(interaction: MessageComponentInteraction): string | null {
  if (!interaction.isButton()) return null;
  // null where the message shows other buttons by now: the command says then what holds
  const { component }: { component: { style: ButtonStyle; label?: string | null } | null } = interaction;
  return component?.style === ButtonStyle.Danger ? (component.label ?? '') : null;
}

/** `act` is done where they are sure; it answers the press itself, however long they have thought about it. */
export async function askIfSure(
  front: Front,
  { actor, voice }: Ask,
  { label, buttonId }: { label: string; buttonId: string },
  act: (ask: Pick<Ask, 'actor'>) => Promise<void>,
): Promise<void> {
  const [, name] = /\/([PD]\d+)(?:~|$)/.exec(buttonId) ?? [];
  const what = name === undefined ? label : `${label} ${name}`;
  const about = { asking: 'sure', teamId: actor.workspace.teamId, userId: actor.member.userId } as const;
  const question: Reply = {
    tone: 'warning',
    lines: [`${what}? That cannot be taken back.`],
    private: true,
    buttons: [
      answerButton(front, {
        ...about,
        label: `Yes, ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
        style: 'danger',
        work: async (whoAnswers, answer) => {
          await act({ actor: whoAnswers });
          await answer.dismiss();
        },
      }),
      answerButton(front, { ...about, label: 'No, leave it', work: (_, answer) => answer.dismiss() }),
    ],
  };
  // with that the press is answered, and its token stands for the card and not for the question
  await voice.defer();
  await voice.toOne(renderFor(actor.workspace.teamId, question));
}
