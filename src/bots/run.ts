// Runs commands and button presses for every chat: finds the command, reads its arguments, checks the permission, and turns
// whatever is thrown into a reply. How a line reached us and how a reply looks is each chat's own.
import { randomUUID } from 'node:crypto';
import { CrierError, StoreFailure } from '../core/errors.ts';
import { nearest } from '../core/near-miss.ts';
import type { Log } from '../core/ports.ts';
import { requirePermission } from '../core/workspace.ts';
import { readArguments } from './arguments.ts';
import type { Call, Command, RawArgs } from './command.ts';
import type { Reply } from './reply.ts';

export interface Outcome {
  reply: Reply;
  /** The command was declined with a sentence for the person (a CrierError): nothing of it was done. */
  refused: boolean;
  /** Something broke that is not the person's to mend; the log has it whole. */
  bug: boolean;
  /** Of a refusal: the argument it is about. */
  field?: string;
}

export interface Commands {
  all: readonly Command[];
  /** By name, in any case, with or without the slash. */
  find: (name: string) => Command | undefined;
  /** Runs a whole line, `/post P12 cancel`. Quoting is that of `readArguments`. */
  runLine: (line: string, call: Call) => Promise<Outcome>;
  /** Runs a command with arguments that were read already: a form's, or an option list's. */
  run: (name: string, args: RawArgs, call: Call) => Promise<Outcome>;
  /** Presses a button by its id, `post/cancel/P12`. */
  press: (buttonId: string, call: Call) => Promise<Outcome>;
}

/** `/post P12` -> its name and the text behind it; null where the line does not begin with a slash and a name. */
export function splitLine(line: string): { name: string; text: string } | null {
  const match = /^\s*\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u.exec(line);
  return match ? { name: match[1] ?? '', text: match[2] ?? '' } : null;
}

/** An answer to what cannot be done, with the sentence that says why and the argument it is about. */
export const refuse = (sentence: string, field?: string): Outcome => ({
  reply: { tone: 'bad', lines: [sentence], private: true },
  refused: true,
  bug: false,
  ...(field === undefined ? {} : { field }),
});

/** A CrierError's own sentence; a StoreFailure's, or for all else a kind one, with a reference under which the log has the whole error. */
export function answerError(error: unknown, name: string, log: Log): Outcome {
  if (error instanceof CrierError) {
    log.info({ command: name, kind: error.kind, meta: error.meta }, 'command refused');
    return refuse(error.userMessage, error.field);
  }
  const reference = randomUUID().slice(0, 8);
  log.error({ err: error, reference, command: name }, 'command failed');
  const sentence = error instanceof StoreFailure ? error.userMessage : 'Something went wrong here, and it was not you.';
  const lines = [`${sentence} The log has the details under reference ${reference}.`];
  return { reply: { tone: 'bad', lines, private: true }, refused: false, bug: true };
}

async function attempt(command: Command, call: Call, work: () => Promise<Reply>): Promise<Outcome> {
  try {
    requirePermission(call.actor, command.permission);
    return { reply: await work(), refused: false, bug: false };
  } catch (error) {
    return answerError(error, command.name, call.deps.log);
  }
}

const noSlash = (line: string, names: readonly string[]): string => {
  const near = nearest(/^\s*(\S*)/.exec(line)?.[1] ?? '', names);
  return `Commands begin with a slash${near ? `: did you mean /${near}?` : ', like /help, which lists them all.'}`;
};

const noCommand = (name: string, names: readonly string[]): string => {
  const near = nearest(name, names);
  return `There is no command /${name}. ${near ? `Did you mean /${near}?` : '/help lists them all.'}`;
};

/** @throws Error (a bug) where two commands share a name. */
export function openCommands(commands: readonly Command[]): Commands {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const names = [...byName.keys()];
  if (names.length !== commands.length)
    throw new Error(`two commands share a name: ${commands.map(({ name }) => name).join(', ')}`);
  const find = (name: string): Command | undefined => byName.get(name.replace(/^\//, '').toLowerCase());

  const run = async (name: string, args: RawArgs, call: Call): Promise<Outcome> => {
    const command = find(name);
    return command ? attempt(command, call, () => command.run({ ...call, args })) : refuse(noCommand(name, names));
  };

  return {
    all: commands,
    find,
    run,
    async runLine(line, call) {
      const split = splitLine(line);
      if (!split) return refuse(noSlash(line, names));
      const command = find(split.name);
      if (!command) return refuse(noCommand(split.name, names));
      return attempt(command, call, () => command.run({ ...call, args: readArguments(command, split.text) }));
    },
    async press(id, call) {
      const [, name = '', button = '', subject = ''] = /^([^/]*)\/([^/]*)\/(.*)$/s.exec(id) ?? [];
      const command = find(name);
      const act = command?.buttons?.[button];
      if (!command || !act) return refuse('This button belongs to an earlier version of Crier. /help lists what there is now.');
      return attempt(command, call, () => act({ ...call, subject }));
    },
  };
}
