// The terminal with a person at a keyboard: prompt, forms, and the ways to leave.
import type { Readable } from 'node:stream';
import type { Deps } from '../../core/ports.ts';
import type { Actor } from '../../core/workspace.ts';
import type { FormField, Reply } from '../reply.ts';
import type { Commands, Outcome } from '../run.ts';
import { mayHoldSecret, secretFields } from '../secrets.ts';
import { type Completion, completeLine, completeTargets } from './complete.ts';
import { Editor, type Question } from './editor.ts';
import type { Paint } from './fold.ts';
import { askForm, refilled } from './forms.ts';
import { openHistory } from './history.ts';
import { openLineJoiner } from './lines.ts';
import { isTitledLike } from './render.ts';
import type { Output } from './screen.ts';
import { isNumber, isQuit, type Session } from './session.ts';

export interface InteractiveOptions {
  input: Readable;
  output: Output;
  deps: Deps;
  commands: Commands;
  actor: () => Promise<Actor>;
  isCommand: (line: string) => boolean;
  /** The time understood so far in a line being typed, as a sentence; null shows nothing. */
  describe: (line: string, actor: Actor) => string | null | Promise<string | null>;
  historyFile: string | null;
  paint: Paint;
  session: Session;
  /** Hands over the way to print that leaves the line being typed whole. */
  onPrint: (print: (block: string) => void) => void;
  signal: AbortSignal;
}

const LEAVE_HINT = 'Ctrl-C again leaves; posts that come due meanwhile go out at the next start.';

const withoutForm = ({ form: _, ...reply }: Reply): Reply => reply;

const isEmpty = ({ title, lines, fields, sections, notes, buttons, menu, files }: Reply): boolean =>
  title === undefined && ![lines, fields, sections, notes, buttons, menu?.options, files].some((part) => part?.length);

interface Talk extends InteractiveOptions {
  editor: Editor;
  /** As of the last command: what is typed is described while it is typed, so this cannot be asked for then. */
  seen: { actor: Actor };
}

const aids =
  ({ describe, commands, deps, seen }: Talk) =>
  ({ kind }: FormField): Pick<Question, 'describe' | 'complete'> => {
    if (kind === 'when') return { describe: (line) => describe(`/schedule ${line}`, seen.actor) };
    if (kind !== 'targets') return {};
    return { complete: (line) => completeTargets({ commands, deps, actor: seen.actor }, line) };
  };

async function runInTurn(talk: Talk, work: () => Promise<Outcome>): Promise<Outcome> {
  return talk.session.inTurn(async () => {
    const outcome = await work();
    const { reply } = outcome;
    // Lines pasted behind it are commands, not values for a form.
    const shown = reply.form && !talk.editor.isAhead() ? withoutForm(reply) : reply;
    if (!isEmpty(shown) || shown.form) talk.session.say(shown);
    return outcome;
  });
}

/** Asks for the values of a reply's form and hands them in, until they are taken or the person leaves the form. */
async function fillForm(talk: Talk, first: Reply): Promise<void> {
  const { editor, session, paint } = talk;
  const screen = {
    ask: (question: Question) => editor.ask(question),
    print: (block: string) => editor.print(paint('dim', block)),
    aids: aids(talk),
  };
  let reply = first;
  while (reply.form && !editor.isAhead()) {
    const { form } = reply;
    const values = await askForm(form, screen, isTitledLike(reply, form));
    if (values === null) return editor.print('Nothing was changed.\n');
    const outcome = await runInTurn(talk, () => session.submit(form.command, { ...form.carried, ...values }));
    reply = outcome.refused ? { tone: 'plain', form: refilled(form, values) } : outcome.reply;
  }
}

async function handle(talk: Talk, line: string): Promise<void> {
  const outcome = await runInTurn(talk, () => talk.session.run(line));
  await fillForm(talk, outcome.reply);
  await look(talk);
}

/** The command may have changed the zone in which times are described. */
async function look({ seen, actor, deps }: Talk): Promise<void> {
  try {
    seen.actor = await actor();
  } catch (error) {
    deps.log.warn({ err: error }, 'the member could not be read; times are described in the zone known before');
  }
}

/** Reads and runs lines until the person leaves. */
async function converse(talk: Talk): Promise<void> {
  const { editor, paint, commands, deps, seen } = talk;
  const joiner = openLineJoiner(talk.isCommand);
  const secrets = secretFields(deps.platforms);
  const question: Omit<Question, 'prompt'> = {
    describe: (line) => talk.describe(line, seen.actor),
    complete: (line): Promise<Completion> => completeLine({ commands, deps, actor: seen.actor }, line),
    remembers: (line) => !isNumber(line) && !joiner.isOpen() && !mayHoldSecret(line, secrets),
  };
  let isLeaving = false;
  for (;;) {
    const answer = await editor.ask({ ...question, prompt: joiner.isOpen() ? '… ' : '> ' });
    if (answer.kind === 'closed') return;
    if (answer.kind === 'interrupt') {
      const isIdle = answer.typed === '' && joiner.rest().length === 0;
      if (isIdle && isLeaving) return;
      if (isIdle) editor.print(paint('dim', LEAVE_HINT));
      isLeaving = isIdle;
      continue;
    }
    isLeaving = false;
    for (const line of joiner.push(answer.text)) {
      if (isQuit(line)) return;
      await handle(talk, line);
    }
  }
}

/** Talks with the person at the keyboard until they leave. */
export async function runInteractive(options: InteractiveOptions): Promise<{ exitCode: number }> {
  const { deps, paint, signal } = options;
  const history = await openHistory(options.historyFile, deps.log);
  const editor: Editor = new Editor({
    input: options.input,
    output: options.output,
    history,
    dim: (text) => paint('dim', text),
    onError: (error) => deps.log.warn({ err: error }, 'what is typed could not be completed or described'),
    onIdleInterrupt: (count) => {
      if (count > 1) editor.close();
      else editor.print(paint('dim', 'Still working on it. Ctrl-C once more leaves.'));
    },
  });
  const close = (): void => editor.close();
  signal.addEventListener('abort', close, { once: true });
  options.onPrint((block) => editor.print(block));
  try {
    const seen = { actor: await options.actor() };
    await converse({ ...options, editor, seen });
  } finally {
    signal.removeEventListener('abort', close);
    editor.close();
    await history.settled();
  }
  return { exitCode: 0 };
}
