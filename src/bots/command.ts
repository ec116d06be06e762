// A command is declared once, as data. Slack, Discord, the terminal and /help all read the same declaration.
import type { Deps } from '../core/ports.ts';
import type { Origin } from '../core/post.ts';
import type { MediaRequest } from '../core/usecases/attach-media.ts';
import type { Actor, Permission } from '../core/workspace.ts';
import type { Reply } from './reply.ts';

export const ARGUMENT_KINDS = [
  'text',
  'when',
  'targets',
  'post',
  'account',
  'platform',
  'choice',
  'media',
  'timezone',
  'campaign',
  'command',
  'page',
] as const;
/** What an argument is, and so how a chat asks for it and completes it. Values arrive as text; the command reads them by kind. */
export type ArgumentKind = (typeof ARGUMENT_KINDS)[number];

export interface Argument {
  name: string;
  kind: ArgumentKind;
  summary: string;
  required?: boolean;
  /** For `choice`. */
  choices?: readonly string[];
  /** In a line it is typed behind its name, `--thread`, and nowhere else: it is not offered as a word. */
  byFlag?: true;
}

/** Arguments by name, as they were typed. `variant:bluesky` is a text of its own for that network. */
export type RawArgs = Readonly<Record<string, string>>;

export interface Call {
  actor: Actor;
  deps: Deps;
  /** Where it was said. */
  origin: Origin;
  /** Shows how far a long command is, in place of what it showed before; its answer takes the same place. Left out where a chat cannot. */
  progress?: (reply: Reply) => Promise<void>;
  /** Files that came with it: shared with the message, or put into a form. */
  files?: readonly MediaRequest[];
}

export interface CommandCall extends Call {
  args: RawArgs;
}

export interface ButtonCall extends Call {
  subject: string;
}

export interface Command {
  /** Without the slash. */
  name: string;
  summary: string;
  permission: Permission;
  arguments: readonly Argument[];
  /** Whole lines a person can type. */
  examples: readonly string[];
  /** It answers for all in the channel, unless the reply is private: a chat may have to know before there is one. */
  public?: true;
  /** The text behind the command's name -> arguments. Without it, words fill the arguments in order and the last takes the rest. */
  fromText?: (text: string) => RawArgs;
  run: (call: CommandCall) => Promise<Reply>;
  buttons?: Readonly<Record<string, (call: ButtonCall) => Promise<Reply>>>;
}

export const defineCommand = (command: Command): Command => command;
