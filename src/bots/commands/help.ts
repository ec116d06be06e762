// /help: made from the declarations of the commands, so that it never says anything else than they do.
import { invalidInput } from '../../core/errors.ts';
import { nearest } from '../../core/near-miss.ts';
import { type Argument, type Command, defineCommand } from '../command.ts';
import type { Line, Reply } from '../reply.ts';

/** `all` is asked when the command runs: /help is one of the commands itself. */
export const helpFor = (all: () => readonly Command[]): Command =>
  defineCommand({
    name: 'help',
    summary: 'List the commands, or explain one',
    permission: 'view',
    arguments: [{ name: 'command', kind: 'command', summary: 'The command to explain' }],
    examples: ['/help', '/help schedule'],
    run: async ({ args }) => {
      const name = (args.command ?? '').trim().replace(/^\//, '').toLowerCase();
      return name === '' ? listCommands(all()) : explain(findCommand(name, all()));
    },
  });

function findCommand(name: string, all: readonly Command[]): Command {
  const command = all.find((candidate) => candidate.name === name);
  if (command) return command;
  const near = nearest(
    name,
    all.map((candidate) => candidate.name),
  );
  throw invalidInput(`There is no command /${name}. ${near ? `Did you mean /${near}?` : '/help lists them all.'}`);
}

function listCommands(all: readonly Command[]): Reply {
  const first = all[0]?.examples[0];
  return {
    tone: 'plain',
    title: 'Commands',
    fields: all.map(({ name, summary }) => ({ name: `/${name}`, value: summary })),
    notes: [
      ...(first === undefined ? [] : [['Try: ', { code: first }] satisfies Line]),
      ['More about one: ', { code: '/help schedule' }],
    ],
    private: true,
  };
}

const usageOf = ({ name, required, choices }: Argument): string => {
  const word = choices ? choices.join('|') : name;
  return required ? `<${word}>` : `[${word}]`;
};

function explain({ name, summary, arguments: args, examples }: Command): Reply {
  const lines: Line[] = [summary, [{ code: [`/${name}`, ...args.map(usageOf)].join(' ') }]];
  return {
    tone: 'plain',
    title: `/${name}`,
    lines,
    fields: args.map((argument) => ({
      name: argument.name,
      value: `${argument.summary}${argument.required ? '' : ' (optional)'}`,
    })),
    sections: [
      { heading: examples.length === 1 ? 'Example' : 'Examples', lines: examples.map((example): Line => [{ code: example }]) },
    ],
    private: true,
  };
}
