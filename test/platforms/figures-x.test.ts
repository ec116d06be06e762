// How posts on X did: as the emulated X serves it, and as X's documented answer is read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNTOLD, UNTOLD_ACCOUNT } from '../../src/core/figures.ts';
import type { OAuthApp } from '../../src/core/oauth.ts';
import type { Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { accountFigures, figures } from '../../src/platforms/x/figures.ts';
import { x } from '../../src/platforms/x/index.ts';
import documented from '../fixtures/x/figures.json' with { type: 'json' };
import me from '../fixtures/x/me.json' with { type: 'json' };
import oauth from '../fixtures/x/oauth.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { type Harness, openHarness } from './harness.ts';
import { subjects } from './subjects.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

const subject = subjects.find(({ platform }) => platform === x);
const postOf = (remoteId: string): Published => ({ remoteId, url: `https://x.com/XDevelopers/status/${remoteId}` });

/** As the emulated X has them, where a quarter as many quoted a post as reposted it. */
function expectedOf(id: string, hours: number, answers = 0) {
  const { likes, comments, shares, saves, views } = figuresOf(id, hours * 3_600_000);
  return { ...UNTOLD, likes, comments: comments + answers, shares: shares + Math.floor(shares / 4), saves, views };
}

describe('the figures of posts', () => {
  let harness: Harness;
  beforeEach(async () => {
    if (!subject) throw new Error('X is no subject');
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  it('are what X serves hours later, of several by one request, and what it does not know is left out', async () => {
    const first = await (await harness.delivery({ text: 'One' })).publish();
    harness.pass({ hours: 1 });
    const answer = await (await harness.delivery({ text: 'Two', thread: [first] })).publish();
    harness.pass({ hours: 8 });
    const { context } = await harness.delivery();
    const found = await figures({ ...context, posts: [first, postOf('77'), answer] });
    expect(Object.fromEntries(found)).toEqual({
      [first.remoteId]: expectedOf(first.remoteId, 9, 1),
      [answer.remoteId]: expectedOf(answer.remoteId, 8),
    });
    expect(found.get(first.remoteId)?.views).toBeGreaterThan(0);
    expect(harness.countRequests('GET /2/tweets')).toBe(1);
  });

  it('are asked for a hundred at a time', async () => {
    const posts = Array.from({ length: 101 }, (_, at) => postOf(String(at + 1)));
    const { context } = await harness.delivery();
    expect(await figures({ ...context, posts })).toEqual(new Map());
    expect(harness.countRequests('GET /2/tweets')).toBe(2);
  });

  it('are unknown of every post where X refuses the login', async () => {
    const { context } = await harness.delivery();
    const asked = figures({ ...context, credentials: { accessToken: 'gone', refreshToken: null }, posts: [postOf('77')] });
    await expect(asked.catch((error: unknown) => Promise.reject(x.classifyError(error)))).rejects.toMatchObject({
      kind: 'auth-expired',
    });
  });
});

describe('on the wire', () => {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const { access_token: accessToken, refresh_token: refreshToken } = oauth.tokens;
  const account = accountOf({ platform: 'x', remoteId: '2244994945', handle: '@XDevelopers', service: 'https://x.com' });
  const appWith = (figures: string): OAuthApp => ({ clientId: 'an-app', clientSecret: 'its-secret', options: { figures } });
  const access = (app: OAuthApp | null = appWith('true')) =>
    postBy({ ...surroundings(), account, app, credentials: { accessToken, refreshToken } });
  const ask = (ids: readonly string[], app?: OAuthApp | null) => figures({ ...access(app), posts: ids.map(postOf) });
  const api = () => mock('https://api.x.com', { reqheaders: { authorization: `Bearer ${accessToken}` } });

  it('the documented answer tells all but reach and clicks, and nothing of a post that X withholds', async () => {
    const { request, response } = documented;
    api().get('/2/tweets').query(request).reply(200, response);
    expect(Object.fromEntries(await ask(request.ids.split(',')))).toEqual({
      '1234567890': { ...UNTOLD, likes: 100, comments: 5, shares: 12, saves: 3, views: 1500 },
      '1234567892': UNTOLD,
    });
  });

  it.each([appWith('false'), null])('nothing is asked, and nothing billed, where nobody wanted it', async (app) => {
    expect(Object.fromEntries(await ask(['1234567890'], app))).toEqual({ '1234567890': UNTOLD });
    expect(await accountFigures(access(app))).toEqual(UNTOLD_ACCOUNT);
  });

  it('a count that is not there is unknown, and not 0', async () => {
    const data = [{ id: '1234567890', public_metrics: { like_count: 0 } }];
    api().get('/2/tweets').query({ ids: '1234567890', 'tweet.fields': 'public_metrics' }).reply(200, { data });
    expect((await ask(['1234567890'])).get('1234567890')).toEqual({ ...UNTOLD, likes: 0 });
  });

  it('followers are those of the documented answer, and unknown where X leaves the metrics out', async () => {
    const { public_metrics: metrics, ...untold } = me.response.data;
    const lookUp = (data: object) => api().get('/2/users/me').query({ 'user.fields': 'public_metrics' }).reply(200, { data });
    lookUp(me.response.data);
    expect(await accountFigures(access())).toEqual({ ...UNTOLD_ACCOUNT, followers: metrics.followers_count });
    lookUp(untold);
    expect(await accountFigures(access())).toEqual(UNTOLD_ACCOUNT);
  });

  it('an account whose app has no credits left is told of by what to buy', async () => {
    api().get('/2/users/me').query(true).reply(402, { title: 'CreditsDepleted', type: 'https://api.x.com/2/problems/credits' });
    const failure: unknown = await accountFigures(access()).catch((error: unknown) => error);
    expect(x.classifyError(failure)).toMatchObject({
      kind: 'rate-limited',
      userMessage: expect.stringContaining('console.x.com'),
    });
  });
});
