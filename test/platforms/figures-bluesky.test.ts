// How posts did: as the emulated Bluesky serves it, and as an answer in the form of its lexicon is read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { accountFigures, figures } from '../../src/platforms/bluesky/figures.ts';
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import createSession from '../fixtures/bluesky/create-session.json' with { type: 'json' };
import documented from '../fixtures/bluesky/figures.json' with { type: 'json' };
import profile from '../fixtures/bluesky/profile.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { type Delivery, type Harness, openHarness } from './harness.ts';
import { subjects } from './subjects.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

const subject = subjects.find(({ platform }) => platform === bluesky);
const UNTOLD = { views: null, reach: null, clicks: null };
const LIST = 'GET /xrpc/app.bsky.feed.getPosts';
const postOf = (remoteId: string): Published => ({ remoteId, url: remoteId });

/** As the emulated Bluesky has them of a post without answers here. */
function expectedOf(uri: string, hours: number) {
  const { likes, comments, shares, saves } = figuresOf(uri, hours * 3_600_000);
  return { ...UNTOLD, likes, comments, shares: shares + Math.floor(shares / 4), saves };
}

describe('the figures of posts', () => {
  let harness: Harness;
  beforeEach(async () => {
    if (!subject) throw new Error('Bluesky is no subject');
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  const publish = async (idempotencyKey: string, thread: readonly Published[] = []): Promise<Published> =>
    (await harness.delivery({ idempotencyKey, thread })).publish();

  async function remove({ context }: Delivery, { remoteId }: Published): Promise<void> {
    const authorization = `Bearer ${String(context.credentials.accessJwt)}`;
    const [, , repo, collection, rkey] = remoteId.split('/');
    const response = await fetch(`${harness.network.url}/xrpc/com.atproto.repo.deleteRecord`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ repo, collection, rkey }),
    });
    expect(response.status).toBe(200);
  }

  it('are what Bluesky serves hours later, of several posts by one request, and a deleted post is left out', async () => {
    const first = await publish('delivery-1');
    const deleted = await publish('delivery-2');
    harness.pass({ hours: 1 });
    const second = await publish('delivery-3');
    await remove(await harness.delivery(), deleted);
    harness.pass({ hours: 8 });
    const { context } = await harness.delivery();
    const found = await figures({ ...context, posts: [first, deleted, second] });
    expect(Object.fromEntries(found)).toEqual({
      [first.remoteId]: expectedOf(first.remoteId, 9),
      [second.remoteId]: expectedOf(second.remoteId, 8),
    });
    expect(found.get(first.remoteId)?.likes).toBeGreaterThan(0);
    expect(harness.countRequests(LIST)).toBe(1);
  });

  it('count the answers that are in the thread', async () => {
    const first = await publish('delivery-1');
    await publish('delivery-2', [first]);
    const { context } = await harness.delivery();
    expect((await figures({ ...context, posts: [first] })).get(first.remoteId)).toEqual({
      ...UNTOLD,
      likes: 0,
      comments: 1,
      shares: 0,
      saves: 0,
    });
  });

  it('of more than 25 posts take a second request, by a login that is renewed on the way, and of none no request', async () => {
    const { context, ...sent } = await harness.delivery();
    const out = await sent.publish();
    harness.pass({ hours: 9 });
    const others = Array.from({ length: 25 }, (_, index) => postOf(`${out.remoteId}${index}`));
    expect([...(await figures({ ...context, posts: [...others, out] })).keys()]).toEqual([out.remoteId]);
    expect([harness.countRequests(LIST), sent.savedCredentials.length]).toEqual([2, 1]);
    expect(await figures({ ...context, posts: [] })).toEqual(new Map());
    expect(harness.countRequests(LIST)).toBe(2);
  });

  it('are not known where Bluesky cannot be asked', async () => {
    const { context, publish: send } = await harness.delivery();
    const posts = [await send()];
    harness.network.faults.order({ match: LIST, status: 503 });
    const failure: unknown = await figures({ ...context, posts }).catch((error: unknown) => error);
    expect(bluesky.classifyError(failure)).toMatchObject({ meta: { status: 503 } });
  });
});

describe('on the wire', () => {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();

  const { did, handle, accessJwt } = createSession.response;
  const service = 'https://bsky.social';
  const account = accountOf({ platform: 'bluesky', remoteId: did, handle: `@${handle}`, service });
  const credentials = { ...createSession.response, password: createSession.request.password };

  it('Bluesky is asked for posts by their addresses, and what it leaves out is not known', async () => {
    const [first = '', second = ''] = documented.response.posts.map(({ uri }) => uri);
    mock(service, { reqheaders: { authorization: `Bearer ${accessJwt}` } })
      .get('/xrpc/app.bsky.feed.getPosts')
      .query((query) => {
        expect(query).toEqual({ uris: [first, second] });
        return true;
      })
      .reply(200, documented.response);
    const access = postBy({ ...surroundings(), account, credentials, app: null });
    expect(await figures({ ...access, posts: [first, second].map(postOf) })).toEqual(
      new Map([
        [first, { ...UNTOLD, likes: 47, comments: 3, shares: 14, saves: 4 }],
        [second, { ...UNTOLD, likes: null, comments: null, shares: null, saves: null }],
      ]),
    );
  });

  it('Bluesky is asked for the account by its did, and followers that it leaves out are not known', async () => {
    const { followersCount: _, ...untold } = profile.response;
    const pds = () => mock(service, { reqheaders: { authorization: `Bearer ${accessJwt}` } });
    const access = postBy({ ...surroundings(), account, credentials, app: null });
    pds().get('/xrpc/app.bsky.actor.getProfile').query({ actor: did }).reply(200, profile.response);
    expect(await accountFigures(access)).toEqual({ followers: 22_915, views: null, reach: null });
    pds().get('/xrpc/app.bsky.actor.getProfile').query({ actor: did }).reply(200, untold);
    expect(await accountFigures(access)).toEqual({ followers: null, views: null, reach: null });
  });
});
