// Connecting an X account by a link, refreshing its login and taking it back. The protocol is authorization-code.ts'.
// https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code and /user-access-token
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { OAuth, OAuthScope } from '../../core/oauth.ts';
import type { ConnectContext, ConnectedAccount, Platform } from '../../core/platform.ts';
import { openCodeFlow, type TokenSet } from '../authorization-code.ts';
import { HOME, hostsOf, openClient, readLogin, type StoredLogin } from './client.ts';
import { classifyXError } from './errors.ts';
import type { Announced } from './limits.ts';

/** What `POST /2/tweets` and `GET /2/users/me` ask for is X's own OpenAPI description's to say: https://api.x.com/2/openapi.json (2.167). */
const SCOPES: readonly OAuthScope[] = [
  { name: 'tweet.read', reason: 'see whether a post went out after the connection broke', without: null },
  { name: 'tweet.write', reason: 'post', without: null },
  { name: 'users.read', reason: 'read whose account it is', without: null },
  { name: 'media.write', reason: 'attach images and videos', without: 'Posts with images or videos cannot go out.' },
  {
    name: 'offline.access',
    reason: 'stay connected for more than two hours',
    without: 'The login ends after two hours, and the account has to be connected again.',
  },
];
const SCOPE_NAMES = SCOPES.map(({ name }) => name);

/** An access token lives two hours. */
const REFRESH_AHEAD = Temporal.Duration.from({ minutes: 20 });

const flow = openCodeFlow({
  network: 'X',
  platform: 'x',
  endpoints: (service) => {
    const { site, api } = hostsOf(service);
    return { page: `${site}/i/oauth2/authorize`, token: `${api}/2/oauth2/token`, revocation: `${api}/2/oauth2/revoke` };
  },
  secretIn: 'header',
  separator: ' ',
  pkce: true,
  // 400 "Value passed for the token was invalid." under this code, where the standard has invalid_grant:
  // https://github.com/PLhery/node-twitter-api-v2/issues/496 (the same of a code), checked 2026-11-22
  deadTokenCodes: ['invalid_request'],
});

const Me = z.object({
  data: z.object({ id: z.string().min(1), username: z.string().min(1), subscription_type: z.string().optional() }),
});

/** https://docs.x.com/x-api/users/lookup/quickstart/authenticated-lookup; the subscription says how long a post may be. */
async function readOwnAccount(service: string, tokens: TokenSet, context: ConnectContext): Promise<ConnectedAccount> {
  const client = openClient(context, service, tokens.accessToken);
  const { data } = await client.ask({ path: '/2/users/me', query: { 'user.fields': 'subscription_type' } }, Me);
  return {
    remoteId: data.id,
    handle: `@${data.username}`,
    service,
    credentials: storedAs(tokens),
    announcedLimits: { subscription: data.subscription_type ?? null } satisfies Announced,
    ...endsOf(tokens),
  };
}

const storedAs = ({ accessToken, refreshToken }: TokenSet): StoredLogin => ({ accessToken, refreshToken });

/** A refresh token is good until it is used or taken back; X names no end of it. */
const endsOf = ({ refreshToken, expiresAt }: TokenSet): Required<Pick<ConnectedAccount, 'expiresAt' | 'refreshAt'>> =>
  refreshToken === null
    ? { expiresAt, refreshAt: null }
    : { expiresAt: null, refreshAt: expiresAt?.subtract(REFRESH_AHEAD) ?? null };

const connect: OAuth['connect'] = async (way, answer, context) => {
  const tokens = await flow.exchange(way, answer, context);
  if (tokens === 'denied') return 'denied';
  try {
    const account = await readOwnAccount(way.service, tokens, context);
    return { accounts: [{ ...account, kind: null }], scopes: tokens.scopes ?? SCOPE_NAMES };
  } catch (error) {
    throw explainAccount(error);
  }
};

/** A sentence for who pressed Allow: the login is there, and X does not say whose. */
function explainAccount(error: unknown): CrierError {
  const { kind, userMessage, meta } = classifyXError(error);
  const again = 'Begin again with /connect x.';
  const isPassing = kind === 'rate-limited' || kind === 'outcome-unknown' || kind === 'unavailable';
  return new CrierError(
    isPassing ? 'unavailable' : 'invalid-input',
    `X does not say whose login it is. ${userMessage} ${again}`,
    {
      cause: error,
      meta,
    },
  );
}

/** Each refresh ends both tokens there were: X rotates the refresh token too. */
export const refresh: NonNullable<Platform['refresh']> = async (access) => {
  const { refreshToken } = readLogin(access.credentials);
  if (refreshToken === null)
    throw new CrierError('auth-revoked', 'This X login ended after two hours. Connect the account again with /connect x.');
  if (!access.app)
    throw new CrierError('unavailable', 'X logins cannot be renewed: whoever runs Crier sets X_CLIENT_ID and X_CLIENT_SECRET.');
  const fresh = await flow.refresh(access.account.service, access.app, refreshToken, access);
  const tokens = { ...fresh, refreshToken: fresh.refreshToken ?? refreshToken };
  return { credentials: storedAs(tokens), ...endsOf(tokens) };
};

/** Both tokens: the page does not say that one goes with the other. */
const revoke: OAuth['revoke'] = async ({ account: { service }, credentials, app, ...context }) => {
  if (!app) return 'cannot';
  const { accessToken, refreshToken } = readLogin(credentials);
  if (refreshToken !== null) await flow.revoke(service, app, refreshToken, context);
  try {
    await flow.revoke(service, app, accessToken, context);
  } catch (error) {
    // refused once the other one was taken: it went with it, or its two hours were over
    if (refreshToken === null || classifyXError(error).kind !== 'rejected') throw error;
  }
  return 'revoked';
};

export const xOAuth: OAuth = {
  scopes: () => SCOPES,
  appSettings: { id: 'X_CLIENT_ID', secret: 'X_CLIENT_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) => flow.pageFor(way, SCOPE_NAMES),
  connect,
  revoke,
};
