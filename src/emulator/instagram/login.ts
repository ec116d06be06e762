// Instagram's login: the page and the code by the OAuth desk, the token of an hour, the one of 60 days and its refreshing.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login (checked 2026-11-22).
import { cssFor } from '../feed.ts';
import type { Grant } from '../grants.ts';
import type { EmulatorApp } from '../network.ts';
import { EMULATED_APP, type OAuthDesk, openOAuthDesk, secondsUntil } from '../oauth-desk.ts';
import { GraphError, grantOf } from './graph.ts';
import type { InstagramState } from './state.ts';

export const ACCENT = '#d62976';
const SCOPES = [
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_comments',
  'instagram_business_manage_insights',
];

const LONG = 'long-lived';
const LONG_SECONDS = 60 * 86_400;
const CODE_SECONDS = 3600;
const REFRESH_MIN_HOURS = 24;

export function mountLogin(app: EmulatorApp, state: InstagramState): OAuthDesk {
  const { clock, grants } = state;
  const desk = openOAuthDesk({
    app,
    clock,
    grants,
    network: 'Instagram',
    css: cssFor(ACCENT),
    paths: { page: '/oauth/authorize', token: '/oauth/access_token', revocation: null },
    clientIdName: 'client_id',
    secretIn: 'body',
    separator: ',',
    pkce: 'none',
    scopes: SCOPES,
    codeSeconds: CODE_SECONDS,
    accounts: () => state.accounts.all().map(({ id, username }) => ({ id, label: `@${username}` })),
    tokenAnswer: ({ id, accountId, scopes }) => ({
      data: [{ access_token: id, user_id: accountId, permissions: scopes.join(',') }],
    }),
    refuse: (c, _, __, description) => c.json({ error_type: 'OAuthException', code: 400, error_message: description }, 400),
  });
  const answer = (grant: Grant): object => ({
    access_token: grant.id,
    token_type: 'bearer',
    ...(grant.expiresAt === null ? {} : { expires_in: secondsUntil(grant.expiresAt, clock) }),
  });
  const prolong = ({ accountId, scopes }: Grant): Grant =>
    grants.issue({ accountId, scopes, note: LONG }, { access: LONG_SECONDS });

  app.get('/access_token', (c) => {
    const { grant_type: type, client_secret: secret, access_token: token = '' } = c.req.query();
    if (type !== 'ig_exchange_token') throw new GraphError(100, undefined, '(#100) grant_type must be ig_exchange_token');
    if (secret !== EMULATED_APP.clientSecret) throw new GraphError(101, undefined, 'Error validating client secret.');
    const grant = grantOf(state, token);
    if (grant.note === LONG) throw new GraphError(452, undefined, 'Session key invalid. This could be because it is long-lived.');
    return c.json(answer(prolong(grant)));
  });
  app.get('/refresh_access_token', (c) => {
    const { grant_type: type, access_token: token = '' } = c.req.query();
    if (type !== 'ig_refresh_token') throw new GraphError(100, undefined, '(#100) grant_type must be ig_refresh_token');
    const grant = grantOf(state, token);
    const age = clock.now().since(Temporal.Instant.from(grant.issuedAt)).total('hours');
    // with which code a token is refused that is too young, is not documented
    if (grant.note !== LONG || age < REFRESH_MIN_HOURS)
      throw new GraphError(100, undefined, '(#100) The token is not a long-lived one of at least 24 hours');
    return c.json(answer(prolong(grant)));
  });
  return desk;
}
