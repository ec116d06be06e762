// What an argument of a command is called among Discord's options. Written once, so that what is registered and what is read agree.
import type { Argument, Command } from '../command.ts';
import { COMMAND_NAME } from './limits.ts';

/** Names that say more on Discord, where each option is seen by itself. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([['targets', 'networks']]);

/**
 * Never typed as an option: Discord shows the options of a command to everybody who can see its answer. What is secret is asked for in a
 * form.
 */
const ONLY_IN_FORMS: ReadonlyMap<string, readonly string[]> = new Map([['connect', ['fields']]]);

/** Images that one command takes. */
const MOST_IMAGES = 4;

export interface NamedOption {
  name: string;
  argument: Argument;
  /** Of an argument of kind `media`: its files, by their order, or what they show. */
  part?: number | 'descriptions';
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming (checked 2026-11-22) */
function lawful(name: string): string {
  const letters = name.normalize('NFC').toLowerCase();
  const kept = letters.replace(/[^-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]/gu, '-');
  return [...kept].slice(0, COMMAND_NAME).join('') || '-';
}

/** The name of a command among Discord's. None of Crier's is one of Discord's own (/me, /msg, /nick, /thread and the like). */
export const commandName = ({ name }: Command): string => lawful(name);

const partsOf = (argument: Argument): Omit<NamedOption, 'name'>[] =>
  argument.kind === 'media'
    ? [
        ...Array.from({ length: MOST_IMAGES }, (_, index) => ({ argument, part: index + 1 })),
        { argument, part: 'descriptions' as const },
      ]
    : [{ argument }];

function wantedName({ argument, part }: Omit<NamedOption, 'name'>): string {
  const name = OWN_NAMES.get(argument.name) ?? argument.name;
  if (part === undefined || part === 1) return name;
  return part === 'descriptions' ? `${name}-text` : `${name}${part}`;
}

/** The options of a command, in the order they are declared, each by a name of its own. */
export function optionsOf({ name, arguments: args }: Command): NamedOption[] {
  const hidden = ONLY_IN_FORMS.get(name) ?? [];
  const taken = new Set<string>();
  return args
    .filter((argument) => !hidden.includes(argument.name))
    .flatMap(partsOf)
    .map((option) => {
      const wanted = lawful(wantedName(option));
      let unique = wanted;
      for (let count = 2; taken.has(unique); count++) {
        const end = `-${count}`;
        unique = [...wanted].slice(0, COMMAND_NAME - end.length).join('') + end;
      }
      taken.add(unique);
      return { ...option, name: unique };
    });
}
