// How posts and videos of a Page did: as the emulated Facebook serves it, and as the Graph API's documented answer is read.
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FiguresContext, Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { figures } from '../../src/platforms/facebook/figures.ts';
import { facebook } from '../../src/platforms/facebook/index.ts';
import documented from '../fixtures/facebook/figures.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { clip, failureOf, type Harness, openHarness } from './harness.ts';
import { subjects } from './subjects.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

const subject = subjects.find(({ platform }) => platform === facebook);
const UNTOLD = { likes: null, comments: null, shares: null, saves: null, views: null, reach: null, clicks: null };
const BATCH = 'POST /v26.0';
const postOf = (remoteId: string): Published => ({ remoteId, url: `https://www.facebook.com/${remoteId}` });

describe('the figures of posts', () => {
  let harness: Harness;
  beforeEach(async () => {
    if (!subject) throw new Error('Facebook is no subject');
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  it('are what Facebook serves hours later, of posts and videos by one request; what it does not know is left out', async () => {
    const text = await (await harness.delivery({ text: 'One' })).publish();
    harness.pass({ hours: 1 });
    const video = await (await harness.delivery({ text: 'Two', media: [await clip()] })).publish();
    harness.pass({ hours: 47 });
    const { context } = await harness.delivery();
    await facebook.comment?.({ ...context, text: 'The first', post: text });
    const found = await figures({ ...context, posts: [text, postOf('77_88'), video] });
    const [ofText, ofVideo] = [figuresOf(text.remoteId, 48 * 3_600_000), figuresOf(video.remoteId, 47 * 3_600_000)];
    expect(Object.fromEntries(found)).toEqual({
      [text.remoteId]: { ...ofText, comments: ofText.comments + 1, saves: null, clicks: null },
      [video.remoteId]: { ...UNTOLD, likes: ofVideo.likes, comments: ofVideo.comments },
    });
    expect(ofText.shares).toBeGreaterThan(0);
    expect(harness.countRequests(BATCH)).toBe(1);
  });

  it('are asked for by fifty questions at a time, of which a post takes two', async () => {
    const posts = Array.from({ length: 26 }, (_, at) => postOf(`77_${at}`));
    const { context } = await harness.delivery();
    expect(await figures({ ...context, posts })).toEqual(new Map());
    expect(harness.countRequests(BATCH)).toBe(2);
  });

  it('are unknown of every post where one answer is a refusal of the whole Page', async () => {
    const post = await (await harness.delivery()).publish();
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: `GET /v26.0/${post.remoteId}`, status: 429 });
    expect(await failureOf(facebook, figures({ ...context, posts: [post] }))).toMatchObject({ kind: 'rate-limited' });
  });

  it('are without views and reach where the permission for insights is missing', async () => {
    const post = await (await harness.delivery()).publish();
    harness.pass({ hours: 48 });
    const { context } = await harness.delivery();
    const body = { error: { message: '(#200) Requires extended permission: read_insights', type: 'OAuthException', code: 200 } };
    harness.network.faults.order({ match: `GET /v26.0/${post.remoteId}/insights`, status: 403, body });
    const { likes, comments, shares } = figuresOf(post.remoteId, 48 * 3_600_000);
    expect(await figures({ ...context, posts: [post] })).toEqual(
      new Map([[post.remoteId, { ...UNTOLD, likes, comments, shares }]]),
    );
  });

  it('are null where a permission for a post is missing', async () => {
    const post = await (await harness.delivery()).publish();
    const { context } = await harness.delivery();
    const body = { error: { message: '(#10) This requires pages_read_user_content', type: 'OAuthException', code: 10 } };
    harness.network.faults.order({ match: `GET /v26.0/${post.remoteId}*`, times: 2, status: 403, body });
    expect(await figures({ ...context, posts: [post] })).toEqual(new Map([[post.remoteId, UNTOLD]]));
  });
});

describe('on the wire', () => {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const app = { clientId: '1234567890123456', clientSecret: 'app-secret' };
  const accessToken = 'page-access-token';
  const proof = createHmac('sha256', app.clientSecret).update(accessToken).digest('hex');
  const account = accountOf({
    platform: 'facebook',
    remoteId: '546349135390552',
    handle: 'Crier',
    service: 'https://www.facebook.com',
  });
  const { posts: known } = documented;
  const context = (ids: readonly string[]): FiguresContext => ({
    ...postBy({ ...surroundings(), account, app, credentials: { accessToken } }),
    posts: ids.map(postOf),
  });
  const answerOf = ({ code, body }: (typeof known)[number]) => ({ code, body: JSON.stringify(body) });

  /** The next request, which asks for these posts, in this order. */
  const batch = (asked: readonly { relative_url: string }[], answers: readonly (object | null)[]) =>
    mock('https://graph.facebook.com', { reqheaders: { authorization: `Bearer ${accessToken}` } })
      .post('/v26.0', (body: string) => {
        const wanted = JSON.stringify(asked.map(({ relative_url }) => ({ method: 'GET', relative_url })));
        return body.includes(`name="batch"\r\n\r\n${wanted}\r\n`) && body.includes('name="include_headers"\r\n\r\nfalse\r\n');
      })
      .query({ appsecret_proof: proof })
      .reply(200, JSON.stringify(answers));

  it('the documented answers tell likes and comments, and of a post shares, views and reach', async () => {
    batch(known, known.map(answerOf));
    expect(Object.fromEntries(await figures(context([...new Set(known.map(({ id }) => id))])))).toEqual({
      '546349135390552_1116689038356556': { ...UNTOLD, likes: 28, comments: 4, shares: 3, views: 540, reach: 410 },
      '1116689038356558': { ...UNTOLD, likes: 12, comments: 0 },
    });
  });

  /** Of the first post both questions, and of the video its one. */
  const [counts, seen, , , video] = known;
  if (!counts || !seen || !video) throw new Error('the fixture has other posts');

  it('what there was no time for is asked for again', async () => {
    batch([counts, seen, video], [null, answerOf(seen), answerOf(video)]);
    batch([counts], [answerOf(counts)]);
    const found = await figures(context([counts.id, video.id]));
    expect([...found.keys()].sort()).toEqual([video.id, counts.id].sort());
    expect(found.get(counts.id)).toMatchObject({ likes: 28, views: 540 });
  });

  it('a metric that has ended leaves the counts as they are', async () => {
    const error = { message: '(#100) The value must be a valid insights metric', type: 'OAuthException', code: 100 };
    batch([counts, seen], [answerOf(counts), { code: 400, body: JSON.stringify({ error }) }]);
    const told = { ...UNTOLD, likes: 28, comments: 4, shares: 3 };
    expect(await figures(context([counts.id]))).toEqual(new Map([[counts.id, told]]));
  });

  it('no time for any of them is a failure', async () => {
    batch([counts, seen], [null, null]);
    expect(await failureOf(facebook, figures(context([counts.id])))).toMatchObject({ kind: 'unavailable' });
  });
});
