// Logging in to an emulated network where a link is all there is: by the code it gives out ahead, with the app that is known of it.
import { afterAll, describe, expect, it } from 'vitest';
import type { Candidate, OAuth, OAuthWay } from '../../../src/core/oauth.ts';
import type { ConnectContext, Platform } from '../../../src/core/platform.ts';
import { connectDemo } from '../../../src/core/usecases/connect-demo.ts';
import { openEntry } from '../../../src/core/usecases/sync-demo-accounts.ts';
import { scriptedNetwork } from '../../support/scripted-network.ts';
import { closeNewsrooms, openNewsroom } from './newsroom.ts';

afterAll(closeNewsrooms);

const APP = { clientId: 'an-app', clientSecret: 'its-secret' };
const SERVICE = 'http://127.0.0.1:4399';
const LOGIN = { service: SERVICE, code: 'standing' };

const candidate = (service: string, remoteId: string): Candidate => ({
  service,
  remoteId,
  handle: `@${remoteId}`,
  kind: 'Page',
  credentials: { accessToken: `token-of-${remoteId}` },
  announcedLimits: null,
  expiresAt: null,
});

/** Connected by a link alone; leads to two accounts where the code is the standing one. `seen` keeps what it was asked with. */
function linkOnly(): { platform: Platform; seen: { way: OAuthWay; answer: string }[] } {
  const seen: { way: OAuthWay; answer: string }[] = [];
  const oauth: OAuth = {
    scopes: () => [],
    appSettings: { id: 'TESTNET_CLIENT_ID', secret: 'TESTNET_CLIENT_SECRET' },
    fields: [],
    serviceOf: () => 'https://testnet.example',
    prepareApp: null,
    authorizationUrl: async () => new URL('https://testnet.example/authorize'),
    connect: async (way, answer) => {
      seen.push({ way, answer: answer.toString() });
      if (answer.get('code') !== 'standing') return 'denied';
      return { accounts: [candidate(way.service, 'first'), candidate(way.service, 'second')], scopes: [] };
    },
    revoke: async () => 'cannot',
  };
  return { platform: { ...scriptedNetwork().platform, connect: null, oauth }, seen };
}

const context = async (): Promise<ConnectContext> => {
  const { deps, clock } = await openNewsroom({ connect: false });
  return { http: deps.http, clock, signal: new AbortController().signal };
};

describe('a demo login by a code', () => {
  it('brings the code back from where the emulated network is, as its app, and takes the first account', async () => {
    const { platform, seen } = linkOnly();
    const account = await connectDemo(platform, LOGIN, APP, await context());
    const { kind: _, ...first } = candidate(SERVICE, 'first');
    expect(account).toEqual(first);
    const verifier = 'd'.repeat(43);
    const way = { service: SERVICE, app: APP, redirectUri: `${SERVICE}/demo`, state: 'demo', verifier };
    expect(seen).toEqual([{ way, answer: 'code=standing&state=demo' }]);
  });

  it.each([
    ['there is no app', LOGIN, null],
    ['there is no code', { service: SERVICE }, APP],
    ['there is no service', { code: 'standing' }, APP],
    ['the network denies it', { ...LOGIN, code: 'another' }, APP],
  ])('is a bug where %s', async (_, login, app) => {
    await expect(connectDemo(linkOnly().platform, login, app, await context())).rejects.toThrow('the demo login of testnet');
  });
});

it('each workspace has the demo account of a network that is connected by a link alone, renewed where the network moved', async () => {
  const { platform } = linkOnly();
  const room = await openNewsroom({ connect: false });
  const platforms = { all: () => [platform], get: () => platform, find: () => platform };
  const deps = { ...room.deps, platforms, networkHome: () => ({ service: SERVICE, app: APP }) };
  const entrance = {
    chat: 'slack',
    teamId: 'T-link',
    teamName: 'Link',
    userId: 'U1',
    userName: 'Ann',
    role: null,
    timeZone: 'Europe/Berlin',
  } as const;
  const accountsAfter = async (service: string) => {
    const { workspace } = await openEntry(deps, { testnet: { ...LOGIN, service } }, room.database.settings)(entrance);
    return (await room.store.accounts.list(workspace.id)).map(({ handle, service: at, state }) => [handle, at, state]);
  };
  expect(await accountsAfter(SERVICE)).toEqual([['@first', SERVICE, 'connected']]);
  const moved = 'http://127.0.0.1:4400';
  expect(await accountsAfter(moved)).toEqual([['@first', moved, 'connected']]);
});
