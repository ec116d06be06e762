// `npm run doctor` on what lies outside: the public address, clocks, networks and chats.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAtLinkedInVersion } from '../../scripts/doctor/linkedin-version.ts';
import { readConfig } from '../../src/config.ts';
import type { Http } from '../../src/core/http.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { clockAt } from '../support/clock.ts';
import { about, type Case, HUSH, itNames } from './doctor-case.ts';
import { KEY, openPatient, type Patient } from './doctor-patient.ts';

const opened = new AsyncDisposableStack();
let patient: Patient;
beforeAll(async () => {
  patient = await openPatient(opened);
});
afterAll(() => opened.disposeAsync());

/** As `fetch`, with some answers of its own. */
const answering = (answer: (url: string) => Response | null): Http => ({
  dispatcher: null,
  fetch: async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    return answer(url) ?? (patient.ways.http?.fetch ?? fetch)(input, init);
  },
});

const later = (seconds: number) => ({ now: () => Temporal.Now.instant().add({ seconds }) });

const outside: Case[] = [
  {
    broken: 'no address',
    change: { PUBLIC_URL: undefined },
    name: 'PUBLIC_URL',
    found: 'Instagram',
    cure: 'Set it to the https address',
  },
  {
    broken: 'an address without TLS',
    change: { PUBLIC_URL: 'http://crier.example.com' },
    name: 'PUBLIC_URL',
    found: 'begins with http://',
    cure: 'certificate',
  },
  {
    broken: 'an address without DNS',
    ways: () => ({ addressesOf: async () => [] }),
    name: 'PUBLIC_URL',
    found: 'leads to no address',
    cure: 'A or AAAA record',
  },
  {
    broken: 'a private address',
    ways: () => ({ addressesOf: async () => ['192.168.1.7'] }),
    name: 'PUBLIC_URL',
    found: 'is a private address (192.168.1.7)',
    cure: 'public address',
  },
  {
    broken: 'a private address, written out',
    change: { PUBLIC_URL: 'https://10.0.0.3' },
    name: 'PUBLIC_URL',
    found: 'is a private address',
    cure: 'public address',
  },
  {
    broken: 'a proxy that leads nowhere',
    ways: () => ({ fetchOwn: async () => new Response('', { status: 502 }) }),
    name: 'PUBLIC_URL',
    found: 'answers with 502',
    cure: 'reverse proxy',
  },
  {
    broken: 'an address where nobody answers',
    ways: () => ({
      fetchOwn: async () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })),
    }),
    name: 'PUBLIC_URL',
    found: 'ECONNREFUSED',
    cure: 'reverse proxy',
  },
  {
    broken: 'an address of another Crier',
    ways: () => ({ fetchOwn: async (url) => new Response('ok', { status: String(url).endsWith('/healthz') ? 200 : 404 }) }),
    name: 'PUBLIC_URL',
    found: 'it is another one',
    cure: 'the same ENCRYPTION_KEY',
  },
  {
    broken: 'a clock a minute behind',
    ways: () => ({ clock: later(-60) }),
    name: 'clock',
    found: 'behind the networks’',
    cure: 'NTP',
  },
  {
    broken: 'a clock a minute ahead',
    ways: () => ({ clock: later(60) }),
    name: 'clock',
    found: '60 s ahead of the clock of the database',
    cure: 'NTP',
  },
  {
    broken: 'a clock five seconds ahead',
    ways: () => ({ clock: later(5) }),
    name: 'clock',
    grade: 'warning',
    found: 'ahead of the networks’',
    cure: 'NTP',
  },
];

const networks: Case[] = [
  ...(['X_CLIENT', 'LINKEDIN_CLIENT', 'YOUTUBE_CLIENT', 'FACEBOOK_APP'] as const).flatMap((app): Case[] => [
    {
      broken: `another ${app}_SECRET`,
      change: { [`${app}_SECRET`]: HUSH },
      name: `${app}_ID`,
      found: `${app}_SECRET`,
      cure: 'Copy both anew',
    },
    {
      broken: `another ${app}_ID`,
      change: { [`${app}_ID`]: 'nobodys-app' },
      name: `${app}_ID`,
      found: 'does not take',
      cure: `${app}_ID`,
    },
  ]),
  {
    broken: 'another TIKTOK_CLIENT_SECRET',
    change: { TIKTOK_CLIENT_SECRET: HUSH },
    name: 'TIKTOK_CLIENT_KEY',
    found: '(invalid_client)',
    cure: 'docs/platforms/tiktok.md',
  },
  {
    broken: 'the app of Meta for the one of Instagram',
    ways: () => ({ http: answering(refusingInstagram) }),
    name: 'INSTAGRAM_APP_ID',
    found: '(Invalid platform app)',
    cure: 'INSTAGRAM_APP_SECRET',
  },
  {
    broken: 'a redirect URI that the page refuses',
    change: { PUBLIC_URL: 'http://crier.example.com' },
    name: 'YouTube redirect URI',
    grade: 'warning',
    found: 'http://crier.example.com/oauth/callback/youtube',
    cure: 'Enter exactly that',
  },
  {
    broken: 'a redirect URI that Google’s page refuses',
    ways: () => ({ http: answering(refusingGoogle) }),
    name: 'YouTube redirect URI',
    found: '(redirect_uri_mismatch)',
    cure: 'mend PUBLIC_URL',
  },
  {
    broken: 'a version that LinkedIn has ended',
    change: { LINKEDIN_VERSION: '202501' },
    name: 'LINKEDIN_VERSION',
    found: '(426)',
    cure: 'Set LINKEDIN_VERSION',
  },
  {
    broken: 'a network that is in trouble',
    ways: () => ({ http: answering((url) => (url.includes('/2/oauth2/token') ? new Response('', { status: 503 }) : null)) }),
    name: 'X_CLIENT_ID',
    grade: 'warning',
    found: 'could not be asked',
    cure: 'again',
  },
  {
    broken: 'a network behind a private address',
    change: { CRIER_ALLOW_PRIVATE_HOSTS: '' },
    ways: () => ({ http: openHttp({ allowPrivateHosts: [], timeoutMs: 5_000 }) }),
    name: 'X_CLIENT_ID',
    grade: 'warning',
    found: 'CRIER_ALLOW_PRIVATE_HOSTS',
    cure: 'again',
  },
  {
    broken: 'a network that does not answer',
    ways: () => ({ homes: { ...patient.ways.homes, x: 'http://127.0.0.1:9' } }),
    name: 'X_CLIENT_ID',
    grade: 'warning',
    found: 'could not be asked',
    cure: 'firewall',
  },
];

const chats: Case[] = [
  {
    broken: 'another SLACK_BOT_TOKEN',
    change: { SLACK_BOT_TOKEN: 'xoxb-not-this-one' },
    name: 'SLACK_BOT_TOKEN',
    found: '(invalid_auth)',
    cure: 'OAuth & Permissions',
  },
  {
    broken: 'a Slack bot that may do little',
    ways: () => ({ http: answering(fewScopes) }),
    name: 'SLACK_BOT_TOKEN',
    grade: 'warning',
    found: 'lacks permissions: channels:history',
    cure: 'install the app again',
  },
  {
    broken: 'another SLACK_APP_TOKEN',
    change: { SLACK_APP_TOKEN: 'xapp-not-this-one' },
    name: 'SLACK_APP_TOKEN',
    found: '(invalid_auth)',
    cure: 'connections:write',
  },
  {
    broken: 'another DISCORD_TOKEN',
    change: { DISCORD_TOKEN: 'MTIzNDU2.Gnot.this-one' },
    name: 'DISCORD_TOKEN',
    found: '(401)',
    cure: 'Reset Token',
  },
  {
    broken: 'a Discord that does not answer',
    change: { DISCORD_API_URL: 'http://127.0.0.1:9' },
    name: 'DISCORD_TOKEN',
    grade: 'warning',
    found: 'could not be asked',
    cure: 'way to the internet',
  },
];

const json = (body: object, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

/** As it comes with the id of the Meta app: https://github.com/pdir/social-feed-bundle/issues/105 (checked 2026-11-22). */
function refusingInstagram(url: string): Response | null {
  const isTheirs = url === `${patient.emulator.networks.instagram.url}/oauth/access_token`;
  return isTheirs ? json({ error_type: 'OAuthException', code: 400, error_message: 'Invalid platform app' }, 400) : null;
}

function refusingGoogle(url: string): Response | null {
  if (!url.startsWith(`${patient.emulator.networks.youtube.url}/o/oauth2/v2/auth`)) return null;
  const told = Buffer.from('\n\x15redirect_uri_mismatch\x12').toString('base64url');
  return new Response(null, {
    status: 302,
    headers: { location: `https://accounts.google.com/signin/oauth/error?authError=${told}` },
  });
}

const fewScopes = (url: string): Response | null =>
  url.endsWith('auth.test')
    ? json({ ok: true, team: 'Acme' }, 200, { 'x-oauth-scopes': 'app_mentions:read,chat:write, commands' })
    : null;

describe('what is broken is named, with its cure', () => {
  itNames([...outside, ...networks, ...chats], () => patient);

  it('says of a PUBLIC_URL that cannot be tried that no Crier is running', async () => {
    await patient.database.pool.query(`update process set seen_at = seen_at - interval '1 hour'`);
    const findings = await patient.examine({}, { fetchOwn: async () => new Response('', { status: 502 }) });
    await patient.database.pool.query(`update process set seen_at = seen_at + interval '1 hour'`);
    expect(about(findings, 'PUBLIC_URL')).toMatchObject([
      { grade: 'warning', found: expect.stringContaining('No Crier with a web server is running') },
    ]);
  });
});

describe('the age of LINKEDIN_VERSION', () => {
  const silent: Http = { dispatcher: null, fetch: async () => new Response('{}', { status: 401 }) };
  const environment = {
    MOCK_SOCIAL: 'false',
    ENCRYPTION_KEY: KEY,
    LINKEDIN_CLIENT_ID: 'an-app',
    LINKEDIN_CLIENT_SECRET: 'its-secret',
  };

  it.each([
    { version: '202612', grade: 'wrong', found: 'lies in the future' },
    { version: '202611', grade: 'ok', found: '0 months old' },
    { version: '202512', grade: 'ok', found: '11 months old' },
    { version: '202511', grade: 'warning', found: '12 months old' },
    { version: '202510', grade: 'wrong', found: '13 months old' },
  ])('of $version is $grade in November 2026', async ({ version, grade, found }) => {
    const config = readConfig({ ...environment, LINKEDIN_VERSION: version });
    const ways = {
      http: silent,
      fetchOwn: fetch,
      addressesOf: async () => [],
      clock: clockAt('2026-11-22T12:00:00Z'),
      homes: {},
    };
    expect(await lookAtLinkedInVersion(config, ways)).toMatchObject([{ grade, found: expect.stringContaining(found) }]);
  });
});
