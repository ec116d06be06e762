// A line of Crier as it is typed in Discord, where each argument is an option with a name: /settings cap bluesky 5 is
// /settings name:cap value:bluesky 5.
import { readArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { commands } from '../commands/index.ts';
import { openCommands, splitLine } from '../run.ts';
import { type NamedOption, optionsOf } from './option-names.ts';

const known = openCommands(commands);

/** `<targets>` or `[text]`, as /help says which arguments there are. */
const PLACEHOLDER = /(?<=[<[])[\w-]+(?=[>\]])/g;

/** What is no line of a command, or cannot be typed there (an image by its address), stays as it is. */
export function asTyped(line: string): string {
  const { name, text } = splitLine(line) ?? { name: '', text: '' };
  const command = known.find(name);
  if (!command || text === '') return line;
  const options = optionsOf(command).filter(({ part }) => part === undefined);
  const nameOf = (argument: string): string | undefined => options.find((option) => option.argument.name === argument)?.name;
  if (/^[<[]/.test(text)) return `/${name} ${text.replace(PLACEHOLDER, (argument) => nameOf(argument) ?? argument)}`;
  const typed = typedInto(command, options, text);
  return typed === null ? line : `/${name} ${typed}`;
}

/** Null where something of the text has no option. */
function typedInto(command: Command, options: readonly NamedOption[], text: string): string | null {
  const args = readArguments(command, text);
  const named = options.flatMap(({ name, argument }) => {
    const value = args[argument.name];
    return value === undefined ? [] : [`${name}:${value}`];
  });
  return named.length === Object.keys(args).length && named.length > 0 ? named.join(' ') : null;
}
