// The OAuth of an emulated network with an app made by hand: the page that asks Allow or Deny, the code, tokens, refreshing and taking back,
// as RFC 6749 and RFC 7636 say. What a network does its own way is said in its options or answered in its own folder.
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Clock } from '../core/clock.ts';
import type { OAuthApp } from '../core/oauth.ts';
import { type Grant, type Grants, secret } from './grants.ts';
import type { EmulatorApp } from './network.ts';
import { type Html, renderPage } from './page.ts';

export interface OAuthDeskOptions {
  app: EmulatorApp;
  clock: Clock;
  grants: Grants;
  /** `X`, for the page. */
  network: string;
  /** The network's style sheet (page.ts' variables). */
  css: string;
  paths: { page: string; token: string; revocation: string | null };
  clientIdName: 'client_id' | 'client_key';
  /** How the app has to show its secret. */
  secretIn: 'header' | 'body';
  separator: ' ' | ',';
  pkce: 'required' | 'none';
  /** Scopes there are; others are refused. */
  scopes: readonly string[];
  /** Seconds for which a code is good. */
  codeSeconds: number;
  /** Who can press Allow. */
  accounts: () => readonly { id: string; label: string }[];
  /** The token endpoint's answer, where it is not the standard's. */
  tokenAnswer?: (grant: Grant) => object;
  /** An error of the endpoints, where it is not the standard's. */
  refuse?: (c: Context, status: 400 | 401, error: string, description: string) => Response;
}

/** The one app there is: what whoever runs Crier would have made by hand. Takes every redirect URI on loopback or https. */
export const EMULATED_APP: OAuthApp = {
  clientId: 'crier-emulated-app',
  clientSecret: 'crier-emulated-secret',
  // what X would bill is free here, and what TikTok would have to allow is allowed
  options: { figures: 'true' },
};

export interface OAuthDesk {
  /** A code for an account as if Allow had been pressed; never used up and bound to no challenge. The same each time. */
  standingCode: (accountId: string) => string;
  /** The standard's answer for a grant. */
  answerFor: (grant: Grant) => object;
  /** Checks the app as the token endpoint does. */
  isOurApp: (c: Context, body: Readonly<Record<string, string>>) => boolean;
  readForm: (c: Context) => Promise<Record<string, string>>;
}

interface Code {
  accountId: string;
  scopes: string[];
  redirectUri: string;
  challenge: string | null;
  /** Null: for ever. */
  until: Temporal.Instant | null;
}

const STANDING = 'standing-code-';

export function openOAuthDesk(options: OAuthDeskOptions): OAuthDesk {
  const codes = new Map<string, Code>();
  const desk: OAuthDesk = {
    standingCode: (accountId) => `${STANDING}${accountId}`,
    answerFor: (grant) => answerFor(options, grant),
    isOurApp: (c, body) => isOurApp(options, c, body),
    readForm: async (c) => Object.fromEntries(new URLSearchParams(await c.req.text())),
  };
  mountPage(options, codes, desk);
  mountToken(options, codes, desk);
  mountRevocation(options, desk);
  return desk;
}

// ------------------------------------------------------------------------------------------------------------- the page

interface Asked {
  redirectUri: string;
  state: string | undefined;
  scopes: string[];
  challenge: string | null;
}

/** What the browser brought, or what is wrong with it: a page says so, since nobody may be sent to an address that is not the app's. */
function readAsked(
  { clientIdName, separator, pkce, scopes: known }: OAuthDeskOptions,
  query: Readonly<Record<string, string>>,
): Asked | string {
  const { redirect_uri: redirectUri = '', state, scope = '', code_challenge: challenge } = query;
  if (query[clientIdName] !== EMULATED_APP.clientId) return `There is no app with this ${clientIdName}.`;
  if (!mayReturnTo(redirectUri)) return 'This redirect_uri is none of the app’s.';
  if (query.response_type !== 'code') return 'response_type must be code.';
  const scopes = scope
    .split(separator)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const strange = scopes.find((each) => !known.includes(each));
  if (strange !== undefined) return `There is no scope ${strange}.`;
  if (pkce === 'required' && (!challenge || query.code_challenge_method !== 'S256'))
    return 'code_challenge with S256 is missing.';
  return { redirectUri, state, scopes, challenge: challenge ?? null };
}

const mayReturnTo = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
};

function mountPage(options: OAuthDeskOptions, codes: Map<string, Code>, desk: OAuthDesk): void {
  const { app, paths, clock, codeSeconds } = options;
  app.get(paths.page, (c) => {
    const asked = readAsked(options, c.req.query());
    return typeof asked === 'string'
      ? c.html(page(options, html`<p class="empty">${asked}</p>`), 400)
      : c.html(question(options, asked, c.req.query()));
  });
  app.post(paths.page, async (c) => {
    const form = await desk.readForm(c);
    const asked = readAsked(options, form);
    if (typeof asked === 'string') return c.html(page(options, html`<p class="empty">${asked}</p>`), 400);
    const { redirectUri, state, challenge } = asked;
    const back = (values: Record<string, string>): Response => {
      const url = new URL(redirectUri);
      for (const [name, value] of Object.entries({ ...values, ...(state === undefined ? {} : { state }) }))
        url.searchParams.set(name, value);
      return c.redirect(url.href);
    };
    if (form.decision !== 'allow') return back({ error: 'access_denied', error_description: 'The user denied the request.' });
    const accountId = form.account ?? '';
    if (!options.accounts().some(({ id }) => id === accountId))
      return c.html(page(options, html`<p class="empty">There is no such account.</p>`), 400);
    const scopes = asked.scopes.filter((scope) => form[`without ${scope}`] === undefined);
    const code = secret();
    codes.set(code, { accountId, scopes, redirectUri, challenge, until: clock.now().add({ seconds: codeSeconds }) });
    return back({ code });
  });
}

const FORM_CSS = `
form{padding:1rem}
form ul{padding-left:1.2rem;list-style:none}
select,button{font:inherit;padding:.55rem .9rem;border-radius:8px;border:1px solid var(--line);background:var(--ground);color:var(--ink)}
button[value=allow]{background:var(--accent);border-color:var(--accent);color:#fff}
.choices{display:flex;gap:.6rem;margin-top:1.2rem}
`;

const page = ({ network, css }: OAuthDeskOptions, body: Html) =>
  renderPage({
    title: `Authorization · ${network}, emulated`,
    css: css + FORM_CSS,
    body: html`<div class="column">
      <header class="bar"><span class="mark"></span><h1>${network}</h1><span class="note">Emulated by Crier.<br />Nothing leaves this machine.</span></header>
      <main>${body}</main>
    </div>`,
  });

function question(options: OAuthDeskOptions, { scopes }: Asked, query: Readonly<Record<string, string>>) {
  const hidden = Object.entries(query).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  const accounts = options.accounts().map(({ id, label }) => html`<option value="${id}">${label}</option>`);
  const asked = scopes.map(
    (scope) => html`<li><code>${scope}</code> <label><input type="checkbox" name="without ${scope}" /> leave it out</label></li>`,
  );
  return page(
    options,
    html`<form method="post" action="${options.paths.page}">
      ${hidden}
      <p><strong>Crier</strong> would like permission to use your account. It asks for:</p>
      <ul>${asked}</ul>
      <label>Account <select name="account">${accounts}</select></label>
      <div class="choices"><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></div>
    </form>`,
  );
}

// ------------------------------------------------------------------------------------------------------------ endpoints

function mountToken(options: OAuthDeskOptions, codes: Map<string, Code>, desk: OAuthDesk): void {
  const { app, paths, grants, clock } = options;
  app.post(paths.token, async (c) => {
    const body = await desk.readForm(c);
    if (!desk.isOurApp(c, body))
      return refuse(options, c, 401, 'invalid_client', 'The app is unknown, or its secret is another.');
    if (body.grant_type === 'refresh_token') {
      const grant = grants.refresh(body.refresh_token ?? '');
      return grant
        ? c.json(desk.answerFor(grant))
        : refuse(options, c, 400, 'invalid_grant', 'The refresh token is invalid, expired or revoked.');
    }
    const { code = '' } = body;
    const found = codes.get(code) ?? standing(options, code);
    // a code is good for one try, whatever comes of it
    codes.delete(code);
    if (body.grant_type !== 'authorization_code' || !found || !mayHave(found, body, clock))
      return refuse(
        options,
        c,
        400,
        'invalid_grant',
        'The code is invalid, expired or was used, or belongs to another redirect_uri or verifier.',
      );
    return c.json(desk.answerFor(grants.issue(found)));
  });
}

function standing({ accounts, scopes }: OAuthDeskOptions, code: string): Code | null {
  const accountId = code.startsWith(STANDING) ? code.slice(STANDING.length) : '';
  const isThere = accounts().some(({ id }) => id === accountId);
  return isThere ? { accountId, scopes: [...scopes], redirectUri: '', challenge: null, until: null } : null;
}

function mayHave({ until, redirectUri, challenge }: Code, body: Readonly<Record<string, string>>, clock: Clock): boolean {
  const isInTime = until === null || Temporal.Instant.compare(clock.now(), until) < 0;
  const isBack = redirectUri === '' || redirectUri === body.redirect_uri;
  const hash = createHash('sha256')
    .update(body.code_verifier ?? '')
    .digest('base64url');
  return isInTime && isBack && (challenge === null || challenge === hash);
}

function mountRevocation(options: OAuthDeskOptions, desk: OAuthDesk): void {
  const { app, paths, grants } = options;
  if (paths.revocation === null) return;
  app.post(paths.revocation, async (c) => {
    const body = await desk.readForm(c);
    if (!desk.isOurApp(c, body))
      return refuse(options, c, 401, 'invalid_client', 'The app is unknown, or its secret is another.');
    grants.revoke(body.token ?? '');
    return c.json({});
  });
}

function isOurApp({ clientIdName, secretIn }: OAuthDeskOptions, c: Context, body: Readonly<Record<string, string>>): boolean {
  const { clientId, clientSecret } = EMULATED_APP;
  if (secretIn === 'body') return body[clientIdName] === clientId && body.client_secret === clientSecret;
  const told = Buffer.from((c.req.header('authorization') ?? '').replace(/^Basic /, ''), 'base64').toString();
  // as they are: X, the one network that wants the header, does not decode them
  return told === `${clientId}:${clientSecret}`;
}

function answerFor({ separator, tokenAnswer, clock }: OAuthDeskOptions, grant: Grant): object {
  if (tokenAnswer) return tokenAnswer(grant);
  const { id, scopes, expiresAt, refreshToken } = grant;
  return {
    access_token: id,
    token_type: 'bearer',
    ...(expiresAt === null ? {} : { expires_in: secondsUntil(expiresAt, clock) }),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    scope: scopes.join(separator),
  };
}

export const secondsUntil = (at: string, clock: Clock): number =>
  Math.max(0, Math.round(Temporal.Instant.from(at).since(clock.now()).total('seconds')));

const refuse = (options: OAuthDeskOptions, c: Context, status: 400 | 401, error: string, description: string): Response =>
  options.refuse?.(c, status, error, description) ?? c.json({ error, error_description: description }, status);
