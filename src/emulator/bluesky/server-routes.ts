// com.atproto.server and com.atproto.identity: who is there, sessions, the server's own description.
import { z } from 'zod';
import type { EmulatorApp } from '../network.ts';
import type { BlueskyAccount, BlueskyState } from './state.ts';
import type { Sessions } from './tokens.ts';
import { serverDid } from './video-routes.ts';
import { authRequired, invalidRequest, readInput, readParams } from './xrpc.ts';

const Login = z.object({ identifier: z.string(), password: z.string() });
const Handle = z.object({ handle: z.string() });

export function mountServerRoutes(app: EmulatorApp, state: BlueskyState, sessions: Sessions, baseUrl: () => string): void {
  const identity = (account: BlueskyAccount) => ({
    did: account.did,
    handle: account.handle,
    email: `${account.handle.split('.')[0]}@example.test`,
    emailConfirmed: true,
    emailAuthFactor: false,
    didDoc: didDocument(account, baseUrl()),
    active: true,
  });

  app.post('/xrpc/com.atproto.server.createSession', async (c) => {
    const { identifier, password } = await readInput(c, 'com.atproto.server.createSession', Login);
    const account = state.findAccount(identifier);
    // One answer for both, so that nobody learns which handles exist.
    if (account?.password !== password) throw authRequired('Invalid identifier or password');
    return c.json({ ...identity(account), ...(await sessions.begin(account)) });
  });
  app.post('/xrpc/com.atproto.server.refreshSession', async (c) => {
    const { account, tokens } = await sessions.refresh(c);
    return c.json({ ...identity(account), ...tokens });
  });
  app.post('/xrpc/com.atproto.server.deleteSession', async (c) => {
    await sessions.end(c);
    return c.body(null, 200);
  });
  app.get('/xrpc/com.atproto.server.getSession', async (c) => c.json(identity(await sessions.authorize(c))));
  app.get('/xrpc/com.atproto.server.describeServer', (c) =>
    c.json({
      did: serverDid(baseUrl()),
      availableUserDomains: ['.test'],
      inviteCodeRequired: true,
      phoneVerificationRequired: false,
      links: {},
      contact: {},
    }),
  );
  app.get('/xrpc/com.atproto.identity.resolveHandle', (c) => {
    const { handle } = readParams(c, 'com.atproto.identity.resolveHandle', Handle);
    const account = state.findAccount(handle);
    if (!account) throw invalidRequest('Unable to resolve handle');
    return c.json({ did: account.did });
  });
  app.get('/xrpc/_health', (c) => c.json({ version: 'emulated' }));
}

/** Clients take the address of the account's server from here. */
const didDocument = ({ did, handle }: BlueskyAccount, serviceEndpoint: string) => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: did,
  alsoKnownAs: [`at://${handle}`],
  verificationMethod: [],
  service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }],
});
