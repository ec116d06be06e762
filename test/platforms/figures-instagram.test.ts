// How posts on Instagram did: as the emulated Instagram serves it, and as its documented answers are read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { figures } from '../../src/platforms/instagram/figures.ts';
import { instagram } from '../../src/platforms/instagram/index.ts';
import documented from '../fixtures/instagram/figures.json' with { type: 'json' };
import { failureOf, film, type Harness, openHarness, photo } from './harness.ts';
import { instagramSubject, useWire } from './instagram-kit.ts';

const NO_INSIGHTS = { shares: null, saves: null, views: null, reach: null, clicks: null };
const postOf = (remoteId: string): Published => ({ remoteId, url: 'https://www.instagram.com/p/BsOGulcndj-/' });

describe('the figures of posts', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(instagramSubject);
  });
  afterEach(() => harness.close());

  it('are what Instagram serves hours later, of a story but its saves, and what it does not know is left out', async () => {
    const feed = await (await harness.delivery({ text: 'One', media: [await photo()] })).publish();
    const story = await (await harness.delivery({ text: '', media: [await film()], options: { as: 'story' } })).publish();
    harness.pass({ hours: 9 });
    const { context } = await harness.delivery();
    await instagram.comment?.({ ...context, text: 'The first', post: feed });
    const found = await figures({ ...context, posts: [feed, postOf('77'), story] });
    const [ofFeed, ofStory] = [feed, story].map(({ remoteId }) => figuresOf(remoteId, 9 * 3_600_000));
    expect(Object.fromEntries(found)).toEqual({
      [feed.remoteId]: { ...ofFeed, comments: (ofFeed?.comments ?? 0) + 1, clicks: null },
      [story.remoteId]: { ...ofStory, saves: null, clicks: null },
    });
    expect(ofFeed?.views).toBeGreaterThan(0);
  });

  it('are likes and comments alone of a story that is over', async () => {
    const story = await (await harness.delivery({ text: '', media: [await photo()], options: { as: 'story' } })).publish();
    harness.pass({ hours: 25 });
    const { context } = await harness.delivery();
    const { likes, comments } = figuresOf(story.remoteId, 25 * 3_600_000);
    expect(await figures({ ...context, posts: [story] })).toEqual(
      new Map([[story.remoteId, { ...NO_INSIGHTS, likes, comments }]]),
    );
  });

  it('are asked for of every post, however many there are', async () => {
    const post = await (await harness.delivery()).publish();
    const posts = [...Array.from({ length: 10 }, (_, at) => postOf(`7${at}`)), post];
    const { context } = await harness.delivery();
    expect([...(await figures({ ...context, posts })).keys()]).toEqual([post.remoteId]);
    expect(posts.map(({ remoteId }) => harness.countRequests(`GET /v25.0/${remoteId}/insights`))).toEqual([
      ...Array(10).fill(0),
      1,
    ]);
  });

  it('are unknown of every post where Instagram takes no more requests', async () => {
    const post = await (await harness.delivery()).publish();
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: `GET /v25.0/${post.remoteId}/insights`, status: 429 });
    expect(await failureOf(instagram, figures({ ...context, posts: [post] }))).toMatchObject({ kind: 'rate-limited' });
  });
});

describe('on the wire', () => {
  const { access, graph } = useWire();
  const ask = (...ids: string[]) => figures({ ...access(), posts: ids.map(postOf) });
  const { post, story, few } = documented;
  const look = (id: string) => graph().get(`/v25.0/${id}`).query({ fields: post.fields });
  const insights = (id: string, metric: string) => graph().get(`/v25.0/${id}/insights`).query({ metric });

  it('the documented answers tell all but clicks', async () => {
    look(post.id).reply(200, post.response);
    insights(post.id, post.metric).reply(200, post.insights);
    const told = { likes: 17, comments: 2, shares: 4, saves: 6, views: 340, reach: 210, clicks: null };
    expect(await ask(post.id)).toEqual(new Map([[post.id, told]]));
  });

  it('a story that too few saw has no insights', async () => {
    look(story.id).reply(200, story.response);
    insights(story.id, story.metric).reply(400, few);
    expect(await ask(story.id)).toEqual(new Map([[story.id, { ...NO_INSIGHTS, likes: 1, comments: 0 }]]));
  });

  it('what is not known is not there, and does not become 0', async () => {
    look(post.id).reply(200, { id: post.id });
    insights(post.id, post.metric).reply(200, { data: [] });
    expect(await ask(post.id)).toEqual(new Map([[post.id, { ...NO_INSIGHTS, likes: null, comments: null }]]));
  });

  it('a login that was taken back is an error, and no missing permission', async () => {
    look(post.id).reply(200, post.response);
    const error = { message: 'Error validating access token', type: 'OAuthException', code: 190, error_subcode: 458 };
    insights(post.id, post.metric).reply(400, { error });
    expect(await failureOf(instagram, ask(post.id))).toMatchObject({ kind: 'auth-revoked' });
  });
});
