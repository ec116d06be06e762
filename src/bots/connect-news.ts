// What is said of an account that was connected, and of a link that came to an end. No reply repeats a secret.
import type { Account } from '../core/account.ts';
import type { Platforms } from '../core/ports.ts';
import { nameAccount } from '../core/targets.ts';
import type { Connection } from '../core/usecases/connect-account.ts';
import type { Connected, LinkOutcome } from '../core/usecases/link-outcome.ts';
import { reconnectButton } from './cards/post-buttons.ts';
import type { Reply } from './reply.ts';

/** Somebody to be told something for their own eyes, where they asked. */
export interface Whom {
  teamId: string;
  userId: string;
  channel: string;
}

/** Null where nobody asked, and while the person chooses. */
export function renderLinkOutcome(outcome: LinkOutcome, platforms: Platforms): Reply | null {
  if (outcome.kind === 'unknown' || outcome.kind === 'choose') return null;
  const { platform } = outcome;
  if (outcome.kind === 'connected') {
    return connectedReply(outcome.connections, platforms, withoutScopes(outcome));
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
  connections: readonly [Connection, ...Connection[]],
  platforms: Platforms,
  without: readonly string[] = [],
): Reply {
  const [{ account }] = connections;
  const [only = '', ...others] = connections.map((connection) => sayConnected(connection, platforms));
  const isOne = others.length === 0;
  const { name } = platforms.get(account.platform);
  const resumed = connections.reduce((sum, connection) => sum + connection.resumed, 0);
  const asked = connections.reduce((sum, connection) => sum + connection.asked, 0);
  return {
    tone: without.length > 0 ? 'warning' : 'good',
    title: isOne ? only : `${connections.length} accounts of ${name} are connected`,
    lines: [
      ...(isOne ? [] : [only, ...others].map((sentence) => `${sentence}.`)),
      ...(without.length > 0 ? [`Crier was not allowed all that it asked for at ${name}, so:`, ...without] : []),
      ...(resumed > 0 ? [`${resumed} waiting ${resumed === 1 ? 'post goes' : 'posts go'} on.`] : []),
      ...(asked > 0 ? [askWhetherLate(asked)] : []),
      ['Try it: ', { code: `/publish to ${account.platform}: Hello` }],
    ],
    private: true,
  };
}

/** The same of one account, where it is told later. @param without what cannot be done, or null */
export const accountConnected = (account: Account, platforms: Platforms, without: string | null): Reply =>
  connectedReply([{ account, renewed: false, resumed: 0, asked: 0 }], platforms, without === null ? [] : [without]);

/** What cannot be done where scopes were not given, a sentence each. */
export const withoutScopes = ({ missing }: Connected): string[] =>
  missing.flatMap((scope) => (scope.without === null ? [] : [scope.without]));

/** Their threads have the buttons. */
const askWhetherLate = (asked: number): string =>
  asked === 1
    ? 'One is more than an hour late: is it still to go out? Its thread asks.'
    : `${asked} are more than an hour late: are they still to go out? Their threads ask.`;

/** `Mastodon (@team@mastodon.social) is connected again` */
const sayConnected = ({ account, renewed }: Connection, platforms: Pick<Platforms, 'get'>): string =>
  `${nameAccount(account, platforms)} is ${renewed ? 'connected again' : 'connected'}`;
