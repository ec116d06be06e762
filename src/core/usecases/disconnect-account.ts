// Forgets an account's credentials. Its posts stay; what comes due for it is held until it is connected again.
import type { Account } from '../account.ts';
import { invalidInput } from '../errors.ts';
import type { Deps } from '../ports.ts';
import { nameAccount, resolveAccount } from '../targets.ts';
import { type Actor, requirePermission } from '../workspace.ts';

/**
 * `name` is a handle, a network with one account, or both (`bluesky/@team`).
 * @throws CrierError `invalid-input` where it names none, several, or one that is disconnected already; `not-permitted`.
 */
export async function disconnectAccount(deps: Pick<Deps, 'store' | 'platforms'>, actor: Actor, name: string): Promise<Account> {
  requirePermission(actor, 'administer');
  const account = resolveAccount(name, await deps.store.accounts.list(actor.workspace.id), deps.platforms);
  if (account.state === 'disconnected') throw invalidInput(`${nameAccount(account, deps.platforms)} is disconnected already.`);
  await deps.store.accounts.disconnect(account.id, `disconnected by ${actor.member.name}`, actor);
  return account;
}
