// Registered application commands, everywhere and per server, with the documented limits.
// https://docs.discord.com/developers/interactions/application-commands (2026-11-22)
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { readBody } from './bodies.ts';
import { BOT } from './places.ts';
import { checkCount, checkLength, openProblems, type Path, type Problems, refusals } from './refusals.ts';

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean | undefined;
  autocomplete?: boolean | undefined;
  choices?: { name: string; value: string | number }[] | undefined;
  options?: CommandOption[] | undefined;
}
const CommandOption: z.ZodType<CommandOption> = z.lazy(() =>
  z.looseObject({
    type: z.number().int(),
    name: z.string(),
    description: z.string(),
    required: z.boolean().optional(),
    autocomplete: z.boolean().optional(),
    choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })).optional(),
    options: z.array(CommandOption).optional(),
  }),
);
const CommandBody = z.looseObject({
  type: z.number().int().default(1),
  name: z.string(),
  description: z.string().default(''),
  options: z.array(CommandOption).default([]),
  default_member_permissions: z.string().nullable().default(null),
  contexts: z.array(z.number().int()).nullable().default(null),
  integration_types: z.array(z.number().int()).default([0]),
  nsfw: z.boolean().default(false),
});
type CommandBody = z.infer<typeof CommandBody>;

export type RegisteredCommand = CommandBody & { id: string; application_id: string; guild_id?: string; version: string };

export interface Commands {
  /** The commands of a server, or those registered everywhere. */
  of: (guildId: string | null) => RegisteredCommand[];
  overwrite: (guildId: string | null, body: unknown) => RegisteredCommand[];
  /** Adds a command or replaces the one of that name and type. */
  upsert: (guildId: string | null, body: unknown) => RegisteredCommand;
  remove: (guildId: string | null, id: string) => void;
  /** The command a person there would be offered: the server's own before the one from everywhere. */
  offered: (guildId: string | null, name: string, type: number) => RegisteredCommand | undefined;
}

const CHAT_INPUT = 1;
const MOST: Record<number, number> = { 1: 100, 2: 15, 3: 15 };
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

export function openCommands(nextId: () => string): Commands {
  const scopes = new Map<string | null, RegisteredCommand[]>();
  const of = (guildId: string | null): RegisteredCommand[] => scopes.get(guildId) ?? [];

  /** An unchanged command keeps its version, a changed one its id. */
  function registered(guildId: string | null, body: CommandBody): RegisteredCommand {
    const before = of(guildId).find((each) => each.name === body.name && each.type === body.type);
    const guild = guildId === null ? {} : { guild_id: guildId };
    const made = { ...body, id: before?.id ?? nextId(), application_id: BOT.id, ...guild, version: before?.version ?? '' };
    return before && isDeepStrictEqual(before, made) ? before : { ...made, version: nextId() };
  }

  return {
    of,
    overwrite: (guildId, body) => {
      const bodies = readBody(z.array(CommandBody), body);
      checkCommands(bodies);
      const made = bodies.map((each) => registered(guildId, each));
      scopes.set(guildId, made);
      return made;
    },
    upsert: (guildId, body) => {
      const read = readBody(CommandBody, body);
      const made = registered(guildId, read);
      const rest = of(guildId).filter((each) => each.id !== made.id);
      checkCommands([...rest, made]);
      scopes.set(guildId, [...rest, made]);
      return made;
    },
    remove: (guildId, id) => {
      const rest = of(guildId).filter((each) => each.id !== id);
      if (rest.length === of(guildId).length) throw refusals.unknownCommand();
      scopes.set(guildId, rest);
    },
    offered: (guildId, name, type) => {
      const own = guildId === null ? [] : of(guildId);
      return [...own, ...of(null)].find((each) => each.name === name && each.type === type);
    },
  };
}

function checkCommands(commands: readonly CommandBody[]): void {
  const problems = openProblems();
  for (const [type, most] of Object.entries(MOST)) {
    const count = commands.filter((each) => each.type === Number(type)).length;
    if (count > most)
      problems.note([], 'APPLICATION_COMMAND_TOO_MANY', `Maximum number of application commands reached (${most}).`);
  }
  const seen = new Set<string>();
  for (const [index, command] of commands.entries()) {
    if (seen.has(`${command.type} ${command.name}`))
      problems.note([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    seen.add(`${command.type} ${command.name}`);
    checkCommand(command, [index], problems);
  }
  problems.throwIfAny();
}

function checkCommand(command: CommandBody, path: Path, problems: Problems): void {
  const { type, name, description, options } = command;
  if (type === CHAT_INPUT) {
    checkName(name, [...path, 'name'], problems);
    checkLength(problems, [...path, 'description'], description, { min: 1, max: 100 });
  } else {
    checkLength(problems, [...path, 'name'], name, { min: 1, max: 32 });
    if (description !== '')
      problems.note(
        [...path, 'description'],
        'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
        'Context menu commands have no description',
      );
  }
  checkOptions(options, [...path, 'options'], problems);
  if (size(command) > 8_000) problems.note(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
}

function checkName(name: string, path: Path, problems: Problems): void {
  if (!NAME.test(name) || name !== name.toLowerCase())
    problems.note(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function checkOptions(options: readonly CommandOption[], path: Path, problems: Problems): void {
  checkCount(problems, path, options.length, { min: 0, max: 25 });
  const names = new Set<string>();
  let optionalCame = false;
  for (const [index, option] of options.entries()) {
    const here = [...path, index];
    checkName(option.name, [...here, 'name'], problems);
    checkLength(problems, [...here, 'description'], option.description, { min: 1, max: 100 });
    if (names.has(option.name))
      problems.note([...here, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Command option names must be unique');
    names.add(option.name);
    if (option.required && optionalCame)
      problems.note(
        [...here, 'required'],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    optionalCame ||= !option.required;
    if (option.autocomplete && option.choices?.length)
      problems.note(
        [...here, 'autocomplete'],
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
        'Choices and autocomplete exclude each other',
      );
    checkChoices(option.choices ?? [], [...here, 'choices'], problems);
    checkOptions(option.options ?? [], [...here, 'options'], problems);
  }
}

function checkChoices(choices: readonly { name: string; value: string | number }[], path: Path, problems: Problems): void {
  checkCount(problems, path, choices.length, { min: 0, max: 25 });
  for (const [index, choice] of choices.entries()) {
    checkLength(problems, [...path, index, 'name'], choice.name, { min: 1, max: 100 });
    checkLength(problems, [...path, index, 'value'], String(choice.value), { min: 1, max: 100 });
  }
}

function size(thing: {
  name: string;
  description: string;
  options?: CommandOption[] | undefined;
  choices?: { name: string; value: string | number }[] | undefined;
}): number {
  const choices = (thing.choices ?? []).reduce((sum, each) => sum + each.name.length + String(each.value).length, 0);
  const options = (thing.options ?? []).reduce((sum, each) => sum + size(each), 0);
  return thing.name.length + thing.description.length + choices + options;
}
