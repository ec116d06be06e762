// LinkedIn's OAuth: what Crier asks for, what a login leads to (the member, and the Pages they are an admin of), how it is renewed.
import { CrierError } from '../../core/errors.ts';
import type { Candidate, Granted, OAuth, OAuthApp, OAuthScope, OAuthWay } from '../../core/oauth.ts';
import type { ConnectContext, Platform, Refreshed } from '../../core/platform.ts';
import { openCodeFlow, type TokenSet } from '../authorization-code.ts';
import { HOME, hostsOf, loginOf, type StoredLogin } from './client.ts';
import { classifyLinkedInError } from './errors.ts';
import { readsMembers } from './member-figures.ts';
import { type Entity, readMember, readOrganizations } from './people.ts';

const PERSON: OAuthScope = {
  name: 'w_member_social',
  reason: 'post and comment as you',
  without: 'Nothing can be posted as you.',
};

/**
 * Apps of their own products can be made by everybody: "Sign In with LinkedIn using OpenID Connect" and "Share on LinkedIn"
 * (https://learn.microsoft.com/en-us/linkedin/shared/authentication/getting-access, checked 2026-11-22).
 */
const MEMBER_SCOPES: readonly OAuthScope[] = [
  { name: 'openid', reason: 'know that it is you', without: null },
  { name: 'profile', reason: 'read your name', without: null },
  { ...PERSON, without: null },
];

/**
 * What the Community Management API gives, whose app can have no other product, OpenID Connect neither
 * (https://learn.microsoft.com/en-us/linkedin/marketing/integrations/community-management/community-management-api-migration-guide,
 * checked 2026-11-22; the two ending in `_feed` are its Comments API's, unverified).
 */
const PAGE_SCOPES: readonly OAuthScope[] = [
  { name: 'r_basicprofile', reason: 'read your name', without: null },
  PERSON,
  { name: 'w_organization_social', reason: 'post as your Pages', without: 'Nothing can be posted as a Page.' },
  {
    name: 'rw_organization_admin',
    reason: 'list the Pages you are an admin of, and read how they do',
    without: 'No Page can be connected.',
  },
  {
    name: 'r_organization_social',
    reason: 'look whether a post of a Page went out after the connection broke',
    without: 'You are asked whether such a post went out.',
  },
  { name: 'w_member_social_feed', reason: 'write the first comment as you', without: 'First comments as you cannot be written.' },
  {
    name: 'w_organization_social_feed',
    reason: 'write the first comment as your Pages',
    without: 'First comments as a Page cannot be written.',
  },
];

/**
 * Of the Community Management API too, and not given with it to every app; a scope that an app has not makes LinkedIn refuse the whole login
 * (unverified).
 */
const FIGURES_SCOPES: readonly OAuthScope[] = [
  { name: 'r_member_postAnalytics', reason: 'read how your posts do', without: 'How your own posts do cannot be read.' },
  { name: 'r_member_profileAnalytics', reason: 'read how many follow you', without: 'How many follow you cannot be read.' },
];

function scopesFor(app: OAuthApp): readonly OAuthScope[] {
  if (app.options?.pages !== 'true') return MEMBER_SCOPES;
  return readsMembers(app) ? [...PAGE_SCOPES, ...FIGURES_SCOPES] : PAGE_SCOPES;
}

/** Names come with spaces or commas between them, whatever the documentation says. */
const inStandardWords = (answer: Record<string, unknown>): Record<string, unknown> =>
  typeof answer.scope === 'string'
    ? {
        ...answer,
        scope: answer.scope
          .trim()
          .split(/[\s,]+/)
          .join(' '),
      }
    : answer;

/** PKCE is for native apps: https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow (unverified). */
const flow = openCodeFlow({
  network: 'LinkedIn',
  platform: 'linkedin',
  endpoints: (service) => {
    const { www } = hostsOf(service);
    return { page: `${www}/oauth/v2/authorization`, token: `${www}/oauth/v2/accessToken`, revocation: null };
  },
  secretIn: 'body',
  separator: ' ',
  pkce: false,
  inStandardWords,
});

/** Tokens are renewed this long ahead, or half their time where that is less. */
const AHEAD_HOURS = 7 * 24;

/** When the login ends with a refresh token; it is never put off: "both expire in 5 days (365-360=5)", see `refresh`. */
function loginEndOf({ answer }: TokenSet, known: string | null, now: Temporal.Instant): string | null {
  const seconds = answer.refresh_token_expires_in;
  return typeof seconds === 'number' ? now.add({ seconds: Math.round(seconds) }).toString() : known;
}

function loginFrom(tokens: TokenSet, known: StoredLogin | null, { clock }: Pick<ConnectContext, 'clock'>): Refreshed {
  const now = clock.now();
  const refreshToken = tokens.refreshToken ?? known?.refreshToken ?? null;
  const credentials: StoredLogin = {
    accessToken: tokens.accessToken,
    refreshToken,
    loginEndsAt: refreshToken === null ? null : loginEndOf(tokens, known?.loginEndsAt ?? null, now),
  };
  const { loginEndsAt } = credentials;
  if (refreshToken === null) return { credentials, expiresAt: tokens.expiresAt, refreshAt: null };
  const end = loginEndsAt === null ? null : Temporal.Instant.from(loginEndsAt);
  return { credentials, expiresAt: end, refreshAt: refreshAtOf(tokens.expiresAt, end, now) };
}

/** Null where a new access token would end no later than this one does. */
function refreshAtOf(accessEnd: Temporal.Instant | null, loginEnd: Temporal.Instant | null, now: Temporal.Instant) {
  if (accessEnd === null || (loginEnd !== null && Temporal.Instant.compare(accessEnd, loginEnd) >= 0)) return null;
  return accessEnd.subtract({ seconds: Math.floor(Math.min(AHEAD_HOURS * 3600, accessEnd.since(now).total('seconds') / 2)) });
}

async function readCandidates(way: OAuthWay, tokens: TokenSet, scopes: readonly string[], context: ConnectContext) {
  const { service, app } = way;
  const asker = { service, app, accessToken: tokens.accessToken, context };
  const login = loginFrom(tokens, null, context);
  const candidate = ({ urn, name }: Entity, kind: string): Candidate => ({
    ...login,
    remoteId: urn,
    handle: name,
    service,
    announcedLimits: null,
    kind,
  });
  const member = candidate(await readMember(asker, scopes), 'member');
  const mayHavePages = ['rw_organization_admin', 'w_organization_social'].every((name) => scopes.includes(name));
  const pages = mayHavePages ? await readOrganizations(asker) : [];
  return [member, ...pages.map((page) => candidate(page, 'organization'))] satisfies Granted['accounts'];
}

const connect: OAuth['connect'] = async (way, answer, context) => {
  const tokens = await flow.exchange(way, answer, context);
  if (tokens === 'denied') return 'denied';
  const scopes = tokens.scopes ?? scopesFor(way.app).map(({ name }) => name);
  try {
    return { accounts: await readCandidates(way, tokens, scopes, context), scopes };
  } catch (error) {
    throw explain(error);
  }
};

function explain(error: unknown): CrierError {
  const { kind, userMessage, meta } = classifyLinkedInError(error);
  const options = { cause: error, meta };
  if (meta.status === 403)
    return new CrierError(
      'invalid-input',
      'LinkedIn does not let this app read who you are. Whoever runs Crier looks at its products at linkedin.com/developers; LINKEDIN_PAGES=true is for an app with the Community Management API.',
      options,
    );
  if (kind === 'rejected' || kind === 'rate-limited') return new CrierError('invalid-input', userMessage, options);
  return new CrierError('unavailable', 'LinkedIn could not be asked who you are. Begin again with /connect linkedin.', options);
}

/**
 * Refresh tokens are for approved partners; without one the login is over with its token. A dead one is answered with 400
 * `invalid_request`, which else says that a parameter is missing, and none is:
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens, checked 2026-11-22.
 */
export const refresh: NonNullable<Platform['refresh']> = async ({ account, credentials, app, ...context }) => {
  const known = loginOf({ credentials });
  const over = (cause?: unknown): CrierError =>
    new CrierError('auth-revoked', 'The LinkedIn login is over. Connect the account again with /connect linkedin.', { cause });
  if (known.refreshToken === null) throw over();
  if (!app)
    throw new CrierError(
      'unavailable',
      'Crier has no app at LinkedIn any more: whoever runs it sets LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET.',
    );
  try {
    return loginFrom(await flow.refresh(account.service, app, known.refreshToken, context), known, context);
  } catch (error) {
    if (error instanceof CrierError && error.kind === 'rejected' && isInvalidRequest(error)) throw over(error);
    throw error;
  }
};

const isInvalidRequest = ({ cause }: CrierError): boolean =>
  typeof cause === 'object' && cause !== null && 'error' in cause && cause.error === 'invalid_request';

export const linkedinOAuth: OAuth = {
  scopes: scopesFor,
  appSettings: { id: 'LINKEDIN_CLIENT_ID', secret: 'LINKEDIN_CLIENT_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) =>
    flow.pageFor(
      way,
      scopesFor(way.app).map(({ name }) => name),
    ),
  connect,
  // LinkedIn documents no way for an app to give a login back, and one login may lead to several accounts
  revoke: async () => 'cannot',
};
