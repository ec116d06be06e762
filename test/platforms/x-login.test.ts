// How a login of X lives: the code that dies, tokens that are refreshed and rotate, what was left out on X's page, and its end.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { x } from '../../src/platforms/x/index.ts';
import { xOAuth } from '../../src/platforms/x/oauth.ts';
import { failureOf, type Harness, openHarness, picture } from './harness.ts';

const TOKEN = 'POST /2/oauth2/token';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness({
    platform: x,
    network: (emulator) => emulator.networks.x,
    publicRequest: 'POST /2/tweets',
    uploadRequest: 'POST /2/media/upload/initialize',
    videoRequest: 'POST /2/media/upload/initialize',
    videoStatusRequest: 'GET /2/media/upload',
    findRequest: 'GET /2/users/*',
  });
});
afterEach(() => harness.close());

function wayThere(): OAuthWay {
  const { url: service, app } = harness.network;
  if (!app) throw new Error('the emulated X has an app');
  return { service, app, redirectUri: 'http://127.0.0.1:9/back', state: 's'.repeat(43), verifier: 'v'.repeat(43) };
}

/** Presses Allow, without some of what was asked for. */
async function allow(way: OAuthWay, without: readonly string[] = []): Promise<URLSearchParams> {
  const url = await xOAuth.authorizationUrl(way);
  const page = await (await fetch(url)).text();
  const form = new URLSearchParams(url.searchParams);
  form.set('account', /<option value="([^"]*)"/.exec(page)?.[1] ?? '');
  form.set('decision', 'allow');
  for (const scope of without) form.set(`without ${scope}`, 'on');
  const answer = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}

async function connectedWithout(...scopes: string[]) {
  const way = wayThere();
  const granted = await xOAuth.connect(way, await allow(way, scopes), (await harness.delivery()).context);
  if (granted === 'denied') throw new Error('it was denied');
  return { ...granted, account: granted.accounts[0] };
}

const refresh = async (context: Parameters<NonNullable<typeof x.refresh>>[0]) => {
  if (!x.refresh) throw new Error('X logins are refreshed');
  return x.refresh(context);
};

it.each([
  [29, 'connects'],
  [30, 'is refused'],
])('a code that is %i seconds old %s', async (seconds, becomes) => {
  const { context } = await harness.delivery();
  const way = wayThere();
  const answer = await allow(way);
  harness.pass({ seconds });
  const outcome = xOAuth.connect(way, answer, context);
  if (becomes === 'connects') expect(await outcome).toMatchObject({ accounts: [{ handle: '@crier' }] });
  else expect((await failureOf(x, outcome)).kind).toBe('invalid-input');
});

it('a login whose two hours are over posts again once it is refreshed', async () => {
  const { context, failure, publish } = await harness.delivery();
  harness.pass({ hours: 2 });
  expect((await failure()).kind).toBe('auth-expired');
  const fresh = await refresh(context);
  expect(fresh).toMatchObject({ expiresAt: null, refreshAt: harness.now().add({ minutes: 100 }) });
  context.credentials = fresh.credentials;
  await publish();
  expect(harness.network.posts()).toHaveLength(1);
});

it('a refresh token is good for one refresh, and the next one for the next', async () => {
  const { context } = await harness.delivery();
  const first = await refresh(context);
  expect(first.credentials.refreshToken).not.toBe(context.credentials.refreshToken);
  expect((await failureOf(x, refresh(context))).kind).toBe('auth-revoked');
  const second = await refresh({ ...context, credentials: first.credentials });
  expect(second.credentials.refreshToken).not.toBe(first.credentials.refreshToken);
});

it.each([{ status: 500 }, { status: 503 }, { drop: 'before-applying' as const }, { status: 429 }])(
  'X being away with %j says nothing about the login',
  async (fault) => {
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: TOKEN, ...fault });
    expect((await failureOf(x, refresh(context))).kind).not.toMatch(/^auth-/);
    await refresh(context);
  },
);

it('a login that was taken back cannot be refreshed', async () => {
  const { context, failure } = await harness.delivery();
  await xOAuth.revoke(context);
  expect((await failure()).kind).toBe('auth-expired');
  expect((await failureOf(x, refresh(context))).kind).toBe('auth-revoked');
});

it('without its app at hand a login is neither refreshed nor taken back, and stays as it is', async () => {
  const { context } = await harness.delivery({ app: null });
  const failure = await failureOf(x, refresh(context));
  expect(failure).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('X_CLIENT_ID') });
  expect(await xOAuth.revoke(context)).toBe('cannot');
});

it('an app whose secret is another is told apart from a login that is gone', async () => {
  const { context } = await harness.delivery();
  const app = { clientId: context.app?.clientId ?? '', clientSecret: 'another' };
  expect(await failureOf(x, refresh({ ...context, app }))).toMatchObject({ kind: 'unavailable' });
});

it('without offline.access it ends after two hours, and says so from the start', async () => {
  const { account, scopes } = await connectedWithout('offline.access');
  expect(scopes).not.toContain('offline.access');
  expect(account).toMatchObject({ expiresAt: harness.now().add({ hours: 2 }), refreshAt: null });
  const { context } = await harness.delivery({ credentials: account.credentials });
  expect((await failureOf(x, refresh(context))).kind).toBe('auth-revoked');
});

it('without media.write it posts words, and no files', async () => {
  const { account, scopes } = await connectedWithout('media.write');
  expect(scopes).not.toContain('media.write');
  const { credentials } = account;
  await (await harness.delivery({ credentials, text: 'Words' })).publish();
  const { failure } = await harness.delivery({ credentials, media: [await picture()] });
  expect((await failure()).kind).toBe('rejected');
  expect(harness.network.posts().map(({ text }) => text)).toEqual(['Words']);
});
