// The chats of a process: Slack and Discord where a setting asks for them, and the terminal where somebody sits at it.
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { commands } from '../bots/commands/index.ts';
import type { DiscordChat, DiscordOptions } from '../bots/discord/index.ts';
import { describeLine } from '../bots/foresee.ts';
import { renderNews } from '../bots/news.ts';
import { newsCard } from '../bots/news-card.ts';
import { openCommands } from '../bots/run.ts';
import type { SlackChat, SlackOptions } from '../bots/slack/index.ts';
import { openTerminal, type TerminalChat } from '../bots/terminal/app.ts';
import type { Config } from '../config.ts';
import type { Deps } from '../core/ports.ts';
import type { Entrance } from '../core/store.ts';
import { type DemoLogins, openEntry, syncDemoAccounts } from '../core/usecases/sync-demo-accounts.ts';
import type { VaultKey } from '../db/vault.ts';
import type { Foundation } from './foundation.ts';

export type TeamChat = SlackChat | DiscordChat;
type Shared = Omit<SlackOptions & DiscordOptions, 'connection'>;

/** Those that settings ask for. The demo accounts of the emulated networks come to whoever enters. */
export async function openTeamChats(
  { config, database, key, emulator }: Foundation,
  deps: Deps,
): Promise<{ slack: SlackChat | null; all: TeamChat[] }> {
  const demo = emulator && demoLogins(emulator);
  const shared = { deps, enter: openEntry(deps, demo, database.settings), ...wordsOf(deps), timeZone: config.timeZone };
  const slack = await openSlackChat(config, key, shared);
  const discord = await openDiscordChat(config, shared);
  return { slack, all: [slack, discord].filter((chat) => chat !== null) };
}

/** What both chats of teams say, and how. */
const wordsOf = (deps: Deps): Pick<Shared, 'commands' | 'renderNews' | 'newsCard'> => ({
  commands: openCommands(commands),
  renderNews: (news) => renderNews(news, deps.platforms),
  newsCard: (news) => newsCard(deps, news),
});

/** Null where no setting asks for Slack. Its libraries take 40 MB, so they are read where they are needed only; Discord's too. */
async function openSlackChat({ slack }: Config, { key }: VaultKey, shared: Shared): Promise<SlackChat | null> {
  if (!slack) return null;
  const { deriveStateSecret, openSlack } = await import('../bots/slack/index.ts');
  const oauth = slack.oauth && { ...slack.oauth, stateSecret: deriveStateSecret(key) };
  return openSlack({ ...shared, connection: { ...slack, oauth } });
}

/** Null where no setting asks for Discord. */
async function openDiscordChat({ discord }: Config, shared: Shared): Promise<DiscordChat | null> {
  if (!discord) return null;
  const { openDiscord } = await import('../bots/discord/index.ts');
  return openDiscord({ ...shared, connection: discord });
}

const demoLogins = ({ networks }: NonNullable<Foundation['emulator']>): DemoLogins =>
  Object.fromEntries(Object.entries(networks).map(([id, network]) => [id, network.demo]));

/** The workspace of this terminal is there whether or not somebody types: its demo accounts come and go with the emulated networks. */
export async function enterTerminal({ config, database, emulator, log }: Foundation, deps: Deps): Promise<void> {
  const actor = await deps.store.workspaces.enter(terminalEntrance(config));
  try {
    await syncDemoAccounts(deps, actor, emulator && demoLogins(emulator), database.settings);
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    log.error({ err: error }, 'some demo accounts could not be connected; the next start tries again');
  }
}

function terminalEntrance(config: Config): Entrance {
  const { username } = userInfo();
  const team = { chat: 'terminal', teamId: 'terminal', teamName: 'This terminal' } as const;
  return { ...team, userId: username, userName: username, role: 'admin', timeZone: config.timeZone };
}

export function openTerminalChat({ config, folder }: Foundation, deps: Deps): TerminalChat {
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY;
  return openTerminal({
    commands: openCommands(commands),
    deps,
    actor: () => deps.store.workspaces.enter(terminalEntrance(config)),
    input: process.stdin,
    output: process.stdout,
    isInteractive,
    color: process.stdout.isTTY && process.stdout.hasColors(),
    renderNews: (news) => renderNews(news, deps.platforms),
    describe: (line, actor) => describeLine(line, { deps, actor }),
    filesFolder: folder.path,
    historyFile: isInteractive ? join(folder.path, 'history') : null,
  });
}
