// The terminal as a chat, beside Slack and Discord: for newcomers at a keyboard, for pipes, and for tests.
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrierError } from '../../core/errors.ts';
import type { Chat, Deps } from '../../core/ports.ts';
import type { News } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import { filesOf, type Reply, sayPlainly } from '../reply.ts';
import { type Commands, splitLine } from '../run.ts';
import type { SayingChat } from '../saying-chat.ts';
import { openPaint } from './fold.ts';
import { runInteractive } from './interactive.ts';
import { runPiped } from './piped.ts';
import type { Output } from './screen.ts';
import { isQuit, openSession } from './session.ts';

export interface TerminalOptions {
  commands: Commands;
  deps: Deps;
  /** Reads who sits here; asked anew for every command. */
  actor: () => Promise<Actor>;
  input: Readable;
  output: Output;
  /** Whether a person types here; else the input is a script. */
  isInteractive: boolean;
  color: boolean;
  renderNews: (news: News) => Reply;
  /** The time understood so far in a line being typed, `/schedule tomorrow 9am`, as a sentence; null shows nothing. */
  describe: (line: string, actor: Actor) => string | null | Promise<string | null>;
  /** Where files of replies are kept, below the data folder; left out, they are not. */
  filesFolder?: string;
  /** Where typed lines are kept between sessions; null keeps none. */
  historyFile: string | null;
  /** Waits between two looks at the queue, at most that many milliseconds. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface TerminalChat extends Chat, SayingChat {
  name: 'terminal';
  /** Reads and runs commands until the input ends or the person leaves. Exit code 1 where a command of a script hit a bug. */
  run: () => Promise<{ exitCode: number }>;
  /** Prints a reply nobody asked for, like a greeting; its buttons are pressed by their numbers. Without files it is there at once. */
  say: (reply: Reply) => Promise<void>;
  /** Tells something that is no news of a post. @throws CrierError where nobody sits here any more. */
  sayTo: SayingChat['sayTo'];
  /** The same: everybody who is here sits at this terminal. */
  sayIn: SayingChat['sayIn'];
  /** Ends `run` soon: no further line is read. */
  close: () => void;
}

/** Waits; shorter where the signal says that there is nothing to wait for. */
async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** There are no threads here: what is said under a post says whose it is. */
function aboutPost(name: string, reply: Reply): Reply {
  const { title } = reply;
  if (title === undefined) return { ...reply, title: name };
  const isNamed = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'u').test(sayPlainly(title));
  if (isNamed) return reply;
  return { ...reply, title: [`${name}: `, ...(typeof title === 'string' ? [title] : title)] };
}

const written = (output: Output): Promise<void> => new Promise((resolve) => output.write('', () => resolve()));

export function openTerminal(options: TerminalOptions): TerminalChat {
  const { commands, deps, input, output, isInteractive, color, pause = pauseFor } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const close = (): void => closing.abort();
  const write = (text: string): void => void output.write(text);

  let print = (block: string): void => write(`${block}\n`);
  const session = openSession({
    ...options,
    columns: () => output.columns || (isInteractive ? 80 : Number.POSITIVE_INFINITY),
    print: (block) => print(`${block}\n`),
    printLine: (block) => print(block),
  });
  const isCommand = (line: string): boolean => isQuit(line) || commands.find(splitLine(line)?.name ?? '') !== undefined;

  // Who reads us has gone (`npm start | head`): there is nobody left to talk to.
  output.on('error', (error) => {
    deps.log.warn({ err: error }, 'the terminal can no longer be written to');
    close();
  });

  const requireOpen = (): void => {
    if (signal.aborted || !output.writable) throw new CrierError('unavailable', 'The terminal is closed.');
  };

  return {
    name: 'terminal',
    async say(reply) {
      if (filesOf(reply).length === 0) session.say(reply);
      else await session.add(reply);
    },
    close,
    async tell(_origin, news) {
      requireOpen();
      await session.tell(news);
    },
    async sayTo(_whom, reply) {
      requireOpen();
      await session.add(reply);
    },
    async sayIn({ post }, reply) {
      requireOpen();
      await session.add(post === null ? reply : aboutPost(post.name, reply));
      return 'said';
    },
    async run() {
      const shared = { ...options, session, isCommand, signal };
      const result = isInteractive
        ? await runInteractive({ ...shared, paint: openPaint(color), onPrint: (better) => (print = better) })
        : await runPiped({ ...shared, write, pause: (ms) => pause(ms, signal) });
      close();
      if (output.writable) await written(output);
      input.pause();
      return result;
    },
  };
}
