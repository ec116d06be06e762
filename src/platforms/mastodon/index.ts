// Mastodon, on any instance: what it takes and how Crier posts there. Limits, media and the search for a lost post have files of
// their own beside this one.
import { invalidInput } from '../../core/errors.ts';
import {
  type ConnectContext,
  type ConnectedAccount,
  definePlatform,
  type PublishContext,
  type Published,
} from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { readServiceUrl } from '../service-url.ts';
import { classifyMastodonError, clientFor } from './client.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished, publishedAs, Status } from './find.ts';
import { limitsOf } from './limits.ts';
import { readOwnAccount } from './login.ts';
import { uploadMedia } from './media.ts';
import { mastodonOAuth } from './oauth.ts';

/**
 * Mastodon keeps an Idempotency-Key for an hour (https://docs.joinmastodon.org/methods/statuses/#headers, checked 2026-11-22); the
 * margin is for the time a request takes and for clocks that differ.
 */
const REPEAT_HARMLESS_MS = 55 * 60_000;

/** Who sees it: https://docs.joinmastodon.org/methods/statuses/#create (checked 2026-11-22); without it, as the account has it. */
const VISIBILITIES = ['public', 'unlisted', 'private'] as const;

async function connect(input: Record<string, string>, context: ConnectContext): Promise<ConnectedAccount> {
  if (!input.instance?.trim()) throw invalidInput('instance is missing: write instance:https://mastodon.social.');
  const service = readServiceUrl(input.instance, 'instance');
  const accessToken = (input.token ?? '').trim();
  if (accessToken === '') throw invalidInput('token is missing: make one on your instance under Preferences, Development.');
  return readOwnAccount(service, { accessToken }, context);
}

async function publish(context: PublishContext): Promise<Published> {
  const { text, thread, options, idempotencyKey } = context;
  const client = clientFor(context);
  const mediaIds = await whilePreparing(classifyMastodonError, async () => {
    context.signal.throwIfAborted();
    return uploadMedia(context, client);
  });
  const last = thread.at(-1);
  const visibility = VISIBILITIES.find((each) => each === options.visibility);
  const status = {
    status: text,
    ...(mediaIds.length > 0 ? { mediaIds } : {}),
    ...(last ? { inReplyToId: last.remoteId } : {}),
    ...(visibility ? { visibility } : {}),
  };
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
  capabilities: { altText: true, threads: true, repeatHarmlessForMs: REPEAT_HARMLESS_MS },
  options: [{ name: 'visibility', label: 'visibility', example: 'visibility=unlisted', choices: VISIBILITIES }],
  limits: limitsOf,
  connect,
  oauth: mastodonOAuth,
  publish,
  findPublished,
  figures,
  accountFigures,
  classifyError: classifyMastodonError,
});
