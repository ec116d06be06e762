// /disconnect: forgets an account's login.
import { nameAccount } from '../../core/targets.ts';
import { disconnectAccount } from '../../core/usecases/disconnect-account.ts';
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
    const account = await disconnectAccount(call.deps, call.actor, name);
    return {
      tone: 'plain',
      title: `${nameAccount(account, call.deps.platforms)} is disconnected`,
      lines: [
        'Its login is forgotten here. What comes due for it is held until it is connected again.',
        ['Connect it again: ', { code: `/connect ${account.platform}` }],
      ],
    };
  },
});

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
