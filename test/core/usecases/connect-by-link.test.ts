// Connecting by a link and disconnecting, with the real Mastodon platform before the emulated network and a real database.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OAuth } from '../../../src/core/oauth.ts';
import type { Platform } from '../../../src/core/platform.ts';
import type { Deps } from '../../../src/core/ports.ts';
import { finishLink, makeLink } from '../../../src/core/usecases/connect-by-link.ts';
import { disconnectAccount } from '../../../src/core/usecases/disconnect-account.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { decide, HERE, type LinkDesk, openLinkDesk } from '../../support/link-desk.ts';
import { connectTyped } from '../../support/typed-login.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());

const finish = (back: string, deps: Deps = desk.deps) => finishLink(deps, 'mastodon', new URL(back).searchParams);
const requests = (line: string): number =>
  desk.emulator.networks.mastodon.requests().filter(({ method, path }) => `${method} ${path}` === line).length;

async function connected(actor: Actor): Promise<string> {
  const outcome = await finish(await decide(await desk.link(actor), 'allow'));
  if (outcome.kind !== 'connected') throw new Error(`it was ${outcome.kind}`);
  return outcome.connections[0].account.id;
}

/** The real parts, with one function of the network's OAuth in another way. */
function depsWith(change: (oauth: OAuth) => Partial<OAuth>): Deps {
  const real = desk.deps.platforms.get('mastodon');
  if (!real.oauth) throw new Error('Mastodon has no OAuth');
  const mastodon: Platform = { ...real, oauth: { ...real.oauth, ...change(real.oauth) } };
  return { ...desk.deps, platforms: { all: () => [mastodon], get: () => mastodon, find: () => mastodon } };
}

describe('making a link', () => {
  it('registers Crier at an instance once, and again where the instance has forgotten it', async () => {
    const actor = await desk.enter();
    await desk.link(actor);
    const before = requests('POST /api/v1/apps');
    await desk.link(actor);
    expect(requests('POST /api/v1/apps')).toBe(before);
    await desk.database.pool.query('delete from oauth_app');
    await desk.link(actor);
    expect(requests('POST /api/v1/apps')).toBe(before + 1);
    desk.emulator.networks.mastodon.faults.order({ match: 'POST /oauth/token', status: 401, body: { error: 'invalid_client' } });
    await desk.link(actor);
    expect(requests('POST /api/v1/apps')).toBe(before + 2);
  });

  it('is for admins', async () => {
    const author = await desk.enter({ userId: 'bob', role: 'author' });
    await expect(desk.link(author)).rejects.toMatchObject({ kind: 'not-permitted' });
  });

  it.each([
    ['', 'instance is missing'],
    ['not a url', 'instance is not a web address'],
    ['http://127.0.0.2:81', 'CRIER_ALLOW_PRIVATE_HOSTS'],
  ])('names the instance where that is %j', async (instance, words) => {
    const link = desk.link(await desk.enter(), { instance });
    await expect(link).rejects.toMatchObject({ userMessage: expect.stringContaining(words) });
  });

  it('says that a server is no Mastodon before anybody is sent there', async () => {
    const link = desk.link(await desk.enter(), { instance: desk.emulator.networks.bluesky.url });
    await expect(link).rejects.toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining('instance') });
  });

  it('is not possible where nothing takes what the network sends back', async () => {
    const mastodon = desk.deps.platforms.get('mastodon');
    const request = { platform: mastodon, fields: { instance: desk.emulator.networks.mastodon.url }, origin: HERE };
    const making = makeLink({ ...desk.deps, webAddress: () => null }, await desk.enter(), request);
    await expect(making).rejects.toMatchObject({ kind: 'invalid-input' });
  });

  it('leaves nothing in the database that opens or proves a link', async () => {
    const link = await desk.link(await desk.enter());
    const { rows } = await desk.database.pool.query('select * from oauth_link, oauth_app');
    const back = new URL(await decide(link, 'allow'));
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(link.url.split('/').at(-1));
    expect(stored).not.toContain(back.searchParams.get('state'));
  });

  it('clears away links whose time is over', async () => {
    const actor = await desk.enter();
    await desk.link(actor);
    desk.clock.forward({ minutes: 10 });
    await desk.link(actor);
    expect((await desk.database.pool.query('select 1 from oauth_link')).rowCount).toBe(1);
  });
});

describe('coming back', () => {
  it('renews an account that was connected before', async () => {
    const actor = await desk.enter();
    const id = await connected(actor);
    const outcome = await finish(await decide(await desk.link(actor), 'allow'));
    expect(outcome).toMatchObject({ kind: 'connected', connections: [{ renewed: true, account: { id } }] });
  });

  it('connects nothing for somebody who is no admin any more', async () => {
    const actor = await desk.enter();
    const back = await decide(await desk.link(actor), 'allow');
    await desk.enter({ teamId: actor.workspace.teamId, role: 'viewer' });
    expect(await finish(back)).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('Your role here is viewer') });
    expect(await desk.deps.store.accounts.list(actor.workspace.id)).toEqual([]);
  });

  it('tells what cannot be done where the network allowed less', async () => {
    const actor = await desk.enter();
    const deps = depsWith(({ connect }) => ({
      connect: async (...given) => {
        const granted = await connect(...given);
        return granted === 'denied' ? granted : { ...granted, scopes: ['read:accounts', 'write:statuses', 'read:statuses'] };
      },
    }));
    const outcome = await finish(await decide(await desk.link(actor), 'allow'), deps);
    expect(outcome).toMatchObject({ kind: 'connected', missing: [{ name: 'write:media' }] });
  });

  it('connects nothing where posting itself was not allowed', async () => {
    const actor = await desk.enter();
    const deps = depsWith(({ connect }) => ({
      connect: async (...given) => {
        const granted = await connect(...given);
        return granted === 'denied' ? granted : { ...granted, scopes: ['read:accounts'] };
      },
    }));
    const outcome = await finish(await decide(await desk.link(actor), 'allow'), deps);
    expect(outcome).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('did not let Crier post') });
    expect(await desk.deps.store.accounts.list(actor.workspace.id)).toEqual([]);
  });
});

describe('disconnecting', () => {
  beforeEach(() => desk.database.pool.query("update account set state = 'disconnected', sealed_credentials = null"));

  it('takes the login back at the network', async () => {
    const actor = await desk.enter();
    const id = await connected(actor);
    const { accessToken } = await desk.deps.store.credentials(id);
    expect(await disconnectAccount(desk.deps, actor, 'mastodon')).toMatchObject({ revocation: 'revoked' });
    const headers = { authorization: `Bearer ${accessToken}` };
    const asked = await fetch(`${desk.emulator.networks.mastodon.url}/api/v1/accounts/verify_credentials`, { headers });
    expect(asked.status).toBe(401);
  });

  it('forgets it also where the network does not answer, and says so', async () => {
    const actor = await desk.enter();
    const id = await connected(actor);
    desk.emulator.networks.mastodon.faults.order({ match: 'POST /oauth/revoke', status: 503 });
    expect(await disconnectAccount(desk.deps, actor, 'mastodon')).toMatchObject({ revocation: 'failed' });
    await expect(desk.deps.store.credentials(id)).rejects.toMatchObject({ kind: 'auth-revoked' });
  });

  it('leaves the login of another workspace alone, which may have the same token', async () => {
    const [here, there] = [await desk.enter(), await desk.enter()];
    await connected(here);
    await connected(there);
    const before = requests('POST /oauth/revoke');
    expect(await disconnectAccount(desk.deps, here, 'mastodon')).toMatchObject({ revocation: 'shared' });
    expect(requests('POST /oauth/revoke')).toBe(before);
  });

  it('cannot take back a token that was typed', async () => {
    const actor = await desk.enter();
    const { instance, token } = desk.emulator.networks.mastodon.demo;
    const { http, clock, store, platforms } = desk.deps;
    const signal = AbortSignal.timeout(5000);
    const login = { instance: instance ?? '', token: token ?? '' };
    const account = await connectTyped(platforms.get('mastodon'), login, { http, clock, signal });
    await store.accounts.connect(actor, { platform: 'mastodon', ...account });
    expect(await disconnectAccount(desk.deps, actor, 'mastodon')).toMatchObject({ revocation: 'cannot' });
    expect(requests('POST /oauth/revoke')).toBeLessThan(3);
  });
});
