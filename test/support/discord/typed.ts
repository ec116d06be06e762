// What a person types behind a slash: matched with the registered command, as the Discord client matches it.
// https://docs.discord.com/developers/interactions/application-commands#slash-commands (2026-11-22)
import { ApplicationCommandOptionType as is } from 'discord.js';
import type { CommandOption, RegisteredCommand } from './commands.ts';
import type { StoredFile, Upload } from './files.ts';

export type TypedValue = string | number | boolean | Upload;
export type Typed = Record<string, TypedValue>;

export interface DataOption {
  name: string;
  type: number;
  value?: string | number | boolean;
  focused?: true;
  options?: DataOption[];
}

const LONGEST_TEXT = 6_000;
const JS_TYPE: Record<number, string> = { [is.Integer]: 'number', [is.Number]: 'number', [is.Boolean]: 'boolean' };

export interface Reading {
  options: DataOption[];
  files: StoredFile[];
}

/**
 * The options of an interaction. `focused` is the option being typed, which makes it an autocomplete: nothing is required yet.
 * Fails with a sentence where the client would not let a person send it.
 */
export async function readTyped(
  command: RegisteredCommand,
  words: readonly string[],
  typed: Typed,
  reading: { focused?: string; store: (upload: Upload) => Promise<StoredFile> },
): Promise<Reading> {
  const [sub, ...rest] = words;
  if (sub !== undefined) {
    const inner = command.options.find(
      (option) => option.name === sub && (option.type === is.Subcommand || option.type === is.SubcommandGroup),
    );
    if (!inner) throw new Error(`/${command.name} has no subcommand ${sub}`);
    const { options, files } = await readTyped({ ...command, options: inner.options ?? [] }, rest, typed, reading);
    return { options: [{ name: sub, type: inner.type, options }], files };
  }
  const missing = command.options.find((option) => option.required && !(option.name in typed));
  if (missing && reading.focused === undefined) throw new Error(`/${command.name} needs ${missing.name}`);
  const files: StoredFile[] = [];
  const options = await Promise.all(
    Object.entries(typed).map(async ([name, value]): Promise<DataOption> => {
      const option = command.options.find((each) => each.name === name);
      if (!option)
        throw new Error(`/${command.name} has no option ${name}; it has ${command.options.map((each) => each.name).join(', ')}`);
      const focused = reading.focused === name;
      if (focused && !option.autocomplete) throw new Error(`${name} of /${command.name} has no autocomplete`);
      if (typeof value !== 'object')
        return { name, type: option.type, value: checked(option, value, focused), ...(focused ? { focused } : {}) };
      if (option.type !== is.Attachment) throw new Error(`${name} of /${command.name} takes no file`);
      const file = await reading.store(value);
      files.push(file);
      return { name, type: option.type, value: file.id };
    }),
  );
  return { options, files };
}

function checked(option: CommandOption, value: string | number | boolean, focused: boolean): string | number | boolean {
  const wanted = JS_TYPE[option.type] ?? 'string';
  if (option.type === is.Attachment) throw new Error(`${option.name} takes a file`);
  // what is being typed is always text
  if (!focused && typeof value !== wanted) throw new Error(`${option.name} takes a ${wanted}`);
  if (typeof value === 'string' && value.length > LONGEST_TEXT)
    throw new Error(`${option.name} takes at most ${LONGEST_TEXT} characters`);
  const choices = option.choices ?? [];
  if (!focused && choices.length > 0 && !choices.some((choice) => choice.value === value))
    throw new Error(`${option.name} offers ${choices.map((choice) => choice.value).join(', ')}, not ${value}`);
  return value;
}
