// OAuth 2.0 with an authorization code (RFC 6749, RFC 7636) for networks at which whoever runs Crier made an app: the page, the exchange,
// refreshing and taking back. The protocol is oauth4webapi's; what a network does its own way is said in its CodeFlow.
import * as oauth from 'oauth4webapi';
import { CrierError } from '../core/errors.ts';
import type { OAuthApp, OAuthWay } from '../core/oauth.ts';
import type { ConnectContext } from '../core/platform.ts';
import { classifyTransport } from './failures.ts';
import { classifyOAuth, refusalOf } from './oauth-failures.ts';

export interface CodeFlow {
  /** As people know it, `LinkedIn`, and as they type it, `linkedin`. */
  network: string;
  platform: string;
  /** At a server of the network: the page that asks Allow or Deny, and the endpoints; null where there is no such. */
  endpoints: (service: string) => { page: string; token: string; revocation: string | null };
  /** How the app shows its secret: in the Authorization header, in the body, or in the body under TikTok's own name `client_key`. */
  secretIn: 'header' | 'body' | 'body-as-client-key';
  /** Between scopes. */
  separator: ' ' | ',';
  pkce: boolean;
  /** Further parameters of the page. */
  pageParameters?: Readonly<Record<string, string>>;
  /** Who the network says it is in its answers (RFC 9207), where that is not its address. */
  issuer?: (service: string) => string;
  /** Codes beside `invalid_grant` by which the network says that a refresh token is dead, where it has its own. */
  deadTokenCodes?: readonly string[];
  /** The token endpoint's answer in the standard's words, for networks that have their own. */
  inStandardWords?: (answer: Record<string, unknown>) => Record<string, unknown>;
  /** A refusal (4xx) of the token endpoint in the standard's words (RFC 6749 section 5.2); null leaves it as it is. */
  refusalInStandardWords?: (answer: Record<string, unknown>) => { error: string } | null;
}

export interface TokenSet {
  accessToken: string;
  refreshToken: string | null;
  /** When the access token ends; null where the network did not say. */
  expiresAt: Temporal.Instant | null;
  /** Names; null where the network did not say, which means: what was asked for. */
  scopes: readonly string[] | null;
  /** The whole answer, for what only this network says. */
  answer: Readonly<Record<string, unknown>>;
}

type Context = Pick<ConnectContext, 'http' | 'clock' | 'signal'>;

/** Codes by which networks say that the person pressed Deny; LinkedIn has two of its own. */
const DENIED = ['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'];

export function openCodeFlow(flow: CodeFlow) {
  const serverAt = (service: string): oauth.AuthorizationServer => {
    const { page, token, revocation } = flow.endpoints(service);
    return {
      issuer: flow.issuer?.(service) ?? `${service}/`,
      authorization_endpoint: page,
      token_endpoint: token,
      ...(revocation === null ? {} : { revocation_endpoint: revocation }),
    };
  };
  const clientOf = (app: OAuthApp) => ({ client: { client_id: app.clientId }, proof: proofOf(flow, app) });
  const options = (context: Context, service: string) => ({
    [oauth.customFetch]: async (url: string, init: RequestInit) =>
      translated(await context.http.fetch(url, { ...init, redirect: 'error' }), flow),
    [oauth.allowInsecureRequests]: service.startsWith('http://'),
    signal: context.signal,
  });

  return {
    /** The page's address. */
    async pageFor({ service, app, redirectUri, state, verifier }: OAuthWay, scopes: readonly string[]): Promise<URL> {
      const url = new URL(flow.endpoints(service).page);
      const parameters = {
        response_type: 'code',
        [flow.secretIn === 'body-as-client-key' ? 'client_key' : 'client_id']: app.clientId,
        redirect_uri: redirectUri,
        scope: scopes.join(flow.separator),
        state,
        ...flow.pageParameters,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      if (flow.pkce) {
        url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier));
        url.searchParams.set('code_challenge_method', 'S256');
      }
      return url;
    },

    /** What came back from the page -> tokens. @throws CrierError with a sentence for who pressed Allow */
    async exchange(way: OAuthWay, answer: URLSearchParams, context: Context): Promise<TokenSet | 'denied'> {
      const { service, app, redirectUri, state, verifier } = way;
      const server = serverAt(service);
      const { client, proof } = clientOf(app);
      try {
        const checked = oauth.validateAuthResponse(server, client, answer, state);
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          proof,
          checked,
          redirectUri,
          flow.pkce ? verifier : oauth.nopkce,
          options(context, service),
        );
        return tokensIn(await oauth.processGenericTokenEndpointResponse(server, client, response), flow, context);
      } catch (error) {
        if (error instanceof oauth.AuthorizationResponseError && DENIED.includes(error.error)) return 'denied';
        throw explainAnswer(flow, error);
      }
    },

    /** @throws CrierError `auth-revoked` where the network calls the refresh token dead; else what `classifyOAuth` makes of it */
    async refresh(service: string, app: OAuthApp, refreshToken: string, context: Context): Promise<TokenSet> {
      const server = serverAt(service);
      const { client, proof } = clientOf(app);
      try {
        const response = await oauth.refreshTokenGrantRequest(server, client, proof, refreshToken, options(context, service));
        return tokensIn(await oauth.processGenericTokenEndpointResponse(server, client, response), flow, context);
      } catch (error) {
        throw classifyRefresh(flow, error);
      }
    },

    /** A token that is gone already is no failure. @throws what `classifyOAuth` makes of it */
    async revoke(service: string, app: OAuthApp, token: string, context: Context): Promise<void> {
      const { client, proof } = clientOf(app);
      try {
        await oauth.processRevocationResponse(
          await oauth.revocationRequest(serverAt(service), client, proof, token, options(context, service)),
        );
      } catch (error) {
        throw classifyOAuth(flow.network, error);
      }
    },
  };
}

function proofOf({ secretIn }: CodeFlow, { clientSecret }: OAuthApp): oauth.ClientAuth {
  if (secretIn === 'header')
    return (_, { client_id }, __, headers) => headers.set('authorization', basic(client_id, clientSecret));
  if (secretIn === 'body') return oauth.ClientSecretPost(clientSecret);
  return (_, client, body) => {
    body.delete('client_id');
    body.set('client_key', client.client_id);
    body.set('client_secret', clientSecret);
  };
}

/**
 * RFC 6749 section 2.3.1 would have both percent-encoded first, and oauth4webapi does; X takes them as they are, as its own example shows:
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token (checked 2026-11-22).
 */
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** Some answers leave out the type, which is always Bearer. An id_token is not looked at: who it is is asked over the same connection. */
async function translated(response: Response, { inStandardWords, refusalInStandardWords }: CodeFlow): Promise<Response> {
  const text = await response.text();
  const body = readObject(text);
  const rebuilt = (content: string, status = response.status): Response =>
    new Response(content === '' ? null : content, {
      status,
      statusText: response.statusText,
      headers: headersOf(response),
    });
  if (body === null) return rebuilt(text);
  const refusal = response.status >= 400 && response.status < 500 ? refusalInStandardWords?.(body) : null;
  if (refusal) return rebuilt(JSON.stringify(refusal));
  if (!response.ok) return rebuilt(text);
  // a refusal in the standard's words is one under whatever status it comes; TikTok's has been seen with 200
  if (typeof body.error === 'string' && body.access_token === undefined)
    return rebuilt(text, body.error === 'invalid_client' ? 401 : 400);
  const { id_token: _, ...words } = inStandardWords?.(body) ?? body;
  return rebuilt(JSON.stringify({ token_type: 'bearer', ...words }));
}

/** Without those that tell of the bytes as they were sent. */
function headersOf({ headers }: Response): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function tokensIn(answer: oauth.TokenEndpointResponse, { separator }: CodeFlow, { clock }: Context): TokenSet {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, scope } = answer;
  return {
    accessToken,
    refreshToken: refreshToken ?? null,
    expiresAt: seconds === undefined ? null : clock.now().add({ seconds }),
    scopes: scope === undefined ? null : scope.split(separator).map((name) => name.trim()),
    answer,
  };
}

/** The refresh token is dead by the network's own word, RFC 6749 section 5.2; anything else passes. */
function classifyRefresh({ network, platform, deadTokenCodes = [] }: CodeFlow, error: unknown): CrierError {
  const refusal = refusalOf(error);
  if (refusal !== null && ['invalid_grant', ...deadTokenCodes].includes(refusal.code ?? ''))
    return new CrierError('auth-revoked', `${network} ended this login. Connect the account again with /connect ${platform}.`, {
      cause: error,
      meta: { code: refusal.code, status: refusal.status },
    });
  const failure = classifyOAuth(network, error);
  // a 401 here is about the app and not about the account
  if (failure.kind !== 'auth-revoked') return failure;
  const sentence = `${network} does not accept Crier's app: whoever runs Crier checks its id and secret.`;
  return new CrierError('unavailable', sentence, { cause: error, meta: failure.meta });
}

/** A sentence for who pressed Allow. */
function explainAnswer({ network, platform }: CodeFlow, error: unknown): CrierError {
  if (error instanceof CrierError) return error;
  const refusal = refusalOf(error);
  const code = refusal?.code ?? (error instanceof oauth.AuthorizationResponseError ? error.error : null);
  const options = { cause: error, meta: { code, status: refusal?.status } };
  const again = `Begin again with /connect ${platform}.`;
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    const sentence = `${network} does not accept Crier's app (${code}): whoever runs Crier checks its id and secret, and npm run doctor helps.`;
    return new CrierError('invalid-input', sentence, options);
  }
  if (code !== null)
    return new CrierError('invalid-input', `${network} did not give Crier the login after all (${code}). ${again}`, options);
  const isRefused = refusal !== null && refusal.status < 500;
  const isStrange =
    error instanceof oauth.UnsupportedOperationError || (error instanceof oauth.OperationProcessingError && !refusal);
  if (isRefused || isStrange)
    return new CrierError('invalid-input', `${network} answered in a way that Crier does not understand. ${again}`, options);
  const failure = classifyTransport(network, error);
  return failure.kind === 'invalid-input'
    ? failure
    : new CrierError('unavailable', `${network} could not be asked for the login. ${again}`, options);
}
