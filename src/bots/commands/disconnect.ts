// /disconnect: forgets an account's login.
import { nameAccount } from '../../core/targets.ts';
import { disconnectAccount, type Revocation } from '../../core/usecases/disconnect-account.ts';
import { type Call, defineCommand } from '../command.ts';
import type { Reply } from '../reply.ts';

export const disconnect = defineCommand({
  name: 'disconnect',
  summary: "Forget an account's login",
  permission: 'administer',
  arguments: [{ name: 'account', kind: 'account', summary: 'Its handle, or network/handle', required: true }],
  examples: ['/disconnect @team.bsky.social', '/disconnect mastodon/@team@mastodon.social'],
  run: async (call) => {
    const name = (call.args.account ?? '').trim();
    if (name === '') return chooseAccount(call);
    const { account, revocation } = await disconnectAccount(call.deps, call.actor, name);
    return {
      tone: 'plain',
      title: `${nameAccount(account, call.deps.platforms)} is disconnected`,
      lines: [
        'Its login is forgotten here. What comes due for it is held until it is connected again.',
        ...afterwards(revocation, call.deps.platforms.get(account.platform).name),
        ['Connect it again: ', { code: `/connect ${account.platform}` }],
      ],
    };
  },
});

/** What is left to do at the network. */
function afterwards(revocation: Revocation, network: string): string[] {
  if (revocation === 'revoked') return [`${network} has taken it back as well.`];
  if (revocation === 'shared')
    return [`Another workspace has this account connected too, so ${network} was not asked to take it back.`];
  if (revocation === 'cannot')
    return [`At ${network} it still counts: take it back in the settings there if nobody else needs it.`];
  return [`${network} could not be asked to take it back: remove Crier from the authorized apps in the settings there.`];
}

async function chooseAccount({ deps, actor }: Call): Promise<Reply> {
  const all = await deps.store.accounts.list(actor.workspace.id);
  const choices = all
    .filter(({ state }) => state === 'connected')
    .map((account) => ({ value: `${account.platform}/${account.handle}`, label: nameAccount(account, deps.platforms) }));
  const first = choices[0];
  if (!first) return { tone: 'plain', lines: ['No account is connected.'], private: true };
  return {
    tone: 'plain',
    lines: ['Which account?'],
    private: true,
    form: {
      title: 'Disconnect an account',
      command: 'disconnect',
      fields: [{ name: 'account', label: 'Account', kind: 'choice', required: true, choices }],
      carried: {},
      inOneLine: `/disconnect ${first.value}`,
    },
  };
}
