// Connecting a Mastodon account by a link: Crier's app at the instance, the instance's page, the token, and taking it back.
// https://docs.joinmastodon.org/methods/oauth/ and /methods/apps/ (checked 2026-11-22); the protocol itself is oauth4webapi's.
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { CrierError, invalidInput } from '../../core/errors.ts';
import type { OAuth, OAuthApp, OAuthScope } from '../../core/oauth.ts';
import type { ConnectContext } from '../../core/platform.ts';
import { classifyAnswer, whilePreparing } from '../failures.ts';
import { classifyOAuth, refusalOf } from '../oauth-failures.ts';
import { readServiceUrl } from '../service-url.ts';
import { StoredToken } from './client.ts';
import { explainLogin, readOwnAccount } from './login.ts';

/** https://docs.joinmastodon.org/api/oauth-scopes/ (checked 2026-11-22); each method's own page says which it takes. */
const SCOPES: readonly OAuthScope[] = [
  { name: 'read:accounts', reason: 'read whose account it is', without: null },
  { name: 'write:statuses', reason: 'post', without: null },
  { name: 'write:media', reason: 'attach images and videos', without: 'Posts with images or videos cannot go out.' },
  {
    name: 'read:statuses',
    reason: 'look whether a post went out after the connection broke',
    without: 'Where the connection breaks while a post goes out, you are asked whether it did.',
  },
];
const SCOPE = SCOPES.map(({ name }) => name).join(' ');
const APP_NAME = 'Crier';

const App = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });

/** The endpoints are where they have always been; only servers since 4.3 publish them for discovery. */
const serverAt = (service: string): oauth.AuthorizationServer => ({
  issuer: `${service}/`,
  authorization_endpoint: `${service}/oauth/authorize`,
  token_endpoint: `${service}/oauth/token`,
  revocation_endpoint: `${service}/oauth/revoke`,
});

const clientOf = ({ clientId, clientSecret }: OAuthApp) => ({
  client: { client_id: clientId },
  proof: oauth.ClientSecretPost(clientSecret),
});

/** Through Crier's guarded connections. Without TLS only where `readServiceUrl` took such an address: on this machine or network. */
const options = ({ http, signal }: Pick<ConnectContext, 'http' | 'signal'>, service: string) => ({
  [oauth.customFetch]: (url: string, init: RequestInit) => http.fetch(url, init),
  [oauth.allowInsecureRequests]: service.startsWith('http://'),
  signal,
});

/** An app that nobody used may be gone: servers have cleared such away. Asked for a token of its own, the server says so. */
async function isKnown(service: string, app: OAuthApp, context: ConnectContext): Promise<boolean> {
  const server = serverAt(service);
  const { client, proof } = clientOf(app);
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    proof,
    new URLSearchParams({ scope: 'read:accounts' }),
    options(context, service),
  );
  try {
    await oauth.processClientCredentialsResponse(server, client, response);
    return true;
  } catch (error) {
    if (refusalOf(error)?.status === 401) return false;
    throw error;
  }
}

async function register(service: string, redirectUri: string, { http, signal }: ConnectContext): Promise<OAuthApp> {
  const body = new URLSearchParams({ client_name: APP_NAME, redirect_uris: redirectUri, scopes: SCOPE });
  const response = await http.fetch(`${service}/api/v1/apps`, { method: 'POST', body, signal, redirect: 'error' });
  if (!response.ok) {
    const header = (name: string): string | null => response.headers.get(name);
    throw classifyAnswer('Mastodon', { status: response.status, header, message: '', cause: undefined });
  }
  const { client_id: clientId, client_secret: clientSecret } = App.parse(await response.json());
  return { clientId, clientSecret };
}

const prepareApp: NonNullable<OAuth['prepareApp']> = async (service, redirectUri, known, context) => {
  try {
    return await whilePreparing(
      (error) => classifyOAuth('Mastodon', error),
      async () => (known && (await isKnown(service, known, context)) ? known : register(service, redirectUri, context)),
    );
  } catch (error) {
    throw explainLogin(error, service);
  }
};

const authorizationUrl: OAuth['authorizationUrl'] = async ({ service, app, redirectUri, state, verifier }) => {
  const url = new URL(`${service}/oauth/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: SCOPE,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return url;
};

const connect: OAuth['connect'] = async (way, answer, context) => {
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
      verifier,
      options(context, service),
    );
    const token = await oauth.processAuthorizationCodeResponse(server, client, response);
    const credentials = { accessToken: token.access_token, app } satisfies StoredToken;
    const account = await readOwnAccount(service, credentials, context);
    // RFC 6749 section 5.1: left out where it is what was asked for
    return { accounts: [{ ...account, credentials, kind: null }], scopes: (token.scope ?? SCOPE).split(' ') };
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied') return 'denied';
    throw explainAnswer(error, service);
  }
};

/** A sentence for who pressed Allow. */
function explainAnswer(error: unknown, service: string): CrierError {
  if (error instanceof CrierError) return error;
  const { host } = new URL(service);
  const refusal = refusalOf(error);
  const code = refusal?.code ?? (error instanceof oauth.AuthorizationResponseError ? error.error : null);
  const options = { cause: error, meta: { code, status: refusal?.status } };
  if (code !== null) {
    const sentence = `${host} did not give Crier the login after all (${code}). Begin again with /connect mastodon.`;
    return new CrierError('invalid-input', sentence, options);
  }
  const isStrange = (refusal?.status ?? 500) < 500 || error instanceof oauth.UnsupportedOperationError;
  if (isStrange || (error instanceof oauth.OperationProcessingError && !refusal)) {
    const sentence = `${host} answered in a way that Crier does not understand. Connect the account with an access token instead.`;
    return new CrierError('invalid-input', sentence, options);
  }
  return new CrierError('unavailable', `${host} could not be asked for the login. Begin again with /connect mastodon.`, options);
}

/** A token that is gone already is no failure there: the server answers 200 as well. */
const revoke: OAuth['revoke'] = async ({ account: { service }, credentials, ...context }) => {
  const stored = StoredToken.safeParse(credentials);
  if (!stored.success || !stored.data.app) return 'cannot';
  const { client, proof } = clientOf(stored.data.app);
  const { accessToken } = stored.data;
  const response = await oauth.revocationRequest(serverAt(service), client, proof, accessToken, options(context, service));
  await oauth.processRevocationResponse(response);
  return 'revoked';
};

export const mastodonOAuth: OAuth = {
  scopes: () => SCOPES,
  appSettings: null,
  fields: ['instance'],
  serviceOf: ({ instance }) => {
    if (!instance?.trim()) throw invalidInput('instance is missing: write instance:https://mastodon.social.');
    return readServiceUrl(instance, 'instance');
  },
  prepareApp,
  authorizationUrl,
  connect,
  revoke,
};
