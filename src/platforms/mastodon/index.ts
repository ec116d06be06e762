// Mastodon, on any instance: what it takes and how Crier posts there. Limits, media and the search for a lost post have files of
// their own beside this one.
import { z } from 'zod';
import { CrierError, invalidInput } from '../../core/errors.ts';
import {
  type ConnectContext,
  type ConnectedAccount,
  definePlatform,
  type PublishContext,
  type Published,
} from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { readServiceUrl } from '../service-url.ts';
import { classifyMastodonError, clientFor, openClient, type StoredToken } from './client.ts';
import { findPublished, publishedAs, Status } from './find.ts';
import { announcedBy, Instance, limitsOf } from './limits.ts';
import { uploadMedia } from './media.ts';

/**
 * Mastodon keeps an Idempotency-Key for an hour (https://docs.joinmastodon.org/methods/statuses/#headers, checked 2026-11-22); the
 * margin is for the time a request takes and for clocks that differ.
 */
const REPEAT_HARMLESS_MS = 55 * 60_000;

const OwnAccount = z.object({ id: z.string(), username: z.string().min(1) });

/** Every field of the login that can be wrong, told by name. */
function explainConnect(error: unknown, instance: string): CrierError {
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

async function connect(input: Record<string, string>, context: ConnectContext): Promise<ConnectedAccount> {
  if (!input.instance?.trim()) throw invalidInput('instance is missing: write instance:https://mastodon.social.');
  const service = readServiceUrl(input.instance, 'instance');
  const accessToken = (input.token ?? '').trim();
  if (accessToken === '') throw invalidInput('token is missing: make one on your instance under Preferences, Development.');
  try {
    const client = openClient(context, service, accessToken);
    const instance = Instance.parse(await client.v2.instance.fetch());
    const own = OwnAccount.parse(await client.v1.accounts.verifyCredentials());
    return {
      remoteId: own.id,
      handle: `@${own.username}@${instance.domain}`,
      service,
      credentials: { accessToken } satisfies StoredToken,
      announcedLimits: announcedBy(instance),
      expiresAt: null,
    };
  } catch (error) {
    throw explainConnect(error, service);
  }
}

async function publish(context: PublishContext): Promise<Published> {
  const { text, idempotencyKey } = context;
  const client = clientFor(context);
  const mediaIds = await whilePreparing(classifyMastodonError, async () => {
    context.signal.throwIfAborted();
    return uploadMedia(context, client);
  });
  const status = mediaIds.length > 0 ? { status: text, mediaIds } : { status: text };
  await context.beforeSend();
  const created = await client.v1.statuses.create(status, { requestInit: { headers: { 'Idempotency-Key': idempotencyKey } } });
  return publishedAs(Status.parse(created));
}

export const mastodon = definePlatform({
  id: 'mastodon',
  name: 'Mastodon',
  aliases: ['masto', 'fediverse'],
  setup: {
    intro:
      'On your instance, open Preferences, Development, make an application with the scopes read and write, and copy its access token.',
    fields: [
      { name: 'instance', label: 'Instance', example: 'https://mastodon.social', secret: false, required: true },
      { name: 'token', label: 'Access token', example: 'the long line of letters and digits', secret: true, required: true },
    ],
  },
  capabilities: { altText: true, repeatHarmlessForMs: REPEAT_HARMLESS_MS },
  limits: limitsOf,
  connect,
  publish,
  findPublished,
  classifyError: classifyMastodonError,
});
