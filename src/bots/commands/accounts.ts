// /accounts: which accounts posts can go to, and how they are.
import type { Account } from '../../core/account.ts';
import type { Platforms } from '../../core/ports.ts';
import { zoneOf } from '../../core/workspace.ts';
import { moment } from '../cards/delivery-lines.ts';
import { reconnectButton } from '../cards/post-buttons.ts';
import { defineCommand } from '../command.ts';
import type { Line, Section } from '../reply.ts';

export const accounts = defineCommand({
  name: 'accounts',
  summary: 'List the connected accounts',
  permission: 'view',
  arguments: [],
  examples: ['/accounts'],
  run: async ({ deps, actor }) => {
    const list = await deps.store.accounts.list(actor.workspace.id);
    const ids = deps.platforms.all().map(({ id }) => id);
    const connect: Line = ['Connect one: ', { code: `/connect ${ids[0] ?? ''}`.trim() }, ` (${ids.join(', ')})`];
    if (list.length === 0) return { tone: 'plain', title: 'No accounts yet', lines: [connect] };
    const lost = [...new Set(list.filter(({ state }) => state === 'disconnected').map(({ platform }) => platform))];
    return {
      tone: lost.length > 0 ? 'warning' : 'plain',
      title: 'Accounts',
      sections: list.map((account) => accountSection(account, deps.platforms, zoneOf(actor))),
      notes: [connect],
      buttons: lost.map((platform) => reconnectButton(platform, deps.platforms.get(platform).name)),
    };
  },
});

export function accountSection(account: Account, platforms: Platforms, timeZone: string): Section {
  const { name } = platforms.get(account.platform);
  const lines: Line[] = [account.service];
  if (account.stateReason !== null) lines.push(account.stateReason);
  if (account.state === 'connected' && account.expiresAt !== null)
    lines.push(['Login runs out ', moment(account.expiresAt, timeZone)]);
  return { heading: `${name} · ${account.handle} · ${account.state}`, lines };
}
