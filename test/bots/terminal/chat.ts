// Opens a terminal chat on streams that a test writes to and reads from.
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Reply } from '../../../src/bots/reply.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { openTerminal, type TerminalOptions } from '../../../src/bots/terminal/app.ts';
import type { News } from '../../../src/core/store.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { COMMANDS } from './commands.ts';
import { ACTOR, account, NOW, openWorld, post } from './deps.ts';

export const ORIGIN = { chat: 'terminal', channel: 'terminal', message: null } as const;

/** News of P`number`; the text names it. */
export const newsOf = (number: number): News => ({
  delivery: {
    id: `d${number}`,
    workspaceId: 'w1',
    postId: `p${number}`,
    accountId: 'a1',
    platform: 'bluesky',
    state: 'failed',
    holdReason: null,
    dueAt: NOW,
    tries: 4,
    inDoubt: false,
    idempotencyKey: 'k',
    remoteId: null,
    url: null,
    errorKind: 'rejected',
    errorMessage: 'refused',
    publishedAt: null,
    account: account('bluesky', '@crier.example'),
  },
  post: post(number).post,
  author: ACTOR,
  version: 1,
});

export const renderNews = ({ post: { number } }: News): Reply => ({
  tone: 'bad',
  title: `P${number} failed`,
  buttons: [{ label: 'Retry', command: 'post', name: 'retry', subject: `P${number}` }],
});

/** What a `/schedule` line shows while it is typed in these tests. */
const describeLine = (line: string, actor: Actor): string | null => {
  const when = /^\/schedule\s+(\S+)/.exec(line)?.[1];
  return when === undefined ? null : `Understood ${when} in ${actor.workspace.timeZone}`;
};

export function openChat(options: Partial<TerminalOptions> = {}) {
  const world = openWorld();
  const input = new PassThrough();
  const output = new PassThrough();
  let written = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const chat = openTerminal({
    commands: openCommands(COMMANDS),
    deps: world.deps,
    actor: async () => ACTOR,
    input,
    output,
    isInteractive: false,
    color: false,
    renderNews,
    describe: describeLine,
    historyFile: null,
    pause: async () => {},
    ...options,
  });
  const shown = (): string => stripVTControlCharacters(written).replaceAll('\r\n', '\n');
  return {
    world,
    input,
    output,
    chat,
    shown,
    raw: () => written,
    /** Resolves once `text` stands in what was written since the last call. */
    until: (() => {
      let from = 0;
      return async (text: string): Promise<string> => {
        for (;;) {
          const at = shown().indexOf(text, from);
          if (at >= 0) {
            const seen = shown().slice(from, at + text.length);
            from = at + text.length;
            return seen;
          }
          await new Promise((resolve) => output.once('data', resolve));
        }
      };
    })(),
  };
}
