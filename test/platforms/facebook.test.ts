// What is Facebook's alone: Pages to choose from, tokens that outlive the login, links and photos, videos in pieces that are
// made public by ending their upload, and comments.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOptions } from '../../src/core/network-options.ts';
import type { OAuthWay } from '../../src/core/oauth.ts';
import type { PublishContext } from '../../src/core/platform.ts';
import { facebook } from '../../src/platforms/facebook/index.ts';
import { facebookOAuth } from '../../src/platforms/facebook/oauth.ts';
import { press } from '../support/link-desk.ts';
import { clip, failureOf, type Harness, openHarness, picture } from './harness.ts';

const PAGE = '199814262373518';
const VIDEOS = `POST /v26.0/${PAGE}/videos`;
const FEED = `POST /v26.0/${PAGE}/feed`;
const REDIRECT = 'http://127.0.0.1:9/oauth/callback';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness({
    platform: facebook,
    network: (emulator) => emulator.networks.facebook,
    listsLate: true,
    publicRequest: FEED,
    uploadRequest: `POST /v26.0/${PAGE}/photos`,
    videoRequest: VIDEOS,
    videoStatusRequest: 'GET /v26.0/*',
    findRequest: `GET /v26.0/${PAGE}/published_posts`,
  });
});
afterEach(() => harness.close());

describe('connecting', () => {
  const begin = async (): Promise<OAuthWay> => {
    const { network } = harness;
    if (!network.app) throw new Error('the emulated Facebook has no app');
    return { service: network.url, app: network.app, redirectUri: REDIRECT, state: 's'.repeat(43), verifier: 'v'.repeat(43) };
  };
  const surroundings = async () => {
    const { http, clock, signal } = (await harness.delivery()).context;
    return { http, clock, signal };
  };
  /** As the person who leaves these boxes out. */
  const allow = async (without: readonly string[]) => {
    const way = await begin();
    const url = await facebookOAuth.authorizationUrl(way);
    const scopes = url.searchParams.get('scope')?.split(',') ?? [];
    url.searchParams.set('scope', scopes.filter((scope) => !without.includes(scope)).join(','));
    const back = new URL(await press(url.href, 'allow'));
    return facebookOAuth.connect(way, back.searchParams, await surroundings());
  };

  it('offers every Page of the person, and each can be posted as', async () => {
    const granted = await allow([]);
    if (granted === 'denied') throw new Error('it was denied');
    expect(granted.accounts.map(({ kind, handle }) => [kind, handle])).toEqual([
      ['Page', 'Crier'],
      ['Page', 'Crier Labs'],
    ]);
    for (const { remoteId, credentials } of granted.accounts) {
      const { context } = await harness.delivery();
      await facebook.publish({ ...context, account: { ...context.account, remoteId }, credentials });
    }
    expect(harness.network.posts().map(({ accountId }) => accountId)).toEqual(granted.accounts.map(({ remoteId }) => remoteId));
  });

  it('takes no Page’s token for another Page', async () => {
    const { context } = await harness.delivery();
    const other = facebook.publish({ ...context, account: { ...context.account, remoteId: '133579998258899' } });
    expect((await failureOf(facebook, other)).kind).toBe('auth-revoked');
    expect(harness.network.posts()).toEqual([]);
  });

  it('says which permission was left out', async () => {
    const granted = await allow(['pages_manage_engagement', 'business_management']);
    if (granted === 'denied') throw new Error('it was denied');
    expect(granted.scopes).toEqual([
      'pages_show_list',
      'pages_manage_posts',
      'pages_read_engagement',
      'pages_read_user_content',
      'read_insights',
    ]);
  });

  it('without the permission for insights leads to Pages of which the followers alone are known', async () => {
    const granted = await allow(['read_insights']);
    if (granted === 'denied') throw new Error('it was denied');
    const { context } = await harness.delivery();
    const [{ credentials }] = granted.accounts;
    const figures = await facebook.accountFigures?.({ ...context, credentials });
    expect(figures).toEqual({ followers: expect.any(Number), views: null, reach: null });
  });

  it('names no Page where nobody may see them', async () => {
    expect(await failureOf(facebook, allow(['pages_show_list']))).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('no Page'),
    });
  });

  it('lasts longer than the login that it came from', async () => {
    const { publish } = await harness.delivery();
    harness.pass({ hours: 24 * 90 });
    await publish();
    expect(harness.network.posts()).toHaveLength(1);
  });
});

describe('a post', () => {
  it('shows the link that its text has', async () => {
    const published = await (await harness.delivery({ text: 'Look at https://example.com/launch.' })).publish();
    const page = await (await fetch(published.url)).text();
    expect(page).toContain('<p class="line">https://example.com/launch</p>');
  });

  it('has photos instead of a preview, and the link stays in its text', async () => {
    const text = 'Look at https://example.com/launch';
    await (await harness.delivery({ text, media: [await picture()], options: { link: 'https://example.com/launch' } })).publish();
    expect(harness.network.posts()).toMatchObject([{ text, images: [{ alt: 'A blue square' }] }]);
  });

  it('is not made where a link that was asked for would not be seen', async () => {
    const { failure } = await harness.delivery({ media: [await picture()], options: { link: 'https://example.com' } });
    expect(await failure()).toMatchObject({
      kind: 'rejected',
      userMessage: expect.stringContaining('put the link into the text'),
    });
    expect(
      harness.network
        .requests()
        .filter(({ method }) => method === 'POST')
        .map(({ path }) => path),
    ).toEqual(['/v26.0/oauth/access_token']);
  });

  it('of the same words is taken again after a while', async () => {
    await (await harness.delivery({ idempotencyKey: 'one' })).publish();
    const { failure, publish } = await harness.delivery({ idempotencyKey: 'two' });
    expect(await failure()).toMatchObject({
      kind: 'rejected',
      userMessage: expect.stringContaining('identical to the last one'),
    });
    harness.pass({ minutes: 10 });
    await publish();
    expect(harness.network.posts()).toHaveLength(2);
  });

  it('that went out unheard is found behind more than a page of others', async () => {
    const lost = await harness.delivery({ text: 'The lost one' });
    harness.network.faults.order({ match: FEED, drop: 'after-applying' });
    await lost.failure();
    for (let index = 0; index < 105; index += 1) await facebook.publish({ ...lost.context, text: `Other ${index}` });
    expect(await lost.find()).toMatchObject({ kind: 'found' });
  });

  it('of long before is not taken for a lost one', async () => {
    await (await harness.delivery()).publish();
    harness.pass({ hours: 1 });
    expect(await (await harness.delivery()).find({ since: harness.now() })).toEqual({ kind: 'absent' });
  });
});

describe('options', () => {
  it('are a title of up to 254 characters and a link or none', () => {
    const title = 't'.repeat(254);
    expect(readOptions(facebook, { Title: title, link: 'https://example.com/a' })).toEqual({
      title,
      link: 'https://example.com/a',
    });
    expect(readOptions(facebook, { link: 'none' })).toEqual({ link: 'none' });
    expect(() => readOptions(facebook, { title: `${title}t` })).toThrow('longer than 254');
    expect(() => readOptions(facebook, { link: 'example' })).toThrow('web address');
  });

  it('with a title past that are refused by Facebook too', async () => {
    const fits = await harness.delivery({ media: [await clip()], options: { title: 't'.repeat(254) } });
    await fits.publish();
    const { failure } = await harness.delivery({ media: [await clip()], options: { title: 't'.repeat(255) } });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });
});

describe('a video', () => {
  /** Another one whose reading is counted. */
  const counted = async (size = 0) => {
    const video = await clip({ altText: 'A clock runs', size });
    let reads = 0;
    const read = async () => {
      reads += 1;
      return video.read();
    };
    return { file: { ...video, read }, reads: () => reads };
  };
  /**
   * The request that makes it public is the last of several to one address, so what goes wrong with it is ordered directly
   * before.
   */
  const breaking = (order: Parameters<Harness['network']['faults']['order']>[0]) => async (): Promise<void> =>
    harness.network.faults.order(order);

  it('is posted with its title and words, and shown at its address', async () => {
    const { file } = await counted();
    const published = await (await harness.delivery({ text: 'Look', media: [file], options: { title: 'Our launch' } })).publish();
    expect(harness.network.posts()).toMatchObject([
      { id: published.remoteId, text: 'Look', images: [], videos: [{ size: file.size }] },
    ]);
    const page = await (await fetch(published.url)).text();
    expect(page).toContain('Our launch');
    const shown = /<video src="([^"]+)"/.exec(page)?.[1] ?? '';
    const bytes = await (await fetch(new URL(shown, published.url))).bytes();
    expect(Buffer.from(bytes)).toEqual(Buffer.from(await file.read()));
  });

  it('is marked as being sent once, directly before it is made public', async () => {
    let before = 0;
    const beforeSend = async () => {
      before = harness.countRequests(VIDEOS);
    };
    await (await harness.delivery({ media: [await clip()], beforeSend })).publish();
    expect([before, harness.countRequests(VIDEOS)]).toEqual([2, 3]);
  });

  it('of more than a piece goes on where a crash left it', async () => {
    const { file, reads } = await counted(9_000_000);
    const broken = await harness.delivery({ media: [file] });
    const { saveHandles } = broken.context;
    let saves = 0;
    const crashing: PublishContext['saveHandles'] = async (handles) => {
      await saveHandles(handles);
      saves += 1;
      if (saves === 2) throw new Error('the process is gone');
    };
    await expect(facebook.publish({ ...broken.context, saveHandles: crashing })).rejects.toThrow();
    expect(broken.handles()).toMatchObject({ startOffset: 4 * 1024 * 1024 });
    await broken.publish();
    expect(harness.network.posts()).toMatchObject([{ videos: [{ size: 9_000_000 }] }]);
    // a beginning, three pieces and an end
    expect([reads(), harness.countRequests(VIDEOS)]).toEqual([2, 5]);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'whose end was dropped %s is not uploaded again, and there is one of it',
    async (drop) => {
      const { file, reads } = await counted();
      const { context } = await harness.delivery({ media: [file] });
      const broken = { ...context, beforeSend: breaking({ match: VIDEOS, drop }) };
      const saveHandles: PublishContext['saveHandles'] = async (handles) => {
        broken.handles = structuredClone(handles);
      };
      const failure = await failureOf(facebook, facebook.publish({ ...broken, saveHandles }));
      expect(failure.kind).toBe('outcome-unknown');
      await facebook.publish({ ...broken, beforeSend: async () => undefined });
      expect([reads(), harness.network.posts().length]).toEqual([1, 1]);
    },
  );

  it.each([
    ['after-applying', 'found'],
    ['before-applying', 'absent'],
  ] as const)('whose end was dropped %s is %s', async (drop, kind) => {
    const unheard = await harness.delivery({ media: [await clip()], beforeSend: breaking({ match: VIDEOS, drop }) });
    await unheard.failure();
    const [post] = harness.network.posts();
    expect(await unheard.find()).toEqual(
      kind === 'absent' ? { kind } : { kind, remoteId: post?.id, url: expect.stringContaining(post?.id ?? '-') },
    );
  });

  it('is posted twice for two deliveries', async () => {
    await (await harness.delivery({ idempotencyKey: 'one', media: [await clip()] })).publish();
    await (await harness.delivery({ idempotencyKey: 'two', media: [await clip()] })).publish();
    expect(harness.network.posts().map(({ videos }) => videos.length)).toEqual([1, 1]);
  });

  it('begins anew where what an earlier try left is days old', async () => {
    const { file, reads } = await counted();
    const old = await harness.delivery({ media: [file], beforeSend: () => Promise.reject(new Error('the lease was lost')) });
    await old.failure();
    harness.pass({ hours: 49 });
    await facebook.publish({ ...old.context, beforeSend: async () => undefined });
    expect([reads(), harness.network.posts().length]).toEqual([2, 1]);
  });

  it.each([
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [413, 'rejected'],
  ])('whose upload is answered with %i is %s, and nothing is public', async (status, kind) => {
    const { failure, beforeSends } = await harness.delivery({ media: [await clip()] });
    harness.network.faults.order({ match: VIDEOS, status });
    expect((await failure()).kind).toBe(kind);
    expect([beforeSends(), harness.network.posts().length]).toEqual([0, 0]);
  });

  it('that is none is refused, and nobody sees it', async () => {
    const broken = new Uint8Array(2000).fill(7);
    const { failure } = await harness.delivery({ media: [{ ...(await clip()), size: 2000, read: async () => broken }] });
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('could not process') });
    expect(harness.network.posts()).toEqual([]);
  });

  it('that is out is out, even where the process stops before it is ready', async () => {
    const stopping = new AbortController();
    const { context } = await harness.delivery({ media: [await clip()], signal: stopping.signal });
    harness.network.faults.order({ match: 'GET /v26.0/*', hold: true, times: 9 });
    const published = facebook.publish(context);
    await harness.network.faults.whenHeld();
    stopping.abort();
    expect(await published).toMatchObject({ remoteId: harness.network.posts()[0]?.id });
  });

  it.each([
    ['an image', async () => [await picture(), await clip()]],
    ['another video', async () => [await clip(), await clip({ id: 'v2' })]],
  ])('goes with no %s, as its limits say', async (_, media) => {
    const { failure } = await harness.delivery({ media: await media() });
    expect((await failure()).kind).toBe('rejected');
    expect(harness.network.posts()).toEqual([]);
    expect(facebook.limits(null)).toMatchObject({ mixedMedia: false, videos: { max: 1 } });
  });
});

describe('the first comment', () => {
  it('is shown below a post and below a video', async () => {
    for (const media of [[], [await clip()]]) {
      const { context, publish } = await harness.delivery({ media });
      const post = await publish();
      await facebook.comment?.({ ...context, text: 'Read on at https://example.com', post });
      expect(await (await fetch(post.url)).text()).toContain('Read on at https://example.com');
    }
  });

  it('of a post that is gone is refused', async () => {
    const { context } = await harness.delivery();
    const post = { remoteId: `${PAGE}_1`, url: '' };
    const comment = Promise.resolve(facebook.comment?.({ ...context, text: 'Hello', post }));
    expect((await failureOf(facebook, comment)).kind).toBe('rejected');
  });
});
