// What is said of an account that was connected, and of a link that came to an end. No reply repeats a secret.
import type { Platforms } from '../core/ports.ts';
import { nameAccount } from '../core/targets.ts';
import type { Connection } from '../core/usecases/connect-account.ts';
import type { LinkOutcome } from '../core/usecases/connect-by-link.ts';
import { reconnectButton } from './cards/post-buttons.ts';
import type { Line, Reply } from './reply.ts';

/** Somebody to be told something for their own eyes, where they asked. */
export interface Whom {
  teamId: string;
  userId: string;
  channel: string;
}

/** Null where nobody asked. */
export function renderLinkOutcome(outcome: LinkOutcome, platforms: Platforms): Reply | null {
  if (outcome.kind === 'unknown') return null;
  const { platform } = outcome;
  if (outcome.kind === 'connected') {
    const without = outcome.missing.flatMap((scope) => (scope.without === null ? [] : [scope.without]));
    return connectedReply(outcome.connection, platforms, without);
  }
  const denied = `Deny was pressed at ${platform.name}, so nothing was connected.`;
  return {
    tone: outcome.kind === 'denied' ? 'plain' : 'bad',
    lines: [outcome.kind === 'denied' ? denied : outcome.sentence],
    private: true,
    buttons: [reconnectButton(platform.id, platform.name)],
  };
}

/** @param without what cannot be done, a sentence each, since the network did not allow it */
export function connectedReply(
  { account, renewed, resumed }: Connection,
  platforms: Platforms,
  without: readonly string[] = [],
): Reply {
  const lines: Line[] = [['Try it: ', { code: `/publish to ${account.platform}: Hello` }]];
  if (resumed > 0) lines.unshift(`${resumed} waiting ${resumed === 1 ? 'post goes' : 'posts go'} on.`);
  return {
    tone: without.length > 0 ? 'warning' : 'good',
    title: `${nameAccount(account, platforms)} is ${renewed ? 'connected again' : 'connected'}`,
    lines: [...without.map((sentence) => `It did not allow all that was asked for. ${sentence}`), ...lines],
    private: true,
  };
}
