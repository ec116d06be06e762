// Connecting a YouTube channel by Google's page, renewing its tokens and taking them back. The protocol is in authorization-code.ts.
// https://developers.google.com/identity/protocols/oauth2/web-server
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { Candidate, OAuth, OAuthApp, OAuthScope } from '../../core/oauth.ts';
import type { ConnectContext, Platform, Refreshed } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { openCodeFlow, type TokenSet } from '../authorization-code.ts';
import { refusalOf } from '../oauth-failures.ts';
import { HOME, hostsOf, loginOf, type StoredLogin } from './client.ts';
import { classifyYouTubeError } from './errors.ts';

/**
 * What each method takes: https://developers.google.com/youtube/v3/docs/thumbnails/set and
 * https://developers.google.com/youtube/v3/docs/commentThreads/insert (checked 2026-11-22), and the pages of the others.
 */
const SCOPES: readonly OAuthScope[] = [
  { name: 'https://www.googleapis.com/auth/youtube.upload', reason: 'upload videos and their thumbnails', without: null },
  {
    name: 'https://www.googleapis.com/auth/youtube.readonly',
    reason: 'read whose channel it is and whether a video went out',
    without: null,
  },
  {
    name: 'https://www.googleapis.com/auth/youtube.force-ssl',
    reason: 'write first comments and show videos once their thumbnail is set',
    without: 'First comments cannot be written, and videos with an image as their thumbnail cannot go out.',
  },
];

const flow = openCodeFlow({
  network: 'YouTube',
  platform: 'youtube',
  endpoints: (service) => {
    const { page, token } = hostsOf(service);
    return { page: `${page}/o/oauth2/v2/auth`, token: `${token}/token`, revocation: `${token}/revoke` };
  },
  secretIn: 'body',
  separator: ' ',
  pkce: true,
  // without both, Google gives a refresh token at the first consent only
  pageParameters: { access_type: 'offline', prompt: 'consent', include_granted_scopes: 'true' },
  issuer: (service) => (service === HOME ? hostsOf(service).page : service),
});

const Channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string().min(1),
        snippet: z.object({ title: z.string(), customUrl: z.string().optional() }),
        contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }),
        status: z.object({ longUploadsStatus: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});
type Channel = z.infer<typeof Channels>['items'][number];

const NO_CHANNEL =
  'This Google account has no YouTube channel yet. Make one at youtube.com, and then connect it with /connect youtube.';

const connect: OAuth['connect'] = async (way, answer, context) => {
  const tokens = await flow.exchange(way, answer, context);
  if (tokens === 'denied') return tokens;
  const [first, ...others] = await readChannels(way.service, tokens, context);
  if (!first) throw new CrierError('invalid-input', NO_CHANNEL);
  const candidate = (channel: Channel): Candidate => candidateOf(channel, way.service, tokens, context);
  return {
    accounts: [candidate(first), ...others.map(candidate)],
    scopes: tokens.scopes ?? SCOPES.map(({ name }) => name),
  };
};

async function readChannels(service: string, { accessToken }: TokenSet, context: ConnectContext): Promise<Channel[]> {
  const url = `${hostsOf(service).api}/youtube/v3/channels`;
  const query = { part: 'snippet,contentDetails,status', mine: 'true' };
  try {
    return (await ask(context, { url, query, bearer: accessToken }, Channels)).items;
  } catch (error) {
    const failure = classifyYouTubeError(error);
    const { kind, userMessage, meta } = failure;
    if (kind === 'rate-limited') throw failure;
    const options = { cause: error, meta };
    if (meta.code === 'youtubeSignupRequired') throw new CrierError('invalid-input', NO_CHANNEL, options);
    if (kind === 'rejected' || kind === 'invalid-input') throw new CrierError('invalid-input', userMessage, options);
    const sentence = 'YouTube could not be asked whose channel it is. Begin again with /connect youtube.';
    throw new CrierError('unavailable', sentence, options);
  }
}

function candidateOf(channel: Channel, service: string, tokens: TokenSet, context: ConnectContext): Candidate {
  const { id, snippet, contentDetails, status } = channel;
  const { accessToken, refreshToken } = tokens;
  const credentials: StoredLogin = { accessToken, refreshToken, uploads: contentDetails.relatedPlaylists.uploads };
  return {
    remoteId: id,
    handle: snippet.customUrl ? `@${snippet.customUrl.replace(/^@/, '')}` : snippet.title,
    service,
    credentials,
    announcedLimits: { longUploads: status?.longUploadsStatus ?? null },
    kind: null,
    ...timesOf(tokens, refreshToken !== null, null, context),
  };
}

/** An access token is good for an hour. */
const AHEAD = { minutes: 10 };
/** Told for apps in testing mode, whose refresh tokens die in 7 days; seconds. */
const RefreshTokenEnd = z.object({ refresh_token_expires_in: z.coerce.number().positive() });

function timesOf(
  { expiresAt, answer }: TokenSet,
  canRefresh: boolean,
  known: Temporal.Instant | null,
  { clock }: Pick<ConnectContext, 'clock'>,
): Pick<Refreshed, 'expiresAt' | 'refreshAt'> {
  if (!canRefresh) return { expiresAt, refreshAt: null };
  const end = RefreshTokenEnd.safeParse(answer);
  return {
    expiresAt: end.success ? clock.now().add({ seconds: Math.floor(end.data.refresh_token_expires_in) }) : known,
    refreshAt: expiresAt?.subtract(AHEAD) ?? null,
  };
}

/** Google gives a new refresh token seldom; then the old one goes on. */
export const refresh: NonNullable<Platform['refresh']> = async ({ account, credentials, app, ...context }) => {
  const { refreshToken, uploads } = loginOf(credentials);
  if (refreshToken === null)
    throw new CrierError(
      'auth-revoked',
      'Google gave no way to renew this login. Connect the channel again with /connect youtube.',
    );
  const tokens = await flow.refresh(account.service, requireApp(app), refreshToken, context);
  const fresh: StoredLogin = { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken ?? refreshToken, uploads };
  return { credentials: fresh, ...timesOf(tokens, true, account.expiresAt, context) };
};

function requireApp(app: OAuthApp | null): OAuthApp {
  if (app) return app;
  const cure = "Crier's app at Google is missing: whoever runs Crier sets YOUTUBE_CLIENT_ID and YOUTUBE_CLIENT_SECRET.";
  throw new CrierError('unavailable', cure);
}

/** The refresh token takes its access tokens with it. Google refuses one that is gone already, with `invalid_token`. */
const revoke: OAuth['revoke'] = async ({ account, credentials, app, ...context }) => {
  const { refreshToken, accessToken } = loginOf(credentials);
  try {
    await flow.revoke(account.service, requireApp(app), refreshToken ?? accessToken, context);
  } catch (error) {
    const cause: unknown = error instanceof CrierError ? error.cause : error;
    if (refusalOf(cause)?.code !== 'invalid_token') throw error;
  }
  return 'revoked';
};

export const youtubeOAuth: OAuth = {
  scopes: () => SCOPES,
  appSettings: { id: 'YOUTUBE_CLIENT_ID', secret: 'YOUTUBE_CLIENT_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) =>
    flow.pageFor(
      way,
      SCOPES.map(({ name }) => name),
    ),
  connect,
  revoke,
};
