// What every platform promises that connects accounts by a link to the network's own page.
import { expect, it } from 'vitest';
import type { OAuth, OAuthApp, OAuthWay } from '../../../src/core/oauth.ts';
import { press } from '../../support/link-desk.ts';
import { type Current, failureOf, type Harness, loginRefused, type Subject } from '../harness.ts';

const REDIRECT = 'http://127.0.0.1:9/oauth/callback';
const CODE = /([?&]code=)[^&]*/;

export function describeLinking(subject: Subject, oauth: OAuth, current: Current): void {
  const { platform, publicRequest, tokenRequest, pkce = false, revokes = true } = subject;
  const surroundings = async ({ delivery }: Harness) => {
    const { http, clock, signal } = (await delivery()).context;
    return { http, clock, signal };
  };
  const appAt = async (service: string): Promise<OAuthApp> => {
    const { network } = current();
    const app = oauth.prepareApp ? await oauth.prepareApp(service, REDIRECT, null, await surroundings(current())) : network.app;
    if (!app) throw new Error(`the emulated ${platform.name} has no app for Crier`);
    return app;
  };
  const begin = async (): Promise<OAuthWay> => {
    const { network } = current();
    // where the server is not asked for, it is the real one's that the platform names
    const service = oauth.fields.length > 0 ? oauth.serviceOf(network.demo) : network.url;
    const app = await appAt(service);
    return { service, app, redirectUri: REDIRECT, state: 's'.repeat(43), verifier: 'v'.repeat(43) };
  };
  const decide = async (way: OAuthWay, decision: 'allow' | 'deny'): Promise<string> =>
    press((await oauth.authorizationUrl(way)).href, decision);
  const connect = async (way: OAuthWay, back: string) =>
    oauth.connect(way, new URL(back).searchParams, await surroundings(current()));
  const allowed = async () => {
    const way = await begin();
    const granted = await connect(way, await decide(way, 'allow'));
    if (granted === 'denied') throw new Error('it was denied');
    return { ...granted, account: granted.accounts[0], app: way.app };
  };

  it('connects the account where Allow is pressed, with all that was asked for, and can publish', async () => {
    const { network, delivery } = current();
    const { account, scopes, app } = await allowed();
    expect(account).toMatchObject({ service: network.url, handle: expect.stringMatching(/\w/) });
    expect(scopes).toEqual(oauth.scopes(app).map(({ name }) => name));
    const { publish } = await delivery({ credentials: account.credentials });
    await publish();
    expect(network.posts()).toHaveLength(1);
  });

  it('connects nothing where Deny is pressed', async () => {
    const way = await begin();
    expect(await connect(way, await decide(way, 'deny'))).toBe('denied');
  });

  it('sends neither verifier nor app secret through the browser', async () => {
    const way = await begin();
    const { href, searchParams } = await oauth.authorizationUrl(way);
    if (pkce) expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    for (const secret of [way.verifier, way.app.clientSecret]) expect(href).not.toContain(secret);
  });

  it.each([
    ['another state', (back: string) => back.replace(/state=[^&]*/, 'state=forged')],
    ['no state', (back: string) => back.replace(/[?&]state=[^&]*/, '')],
    ['a code that was not given', (back: string) => back.replace(CODE, '$1guessed')],
  ])('connects nothing for %s', async (_, forge) => {
    const way = await begin();
    const failure = await failureOf(platform, connect(way, forge(await decide(way, 'allow'))));
    expect(failure.kind).toBe('invalid-input');
  });

  it('connects nothing for a code that was used already', async () => {
    const way = await begin();
    const back = await decide(way, 'allow');
    await connect(way, back);
    expect((await failureOf(platform, connect(way, back))).kind).toBe('invalid-input');
  });

  it('says that the network could not be asked where it fails', async () => {
    const way = await begin();
    const back = await decide(way, 'allow');
    if (!tokenRequest) throw new Error(`the contract of ${platform.name} names no request for the token`);
    current().network.faults.order({ match: tokenRequest, status: 503 });
    expect((await failureOf(platform, connect(way, back))).kind).toBe('unavailable');
  });

  if (pkce) {
    it('connects nothing for a code that was given to another link', async () => {
      const way = await begin();
      const back = await decide(way, 'allow');
      expect((await failureOf(platform, connect({ ...way, verifier: 'w'.repeat(43) }, back))).kind).toBe('invalid-input');
    });
  }

  if (revokes) {
    it('takes a login back: nothing can be published with it any more', async () => {
      const { account } = await allowed();
      const { context, failure } = await current().delivery({ credentials: account.credentials });
      expect(await oauth.revoke(context)).toBe('revoked');
      expect(loginRefused(platform)).toContain((await failure()).kind);
      expect(current().network.posts()).toEqual([]);
      expect(current().countRequests(publicRequest)).toBeLessThanOrEqual(1);
    });
  } else {
    it('says that it cannot take a login back', async () => {
      const { account } = await allowed();
      const { context } = await current().delivery({ credentials: account.credentials });
      expect(await oauth.revoke(context)).toBe('cannot');
    });
  }

  if (platform.connect) {
    it('says that it cannot take back what was typed', async () => {
      const { context } = await current().delivery();
      expect(await oauth.revoke(context)).toBe('cannot');
    });
  }
}
