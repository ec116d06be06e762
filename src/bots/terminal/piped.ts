// The terminal where input is no keyboard: a script's lines run one after another, and the end waits for what is about to go out.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Deps } from '../../core/ports.ts';
import { maskSecrets, secretFields } from '../secrets.ts';
import { openLineJoiner } from './lines.ts';
import { isQuit, type Session } from './session.ts';
import { harmless } from './text.ts';

/** How far ahead of the end of input a post may be due and still be waited for. */
const WAIT_SECONDS = 60;
const LOOK_EVERY_MS = 200;

export interface PipedOptions {
  input: Readable;
  session: Session;
  deps: Deps;
  isCommand: (line: string) => boolean;
  /** Writes text to the output as it is. */
  write: (text: string) => void;
  /** Waits that many milliseconds, or less. */
  pause: (ms: number) => Promise<void>;
  /** Ends reading and waiting. */
  signal: AbortSignal;
}

async function* readCommands({ input, isCommand, signal }: PipedOptions): AsyncGenerator<string> {
  const joiner = openLineJoiner(isCommand);
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal })) {
    yield* joiner.push(line.replace(/^\uFEFF/, ''));
  }
  yield* joiner.rest();
}

/** Waits until nothing is due soon and no news is left to tell. */
async function waitUntilQuiet({ deps, pause, signal }: PipedOptions): Promise<void> {
  const { queue } = deps.store;
  while (!signal.aborted) {
    // In this order: what was under way when asked for the first has left its news by the time of the second.
    const due = await queue.nextDueAt();
    const hasNews = await queue.hasNews(['terminal']);
    const horizon = deps.clock.now().add({ seconds: WAIT_SECONDS });
    if (!hasNews && (due === null || Temporal.Instant.compare(due, horizon) > 0)) return;
    await pause(LOOK_EVERY_MS);
  }
}

/** The line as it was given, behind a prompt, so that a transcript reads like a conversation; secrets are blacked out. */
const echo = (line: string, secrets: readonly string[]): string =>
  harmless(maskSecrets(line, secrets))
    .split('\n')
    .map((part, index) => (index === 0 ? '> ' : '  ') + part)
    .join('\n');

/** Runs all of the input. Exit code 1 where a command hit a bug; bad input is answered, and is no bug. */
export async function runPiped(options: PipedOptions): Promise<{ exitCode: number }> {
  const { session, deps, write } = options;
  const secrets = secretFields(deps.platforms);
  let bugs = 0;
  for await (const line of readCommands(options)) {
    if (isQuit(line) || options.signal.aborted) break;
    await session.inTurn(async () => {
      // first, since a long command says on the way how far it is
      write(`${echo(line, secrets)}\n`);
      const outcome = await session.run(line);
      session.say(outcome.reply);
      if (outcome.bug) bugs++;
    });
  }
  await waitUntilQuiet(options);
  // News that was handed over a moment ago is printed before this turn comes.
  await session.inTurn(async () => {});
  return { exitCode: bugs > 0 ? 1 : 0 };
}
