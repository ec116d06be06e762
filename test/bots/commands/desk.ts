// A newsroom with the commands on top: lines are typed and buttons pressed as every chat does.
import type { Call, RawArgs } from '../../../src/bots/command.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { type Button, buttonId, buttonsOf, type Line, type Reply, sayPlainly } from '../../../src/bots/reply.ts';
import { type Outcome, openCommands } from '../../../src/bots/run.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { HERE, type Newsroom, openNewsroom } from '../../core/usecases/newsroom.ts';

export interface Desk extends Newsroom {
  /** Types a whole line; the actor is entered anew each time, so that they are as the database has them. */
  say: (line: string, actor?: Actor, files?: Call['files']) => Promise<Outcome>;
  /** Runs a command with arguments that were read already. */
  run: (name: string, args: RawArgs, files?: Call['files']) => Promise<Outcome>;
  press: (id: string, actor?: Actor) => Promise<Outcome>;
  send: (reply: Reply, values: Readonly<Record<string, string>>, files?: Call['files']) => Promise<Outcome>;
  /** What a command is handed by whoever stands at the desk. */
  call: () => Promise<Call>;
}

export async function openDesk(options: { connect?: boolean } = {}): Promise<Desk> {
  const newsroom = await openNewsroom(options);
  const run = openCommands(commands);
  const call = async (actor?: Actor, files?: Call['files']): Promise<Call> => ({
    actor: actor ?? (await newsroom.enter({})),
    deps: newsroom.deps,
    origin: HERE,
    ...(files === undefined ? {} : { files }),
  });
  return {
    ...newsroom,
    call: () => call(),
    say: async (line, actor, files) => run.runLine(line, await call(actor, files)),
    run: async (name, args, files) => run.run(name, args, await call(undefined, files)),
    press: async (id, actor) => run.press(id, await call(actor)),
    send: async ({ form }, values, files) => {
      if (!form) throw new Error('the reply has no form');
      const filled = form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
      return run.run(form.command, { ...form.carried, ...Object.fromEntries(filled), ...values }, await call(undefined, files));
    },
  };
}

/** Everything a reply says, line by line, as plain text. */
export function wordsOf(reply: Reply): string {
  const lines: (Line | undefined)[] = [
    reply.title,
    ...(reply.lines ?? []),
    ...(reply.fields ?? []).map(({ name, value }) => `${name}: ${sayPlainly(value)}`),
    ...(reply.sections ?? []).flatMap(({ heading, quote, lines: more = [], table }) => [
      heading,
      quote,
      ...more,
      ...(table ? [table.columns.map(({ name }) => name), ...table.rows.map((row) => row.map(sayPlainly))] : []).map((row) =>
        row.join(' | '),
      ),
    ]),
    ...(reply.notes ?? []),
  ];
  return lines.flatMap((line) => (line === undefined ? [] : [sayPlainly(line)])).join('\n');
}

export const labelsOf = ({ buttons = [] }: Reply): string[] => buttons.map(({ label }) => label);

/** The id of the first button with this label, of a section or of the whole reply. */
export function idOf(reply: Reply, label: string): string {
  const buttons = buttonsOf(reply);
  const button: Button | undefined = buttons.find((candidate) => candidate.label === label);
  if (!button) throw new Error(`no button "${label}" among ${buttons.map((each) => each.label).join(', ')}`);
  return buttonId(button);
}
