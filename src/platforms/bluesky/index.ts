// Bluesky, on any personal data server: what it takes and how Crier posts there. The login is in session.ts, the record in record.ts.
import { XRPCError } from '@atproto/api';
import { z } from 'zod';
import { CrierError, invalidInput } from '../../core/errors.ts';
import {
  type ConnectContext,
  type ConnectedAccount,
  definePlatform,
  type FindContext,
  type FindResult,
  type Limits,
  type PublishContext,
  type Published,
} from '../../core/platform.ts';
import { countBytes, countGraphemes } from '../../core/text.ts';
import { whilePreparing } from '../failures.ts';
import { readServiceUrl } from '../service-url.ts';
import { accountFigures, figures } from './figures.ts';
import { COLLECTION, postUrl, prepareRecord, rkeyFor } from './record.ts';
import { type BlueskySession, classifyBlueskyError, isAccountGone, isExpired, logIn, openSession } from './session.ts';

const DEFAULT_SERVICE = 'https://bsky.social';

/**
 * Text: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json (maxGraphemes, maxLength in bytes).
 * Images: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/images.json ("up to 2 MB, formerly limited
 * to 1 MB"). Both checked 2026-11-22. Links count in full and are not shortened.
 * Videos: one, in https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/video.json ("may be up to 300mb"); what the
 * video service turns into an mp4, and 10 minutes, in https://github.com/bluesky-social/social-app/blob/main/src/lib/constants.ts
 * (SUPPORTED_MIME_TYPES, VIDEO_MAX_DURATION_MS). Both checked 2026-11-22. A post has one embed: images or a video.
 */
const LIMITS: Limits = {
  text: [
    { max: 300, unit: 'characters', count: countGraphemes },
    { max: 3000, unit: 'bytes', count: countBytes },
  ],
  images: { max: 4, maxBytes: 2_000_000, mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] },
  videos: {
    max: 1,
    maxBytes: 300_000_000,
    mimeTypes: ['video/mp4', 'video/webm', 'video/quicktime'],
    maxDurationMs: 10 * 60_000,
    maxPixels: null,
  },
  mixedMedia: false,
  needsMedia: false,
};

/** Every field of the login that can be wrong, told by name. */
function explainConnect(error: unknown, service: string): CrierError {
  const failure = classifyBlueskyError(error);
  const options = { cause: error, meta: failure.meta };
  if (error instanceof XRPCError && error.error === 'AuthFactorTokenRequired') {
    const cure =
      'password: this is the account password. Make an app password at https://bsky.app/settings/app-passwords and use that.';
    return new CrierError('invalid-input', cure, options);
  }
  if (error instanceof XRPCError && isAccountGone(error)) {
    const cure = `handle: ${service} does not let this account log in: ${error.message}.`;
    return new CrierError('invalid-input', cure, options);
  }
  if (failure.kind === 'auth-revoked') {
    const cure = `handle or password: ${service} does not accept them. Check the handle, and use an app password.`;
    return new CrierError('invalid-input', cure, options);
  }
  if (failure.kind === 'rejected' || failure.meta.unreadable) {
    return new CrierError(
      'invalid-input',
      `service: ${service} does not log in like a Bluesky server. ${failure.userMessage}`,
      options,
    );
  }
  if (failure.kind === 'invalid-input' || failure.kind === 'rate-limited') return failure;
  return new CrierError('unavailable', `service: ${failure.userMessage}`, options);
}

async function connect(input: Record<string, string>, context: ConnectContext): Promise<ConnectedAccount> {
  const service = readServiceUrl(input.service?.trim() || DEFAULT_SERVICE, 'service');
  const identifier = (input.handle ?? '').trim().replace(/^@/, '');
  const password = (input.password ?? '').trim();
  if (identifier === '') throw invalidInput('handle is missing: write handle:you.bsky.social.');
  if (password === '')
    throw invalidInput('password is missing: make an app password in Bluesky under Settings, Privacy and security.');
  try {
    const login = await logIn(context, service, identifier, password);
    const handle = `@${login.handle}`;
    return { remoteId: login.did, handle, service, credentials: login, announcedLimits: null, expiresAt: null };
  } catch (error) {
    throw explainConnect(error, service);
  }
}

const FoundRecord = z.object({ uri: z.string().startsWith('at://') });

/** The post with this key, or null where the server says that there is none. */
async function readRecord(session: BlueskySession, rkey: string): Promise<z.infer<typeof FoundRecord> | null> {
  const { agent, did, options } = session;
  try {
    const found = await session.run(() => agent.com.atproto.repo.getRecord({ repo: did, collection: COLLECTION, rkey }, options));
    return FoundRecord.parse(found.data);
  } catch (error) {
    if (error instanceof XRPCError && error.error === 'RecordNotFound') return null;
    throw error;
  }
}

async function send(
  context: PublishContext,
  session: BlueskySession,
  rkey: string,
  record: Record<string, unknown>,
): Promise<string> {
  const { agent, did, options } = session;
  const create = async (): Promise<string> => {
    await context.beforeSend();
    const created = await agent.com.atproto.repo.createRecord({ repo: did, collection: COLLECTION, rkey, record }, options);
    return FoundRecord.parse(created.data).uri;
  };
  try {
    return await create();
  } catch (error) {
    if (!isExpired(error)) throw error;
    await whilePreparing(classifyBlueskyError, session.renew);
    return create();
  }
}

/** Answers after which it is worth looking whether the record is there; not those that only say who may ask, and how often. */
const mayMeanItExists = (error: unknown): boolean =>
  error instanceof XRPCError && error.status >= 400 && ![401, 403, 413, 429].includes(error.status);

/**
 * A repeat of a key that is taken is answered with a bare 500 by the reference server
 * (https://github.com/bluesky-social/atproto/issues/3718, checked 2026-11-22) and with other codes by others, so after a refusal the
 * server is asked for the record itself: if it is there, the post is out.
 */
async function publish(context: PublishContext): Promise<Published> {
  const session = openSession(context);
  const rkey = rkeyFor(context.idempotencyKey);
  const url = postUrl(context.account, rkey);
  const record = await whilePreparing(classifyBlueskyError, async () => {
    context.signal.throwIfAborted();
    const prepared = await prepareRecord(context, session);
    await session.freshen();
    return prepared;
  });
  try {
    return { remoteId: await send(context, session, rkey, record), url };
  } catch (error) {
    if (!mayMeanItExists(error)) throw error;
    const existing = await readRecordAfter(error, session, rkey);
    return { remoteId: existing.uri, url };
  }
}

async function readRecordAfter(refusal: unknown, session: BlueskySession, rkey: string): Promise<z.infer<typeof FoundRecord>> {
  let existing: z.infer<typeof FoundRecord> | null;
  try {
    existing = await readRecord(session, rkey);
  } catch (lookupError) {
    // the refusal is what the person needs to hear; that it could not be looked into goes to the log with it
    const { kind, userMessage, meta } = classifyBlueskyError(refusal);
    throw new CrierError(kind, userMessage, {
      cause: refusal,
      meta: { ...meta, lookup: classifyBlueskyError(lookupError).userMessage },
    });
  }
  if (!existing) throw refusal;
  return existing;
}

/** Exact: the key is ours alone. A server that cannot be asked now proves nothing. */
async function findPublished(context: FindContext): Promise<FindResult> {
  const rkey = rkeyFor(context.idempotencyKey);
  try {
    const found = await readRecord(openSession(context), rkey);
    return found ? { kind: 'found', remoteId: found.uri, url: postUrl(context.account, rkey) } : { kind: 'absent' };
  } catch (error) {
    if (classifyBlueskyError(error).kind === 'auth-revoked') throw error;
    return { kind: 'cannot-say' };
  }
}

export const bluesky = definePlatform({
  id: 'bluesky',
  name: 'Bluesky',
  aliases: ['bsky', 'atproto'],
  setup: {
    intro: 'Make an app password at https://bsky.app/settings/app-passwords; Crier never needs your account password.',
    fields: [
      { name: 'handle', label: 'Handle', example: 'you.bsky.social', secret: false, required: true },
      { name: 'password', label: 'App password', example: 'xxxx-xxxx-xxxx-xxxx', secret: true, required: true },
      { name: 'service', label: 'Server, if not bsky.social', example: DEFAULT_SERVICE, secret: false, required: false },
    ],
  },
  capabilities: { altText: true, threads: true, repeatHarmlessForMs: Number.POSITIVE_INFINITY },
  limits: () => LIMITS,
  connect,
  oauth: null,
  publish,
  findPublished,
  figures,
  accountFigures,
  classifyError: classifyBlueskyError,
});
