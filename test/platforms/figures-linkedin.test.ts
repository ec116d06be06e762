// How posts on LinkedIn did: a Page's against the emulated network, whose figures grow, and on the wire; a member's, of which nothing is told.
import { afterEach, describe, expect, it } from 'vitest';
import type { PostFigures } from '../../src/core/figures.ts';
import type { FiguresContext, Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import errors from '../fixtures/linkedin/errors.json' with { type: 'json' };
import statistics from '../fixtures/linkedin/figures.json' with { type: 'json' };
import { failureOf, film, type Harness, openHarness } from './harness.ts';
import { useLinkedInWire } from './wire-linkedin-desk.ts';

const UNTOLD: PostFigures = { likes: null, comments: null, shares: null, saves: null, views: null, reach: null, clicks: null };
const postOf = (remoteId: string): Published => ({ remoteId, url: '' });
const read = async (context: FiguresContext) => Object.fromEntries((await linkedin.figures?.(context)) ?? []);

describe('figures of the emulated LinkedIn', () => {
  let harness: Harness;
  const open = async (kind: string): Promise<void> => {
    harness = await openHarness({
      platform: linkedin,
      network: (emulator) => emulator.networks.linkedin,
      kind,
      publicRequest: 'POST /rest/posts',
      uploadRequest: 'PUT /dms-uploads/*',
      videoRequest: 'PUT /dms-uploads/*',
      videoStatusRequest: 'GET /rest/videos/*',
      findRequest: 'GET /rest/posts',
    });
  };
  afterEach(() => harness.close());

  const asTold = (hours: number, { remoteId }: Published): PostFigures => ({
    ...figuresOf(remoteId, hours * 3_600_000),
    saves: null,
  });

  it('are those of a Page’s posts of either kind after some hours, without one that is gone, in one request for all', async () => {
    await open('organization');
    const posts = [
      await (await harness.delivery({ text: 'One' })).publish(),
      await (await harness.delivery({ text: 'Two', media: [await film()] })).publish(),
    ];
    expect(posts.map(({ remoteId }) => remoteId.split(':')[2])).toEqual(['share', 'ugcPost']);
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const figures = await read({ ...context, posts: [...posts, postOf('urn:li:share:1')] });
    expect(figures).toEqual(Object.fromEntries(posts.map((post) => [post.remoteId, asTold(30, post)])));
    expect(harness.countRequests('GET /rest/organizationalEntityShareStatistics')).toBe(1);
  });

  it('are unknown, and not 0, while nobody has seen a post', async () => {
    await open('organization');
    const { context, publish } = await harness.delivery();
    const post = await publish();
    expect(await read({ ...context, posts: [post] })).toEqual({ [post.remoteId]: UNTOLD });
  });

  it('of more posts than fit into one request are all of them', async () => {
    await open('organization');
    const posts: Published[] = [];
    for (let number = 1; number <= 21; number += 1) posts.push(await (await harness.delivery({ text: `${number}` })).publish());
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    expect(Object.keys(await read({ ...context, posts }))).toEqual(posts.map(({ remoteId }) => remoteId));
    expect(harness.countRequests('GET /rest/organizationalEntityShareStatistics')).toBe(2);
  });

  it('are unknown of a member’s posts, and not asked for, unless that is switched on', async () => {
    await open('member');
    const { context, publish } = await harness.delivery();
    const post = await publish();
    harness.pass({ hours: 30 });
    const before = harness.network.requests().length;
    expect(await read({ ...context, app: null, posts: [post] })).toEqual({ [post.remoteId]: UNTOLD });
    expect(harness.network.requests()).toHaveLength(before);
  });
});

describe('figures on the wire', () => {
  const { rest, contextFor } = useLinkedInWire();
  const SEEN = 'urn:li:share:1000000';
  const UNSEEN = 'urn:li:share:1000001';
  const GONE = 'urn:li:share:1000002';
  const VIDEO = 'urn:li:ugcPost:1000003';
  const ALL = [SEEN, UNSEEN, GONE, VIDEO];
  const readThese = (...urns: string[]) =>
    linkedin.figures?.({ ...contextFor(), posts: urns.map(postOf) }) ?? Promise.reject(new Error('none'));
  const asks = () => rest().get(statistics.request);
  const looks = () => rest({ 'x-restli-method': 'BATCH_GET' }).get(statistics.present.request);
  const told = [
    [SEEN, { ...UNTOLD, views: 5287, likes: 14, comments: 24, shares: 5, clicks: 78 }],
    [VIDEO, { ...UNTOLD, views: 120, reach: 93, likes: 0, comments: 0, shares: 1, clicks: 10 }],
  ] as const;

  it('are read as documented, never below 0, and of what is left out those are unknown that are still there', async () => {
    asks().reply(200, statistics.response);
    looks().reply(200, statistics.present.response);
    expect(await readThese(...ALL)).toEqual(new Map([...told, [UNSEEN, UNTOLD]]));
  });

  it('are unknown where this login may not read statistics', async () => {
    asks().reply(errors.denied.status, errors.denied.body);
    expect(await readThese(...ALL)).toEqual(new Map(ALL.map((urn) => [urn, UNTOLD])));
  });

  it('leave nothing out where this login may not look which posts are there', async () => {
    asks().reply(200, statistics.response);
    looks().reply(errors.denied.status, errors.denied.body);
    expect(await readThese(...ALL)).toEqual(new Map([...told, [UNSEEN, UNTOLD], [GONE, UNTOLD]]));
  });

  it('fail where LinkedIn takes no more requests', async () => {
    asks().reply(errors.throttled.status, errors.throttled.body);
    expect((await failureOf(linkedin, readThese(...ALL))).kind).toBe('rate-limited');
  });

  it('of no posts ask nothing', async () => {
    expect(await readThese()).toEqual(new Map());
  });
});
