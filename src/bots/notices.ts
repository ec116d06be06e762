// What is said to whoever connected an account when its login is gone, or soon will be: for their eyes, with the way back.
import type { Notice } from '../core/notices.ts';
import type { Platforms } from '../core/ports.ts';
import { nameAccount } from '../core/targets.ts';
import { type Actor, zoneOf } from '../core/workspace.ts';
import { moment } from './cards/delivery-lines.ts';
import { reconnectButton } from './cards/post-buttons.ts';
import { accountConnected } from './connect-news.ts';
import type { Reply } from './reply.ts';

export function renderNotice({ kind, account, days, sentence }: Notice, to: Actor, platforms: Platforms): Reply {
  if (kind === 'connected') return accountConnected(account, platforms, sentence);
  const { id, name } = platforms.get(account.platform);
  const shared = { private: true, buttons: [reconnectButton(id, name)] };
  const who = nameAccount(account, platforms);
  if (kind === 'login-dead') {
    return {
      ...shared,
      tone: 'bad',
      title: `${who} is not connected any more`,
      lines: [
        ...(sentence === null ? [] : [sentence]),
        'What is planned for it waits until it is connected again; nothing is lost.',
      ],
    };
  }
  const { expiresAt } = account;
  const when = expiresAt === null ? 'soon' : moment(expiresAt, zoneOf(to));
  return {
    ...shared,
    tone: 'warning',
    title: `${who} has to be connected again within ${days === 1 ? 'a day' : 'a week'}`,
    lines: [
      ['Its login ends ', when, `, and ${name} lets nobody but you renew it.`],
      'Connect it again before that, and what is planned goes out as if nothing had been.',
    ],
  };
}
