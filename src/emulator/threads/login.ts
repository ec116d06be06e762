// The login of Threads: the page and the code by the OAuth desk, tokens by ../long-lived-tokens.ts, and what a token is for.
// https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions (checked 2026-11-22).
import { cssFor } from '../feed.ts';
import { grantOf, grantOfRequest } from '../graph.ts';
import { mountLongTokens } from '../long-lived-tokens.ts';
import type { EmulatorApp } from '../network.ts';
import { type OAuthDesk, openOAuthDesk } from '../oauth-desk.ts';
import type { ThreadsState } from './state.ts';

export const ACCENT = '#4a4a4a';
export const SCOPES = {
  basic: 'threads_basic',
  publish: 'threads_content_publish',
  manageReplies: 'threads_manage_replies',
  readReplies: 'threads_read_replies',
  insights: 'threads_manage_insights',
};

const CODE_SECONDS = 3600;

export function mountLogin(app: EmulatorApp, state: ThreadsState): OAuthDesk {
  const { clock, grants } = state;
  const desk = openOAuthDesk({
    app,
    clock,
    grants,
    network: 'Threads',
    css: cssFor(ACCENT),
    paths: { page: '/oauth/authorize', token: '/oauth/access_token', revocation: null },
    clientIdName: 'client_id',
    secretIn: 'body',
    separator: ',',
    pkce: 'none',
    scopes: Object.values(SCOPES),
    codeSeconds: CODE_SECONDS,
    accounts: () => state.accounts.all().map(({ id, username }) => ({ id, label: `@${username}` })),
    tokenAnswer: ({ id, accountId }) => ({ access_token: id, user_id: accountId }),
    refuse: (c, _, __, description) => c.json({ error_type: 'OAuthException', code: 400, error_message: description }, 400),
  });
  mountLongTokens(app, state, 'th');
  // https://developers.facebook.com/documentation/threads/troubleshooting/debug-access-token (checked 2026-11-22)
  app.get('/v1.0/debug_token', (c) => {
    grantOfRequest(c, state);
    const { scopes, accountId, issuedAt, expiresAt } = grantOf(state, c.req.query('input_token') ?? '');
    const [issued_at, expires_at] = [issuedAt, expiresAt ?? issuedAt].map((at) => Math.floor(Date.parse(at) / 1000));
    const data = { type: 'USER', application: 'Crier', is_valid: true, issued_at, expires_at, scopes, user_id: accountId };
    return c.json({ data });
  });
  return desk;
}
