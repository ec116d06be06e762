// Installing into Slack teams by OAuth, as a browser goes through it: the page, Slack's question, and back with a state that is ours,
// fresh, this browser's and used once.
import { createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveStateSecret } from '../../../src/bots/slack/connection.ts';
import { type InstallOptions, openInstall } from '../../../src/bots/slack/install.ts';
import { SCOPES } from '../../../src/bots/slack/manifest.ts';
import { handleRemoval } from '../../../src/bots/slack/removal.ts';
import { openTeams } from '../../../src/bots/slack/teams.ts';
import { type LocalServer, serveLocally } from '../../support/local-server.ts';
import { APP, TEAM_A, TEAM_B, type Team } from '../../support/slack/cast.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import { openWorkbench, type Workbench } from '../../support/workbench.ts';

let slack: SlackServer;
let bench: Workbench;
let crier: LocalServer;
let greeted: string[];

beforeEach(async () => {
  [slack, bench] = await Promise.all([openSlackServer(), openWorkbench()]);
  greeted = [];
  crier = await openCrier();
});
afterEach(async () => {
  await Promise.all([crier.close(), slack.close(), bench.close()]);
});

/** Crier's pages on loopback, at the address that Slack sends browsers back to. */
async function openCrier(more: Partial<InstallOptions> = {}): Promise<LocalServer> {
  const { store, clock, log } = bench;
  const apiUrl = more.apiUrl ?? slack.apiUrl;
  let serve: ReturnType<typeof openInstall> = () => null;
  const server = await serveLocally((request, response) => {
    const listener = serve(new URL(request.url ?? '/', 'http://crier').pathname);
    if (listener) listener(request, response);
    else response.writeHead(404).end();
  });
  serve = openInstall({
    oauth: {
      clientId: APP.clientId,
      clientSecret: APP.clientSecret,
      stateSecret: 'a secret of the tests',
      publicUrl: server.url,
    },
    apiUrl,
    store,
    teams: openTeams({ connection: { botToken: null, apiUrl }, store, log }),
    clock,
    log,
    greet: async ({ teamId }, userId) => void greeted.push(`${teamId} ${userId}`),
    ...more,
  });
  return server;
}

interface Browser {
  get: (url: string) => Promise<{ status: number; text: string; location: string; headers: Headers }>;
  cookies: Map<string, string>;
}

/** Follows nothing by itself, and keeps the cookies of Crier's own host. */
function openBrowser(): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async get(url) {
      const isOurs = new URL(url).host === new URL(crier.url).host;
      const cookie = isOurs ? [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') : '';
      const response = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
      for (const line of isOurs ? response.headers.getSetCookie() : []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === 'deleted') cookies.delete(name);
        else cookies.set(name, value);
      }
      const { status, headers } = response;
      return { status, headers, text: await response.text(), location: headers.get('location') ?? '' };
    },
  };
}

/** Opens the page and presses its button: where Slack sends the browser back to. */
async function agree(browser: Browser, team: Team = TEAM_A, allow = true): Promise<string> {
  slack.answerInstall({ team, userId: team.people.bob.id, allow });
  const page = await browser.get(`${crier.url}/slack/install`);
  const link = /href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return (await browser.get(link)).location;
}

const stored = (team: Team = TEAM_A): Promise<unknown> => bench.store.installations.find('slack', team.id);

async function expectNothingHappened(): Promise<void> {
  expect([await stored(TEAM_A), await stored(TEAM_B), greeted]).toEqual([null, null, []]);
}

const enter = (team: Team) =>
  bench.store.workspaces.enter({
    chat: 'slack',
    teamId: team.id,
    teamName: team.name,
    userId: team.people.bob.id,
    userName: 'Bob',
    role: null,
    timeZone: 'Europe/Berlin',
  });

describe('the page for installing', () => {
  it('leads to Slack with the permissions of the manifest, and may be framed by nobody', async () => {
    const { status, text, headers } = await openBrowser().get(`${crier.url}/slack/install`);
    const link = new URL(/href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '');
    expect(status).toBe(200);
    expect(link.origin + link.pathname).toBe(slack.authorizeUrl);
    expect(link.searchParams.get('scope')?.split(',')).toEqual(SCOPES.map(({ scope }) => scope));
    expect(link.searchParams.get('redirect_uri')).toBe(`${crier.url}/slack/oauth_redirect`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.getSetCookie().join()).toMatch(/Secure; HttpOnly; Path=\/; Max-Age=600/);
  });

  it('is for looking at only', async () => {
    expect((await fetch(`${crier.url}/slack/install`, { method: 'POST' })).status).toBe(405);
  });
});

describe('an installation', () => {
  it('is stored, gives access to the team, and greets whoever made it', async () => {
    const browser = openBrowser();
    const page = await browser.get(await agree(browser));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Crier is installed')]);
    expect(await stored()).toMatchObject({ teamName: 'Acme', botUserId: TEAM_A.botUserId, installerId: TEAM_A.people.bob.id });
    expect(greeted).toEqual([`${TEAM_A.id} ${TEAM_A.people.bob.id}`]);
  });

  it('is one per team', async () => {
    for (const team of [TEAM_A, TEAM_B]) {
      const browser = openBrowser();
      await browser.get(await agree(browser, team));
    }
    expect(await stored(TEAM_A)).toMatchObject({ teamName: TEAM_A.name });
    expect(await stored(TEAM_B)).toMatchObject({ teamName: TEAM_B.name });
  });

  it('made again after a removal brings the workspace back', async () => {
    await enter(TEAM_A);
    const first = openBrowser();
    await first.get(await agree(first));
    slack.revokeTokens(TEAM_A);
    const { store, log } = bench;
    const teams = openTeams({ connection: { botToken: null, apiUrl: slack.apiUrl }, store, log });
    await handleRemoval({ store, teams, log }, TEAM_A.id, 'app_uninstalled');
    expect((await enter(TEAM_A)).workspace.removedAt).not.toBeNull();

    const second = openBrowser();
    await second.get(await agree(second));
    expect((await enter(TEAM_A)).workspace.removedAt).toBeNull();
    expect((await teams.access(TEAM_A.id)).teamId).toBe(TEAM_A.id);
  });

  it('stands where its greeting cannot be sent', async () => {
    await crier.close();
    crier = await openCrier({ greet: () => Promise.reject(new Error('no way to Slack')) });
    const browser = openBrowser();
    expect((await browser.get(await agree(browser))).status).toBe(200);
    expect(await stored()).not.toBeNull();
  });

  it('is not made where the person declines', async () => {
    const browser = openBrowser();
    const page = await browser.get(await agree(browser, TEAM_A, false));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Nothing was installed')]);
    await expectNothingHappened();
  });

  it('of a whole organization is declined with what to do instead', async () => {
    const api = await serveLocally((request, response) => {
      const isTest = request.url?.endsWith('auth.test');
      const bot = { access_token: 'xoxb-org', token_type: 'bot', scope: 'commands', bot_user_id: 'U1', app_id: 'A1' };
      const org = {
        enterprise: { id: 'E1', name: 'All of it' },
        team: null,
        is_enterprise_install: true,
        authed_user: { id: 'U2' },
      };
      const answer = isTest ? { ok: true, url: 'https://e.slack.com/', bot_id: 'B1' } : { ok: true, ...bot, ...org };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    const back = await agree(openBrowser());
    await crier.close();
    crier = await openCrier({ apiUrl: `${api.url}/api/` });
    const browser = openBrowser();
    const page = await browser.get(`${crier.url}/slack/install`);
    const state = new URL(/href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '').searchParams.get('state') ?? '';
    const code = new URL(back).searchParams.get('code') ?? '';
    const answer = await browser.get(`${crier.url}/slack/oauth_redirect?${new URLSearchParams({ code, state })}`);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('single workspace')]);
    await expectNothingHappened();
    await api.close();
  });
});

describe('a state', () => {
  const exchanges = (): number => slack.calls('oauth.v2.access').length;

  it('that is forged is not taken', async () => {
    const browser = openBrowser();
    const back = new URL(await agree(browser));
    const forged = `${back.searchParams.get('state')?.slice(0, -6)}abcdef`;
    back.searchParams.set('state', forged);
    for (const name of browser.cookies.keys()) browser.cookies.set(name, forged);
    expect((await browser.get(back.href)).status).toBe(400);
    expect(exchanges()).toBe(0);
    await expectNothingHappened();
  });

  it('of another browser is not taken', async () => {
    const back = await agree(openBrowser());
    const victim = openBrowser();
    expect((await victim.get(back)).status).toBe(400);
    await victim.get(`${crier.url}/slack/install`);
    expect((await victim.get(back)).status).toBe(400);
    expect(exchanges()).toBe(0);
    await expectNothingHappened();
  });

  it('is not taken after ten minutes, and until then it is', async () => {
    const [late, inTime] = [openBrowser(), openBrowser()];
    const [backLate, backInTime] = [await agree(late), await agree(inTime)];
    bench.clock.forward({ minutes: 9 });
    expect((await inTime.get(backInTime)).status).toBe(200);
    bench.clock.forward({ minutes: 2 });
    const page = await late.get(backLate);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('does not work any more')]);
    expect(exchanges()).toBe(1);
  });

  it('is taken once', async () => {
    const browser = openBrowser();
    const back = await agree(browser);
    const cookies = new Map(browser.cookies);
    expect((await browser.get(back)).status).toBe(200);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await browser.get(back)).status).toBe(400);
    expect(exchanges()).toBe(1);
    expect(greeted).toHaveLength(1);
  });

  it.each(['', '?code=1234', '?state=1234', '?error=invalid_scope'])('that is missing is not taken: %s', async (query) => {
    expect((await openBrowser().get(`${crier.url}/slack/oauth_redirect${query}`)).status).toBe(400);
    await expectNothingHappened();
  });

  it('is signed with a secret that every process with the same key has, and that is not the key', () => {
    const key = (byte: number) => createSecretKey(Buffer.alloc(32, byte));
    expect(deriveStateSecret(key(1))).toBe(deriveStateSecret(key(1)));
    expect(deriveStateSecret(key(1))).not.toBe(deriveStateSecret(key(2)));
    expect(deriveStateSecret(key(1))).not.toContain('0101');
  });
});

describe('where Slack does not give the access', () => {
  it.each([
    { fault: { error: 'invalid_code' }, status: 400, level: 'info' },
    { fault: { error: 'bad_client_secret' }, status: 500, level: 'error' },
    { fault: { status: 503 }, status: 502, level: 'error' },
  ] as const)('the page says so, and nothing is stored: $fault', async ({ fault, status, level }) => {
    const browser = openBrowser();
    const back = await agree(browser);
    slack.failNext('oauth.v2.access', fault);
    const page = await browser.get(back);
    expect([page.status, page.text]).toEqual([status, expect.stringContaining('Start again')]);
    expect(bench.log.lines.map((line) => line.level)).toContain(level);
    await expectNothingHappened();
  });
});
