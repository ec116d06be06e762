// Command declarations as Discord's application commands: the same declarations always give the same bytes. Registering them is
// register.ts's; what was typed into their options is read in options-read.ts.
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Argument, Command } from '../command.ts';
import { cutText, harmless } from '../shown-text.ts';
import * as limits from './limits.ts';
import { isBlank } from './markdown.ts';
import { commandName, type NamedOption, optionsOf } from './option-names.ts';

/** In the menu of a message, under "Apps". */
export const SCHEDULE_MESSAGE = 'Schedule this message';

/** What choices are filled from. */
export interface Known {
  platforms: readonly { id: string; name: string }[];
}

export interface Registration extends Known {
  commands: readonly Command[];
  /** Commands of one server have no places of their own: they are seen in that server. */
  scope: 'global' | 'guild';
}

/** Where commands are seen; contexts: https://docs.discord.com/developers/interactions/application-commands#contexts (checked 2026-11-22) */
const IN_SERVERS_AND_DMS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
};
/** A person may bring it along to where Crier is not. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

/** Everything to be registered, in the order of /help. */
export function applicationCommands({ commands, scope, platforms }: Registration): RESTPostAPIApplicationCommandsJSONBody[] {
  const isGlobal = scope === 'global';
  const known = { platforms, commands };
  return [
    ...commands.map((command) => ({ ...chatInput(command, known), ...(isGlobal ? IN_SERVERS_AND_DMS : {}) })),
    {
      type: ApplicationCommandType.Message,
      name: SCHEDULE_MESSAGE,
      default_member_permissions: null,
      ...(isGlobal ? EVERYWHERE : {}),
    },
  ];
}

type Everything = Known & { commands: readonly Command[] };

function chatInput(command: Command, everything: Everything): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const make = (withChoices: boolean): RESTPostAPIChatInputApplicationCommandsJSONBody => ({
    type: ApplicationCommandType.ChatInput,
    name: commandName(command),
    description: describe(command.summary, command.name),
    options: inOrder(optionsOf(command).map((option) => optionFor(command, option, withChoices ? everything : null))),
    default_member_permissions: command.permission === 'administer' ? PermissionFlagsBits.ManageGuild.toString() : null,
  });
  const whole = make(true);
  return sizeOf(whole) <= limits.COMMAND_SIZE ? whole : make(false);
}

const describe = (summary: string, name: string): string =>
  cutText(isBlank(summary) ? name || '…' : harmless(summary).replace(/\s+/g, ' ').trim(), limits.COMMAND_DESCRIPTION);

/** Discord wants what is required in front. */
const inOrder = (options: readonly APIApplicationCommandBasicOption[]): APIApplicationCommandBasicOption[] =>
  options.toSorted((one, other) => Number(other.required) - Number(one.required)).slice(0, limits.COMMAND_OPTIONS);

/** Where several things are needed, none is demanded: without them the command opens its form, which asks for all at once. */
const isRequired = ({ arguments: args }: Command, argument: Argument): boolean =>
  argument.required === true && argument.kind !== 'media' && args.filter(({ required }) => required).length === 1;

const SHOWN: Readonly<Record<string, string>> = { descriptions: 'What each image or video shows, in their order, parted by |' };

/** `everything` is null where choices have no room: they are completed while one types. */
function optionFor(command: Command, option: NamedOption, everything: Everything | null): APIApplicationCommandBasicOption {
  const { name, argument, part } = option;
  const base = { name, description: describe(descriptionOf(option), name), required: isRequired(command, argument) };
  if (typeof part === 'number') return { ...base, type: ApplicationCommandOptionType.Attachment, file_types: ['image', 'video'] };
  if (part === 'descriptions' || argument.kind === 'text')
    return { ...base, type: ApplicationCommandOptionType.String, max_length: limits.OPTION_LENGTH };
  if (argument.kind === 'page') return { ...base, type: ApplicationCommandOptionType.Integer, min_value: 1 };
  const choices = everything === null ? [] : choicesOf(argument, everything);
  const isShort = choices.length > 0 && choices.length <= limits.COMMAND_CHOICES;
  return isShort
    ? { ...base, type: ApplicationCommandOptionType.String, choices }
    : { ...base, type: ApplicationCommandOptionType.String, autocomplete: true };
}

function descriptionOf({ argument, part }: NamedOption): string {
  if (part === undefined) return argument.summary;
  return typeof part === 'number'
    ? part === 1
      ? 'An image or a video'
      : `Another image, the ${ORDINALS[part]}`
    : (SHOWN[part] ?? '');
}

const ORDINALS: Readonly<Record<number, string>> = { 2: 'second', 3: 'third', 4: 'fourth' };

/** The values a person chooses from; none for what is completed while one types. */
function choicesOf(
  { kind, choices = [] }: Argument,
  { platforms, commands }: Everything,
): APIApplicationCommandOptionChoice<string>[] {
  const pairs =
    kind === 'platform'
      ? platforms.map(({ id, name }) => ({ name, value: id }))
      : (kind === 'command' ? commands.map(({ name }) => name) : kind === 'choice' ? choices : []).map((value) => ({
          name: value,
          value,
        }));
  const isShort = pairs.every(({ value }) => !isBlank(value) && value.length <= limits.OPTION_VALUE);
  const unique = [...new Map(pairs.map((pair) => [pair.value, pair])).values()];
  return isShort
    ? unique.map(({ name, value }) => ({ name: cutText(isBlank(name) ? value : name, limits.OPTION_TEXT), value }))
    : [];
}

/** As Discord counts: names, descriptions and values. https://docs.discord.com/developers/interactions/application-commands#slash-commands */
function sizeOf({ name, description, options = [] }: RESTPostAPIChatInputApplicationCommandsJSONBody): number {
  const inner = options.map((option) => {
    const choices = 'choices' in option ? (option.choices ?? []) : [];
    const values = choices.reduce((total, choice) => total + choice.name.length + String(choice.value).length, 0);
    return option.name.length + option.description.length + values;
  });
  return name.length + description.length + inner.reduce((total, each) => total + each, 0);
}
