// What piped and interactive terminal have in common: running a line or pressing a numbered button, one at a time with the news
// between them, and keeping count of the buttons on the screen.
import pLimit from 'p-limit';
import type { Deps } from '../../core/ports.ts';
import type { News } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Call, RawArgs } from '../command.ts';
import { type Button, buttonId, buttonsOf, type Reply } from '../reply.ts';
import { answerError, type Commands, type Outcome, refuse } from '../run.ts';
import { renderReply } from './render.ts';
import { openSavedFiles } from './saved-files.ts';
import { openSteps } from './steps.ts';

export interface SessionOptions {
  commands: Commands;
  deps: Deps;
  /** Reads who sits here anew for every command, since a command may have changed their zone or role. */
  actor: () => Promise<Actor>;
  renderNews: (news: News) => Reply;
  color: boolean;
  /** Where files of replies are kept; left out, they are not. */
  filesFolder?: string;
  /** Width to fold at, asked for each time; Infinity leaves lines whole. */
  columns: () => number;
  /** Writes a block of text, which ends without a newline. */
  print: (block: string) => void;
  /** The same for what goes on in the next line. */
  printLine: (block: string) => void;
}

export interface Session {
  /** Runs a line: a command, or the number of a button. */
  run: (line: string) => Promise<Outcome>;
  /** Runs a command with a form's values. */
  submit: (command: string, args: RawArgs) => Promise<Outcome>;
  /** Prints what was answered. Its buttons become the numbered ones. */
  say: (reply: Reply) => void;
  tell: (news: News) => Promise<void>;
  /** Prints a reply between what is typed; its buttons are numbered behind those there are. @throws where its files cannot be kept */
  add: (reply: Reply) => Promise<void>;
  /** Does `work` while nothing else runs or prints. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

const ORIGIN = { chat: 'terminal', channel: 'terminal', message: null } as const;

/** The number of a button. */
export const isNumber = (line: string): boolean => /^\s*\d{1,4}\s*$/.test(line);

export const isQuit = (line: string): boolean => /^\s*\/(quit|exit)\s*$/i.test(line);

export function openSession(options: SessionOptions): Session {
  const { commands, deps, color, columns } = options;
  const inTurn = pLimit(1);
  // A reply's buttons count from 1. News may come between a reply and the number a person types, so its buttons count on.
  let buttons: Button[] = [];
  const { keep, pathOf } = openSavedFiles(options.filesFolder ?? null);

  const render = (reply: Reply, firstButton: number): string =>
    renderReply(reply, { columns: columns(), color, firstButton, pathOf });
  const show = (reply: Reply, firstButton: number): void => options.print(render(reply, firstButton));

  const say = (reply: Reply): void => {
    const own = buttonsOf(reply);
    if (own.length > 0) buttons = own;
    show(reply, 1);
  };

  const call = async (name: string, work: (call: Call) => Promise<Outcome>): Promise<Outcome> => {
    const steps = openSteps((reply) => options.printLine(render(reply, buttons.length + 1)));
    try {
      const outcome = await work({ actor: await options.actor(), deps, origin: ORIGIN, progress: steps.say });
      await keep(outcome.reply);
      return outcome;
    } catch (error) {
      return answerError(error, name, deps.log);
    } finally {
      steps.end();
    }
  };

  const press = (number: number): Promise<Outcome> => {
    const button = buttons[number - 1];
    if (button) return call(button.command, (made) => commands.press(buttonId(button), made));
    const range = buttons.length === 0 ? 'there are no buttons yet' : `the buttons go from 1 to ${buttons.length}`;
    return Promise.resolve(refuse(`There is no button ${number}: ${range}.`));
  };

  const add = (reply: Reply): Promise<void> =>
    inTurn(async () => {
      await keep(reply);
      show(reply, buttons.length + 1);
      buttons.push(...buttonsOf(reply));
    });

  return {
    say,
    inTurn: (work) => inTurn(work),
    run: (line) => (isNumber(line) ? press(Number(line)) : call('', (made) => commands.runLine(line, made))),
    submit: (command, args) => call(command, (made) => commands.run(command, args, made)),
    tell: (news) => add(options.renderNews(news)),
    add,
  };
}
