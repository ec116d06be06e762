// Connecting by a link from the chat's link to the page that says how it ended, over real HTTP.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src/log.ts';
import { decide, type LinkDesk, locationOf, open, openLinkDesk } from '../support/link-desk.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.told.length = 0;
  desk.log.lines.length = 0;
});

const pageAt = async (url: string): Promise<{ status: number; text: string; headers: Headers }> => {
  const response = await open(url);
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const accountsOf = async (workspaceId: string) => desk.deps.store.accounts.list(workspaceId);

describe('a link', () => {
  it('leads to the instance and back, and connects the account', async () => {
    const actor = await desk.enter();
    const link = await desk.link(actor);
    const page = await pageAt(await decide(link, 'allow'));
    expect(page.status).toBe(200);
    expect(page.text).toContain('is connected');
    expect(page.text).toContain('go on in Team');
    const [account] = await accountsOf(actor.workspace.id);
    expect(account).toMatchObject({ platform: 'mastodon', state: 'connected', service: desk.emulator.networks.mastodon.url });
    expect(desk.told).toMatchObject([{ kind: 'connected', missing: [], connections: [{ renewed: false }] }]);
  });

  it('shows neither state nor secret before it is opened, and keeps what it answers out of caches and of other sites', async () => {
    const link = await desk.link(await desk.enter());
    expect(link.url).toMatch(/\/connect\/[\w-]{43}$/);
    const followed = await open(link.url);
    const target = new URL(locationOf(followed));
    expect(target.origin).toBe(desk.emulator.networks.mastodon.url);
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${desk.url}/oauth/callback/mastodon`,
      scope: 'read:accounts write:statuses write:media read:statuses',
    });
    const back = await pageAt(await decide(link, 'deny'));
    for (const { headers } of [followed, back]) {
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(back.text).not.toContain('<script');
  });

  it('may be opened again, as previews do, until somebody has decided', async () => {
    const link = await desk.link(await desk.enter());
    const [first, second] = [await open(link.url), await open(link.url)];
    expect(locationOf(first)).toBe(locationOf(second));
    await open(await decide(link, 'allow'));
    expect(await pageAt(link.url)).toMatchObject({ status: 404, text: expect.stringContaining('does not count any more') });
  });

  it('says so where Deny was pressed, connects nothing, and lets one begin again', async () => {
    const actor = await desk.enter();
    const page = await pageAt(await decide(await desk.link(actor), 'deny'));
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Nothing was connected') });
    expect(await accountsOf(actor.workspace.id)).toEqual([]);
    expect(desk.told).toMatchObject([{ kind: 'denied' }]);
    expect((await pageAt(await decide(await desk.link(actor), 'allow'))).status).toBe(200);
    expect(await accountsOf(actor.workspace.id)).toHaveLength(1);
  });

  it('is over after ten minutes', async () => {
    const actor = await desk.enter();
    const link = await desk.link(actor);
    const back = await decide(link, 'allow');
    desk.clock.forward({ minutes: 10 });
    expect((await pageAt(link.url)).status).toBe(404);
    expect(await pageAt(back)).toMatchObject({ status: 400, text: expect.stringContaining('does not count any more') });
    expect(await accountsOf(actor.workspace.id)).toEqual([]);
    expect(desk.told).toMatchObject([{ kind: 'unknown' }]);
  });
});

describe('what comes back', () => {
  it('counts once, also where it comes twice at one moment', async () => {
    const actor = await desk.enter();
    const back = await decide(await desk.link(actor), 'allow');
    const statuses = await Promise.all([pageAt(back), pageAt(back), pageAt(back)]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect((await pageAt(back)).status).toBe(400);
    expect(desk.told.filter(({ kind }) => kind === 'connected')).toHaveLength(1);
  });

  it.each([
    ['a state that nobody was given', '?code=1&state=forged', 400],
    ['no state', '?code=1', 400],
    ['nothing', '', 400],
  ])('writes nothing where it has %s', async (_, query, status) => {
    const count = async () => (await desk.database.pool.query('select count(*) from account')).rows;
    const before = await count();
    expect((await pageAt(`${desk.url}/oauth/callback/mastodon${query}`)).status).toBe(status);
    expect(await count()).toEqual(before);
  });

  it('counts at the address of its own network alone', async () => {
    const actor = await desk.enter();
    const back = await decide(await desk.link(actor), 'allow');
    for (const other of ['bluesky', 'nowhere']) expect((await pageAt(back.replace('mastodon', other))).status).toBe(400);
    expect((await pageAt(back)).status).toBe(200);
  });

  it('connects nothing with a code that the network did not give', async () => {
    const actor = await desk.enter();
    const back = new URL(await decide(await desk.link(actor), 'allow'));
    back.searchParams.set('code', 'guessed');
    const page = await pageAt(back.href);
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('invalid_grant') });
    expect(await accountsOf(actor.workspace.id)).toEqual([]);
    expect(desk.told).toMatchObject([{ kind: 'failed' }]);
  });

  it('connects nothing while the network answers the exchange with a failure', async () => {
    const actor = await desk.enter();
    const back = await decide(await desk.link(actor), 'allow');
    desk.emulator.networks.mastodon.faults.order({ match: 'POST /oauth/token', status: 503 });
    expect((await pageAt(back)).text).toContain('could not be asked for the login');
    expect(await accountsOf(actor.workspace.id)).toEqual([]);
  });

  it.each([
    ['a code is refused', null],
    ['a token comes in a way nobody understands', { access_token: 'tell-nobody' }],
  ])('leaves neither state, code nor token in the log where %s', async (_, body) => {
    const back = await decide(await desk.link(await desk.enter()), 'allow');
    if (body) desk.emulator.networks.mastodon.faults.order({ match: 'POST /oauth/token', status: 200, body });
    expect((await pageAt(back.replace(/code=[^&]*/, 'code=guessed'))).text).toContain('Nothing was connected');
    const written: string[] = [];
    const log = openLog('debug', { write: (line) => void written.push(line) });
    for (const { level, fields, message } of desk.log.lines) if (level === 'warn') log.warn(fields, message);
    const text = written.join('\n');
    expect(text).toContain('could not be connected');
    for (const secret of [new URL(back).searchParams.get('state'), 'guessed', 'tell-nobody']) expect(text).not.toContain(secret);
  });
});
