// Instagram's login: the page and the code by the OAuth desk, tokens by ../long-lived-tokens.ts.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login (checked 2026-11-22).
import { cssFor } from '../feed.ts';
import { mountLongTokens } from '../long-lived-tokens.ts';
import type { EmulatorApp } from '../network.ts';
import { type OAuthDesk, openOAuthDesk } from '../oauth-desk.ts';
import type { InstagramState } from './state.ts';

export const ACCENT = '#d62976';
const SCOPES = [
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_comments',
  'instagram_business_manage_insights',
];

const CODE_SECONDS = 3600;

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
  mountLongTokens(app, state, 'ig');
  return desk;
}
