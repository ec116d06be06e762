// What a post says for one network beside its text: a title, who may see it. The platform says which there are. Pure.
import { invalidArgument } from './errors.ts';
import { nearest } from './near-miss.ts';
import type { Platform } from './platform.ts';

/** By name: `{ title: 'Our launch', privacy: 'unlisted' }`. */
export type NetworkOptions = Readonly<Record<string, string>>;

export interface PlatformOption {
  /** Lower case, as people type it: `privacy`. */
  name: string;
  label: string;
  /** Shown as `privacy=unlisted`. */
  example: string;
  /** The only values there are; null where any text is one. */
  choices: readonly string[] | null;
  /** What is wrong with a value, as the end of a sentence that begins with its label: `is longer than 100 characters`. Null: nothing. */
  problem?: (value: string) => string | null;
}

/**
 * The options as the platform knows them: names and choices in its own case.
 * @throws CrierError `invalid-input` for a name or value there is not, with what there is.
 */
export function readOptions({ id, name: network, options }: Platform, given: NetworkOptions): NetworkOptions {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => readOption(network, id, options, name, value.trim())));
}

function readOption(
  network: string,
  id: string,
  options: readonly PlatformOption[],
  given: string,
  value: string,
): [string, string] {
  const option = options.find(({ name }) => name === given.trim().toLowerCase());
  if (!option) throw noSuchOption(network, options, given.trim());
  const { name, label, choices, problem } = option;
  const chosen = choices ? choices.find((choice) => choice.toLowerCase() === value.toLowerCase()) : value;
  if (chosen === undefined || chosen === '')
    throw invalidArgument(
      'options',
      `${network}'s ${label} cannot be "${value}". ${choices ? `Choose one of ${choices.join(', ')}.` : `Write it like ${id} ${option.example}.`}`,
    );
  const wrong = problem?.(chosen) ?? null;
  if (wrong !== null) throw invalidArgument('options', `${network}'s ${label} ${wrong}.`);
  return [name, chosen];
}

function noSuchOption(network: string, options: readonly PlatformOption[], given: string) {
  const names = options.map(({ name }) => name);
  if (names.length === 0) return invalidArgument('options', `${network} has no options: leave "${given}" out.`);
  const near = nearest(given.toLowerCase(), names);
  return invalidArgument(
    'options',
    `${network} has no option "${given}". ${near ? `Did you mean ${near}?` : `It has ${names.join(', ')}.`}`,
  );
}
