// What was typed into a command's options -> its raw arguments, and files.
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import { readArguments } from '../arguments.ts';
import type { Command, RawArgs } from '../command.ts';
import { optionsOf } from './option-names.ts';

/** A file as discord.js hands it out. Its address expires. */
export interface Attached {
  url: string;
  name: string;
  description?: string | null;
}

/** An option as discord.js reads it: `interaction.options.data`. */
export interface TypedOption {
  name: string;
  value?: string | number | boolean;
  attachment?: Attached;
}

export interface TypedIn {
  args: RawArgs;
  files: MediaRequest[];
}

/** A file as a command takes it. */
export const mediaOf = ({ url, name, description }: Attached, altText = ''): MediaRequest => ({
  url,
  name,
  altText: altText.trim() === '' ? (description ?? '') : altText.trim(),
});

/** Options that Crier does not know, of a command that was registered earlier, are left out. */
export function readOptions(command: Command, typed: readonly TypedOption[]): TypedIn {
  const byName = new Map(typed.map((option) => [option.name, option]));
  const args: Record<string, string> = {};
  const attached: Attached[] = [];
  let described = '';
  for (const { name, argument, part } of optionsOf(command)) {
    const { value, attachment } = byName.get(name) ?? {};
    if (attachment) attached.push(attachment);
    if (value === undefined || typeof part === 'number') continue;
    if (part === 'descriptions') described = String(value);
    else args[argument.name] = String(value);
  }
  const altTexts = partsOf(described, attached.length);
  return { args: asLine(command, args), files: attached.map((file, index) => mediaOf(file, altTexts[index])) };
}

/**
 * Discord takes what is typed right behind a command for the one option it demands: `/post P12 cancel`, as examples say it, arrives as
 * the post "P12 cancel". Such words are read as the line they are.
 */
function asLine(command: Command, args: RawArgs): RawArgs {
  const [demanded, ...others] = command.arguments.filter(({ required }) => required);
  const words = demanded && others.length === 0 && Object.keys(args).length === 1 ? args[demanded.name] : undefined;
  if (words === undefined) return args;
  const line = readArguments(command, words);
  const typed = optionsOf(command).map(({ argument }) => argument.name);
  return Object.keys(line).every((name) => typed.includes(name)) ? line : args;
}

/** In as many parts as there are images; a bar more is part of the last description. */
function partsOf(described: string, count: number): string[] {
  const parts = described.split('|');
  return [...parts.slice(0, count - 1), parts.slice(Math.max(0, count - 1)).join('|')];
}

/** The argument that an option stands for, of what is being typed; undefined for options that Crier does not know. */
export const argumentOf = (command: Command, optionName: string): Command['arguments'][number] | undefined =>
  optionsOf(command).find(({ name }) => name === optionName)?.argument;
