// What every platform promises that connects accounts by a link to the network's own page.
import { expect, it } from 'vitest';
import type { OAuth, OAuthWay } from '../../../src/core/oauth.ts';
import { press } from '../../support/link-desk.ts';
import { type Current, failureOf, type Harness, type Subject } from '../harness.ts';

const REDIRECT = 'http://127.0.0.1:9/oauth/callback';
const CODE = /([?&]code=)[^&]*/;

export function describeLinking({ platform, publicRequest }: Subject, oauth: OAuth, current: Current): void {
  const surroundings = async ({ delivery }: Harness) => {
    const { http, clock, signal } = (await delivery()).context;
    return { http, clock, signal };
  };
  const begin = async (): Promise<OAuthWay> => {
    const { network } = current();
    const service = oauth.serviceOf(network.demo);
    const app = await oauth.prepareApp(service, REDIRECT, null, await surroundings(current()));
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
    return granted;
  };

  it('connects the account where Allow is pressed, with all that was asked for, and can publish', async () => {
    const { network, delivery } = current();
    const { account, scopes } = await allowed();
    expect(account).toMatchObject({ service: network.url, expiresAt: null });
    expect(scopes).toEqual(oauth.scopes.map(({ name }) => name));
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
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
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

  it('connects nothing for a code that was given to another link', async () => {
    const way = await begin();
    const back = await decide(way, 'allow');
    expect((await failureOf(platform, connect({ ...way, verifier: 'w'.repeat(43) }, back))).kind).toBe('invalid-input');
  });

  it('says that the network could not be asked where it fails', async () => {
    const way = await begin();
    const back = await decide(way, 'allow');
    current().network.faults.order({ match: 'POST /oauth/token', status: 503 });
    expect((await failureOf(platform, connect(way, back))).kind).toBe('unavailable');
  });

  it('takes a login back: nothing can be published with it any more', async () => {
    const { account } = await allowed();
    const { context, failure } = await current().delivery({ credentials: account.credentials });
    expect(await oauth.revoke(context)).toBe('revoked');
    expect((await failure()).kind).toBe('auth-revoked');
    expect(current().countRequests(publicRequest)).toBe(1);
  });

  it('says that it cannot take back what was typed', async () => {
    const { context } = await current().delivery();
    expect(await oauth.revoke(context)).toBe('cannot');
  });
}
