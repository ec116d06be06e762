// How a Page and a member on LinkedIn stand, and how a member's posts did where that is switched on: against the emulated network and on the wire.
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountAccess, FiguresContext, Published } from '../../src/core/platform.ts';
import { figuresOf, followersOf, seenBetween } from '../../src/emulator/growth.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import documented from '../fixtures/linkedin/account-figures.json' with { type: 'json' };
import errors from '../fixtures/linkedin/errors.json' with { type: 'json' };
import { failureOf, film, type Harness, openHarness } from './harness.ts';
import { APP, account, useLinkedInWire } from './wire-linkedin-desk.ts';

const UNTOLD = { likes: null, comments: null, shares: null, saves: null, views: null, reach: null, clicks: null };
const NOTHING = { followers: null, views: null, reach: null };
const postOf = (remoteId: string): Published => ({ remoteId, url: '' });
const read = async (access: AccountAccess) => linkedin.accountFigures?.(access);
const readPosts = async (context: FiguresContext) => linkedin.figures?.(context);

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

  /** What was seen on the last whole day of a post that went out at that moment. */
  function seenYesterday(urn: string, posts: { id: string; at: string }[]) {
    const today = harness.now().toZonedDateTimeISO('UTC').startOfDay();
    return seenBetween(urn, posts, [today.subtract({ days: 1 }).toInstant(), today.toInstant()]);
  }

  it('of a Page are its followers now, and what was seen of it on the last whole day', async () => {
    await open('organization');
    const { remoteId: id } = await (await harness.delivery()).publish();
    const at = harness.now().toString();
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const { remoteId } = context.account;
    const seen = seenYesterday(remoteId, [{ id, at }]);
    expect(await read(context)).toEqual({ followers: followersOf(remoteId, harness.now()), ...seen });
    expect(seen.views).toBeGreaterThan(seenYesterday(remoteId, []).views);
  });

  it('of a member are followers and views of the last whole day where that is switched on', async () => {
    await open('member');
    const { remoteId: id } = await (await harness.delivery()).publish();
    const at = harness.now().toString();
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const { remoteId } = context.account;
    const { views } = seenYesterday(remoteId, [{ id, at }]);
    expect(await read(context)).toEqual({ followers: followersOf(remoteId, harness.now()), views, reach: null });
  });

  it('of a member’s posts of either kind are all but clicks where that is switched on', async () => {
    await open('member');
    const posts = [
      await (await harness.delivery({ text: 'One' })).publish(),
      await (await harness.delivery({ text: 'Two', media: [await film()] })).publish(),
      await (await harness.delivery({ text: 'Three' })).publish(),
    ];
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const told = await readPosts({ ...context, posts });
    expect(told).toEqual(
      new Map(posts.map(({ remoteId }) => [remoteId, { ...figuresOf(remoteId, 30 * 3_600_000), clicks: null }])),
    );
  });
});

describe('on the wire', () => {
  const { rest, contextFor } = useLinkedInWire();
  const { page, member } = documented;
  const on = () => contextFor({ account: { ...account, remoteId: member.urn }, app: { ...APP, options: { figures: 'true' } } });
  const size = () => rest().get(page.size.request);
  const statistics = () => rest().get(page.statistics.request);

  it('a Page’s are read as documented, of the day before in UTC', async () => {
    size().reply(200, page.size.response);
    statistics().reply(200, page.statistics.response);
    expect(await read(contextFor())).toEqual({ followers: 219_145, views: 512, reach: 320 });
  });

  it('what this login may not read is unknown, and the rest is told', async () => {
    size().reply(200, page.size.response);
    statistics().reply(errors.denied.status, errors.denied.body);
    expect(await read(contextFor())).toEqual({ ...NOTHING, followers: 219_145 });
    size().reply(errors.denied.status, errors.denied.body);
    statistics().reply(200, page.statistics.response);
    expect(await read(contextFor())).toEqual({ followers: null, views: 512, reach: 320 });
  });

  it('a day of which LinkedIn says nothing is unknown, and not 0', async () => {
    size().reply(200, page.size.response);
    statistics().reply(200, { elements: [] });
    expect(await read(contextFor())).toEqual({ ...NOTHING, followers: 219_145 });
  });

  it.each([
    [errors.throttled, 'rate-limited'],
    [errors.expired, 'auth-expired'],
  ])('%o is a failure', async ({ status, body }, kind) => {
    size().reply(status, body);
    statistics().reply(200, page.statistics.response);
    expect(await failureOf(linkedin, read(contextFor()))).toMatchObject({ kind });
  });

  it('a member’s are not asked for unless that is switched on', async () => {
    const off = contextFor({ account: { ...account, remoteId: member.urn } });
    expect(await read(off)).toEqual(NOTHING);
    expect(await readPosts({ ...off, posts: [postOf('urn:li:share:1')] })).toEqual(new Map([['urn:li:share:1', UNTOLD]]));
  });

  it('a member’s are followers, and views of the day before', async () => {
    rest().get(member.followers.request).reply(200, member.followers.response);
    rest().get(member.day.request).reply(200, member.day.response);
    expect(await read(on())).toEqual({ followers: 1994, views: 340, reach: null });
  });

  it('of a member without a scope the other figure is told', async () => {
    rest().get(member.followers.request).reply(errors.denied.status, errors.denied.body);
    rest().get(member.day.request).reply(200, member.day.response);
    expect(await read(on())).toEqual({ ...NOTHING, views: 340 });
  });

  /** Announces a request for each metric of a post. */
  function counts(entity: string, answers: Readonly<Record<string, [status: number, body: object]>> = {}): void {
    for (const [type, count] of Object.entries(member.counts)) {
      const path = `/rest/memberCreatorPostAnalytics?q=entity&entity=${entity}&queryType=${type}&aggregation=TOTAL`;
      const [status, body] = answers[type] ?? [200, { elements: [{ count, metricType: type }] }];
      rest().get(path).reply(status, body);
    }
  }
  const [share, video] = member.posts.map(({ urn, entity }) => ({ urn, entity }));
  if (!share || !video) throw new Error('the fixture has other posts');
  const TOLD = { views: 1204, reach: 810, likes: 31, comments: 4, shares: 2, saves: 5, clicks: null };

  it('a member’s posts are asked for metric by metric, each by its kind of URN', async () => {
    for (const { entity } of [share, video]) counts(entity);
    const posts = [share, video].map(({ urn }) => postOf(urn));
    expect(await readPosts({ ...on(), posts })).toEqual(new Map(posts.map(({ remoteId }) => [remoteId, TOLD])));
  });

  it('a metric that is not known, or not of this version, is unknown alone', async () => {
    counts(share.entity, {
      POST_SAVE: [400, { status: 400, code: 'ILLEGAL_ARGUMENT', message: 'No' }],
      RESHARE: [200, { elements: [{ count: -1 }] }],
      COMMENT: [200, { elements: [] }],
    });
    const told = await readPosts({ ...on(), posts: [postOf(share.urn)] });
    expect(told).toEqual(new Map([[share.urn, { ...TOLD, saves: null, shares: null, comments: null }]]));
  });

  it('a member’s post that is gone is left out, and without the scope all are unknown', async () => {
    const gone: [number, object] = [404, { status: 404, code: 'NOT_FOUND', message: 'No' }];
    counts(share.entity, Object.fromEntries(Object.keys(member.counts).map((type) => [type, gone])));
    expect(await readPosts({ ...on(), posts: [postOf(share.urn)] })).toEqual(new Map());
    const denied: [number, object] = [errors.denied.status, errors.denied.body];
    counts(share.entity, Object.fromEntries(Object.keys(member.counts).map((type) => [type, denied])));
    expect(await readPosts({ ...on(), posts: [postOf(share.urn)] })).toEqual(new Map([[share.urn, UNTOLD]]));
  });
});

it('the scopes for a member’s figures are asked for only of an app with Pages for which that is switched on', () => {
  const names = (options: Record<string, string>) =>
    (linkedin.oauth?.scopes({ ...APP, options }) ?? []).map(({ name }) => name).filter((name) => name.endsWith('Analytics'));
  expect(names({ pages: 'true' })).toEqual([]);
  expect(names({ figures: 'true' })).toEqual([]);
  expect(names({ pages: 'true', figures: 'true' })).toEqual(['r_member_postAnalytics', 'r_member_profileAnalytics']);
});
