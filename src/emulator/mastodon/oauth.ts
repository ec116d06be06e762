// Mastodon's OAuth: apps, the page that asks Allow or Deny, tokens with scopes, and taking them back.
// https://docs.joinmastodon.org/methods/apps/ and /methods/oauth/ (checked 2026-11-22); the errors are those of Doorkeeper, which it runs.
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { EmulatorApp } from '../network.ts';
import { renderPage } from '../page.ts';
import { invalid, readBody } from './api.ts';
import { CSS, frame } from './page.ts';
import { covers } from './scopes.ts';
import type { MastodonApp, MastodonState } from './state.ts';

const NewApp = z.object({
  client_name: z.string().min(1),
  redirect_uris: z.union([z.string(), z.array(z.string())]),
  scopes: z.string().default('read'),
  website: z.string().nullish(),
});

/** What a browser brings to the page, and the page's own form sends on. */
const Authorization = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.string(),
  scope: z.string().default('read'),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
});
type Authorization = z.infer<typeof Authorization>;

const Decision = z.object({ decision: z.enum(['allow', 'deny']), account: z.string().default('') });

interface Code {
  request: Authorization;
  accountId: string;
  expiresAt: Temporal.Instant;
}

/** `authorization_code_expires_in` of Doorkeeper, which Mastodon leaves as it is. */
const CODE_MINUTES = 10;

const secret = (): string => randomBytes(32).toString('base64url');
const words = (scope: string): string[] => scope.split(/[ +]/).filter((word) => word !== '');

export function mountOAuthRoutes(app: EmulatorApp, state: MastodonState, clock: Clock): void {
  const codes = new Map<string, Code>();
  mountApps(app, state);
  mountPage(app, state, codes, clock);
  mountTokens(app, state, codes, clock);
}

function mountApps(app: EmulatorApp, state: MastodonState): void {
  app.post('/api/v1/apps', async (c) => {
    const input = NewApp.safeParse(await readBody(c));
    if (!input.success) throw invalid(z.prettifyError(input.error));
    const { client_name: name, website = null, scopes: scope, redirect_uris } = input.data;
    const made = { clientId: secret(), clientSecret: secret(), name, redirectUris: [redirect_uris].flat(), scopes: words(scope) };
    state.commit({ type: 'app', ...made });
    const { clientId: client_id, clientSecret: client_secret, redirectUris, scopes } = made;
    const about = { id: '1', name, website, scopes, redirect_uri: redirectUris.join('\n'), redirect_uris: redirectUris };
    return c.json({ ...about, client_id, client_secret, client_secret_expires_at: 0 });
  });
}

function mountPage(app: EmulatorApp, state: MastodonState, codes: Map<string, Code>, clock: Clock): void {
  app.get('/oauth/authorize', (c) => {
    const request = readRequest(state, c.req.query());
    if (typeof request === 'string') return c.html(renderProblem(request), 400);
    return c.html(renderQuestion(state, request));
  });
  app.post('/oauth/authorize', async (c) => {
    const body = await readBody(c);
    const request = readRequest(state, body);
    const answer = Decision.safeParse(body);
    if (typeof request === 'string' || !answer.success) return c.html(renderProblem('The form is not whole.'), 400);
    const back = (values: Record<string, string>) => c.redirect(answerUrl(request, values));
    if (answer.data.decision === 'deny') {
      const description = 'The resource owner or authorization server denied the request.';
      return back({ error: 'access_denied', error_description: description });
    }
    const account = state.accounts.get(answer.data.account);
    if (!account) return c.html(renderProblem('There is no such account.'), 400);
    const code = secret();
    codes.set(code, { request, accountId: account.id, expiresAt: clock.now().add({ minutes: CODE_MINUTES }) });
    return back({ code });
  });
}

function mountTokens(app: EmulatorApp, state: MastodonState, codes: Map<string, Code>, clock: Clock): void {
  app.post('/oauth/token', async (c) => {
    const body = z.record(z.string(), z.string()).parse(await readBody(c));
    const client = clientOf(state, body);
    if (!client) return invalidClient(c);
    if (body.grant_type === 'client_credentials') {
      const scopes = words(body.scope ?? 'read');
      if (!isWithin(client, scopes)) return refused(c, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
      return c.json(tokenEntity(secret(), scopes, clock));
    }
    const code = codes.get(body.code ?? '');
    // a code is good for one try, whatever comes of it
    codes.delete(body.code ?? '');
    if (!code || !mayHave(code, body, clock)) return refused(c, 'invalid_grant', INVALID_GRANT);
    const granted = { token: secret(), clientId: client.clientId, accountId: code.accountId, scopes: words(code.request.scope) };
    state.commit({ type: 'token', ...granted });
    return c.json(tokenEntity(granted.token, granted.scopes, clock));
  });

  app.post('/oauth/revoke', async (c) => {
    const body = z.record(z.string(), z.string()).parse(await readBody(c));
    const token = state.tokens.get(body.token ?? '');
    const isOwn = clientOf(state, body) !== null && (!token || token.clientId === body.client_id);
    if (!isOwn || !body.token) {
      return c.json({ error: 'unauthorized_client', error_description: 'You are not authorized to revoke this token' }, 403);
    }
    if (token) state.commit({ type: 'token-revoked', token: token.token });
    return c.json({});
  });
}

const INVALID_GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';

/** The request, or what is wrong with it: a page says so, since nobody may be sent to an address that no app named. */
function readRequest(state: MastodonState, values: unknown): Authorization | string {
  const read = Authorization.safeParse(values);
  if (!read.success)
    return 'The request is missing a required parameter, includes an unsupported parameter value, or is malformed.';
  const client = state.apps.get(read.data.client_id);
  if (!client)
    return 'Client authentication failed due to unknown client, no client authentication included, or unsupported method.';
  if (!client.redirectUris.includes(read.data.redirect_uri))
    return "The requested redirect uri is malformed or doesn't match client redirect URI.";
  return isWithin(client, words(read.data.scope)) ? read.data : 'The requested scope is invalid, unknown, or malformed.';
}

const isWithin = (client: MastodonApp, scopes: readonly string[]): boolean =>
  scopes.every((scope) => covers(client.scopes, scope));

function clientOf(state: MastodonState, body: Record<string, string>): MastodonApp | null {
  const client = state.apps.get(body.client_id ?? '');
  return client && client.clientSecret === body.client_secret ? client : null;
}

function mayHave({ request, expiresAt }: Code, body: Record<string, string>, clock: Clock): boolean {
  const isInTime = Temporal.Instant.compare(clock.now(), expiresAt) < 0;
  const isSame = request.client_id === body.client_id && request.redirect_uri === body.redirect_uri;
  const hash = createHash('sha256')
    .update(body.code_verifier ?? '')
    .digest('base64url');
  const isProven = request.code_challenge === undefined || request.code_challenge === hash;
  return body.grant_type === 'authorization_code' && isInTime && isSame && isProven;
}

function answerUrl({ redirect_uri, state }: Authorization, values: Record<string, string>): string {
  const url = new URL(redirect_uri);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

const tokenEntity = (token: string, scopes: readonly string[], clock: Clock) => ({
  access_token: token,
  token_type: 'Bearer',
  scope: scopes.join(' '),
  created_at: Math.floor(clock.now().epochMilliseconds / 1000),
});

const refused = (c: Context, error: string, error_description: string) => c.json({ error, error_description }, 400);

/** Doorkeeper says it in a header too, which OAuth libraries read first. */
function invalidClient(c: Context) {
  const error_description =
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';
  c.header('WWW-Authenticate', `Bearer realm="Doorkeeper", error="invalid_client", error_description="${error_description}"`);
  return c.json({ error: 'invalid_client', error_description }, 401);
}

const FORM_CSS = `
form{padding:1rem}
form ul{padding-left:1.2rem}
select,button{font:inherit;padding:.55rem .9rem;border-radius:8px;border:1px solid var(--line);background:var(--ground);color:var(--ink)}
button[value=allow]{background:var(--accent);border-color:var(--accent);color:#fff}
.choices{display:flex;gap:.6rem;margin-top:1.2rem}
`;

const renderProblem = (problem: string) =>
  renderPage({
    title: 'Authorization · Mastodon, emulated',
    css: CSS,
    body: frame('Authorization', html`<p class="empty">${problem}</p>`),
  });

function renderQuestion(state: MastodonState, request: Authorization) {
  const name = state.apps.get(request.client_id)?.name ?? '';
  const hidden = Object.entries(request).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`);
  const accounts = [...state.accounts.values()].map(({ id, username }) => html`<option value="${id}">@${username}</option>`);
  const body = html`<form method="post" action="/oauth/authorize">
    ${hidden}
    <p><strong>${name}</strong> would like permission to access your account. It asks for:</p>
    <ul>${words(request.scope).map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
    <label>Account <select name="account">${accounts}</select></label>
    <div class="choices"><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></div>
  </form>`;
  return renderPage({
    title: 'Authorization · Mastodon, emulated',
    css: CSS + FORM_CSS,
    body: frame('Authorization required', body),
  });
}
