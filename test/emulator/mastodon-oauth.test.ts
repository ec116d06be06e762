// The emulated Mastodon's OAuth: the page that asks, codes that count once and with their proof, scopes, and tokens that are taken back.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { open, press } from '../support/link-desk.ts';
import { emulatorForTest, type TestEmulator } from './support.ts';

const REDIRECT = 'http://127.0.0.1:9/back';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const App = z.object({ client_id: z.string(), client_secret: z.string() });
type App = z.infer<typeof App>;
const Token = z.object({ access_token: z.string() });

const send = async (emulator: TestEmulator, path: string, body: Record<string, string>) => {
  const response = await fetch(`${emulator.networks.mastodon.url}${path}`, { method: 'POST', body: new URLSearchParams(body) });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
};
const register = async (emulator: TestEmulator, scopes = 'read write:media'): Promise<App> =>
  App.parse((await send(emulator, '/api/v1/apps', { client_name: 'Test', redirect_uris: REDIRECT, scopes })).body);

function pageOf(emulator: TestEmulator, app: App, more: Record<string, string> = {}): string {
  const asked = {
    response_type: 'code',
    client_id: app.client_id,
    redirect_uri: REDIRECT,
    scope: 'read write:media',
    state: 'abc',
  };
  const proof = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
  return `${emulator.networks.mastodon.url}/oauth/authorize?${new URLSearchParams({ ...asked, ...proof, ...more })}`;
}

async function codeFor(emulator: TestEmulator, app: App): Promise<string> {
  const back = new URL(await press(pageOf(emulator, app), 'allow'));
  expect(back.searchParams.get('state')).toBe('abc');
  return back.searchParams.get('code') ?? '';
}

const exchange = (emulator: TestEmulator, app: App, code: string, more: Record<string, string> = {}) =>
  send(emulator, '/oauth/token', {
    grant_type: 'authorization_code',
    code,
    client_id: app.client_id,
    client_secret: app.client_secret,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...more,
  });

const tokenFor = async (emulator: TestEmulator, app: App): Promise<string> =>
  Token.parse((await exchange(emulator, app, await codeFor(emulator, app))).body).access_token;

const ask = async (emulator: TestEmulator, token: string, method: string, path: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${emulator.networks.mastodon.url}${path}`, { method, headers })).status;
};

describe('the page', () => {
  it('shows what is asked for, by whom, and to which account', async () => {
    const emulator = await emulatorForTest();
    const page = await (await open(pageOf(emulator, await register(emulator)))).text();
    for (const words of ['Test', 'write:media', '@crier', 'Allow', 'Deny']) expect(page).toContain(words);
  });

  it('sends Deny back as RFC 6749 has it', async () => {
    const emulator = await emulatorForTest();
    const back = new URL(await press(pageOf(emulator, await register(emulator)), 'deny'));
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: 'access_denied', state: 'abc' });
  });

  it.each([
    ['an address that the app did not name', { redirect_uri: 'http://127.0.0.1:9/other' }],
    ['an app that there is not', { client_id: 'nobody' }],
    ['a scope that the app did not name', { scope: 'write:statuses' }],
    ['a proof that is no hash', { code_challenge_method: 'plain' }],
  ])('sends nobody anywhere for %s', async (_, more) => {
    const emulator = await emulatorForTest();
    expect((await open(pageOf(emulator, await register(emulator), more))).status).toBe(400);
  });
});

describe('a code', () => {
  it('gives a token once', async () => {
    const emulator = await emulatorForTest();
    const app = await register(emulator);
    const code = await codeFor(emulator, app);
    expect(await exchange(emulator, app, code)).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', scope: 'read write:media' },
    });
    expect(await exchange(emulator, app, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 400, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 400, 'invalid_grant'],
    ['another address', { redirect_uri: 'http://127.0.0.1:9/other' }, 400, 'invalid_grant'],
    ['a wrong client secret', { client_secret: 'guessed' }, 401, 'invalid_client'],
  ])('gives none for %s', async (_, more, status, error) => {
    const emulator = await emulatorForTest();
    const app = await register(emulator);
    expect(await exchange(emulator, app, await codeFor(emulator, app), more)).toMatchObject({ status, body: { error } });
  });

  it('is over after ten minutes', async () => {
    const emulator = await emulatorForTest();
    const app = await register(emulator);
    const code = await codeFor(emulator, app);
    emulator.clock.advance({ minutes: 10 });
    expect((await exchange(emulator, app, code)).status).toBe(400);
  });
});

describe('a token', () => {
  it('may do what was allowed, and nothing else', async () => {
    const emulator = await emulatorForTest();
    const app = await register(emulator);
    const token = await tokenFor(emulator, app);
    expect(await ask(emulator, token, 'GET', '/api/v1/accounts/verify_credentials')).toBe(200);
    expect(await ask(emulator, token, 'POST', '/api/v1/statuses')).toBe(403);
    expect(await ask(emulator, emulator.networks.mastodon.demo.token ?? '', 'POST', '/api/v1/statuses')).toBe(422);
  });

  it('is taken back by its own app alone, as often as it likes', async () => {
    const emulator = await emulatorForTest();
    const app = await register(emulator);
    const other = await register(emulator);
    const token = await tokenFor(emulator, app);
    const revoke = (by: App) => send(emulator, '/oauth/revoke', { ...by, token });
    expect(await revoke({ client_id: other.client_id, client_secret: other.client_secret })).toMatchObject({
      status: 403,
      body: { error: 'unauthorized_client' },
    });
    const own = { client_id: app.client_id, client_secret: app.client_secret };
    expect(await revoke(own)).toEqual({ status: 200, body: {} });
    expect(await revoke(own)).toEqual({ status: 200, body: {} });
    expect(await ask(emulator, token, 'GET', '/api/v1/accounts/verify_credentials')).toBe(401);
  });

  it('is known after a restart, and so is its app', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'crier-oauth-'));
    onTestFinished(() => rm(stateDir, { recursive: true, force: true }));
    const first = await emulatorForTest({ stateDir });
    const app = await register(first);
    const token = await tokenFor(first, app);
    await first.stop();
    const second = await emulatorForTest({ stateDir });
    expect(await ask(second, token, 'GET', '/api/v1/accounts/verify_credentials')).toBe(200);
    expect((await exchange(second, app, await codeFor(second, app))).status).toBe(200);
  });
});
