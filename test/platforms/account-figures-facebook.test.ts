// How a Page itself stands: as the emulated Facebook serves it, and as the documented answers are read.
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountAccess } from '../../src/core/platform.ts';
import { followersOf, seenBetween } from '../../src/emulator/growth.ts';
import { dayAround } from '../../src/emulator/pacific-days.ts';
import { facebook } from '../../src/platforms/facebook/index.ts';
import documented from '../fixtures/facebook/account-figures.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { clip, failureOf, type Harness, openHarness } from './harness.ts';
import { subjects } from './subjects.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

const subject = subjects.find(({ platform }) => platform === facebook);
const read = async (access: AccountAccess) => facebook.accountFigures?.(access);

describe('the figures of an emulated Page', () => {
  let harness: Harness;
  beforeEach(async () => {
    if (!subject) throw new Error('Facebook is no subject');
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  it('are its followers now, and what it served on the last whole day', async () => {
    await (await harness.delivery({ text: 'One' })).publish();
    await (await harness.delivery({ text: 'Two', media: [await clip()] })).publish();
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const { remoteId } = context.account;
    const posts = harness.network.posts().map(({ id, createdAt }) => ({ id, at: createdAt }));
    const yesterday = dayAround(harness.now().subtract({ hours: 24 }));
    const seen = seenBetween(remoteId, posts, yesterday);
    expect(await read(context)).toEqual({ followers: followersOf(remoteId, harness.now()), ...seen });
    expect(seen.views).toBeGreaterThan(seenBetween(remoteId, [], yesterday).views);
  });
});

describe('on the wire', () => {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const app = { clientId: '1234567890123456', clientSecret: 'app-secret' };
  const accessToken = 'page-access-token';
  const remoteId = documented.page.id;
  const account = accountOf({ platform: 'facebook', remoteId, handle: 'Crier', service: 'https://www.facebook.com' });
  const access = () => postBy({ ...surroundings(), account, app, credentials: { accessToken } });
  const proof = { appsecret_proof: createHmac('sha256', app.clientSecret).update(accessToken).digest('hex') };
  const graph = () => mock('https://graph.facebook.com', { reqheaders: { authorization: `Bearer ${accessToken}` } });
  const page = () =>
    graph()
      .get(`/v26.0/${remoteId}`)
      .query({ fields: 'followers_count', ...proof });
  const insights = () =>
    graph()
      .get(`/v26.0/${remoteId}/insights`)
      .query({ ...documented.request, ...proof });
  const followers = documented.page.followers_count;

  it('the day that is over counts, and not the one that has begun', async () => {
    page().reply(200, documented.page);
    insights().reply(200, documented.insights);
    expect(await read(access())).toEqual({ followers, views: 932, reach: 640 });
  });

  it.each([
    ['a permission is missing', 403, documented.forbidden],
    ['Facebook has ended a metric', 400, documented.unknownMetric],
  ])('views and reach are unknown, and not 0, where %s', async (_, status, body) => {
    page().reply(200, documented.page);
    insights().reply(status, body);
    expect(await read(access())).toEqual({ followers, views: null, reach: null });
  });

  it('all is unknown that the answers do not have', async () => {
    page().reply(200, { id: remoteId });
    insights().reply(200, { data: [] });
    expect(await read(access())).toEqual({ followers: null, views: null, reach: null });
  });

  it.each([
    [190, 'auth-revoked'],
    [4, 'rate-limited'],
  ])('a refusal with %i is a failure', async (code, kind) => {
    page().reply(200, documented.page);
    insights().reply(400, { error: { message: 'No', type: 'OAuthException', code } });
    expect(await failureOf(facebook, read(access()))).toMatchObject({ kind });
  });
});
