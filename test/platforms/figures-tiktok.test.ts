// How posts on TikTok did: as the emulated TikTok serves it, and as TikTok's documented answers are read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNTOLD, UNTOLD_ACCOUNT } from '../../src/core/figures.ts';
import type { OAuthApp } from '../../src/core/oauth.ts';
import type { Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { accountFigures, figures } from '../../src/platforms/tiktok/figures.ts';
import { tiktok } from '../../src/platforms/tiktok/index.ts';
import documented from '../fixtures/tiktok/figures.json' with { type: 'json' };
import oauth from '../fixtures/tiktok/oauth.json' with { type: 'json' };
import status from '../fixtures/tiktok/status.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf, type Harness, openHarness, renewLogin } from './harness.ts';
import { deliveryAs, photos, STATUS, subject, video } from './tiktok-subject.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

const QUERY = 'POST /v2/video/query/';
const postOf = (remoteId: string): Published => ({ remoteId, url: 'https://www.tiktok.com/@tiktok' });

function expectedOf(id: string, hours: number) {
  const { likes, comments, shares, views } = figuresOf(id, hours * 3_600_000);
  return { ...UNTOLD, likes, comments, shares, views };
}

describe('the figures of posts', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  it('are what TikTok serves hours later, of several by one request, and what it does not know is left out', async () => {
    const first = await (await harness.delivery({ media: [await video()] })).publish();
    harness.pass({ hours: 1 });
    const second = await (await harness.delivery({ media: await photos(2) })).publish();
    harness.pass({ hours: 8 });
    const { context } = await harness.delivery();
    const asked = harness.countRequests(STATUS);
    const found = await figures({ ...context, posts: [first, postOf('7575000000000000000'), second] });
    expect(Object.fromEntries(found)).toEqual({
      [first.remoteId]: expectedOf(first.remoteId, 9),
      [second.remoteId]: expectedOf(second.remoteId, 8),
    });
    expect(found.get(first.remoteId)?.views).toBeGreaterThan(0);
    expect([harness.countRequests(QUERY), harness.countRequests(STATUS) - asked]).toEqual([1, 0]);
  });

  it('are found by the publish_id too, once TikTok tells which post came of it', async () => {
    const { context, publish, handles } = await harness.delivery({ media: [await video()] });
    const { remoteId: postId } = await publish();
    const publishId = String(handles().publishId);
    const found = await figures({ ...context, posts: [postOf(publishId)] });
    expect(Object.fromEntries(found)).toEqual({ [publishId]: expectedOf(postId, 0) });
  });

  it('of a draft, of what only some may see, and of a publish_id that TikTok does not know, are left out', async () => {
    const draft = await (await harness.delivery({ media: [await video()], options: { as: 'inbox' } })).publish();
    const sent = await harness.delivery({ media: [await video()], options: { privacy: 'SELF_ONLY' } });
    const secret = await sent.publish();
    expect(await figures({ ...sent.context, posts: [draft, secret, postOf('v_pub_file~v2.1')] })).toEqual(new Map());
    expect(harness.countRequests(QUERY)).toBe(0);
  });

  it('of more than 20 take a second request, of more than 10 without an id the rest wait, and of none no request', async () => {
    const { context, publish } = await harness.delivery({ media: [await video()] });
    const out = await publish();
    const others = Array.from({ length: 20 }, (_, index) => postOf(String(index + 1)));
    expect([...(await figures({ ...context, posts: [...others, out] })).keys()]).toEqual([out.remoteId]);
    expect(harness.countRequests(QUERY)).toBe(2);
    const asked = harness.countRequests(STATUS);
    const drafts = Array.from({ length: 12 }, (_, index) => postOf(`v_inbox_file~v2.${index}`));
    expect(await figures({ ...context, posts: drafts })).toEqual(new Map());
    expect(await figures({ ...context, posts: [] })).toEqual(new Map());
    expect([harness.countRequests(STATUS) - asked, harness.countRequests(QUERY)]).toEqual([10, 2]);
  });

  it('are not known by a login whose two hours are over, which refreshing mends', async () => {
    const sent = await harness.delivery({ media: [await video()] });
    const posts = [await sent.publish()];
    harness.pass({ hours: 3 });
    expect((await failureOf(tiktok, figures({ ...sent.context, posts }))).kind).toBe('auth-expired');
    await renewLogin(subject, sent);
    expect((await figures({ ...sent.context, posts })).size).toBe(1);
  });

  it('are not known where TikTok asks to slow down, also while it is asked for the id of a post', async () => {
    const { context } = await harness.delivery();
    for (const [match, remoteId] of [[QUERY, '1'] as const, [STATUS, 'v_pub_file~v2.1'] as const]) {
      harness.network.faults.order({ match, status: 429, headers: { 'retry-after': '60' } });
      const failure = await failureOf(tiktok, figures({ ...context, posts: [postOf(remoteId)] }));
      expect(failure).toMatchObject({ kind: 'rate-limited', retryAfterMs: 60_000 });
    }
  });

  it('are those of the account that asks, and nothing of what another one posted', async () => {
    const { context } = await harness.delivery();
    const foreign = await (await deliveryAs(harness, 'somebody', { media: [await video()] })).publish();
    expect(await figures({ ...context, posts: [foreign] })).toEqual(new Map());
  });
});

describe('on the wire', () => {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const { access_token: accessToken, refresh_token: refreshToken, open_id: remoteId } = oauth.tokens;
  const account = accountOf({ platform: 'tiktok', remoteId, handle: '@tiktok', service: 'https://www.tiktok.com' });
  const appWith = (figures: string): OAuthApp => ({ clientId: 'an-app', clientSecret: 'its-secret', options: { figures } });
  const as = (app: OAuthApp | null = appWith('true')) =>
    postBy({ ...surroundings(), account, app, credentials: { accessToken, refreshToken } });
  const api = () => mock('https://open.tiktokapis.com', { reqheaders: { authorization: `Bearer ${accessToken}` } });
  const { filters } = documented.request;
  const [own = '', foreign = ''] = filters.video_ids;

  it('TikTok is asked as in the documented example, and what it leaves out is left out', async () => {
    api().post('/v2/video/query/', documented.request).query({ fields: documented.fields }).reply(200, documented.response);
    expect(await figures({ ...as(), posts: [own, foreign].map(postOf) })).toEqual(
      new Map([[own, { ...UNTOLD, likes: 25, comments: 4, shares: 0, views: 913 }]]),
    );
  });

  it('an id comes digit by digit for a publish_id', async () => {
    const id = '7575000000000001037';
    const videos = [{ id, view_count: 7 }];
    api()
      .post('/v2/post/publish/status/fetch/', { publish_id: 'v_pub_file~v2.1' })
      .reply(200, status.complete, { 'content-type': 'application/json' })
      .post('/v2/video/query/', { filters: { video_ids: [id] } })
      .query({ fields: documented.fields })
      .reply(200, { ...documented.response, data: { videos } });
    const found = await figures({ ...as(), posts: [postOf('v_pub_file~v2.1')] });
    expect(found).toEqual(new Map([['v_pub_file~v2.1', { ...UNTOLD, views: 7 }]]));
  });

  it('the followers of the account are asked for by themselves, and unknown where they are not told', async () => {
    const ask = (body: object) => api().get('/v2/user/info/').query({ fields: 'follower_count' }).reply(200, body);
    ask(documented.account);
    expect(await accountFigures(as())).toEqual({ ...UNTOLD_ACCOUNT, followers: 1204 });
    ask({ ...documented.account, data: { user: {} } });
    expect(await accountFigures(as())).toEqual(UNTOLD_ACCOUNT);
  });

  it.each([401, 403, 200])('nothing is known where a scope was not given, which is no failure (%i)', async (answer) => {
    api()
      .post('/v2/video/query/')
      .query(true)
      .reply(answer, documented.noScope)
      .get('/v2/user/info/')
      .query(true)
      .reply(answer, documented.noScope);
    expect(await figures({ ...as(), posts: [postOf(own)] })).toEqual(new Map([[own, UNTOLD]]));
    expect(await accountFigures(as())).toEqual(UNTOLD_ACCOUNT);
  });

  it.each([appWith('false'), null])('nothing is asked where the app does not have the scopes', async (app) => {
    expect(await figures({ ...as(app), posts: [postOf(own), postOf('v_pub_file~v2.1')] })).toEqual(
      new Map([
        [own, UNTOLD],
        ['v_pub_file~v2.1', UNTOLD],
      ]),
    );
    expect(await accountFigures(as(app))).toEqual(UNTOLD_ACCOUNT);
  });
});
