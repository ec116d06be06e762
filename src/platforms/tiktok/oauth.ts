// Connecting a TikTok account by a link, refreshing its login and taking it back. The protocol is authorization-code.ts'.
// https://developers.tiktok.com/doc/login-kit-web, https://developers.tiktok.com/doc/oauth-get-a-user-access-token,
// https://developers.tiktok.com/docs/en/oauth-refresh-a-user-access-token and oauth-revoke-a-user-access-token (checked 2026-11-22).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { OAuth, OAuthApp } from '../../core/oauth.ts';
import type { AccountAccess, ConnectContext, ConnectedAccount, Platform } from '../../core/platform.ts';
import { openCodeFlow, type TokenSet } from '../authorization-code.ts';
import { type Client, HOME, hostsOf, openClient, readLogin, type StoredLogin } from './client.ts';
import { readCreator } from './creator.ts';
import { classifyTikTokError } from './errors.ts';
import type { Announced } from './limits.ts';
import { scopeNamesFor, scopesFor } from './scopes.ts';

/** An access token lives two hours, older pages say a day: `expires_in` counts. */
const REFRESH_AHEAD = Temporal.Duration.from({ minutes: 20 });

/** PKCE is for TikTok's desktop and mobile apps, with a challenge of their own form; the pages for web have none. */
const flow = openCodeFlow({
  network: 'TikTok',
  platform: 'tiktok',
  endpoints: (service) => {
    const { site, api } = hostsOf(service);
    return { page: `${site}/v2/auth/authorize/`, token: `${api}/v2/oauth/token/`, revocation: `${api}/v2/oauth/revoke/` };
  },
  secretIn: 'body-as-client-key',
  separator: ',',
  pkce: false,
});

/** https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info (checked 2026-11-22); the name that addresses have is not among these. */
const Me = z.object({ user: z.object({ open_id: z.string().min(1), display_name: z.string().default('') }) });

async function readOwnAccount(service: string, tokens: TokenSet, context: ConnectContext): Promise<ConnectedAccount> {
  const client = openClient(context, service, tokens.accessToken);
  const { user } = await client.get('/v2/user/info/', { fields: 'open_id,display_name' }, Me);
  const creator = hasScope(tokens, 'video.publish') ? await creatorOrNull(client) : null;
  return {
    remoteId: user.open_id,
    handle: creator ? `@${creator.username}` : user.display_name || user.open_id,
    service,
    credentials: storedAs(tokens),
    announcedLimits: { maxSeconds: creator?.maxSeconds ?? null } satisfies Announced,
    ...endsOf(tokens, context, null),
  };
}

const hasScope = ({ scopes }: TokenSet, name: string): boolean => scopes === null || scopes.includes(name);

/** An account that may not post today can be connected all the same. */
async function creatorOrNull(client: Client) {
  try {
    return await readCreator(client);
  } catch (error) {
    if (['rejected', 'rate-limited'].includes(classifyTikTokError(error).kind)) return null;
    throw error;
  }
}

const storedAs = ({ accessToken, refreshToken }: TokenSet): StoredLogin => ({ accessToken, refreshToken });

/** Seconds that are left of the refresh token: 180 days at first, on older pages 365. */
const RefreshEnd = z.object({ refresh_expires_in: z.coerce.number().positive() });

function endsOf(
  { refreshToken, expiresAt, answer }: TokenSet,
  { clock }: Pick<AccountAccess, 'clock'>,
  known: Temporal.Instant | null,
): Required<Pick<ConnectedAccount, 'expiresAt' | 'refreshAt'>> {
  if (refreshToken === null) return { expiresAt, refreshAt: null };
  const end = RefreshEnd.safeParse(answer).data;
  return {
    expiresAt: end ? clock.now().add({ seconds: Math.floor(end.refresh_expires_in) }) : known,
    refreshAt: expiresAt?.subtract(REFRESH_AHEAD) ?? null,
  };
}

const connect: OAuth['connect'] = async (way, answer, context) => {
  const tokens = await flow.exchange(way, answer, context);
  if (tokens === 'denied') return 'denied';
  try {
    const account = await readOwnAccount(way.service, tokens, context);
    return { accounts: [{ ...account, kind: null }], scopes: grantedIn(tokens, way.app) };
  } catch (error) {
    throw explainAccount(error);
  }
};

/** In the order they were asked for in; TikTok has one of its own. */
function grantedIn({ scopes }: TokenSet, app: OAuthApp): string[] {
  const asked = scopeNamesFor(app);
  if (scopes === null) return asked;
  const others = scopes.filter((name) => !asked.includes(name));
  return [...asked.filter((name) => scopes.includes(name)), ...others];
}

/** A sentence for who pressed Allow: the login is there, and TikTok does not say whose. */
function explainAccount(error: unknown): CrierError {
  const { kind, userMessage, meta } = classifyTikTokError(error);
  const isPassing = kind === 'rate-limited' || kind === 'outcome-unknown' || kind === 'unavailable';
  const cure = userMessage.includes('/connect tiktok') ? '' : ' Begin again with /connect tiktok.';
  const sentence = `TikTok does not say whose login it is. ${userMessage}${cure}`;
  return new CrierError(isPassing ? 'unavailable' : 'invalid-input', sentence, { cause: error, meta });
}

/** Each refresh gives a new refresh token and ends the one before. */
export const refresh: NonNullable<Platform['refresh']> = async (access) => {
  const { refreshToken } = readLogin(access.credentials);
  if (refreshToken === null)
    throw new CrierError('auth-revoked', 'This TikTok login has ended. Connect the account again with /connect tiktok.');
  if (!access.app)
    throw new CrierError(
      'unavailable',
      'TikTok logins cannot be renewed: whoever runs Crier sets TIKTOK_CLIENT_KEY and TIKTOK_CLIENT_SECRET.',
    );
  const fresh = await flow.refresh(access.account.service, access.app, refreshToken, access);
  const tokens = { ...fresh, refreshToken: fresh.refreshToken ?? refreshToken };
  return { credentials: storedAs(tokens), ...endsOf(tokens, access, access.account.expiresAt) };
};

/** The access token takes the whole connection with it: the app is then no longer in the list of the TikTok app. */
const revoke: OAuth['revoke'] = async ({ account: { service }, credentials, app, ...context }) => {
  if (!app) return 'cannot';
  await flow.revoke(service, app, readLogin(credentials).accessToken, context);
  return 'revoked';
};

export const tiktokOAuth: OAuth = {
  scopes: scopesFor,
  appSettings: { id: 'TIKTOK_CLIENT_KEY', secret: 'TIKTOK_CLIENT_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) => flow.pageFor(way, scopeNamesFor(way.app)),
  connect,
  revoke,
};
