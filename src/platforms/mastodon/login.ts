// Who a Mastodon token belongs to, and what a login that fails means: the same for tokens that were typed and that a link gave.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { ConnectContext, ConnectedAccount } from '../../core/platform.ts';
import { classifyMastodonError, openClient, type StoredToken } from './client.ts';
import { announcedBy, Instance } from './limits.ts';

const OwnAccount = z.object({ id: z.string(), username: z.string().min(1) });

/** @throws CrierError that names the field to mend. */
export async function readOwnAccount(
  service: string,
  credentials: StoredToken,
  context: ConnectContext,
): Promise<ConnectedAccount> {
  try {
    const client = openClient(context, service, credentials.accessToken);
    const instance = Instance.parse(await client.v2.instance.fetch());
    const own = OwnAccount.parse(await client.v1.accounts.verifyCredentials());
    return {
      remoteId: own.id,
      handle: `@${own.username}@${instance.domain}`,
      service,
      credentials,
      announcedLimits: announcedBy(instance),
      expiresAt: null,
    };
  } catch (error) {
    throw explainLogin(error, service);
  }
}

/** Every field of the login that can be wrong, told by name. */
export function explainLogin(error: unknown, instance: string): CrierError {
  const failure = classifyMastodonError(error);
  const options = { cause: error, meta: failure.meta };
  if (failure.kind === 'auth-revoked' || failure.meta.status === 403) {
    const cure = `token: ${instance} does not accept it. Make one under Preferences, Development, with the scopes read and write.`;
    return new CrierError('invalid-input', cure, options);
  }
  if (failure.kind === 'rejected' || failure.meta.unreadable) {
    return new CrierError('invalid-input', `instance: ${instance} does not answer like a Mastodon server.`, options);
  }
  if (failure.kind === 'invalid-input' || failure.kind === 'rate-limited') return failure;
  return new CrierError('unavailable', `instance: ${failure.userMessage}`, options);
}
