// How posts on Threads did: against the emulated network, whose figures grow, and on the wire, by the documented answer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PostFigures } from '../../src/core/figures.ts';
import type { FiguresContext, Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { threads } from '../../src/platforms/threads/index.ts';
import errors from '../fixtures/threads/errors.json' with { type: 'json' };
import insights from '../fixtures/threads/figures.json' with { type: 'json' };
import { failureOf, type Harness, openHarness } from './harness.ts';
import { threadsSubject, useWire } from './threads-kit.ts';

const UNTOLD: PostFigures = { likes: null, comments: null, shares: null, saves: null, views: null, reach: null, clicks: null };
const read = async (context: FiguresContext) => Object.fromEntries((await threads.figures?.(context)) ?? []);

describe('figures of the emulated Threads', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(threadsSubject);
  });
  afterEach(() => harness.close());

  const publish = async (text: string): Promise<Published> => (await harness.delivery({ text })).publish();

  const afterHours = (hours: number, { remoteId }: Published): PostFigures => {
    const { views, likes, comments, shares, saves } = figuresOf(remoteId, hours * 3_600_000);
    return { ...UNTOLD, views, likes, comments, shares: shares + Math.floor(shares / 4) + saves };
  };

  it('are those of each post after some hours, and without a post that is gone', async () => {
    const posts = [await publish('One'), await publish('Two')] as const;
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const gone = { remoteId: '18000000000000000', url: '' };
    const figures = await read({ ...context, posts: [posts[0], gone, posts[1]] });
    expect(figures).toEqual(Object.fromEntries(posts.map((post) => [post.remoteId, afterHours(30, post)])));
    expect(figures[posts[0].remoteId]?.views).toBeGreaterThan(100);
  });

  it('of many posts are all of them', async () => {
    const posts: Published[] = [];
    for (let number = 1; number <= 9; number += 1) posts.push(await publish(`Number ${number}`));
    harness.pass({ hours: 5 });
    const { context } = await harness.delivery();
    expect(Object.keys(await read({ ...context, posts }))).toEqual(posts.map(({ remoteId }) => remoteId));
  });
});

describe('figures on the wire', () => {
  const { access, graph } = useWire();
  const POST = { remoteId: '17900000000000001', url: '' };
  const OTHER = { remoteId: '17900000000000002', url: '' };
  const asks = ({ remoteId }: Published = POST) => graph().get(`/v1.0/${remoteId}/insights`).query(insights.request);
  const readThese = (...posts: Published[]) => threads.figures?.({ ...access(), posts }) ?? Promise.reject(new Error('none'));
  const refusal = (code: number) => ({ error: { message: 'No', type: 'OAuthException', code, fbtrace_id: 'A' } });

  it('are asked for with all metrics, and what is passed on in whichever way is shared', async () => {
    asks().reply(200, insights.response);
    expect(await readThese(POST)).toEqual(
      new Map([[POST.remoteId, { ...UNTOLD, views: 4500, likes: 100, comments: 10, shares: 23 }]]),
    );
  });

  it('are unknown, and not 0, where the answer has them not', async () => {
    asks().reply(200, insights.example);
    asks(OTHER).reply(200, { data: [] });
    expect(await readThese(POST, OTHER)).toEqual(
      new Map([
        [POST.remoteId, { ...UNTOLD, likes: 100, comments: 10 }],
        [OTHER.remoteId, UNTOLD],
      ]),
    );
  });

  it('are unknown of all posts where the permission was not given', async () => {
    asks().reply(403, refusal(10));
    asks(OTHER).reply(403, refusal(10));
    expect(await readThese(POST, OTHER)).toEqual(new Map([POST, OTHER].map(({ remoteId }) => [remoteId, UNTOLD])));
  });

  it('are not there for a post that Threads does not find', async () => {
    asks().reply(404, errors.sample);
    expect(await readThese(POST)).toEqual(new Map());
  });

  it('fail where Threads takes no more calls or the login is over', async () => {
    asks().reply(400, refusal(4));
    expect((await failureOf(threads, readThese(POST))).kind).toBe('rate-limited');
    asks().reply(401, refusal(190));
    expect((await failureOf(threads, readThese(POST))).kind).toBe('auth-expired');
  });

  it('of no posts ask nothing', async () => {
    expect(await readThese()).toEqual(new Map());
  });
});
