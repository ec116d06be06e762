// Connecting by a link, put together: the web server takes what a network sends back, and the chat of this process that asked is told.
// Where the chat is another process's, as it is for a process of the role web, that one tells of what was connected; of the rest the page
// alone says what became of it.
import type { Hono } from 'hono';
import { renderLinkOutcome, withoutScopes } from '../bots/connect-news.ts';
import type { SayingChat } from '../bots/saying-chat.ts';
import type { Deps } from '../core/ports.ts';
import { finishChoice } from '../core/usecases/choose-accounts.ts';
import { finishLink, followLink } from '../core/usecases/connect-by-link.ts';
import type { LinkOutcome } from '../core/usecases/link-outcome.ts';
import { oauthRoutes } from '../web/oauth.ts';

async function tellLater({ store, clock, log }: Deps, outcome: LinkOutcome): Promise<void> {
  if (outcome.kind !== 'connected') {
    log.info({ outcome: outcome.kind }, 'what became of a link is told on its page alone: its chat is elsewhere');
    return;
  }
  const without = withoutScopes(outcome).join(' ');
  for (const { account } of outcome.connections)
    await store.notices.addConnected(account, without === '' ? null : without, clock.now());
}

/** @param chats those of this process, as they are when somebody comes back */
export function linkRoutes(deps: Deps, chats: () => readonly SayingChat[]): (app: Hono) => void {
  const tell = async (outcome: LinkOutcome): Promise<void> => {
    const reply = renderLinkOutcome(outcome, deps.platforms);
    if (outcome.kind === 'unknown' || reply === null) return;
    const { actor, origin } = outcome.asker;
    const chat = chats().find(({ name }) => name === origin.chat);
    if (!chat) return tellLater(deps, outcome);
    await chat.sayTo({ teamId: actor.workspace.teamId, userId: actor.member.userId, channel: origin.channel }, reply);
  };
  return oauthRoutes({
    follow: (token) => followLink(deps, token),
    finish: (platform, answer) => finishLink(deps, platform, answer),
    choose: (token, ticked) => finishChoice(deps, token, ticked),
    tell,
    platforms: deps.platforms,
    log: deps.log,
  });
}
