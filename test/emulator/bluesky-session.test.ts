// Sessions of the emulated Bluesky, through the network's own client.
import { AtpAgent, CredentialSession } from '@atproto/api';
import { expect, it } from 'vitest';
import { blueskyClient, emulatorForTest, failureOf } from './support.ts';

it('logs in with handle and password, and says who one is', async () => {
  const emulator = await emulatorForTest();
  const agent = await blueskyClient(emulator);

  const { data } = await agent.com.atproto.server.getSession();

  expect(data).toMatchObject({ did: agent.did, handle: 'crier.test', active: true });
  expect(agent.pdsUrl?.origin).toBe(emulator.networks.bluesky.url);
});

it.each([
  ['a wrong password', 'crier.test', 'wrong'],
  ['an unknown handle', 'nobody.test', 'demo-demo-demo-demo'],
])('refuses %s with the same words', async (_, identifier, password) => {
  const { networks } = await emulatorForTest();
  const agent = new AtpAgent({ service: networks.bluesky.url });

  const failure = await failureOf(agent.login({ identifier, password }));

  expect(failure).toMatchObject({ status: 401, error: 'AuthenticationRequired', message: 'Invalid identifier or password' });
});

it('expires an access token after two hours, which the client mends by a refresh', async () => {
  const emulator = await emulatorForTest();
  const agent = await blueskyClient(emulator);
  const before = agent.session;
  emulator.clock.advance({ hours: 2 });

  await agent.post({ text: 'after the refresh' });

  expect(agent.session?.accessJwt).not.toBe(before?.accessJwt);
  expect(agent.session?.refreshJwt).not.toBe(before?.refreshJwt);
  expect(emulator.networks.bluesky.posts()).toHaveLength(1);
  expect(emulator.networks.bluesky.requests().map(({ path, status }) => [path.split('.').at(-1), status])).toEqual([
    ['createSession', 200],
    ['createRecord', 400],
    ['refreshSession', 200],
    ['createRecord', 200],
  ]);
});

it('answers an expired access token with 400 ExpiredToken', async () => {
  const emulator = await emulatorForTest();
  const { session } = await blueskyClient(emulator);
  emulator.clock.advance({ hours: 2 });

  const response = await fetch(`${emulator.networks.bluesky.url}/xrpc/com.atproto.server.getSession`, {
    headers: { authorization: `Bearer ${session?.accessJwt}` },
  });

  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: 'ExpiredToken', message: 'Token has expired' });
});

it('lets a client believe a refreshed token is new even where the clock stands still', async () => {
  const emulator = await emulatorForTest();
  const agent = await blueskyClient(emulator);
  emulator.networks.bluesky.faults.order({
    match: 'POST /xrpc/com.atproto.repo.createRecord',
    status: 400,
    body: { error: 'ExpiredToken', message: 'Token has expired' },
  });

  await agent.post({ text: 'second try' });

  expect(emulator.networks.bluesky.posts()).toHaveLength(1);
});

it('takes a rotated refresh token for two more hours, and then no longer', async () => {
  const emulator = await emulatorForTest();
  const { url } = emulator.networks.bluesky;
  const { session } = await blueskyClient(emulator);
  if (!session) throw new Error('no session');
  const refreshWithFirst = async () => {
    const credentials = new CredentialSession(new URL(url));
    credentials.session = session;
    return (await credentials.refreshSession()).data;
  };

  const first = await refreshWithFirst();
  const again = await refreshWithFirst();
  emulator.clock.advance({ hours: 2 });
  const late = await failureOf(refreshWithFirst());

  const idOf = (jwt: string): unknown => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).jti;
  expect(idOf(again.refreshJwt)).toBe(idOf(first.refreshJwt));
  expect(late).toMatchObject({ status: 400, error: 'ExpiredToken' });
});

it('does not refresh a session that was logged out', async () => {
  const emulator = await emulatorForTest();
  const agent = await blueskyClient(emulator);
  const { session } = agent;
  if (!session) throw new Error('no session');
  await agent.logout();

  const failure = await failureOf(agent.resumeSession(session));

  expect(failure).toMatchObject({ status: 400, error: 'ExpiredToken', message: 'Token has been revoked' });
});

it.each([
  ['no token', undefined, 401, 'AuthMissing'],
  ['a made-up token', 'Bearer a.b.c', 400, 'InvalidToken'],
])('refuses a write with %s', async (_, authorization, status, error) => {
  const { networks } = await emulatorForTest();

  const response = await fetch(`${networks.bluesky.url}/xrpc/com.atproto.repo.createRecord`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ repo: 'crier.test', collection: 'app.bsky.feed.post', record: { text: 'x' } }),
  });

  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error });
});

it('does not take a refresh token for an access token', async () => {
  const emulator = await emulatorForTest();
  const { session } = await blueskyClient(emulator);

  const response = await fetch(`${emulator.networks.bluesky.url}/xrpc/com.atproto.server.getSession`, {
    headers: { authorization: `Bearer ${session?.refreshJwt}` },
  });

  expect(await response.json()).toMatchObject({ error: 'InvalidToken' });
});

it('resolves handles, describes itself, and says what it does not speak', async () => {
  const emulator = await emulatorForTest();
  const agent = await blueskyClient(emulator);

  expect((await agent.resolveHandle({ handle: 'crier.test' })).data.did).toBe(agent.did);
  expect((await agent.com.atproto.server.describeServer()).data.availableUserDomains).toEqual(['.test']);
  expect(await failureOf(agent.resolveHandle({ handle: 'nobody.test' }))).toMatchObject({ status: 400, error: 'InvalidRequest' });
  expect(await failureOf(agent.getTimeline())).toMatchObject({ status: 501, error: 'MethodNotImplemented' });
});
