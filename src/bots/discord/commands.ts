// Slash commands, and "Schedule this message" in the menu of a message.
import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import { requirePermission } from '../../core/workspace.ts';
import type { RawArgs } from '../command.ts';
import { composeForm } from '../commands/compose-form.ts';
import { answerError, type Outcome } from '../run.ts';
import { refuseSecret } from '../secrets.ts';
import { answer } from './answer.ts';
import { entranceOf, serverOf } from './entrance.ts';
import { answerInTime, callOf, type Front, take } from './front.ts';
import type { Who } from './home.ts';
import { isPublic, placeOf, voiceFor } from './interaction-place.ts';
import { commandName } from './option-names.ts';
import { mediaOf, readOptions } from './options-read.ts';
import { renderReply } from './render.ts';
import { readSpoken, readSpokenArgs } from './spoken.ts';

const whoOf = (front: Front, interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction): Who => ({
  userId: interaction.user.id,
  teamId: serverOf(interaction),
  entrance: entranceOf(interaction, front.timeZone),
  locale: interaction.locale,
});

/** Begins what a slash command asks for. A secret in it is refused here, before it reaches the database or a log. */
export function onCommand(front: Front, interaction: ChatInputCommandInteraction): void {
  const { id, commandName: named, guild } = interaction;
  const command = front.commands.all.find((each) => commandName(each) === named);
  const name = command?.name ?? named;
  const place = placeOf(interaction);
  const isForAll = place.kind !== 'elsewhere' && isPublic(front, name);
  const voice = voiceFor(front, interaction, isForAll ? 'message' : 'private message');
  const { args, files } = command ? readOptions(command, interaction.options.data) : { args: {}, files: [] };

  const secret = refuseSecret(`/${name} ${Object.values(args).join(' ')}`, front.deps.platforms);
  if (secret) {
    answerInTime(front, { id, name, voice }, () => voice.toOne(renderReply(secret)));
    return;
  }
  take(front, { id, name, who: whoOf(front, interaction), voice }, async (actor, said) => {
    const spoken = await readSpokenArgs(front, guild, name, args);
    const outcome = await front.commands.run(name, spoken, callOf(front, { actor, place, voice: said, files }));
    await answer(front, { actor, way: 'command', place, voice: said, files, looksOnly: onlyLooks(name, args) }, outcome);
  });
}

/** Shows a post and changes nothing. */
const onlyLooks = (command: string, { action = 'show' }: RawArgs): boolean => command === 'post' && action === 'show';

/** Begins a post made of a message: its text and its files, in the form of /schedule. */
export function onMessageMenu(front: Front, interaction: MessageContextMenuCommandInteraction): void {
  const { id, commandName: name, guild } = interaction;
  // what was forwarded stands in a message of its own within the one that was chosen
  const chosen = interaction.targetMessage.messageSnapshots.first() ?? interaction.targetMessage;
  const place = placeOf(interaction);
  const voice = voiceFor(front, interaction, 'private message');
  take(front, { id, name, who: whoOf(front, interaction), voice }, async (actor, said) => {
    const files = chosen.attachments.map((file) => mediaOf(file));
    const call = callOf(front, { actor, place, voice: said, files });
    const compose = async (): Promise<Outcome> => {
      try {
        requirePermission(actor, 'write');
        const text = await readSpoken(front, guild, chosen.content);
        return { reply: composeForm(call, 'schedule', text === '' ? {} : { text }), refused: false, bug: false };
      } catch (error) {
        return answerError(error, name, front.deps.log);
      }
    };
    await answer(front, { actor, way: 'command', place, voice: said, files }, await compose());
  });
}
