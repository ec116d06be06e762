// What is LinkedIn's alone: posting as a member or as a Page, little text, cards of links, parts of a video, limits, tokens.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conversionFor } from '../../src/core/media-conversion.ts';
import type { ConnectedAccount, MediaFile, PublishContext } from '../../src/core/platform.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import { press } from '../support/link-desk.ts';
import { clip, type Delivery, failureOf, film, type Harness, openHarness, photo, picture } from './harness.ts';

const POSTS = 'POST /rest/posts';
const UPLOAD = 'PUT /dms-uploads/*';
let harness: Harness;
beforeEach(async () => {
  harness = await openHarness({
    platform: linkedin,
    network: (emulator) => emulator.networks.linkedin,
    publicRequest: POSTS,
    uploadRequest: UPLOAD,
    videoRequest: UPLOAD,
    videoStatusRequest: 'GET /rest/videos/*',
    findRequest: 'GET /rest/posts',
  });
});
afterEach(() => harness.close());

const surroundings = async () => {
  const { http, clock, signal } = (await harness.delivery()).context;
  return { http, clock, signal };
};

/** All that a login leads to; `without` are scopes that are left out on LinkedIn's page, `pages` whether the app has Pages. */
async function login({ pages = true, decision = 'allow' as 'allow' | 'deny' } = {}) {
  const { network } = harness;
  const { oauth } = linkedin;
  if (!oauth || !network.app) throw new Error('LinkedIn is connected by a link');
  const way = {
    service: network.url,
    app: { ...network.app, options: { pages: String(pages) } },
    redirectUri: 'http://127.0.0.1:9/oauth/callback',
    state: 's'.repeat(43),
    verifier: 'v'.repeat(43),
  };
  const back = await press((await oauth.authorizationUrl(way)).href, decision);
  const granted = await oauth.connect(way, new URL(back).searchParams, await surroundings());
  if (granted === 'denied') throw new Error('it was denied');
  return granted;
}

const deliverAs = async (account: ConnectedAccount, changes: Partial<PublishContext> = {}): Promise<Delivery> => {
  const delivery = await harness.delivery(changes);
  Object.assign(delivery.context, { account: { ...delivery.context.account, ...account }, credentials: account.credentials });
  return delivery;
};
/** A PDF as a media file. */
async function paper(altText: string, content = '%PDF-1.4\n%%EOF\n'): Promise<MediaFile> {
  const bytes = new TextEncoder().encode(content);
  const facts = { mimeType: 'application/pdf', size: bytes.length, width: 0, height: 0, read: async () => bytes };
  return { ...(await photo()), ...facts, id: 'd1', altText };
}

async function page(): Promise<ConnectedAccount> {
  const found = (await login()).accounts.find(({ kind }) => kind === 'organization');
  if (!found) throw new Error('the login led to no Page');
  return found;
}

describe('connecting', () => {
  it('leads to the member and to the Pages they are an admin of, and each can post', async () => {
    const { accounts } = await login();
    expect(accounts.map(({ kind, handle }) => [kind, handle])).toEqual([
      ['member', 'Crier Demo'],
      ['organization', 'Crier Works'],
    ]);
    for (const account of accounts) await (await deliverAs(account)).publish();
    expect(harness.network.posts().map(({ accountId }) => accountId)).toEqual(accounts.map(({ remoteId }) => remoteId));
  });

  it('leads to the member alone where the app has no Pages, and asks for none', async () => {
    const { accounts, scopes } = await login({ pages: false });
    expect(accounts.map(({ kind }) => kind)).toEqual(['member']);
    expect(scopes).toEqual(['openid', 'profile', 'w_member_social']);
    expect(harness.countRequests('GET /rest/organizationAcls')).toBe(1);
  });

  it('says why each scope is asked for, and which accounts cannot do without', () => {
    for (const options of [{}, { pages: 'true' }] as Record<string, string>[]) {
      const scopes = linkedin.oauth?.scopes({ clientId: '', clientSecret: '', options }) ?? [];
      for (const { reason, without } of scopes) expect([reason, without ?? 'nothing']).not.toContain('');
      expect(scopes.some(({ without }) => without === null)).toBe(true);
    }
  });
});

describe('what goes out', () => {
  it('shows reserved characters, hashtags and mentions as they were meant', async () => {
    const text = 'a\\b|c{d} (e) [f] <g> *h* _i_ ~j~ me@example.com #Crier #1 C# @[Crier Works](urn:li:organization:1)';
    const { publish } = await harness.delivery({ text });
    await publish();
    expect(harness.network.posts()).toMatchObject([
      { text: text.replace('@[Crier Works](urn:li:organization:1)', 'Crier Works') },
    ]);
  });

  it('a video of several parts arrives whole, in order, and a part that broke off is all that is sent again', async () => {
    const media = [await film({ size: 9_000_000 })];
    const { failure, publish } = await harness.delivery({ media });
    harness.network.faults.order({ match: `${UPLOAD}`, headers: { 'x-first': 'passes' } });
    harness.network.faults.order({ match: `${UPLOAD}`, drop: 'before-applying' });
    expect((await failure()).kind).toBe('unavailable');
    expect(harness.countRequests(UPLOAD)).toBe(2);
    await publish();
    expect(harness.countRequests(UPLOAD)).toBe(4);
    expect(harness.network.posts()).toMatchObject([{ videos: [{ size: 9_000_000 }] }]);
  });

  it('a video whose upload addresses are over is uploaded anew', async () => {
    const { context, failure, publish } = await harness.delivery({ media: [await film({ size: 5_000_000 })] });
    harness.network.faults.order({ match: `${UPLOAD}`, headers: { 'x-first': 'passes' } });
    harness.network.faults.order({ match: `${UPLOAD}`, drop: 'before-applying' });
    await failure();
    const stored = JSON.stringify(context.handles);
    context.handles = JSON.parse(stored.replace(/"urlsEndAt":"[^"]*"/, '"urlsEndAt":"2026-11-22T11:59:59Z"'));
    await publish();
    expect(harness.countRequests(UPLOAD)).toBe(4);
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('a document is shown by itself, under its title', async () => {
    const delivery = await deliverAs(await page(), { text: 'Read this', media: [await paper('Our year')] });
    await delivery.publish();
    const feed = await (await fetch(harness.network.url)).text();
    expect(feed).toContain('Our year');
    expect(feed).toContain('Document');
    expect(harness.countRequests('PUT /dms-uploads/*')).toBe(1);
  });

  it('a document without a title gets one, since LinkedIn shows none without', async () => {
    const delivery = await deliverAs(await page(), { media: [await paper('')] });
    await delivery.publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('a document that is whole on the other side is not uploaded again after the post broke off', async () => {
    const delivery = await deliverAs(await page(), { media: [await paper('Our year')] });
    harness.network.faults.order({ match: POSTS, drop: 'before-applying' });
    await delivery.failure();
    await delivery.publish();
    expect(harness.countRequests('PUT /dms-uploads/*')).toBe(1);
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('a document that LinkedIn still works on is waited for by the next try, and not uploaded again', async () => {
    const delivery = await deliverAs(await page(), { media: [await paper('Our year')] });
    harness.network.faults.order({ match: 'GET /rest/documents/*', drop: 'before-applying' });
    expect((await delivery.failure()).kind).toBe('unavailable');
    await delivery.publish();
    expect(harness.countRequests('PUT /dms-uploads/*')).toBe(1);
  });

  it('what only begins like a document is refused by LinkedIn, before anything is public', async () => {
    const delivery = await deliverAs(await page(), { media: [await paper('Our year', 'no document at all')] });
    expect(await delivery.failure()).toMatchObject({ kind: 'rejected' });
    expect(delivery.beforeSends()).toBe(0);
  });

  it('a title makes a card of the first link, with the one image as its picture', async () => {
    const text = 'Read https://example.com/launch (now)';
    const { publish } = await harness.delivery({ text, options: { title: 'Our launch' }, media: [await picture()] });
    const { url } = await publish();
    expect(await (await fetch(url)).text()).toContain('Our launch · https://example.com/launch');
    expect(harness.network.posts()).toMatchObject([{ text, images: [{ size: expect.any(Number) }] }]);
  });

  it('a post to connections is one of a member, and a Page is told so before anything is uploaded', async () => {
    const options = { visibility: 'connections' };
    const { url } = await (await harness.delivery({ options })).publish();
    expect(await (await fetch(url)).text()).toContain('Connections only');
    const ofPage = await deliverAs(await page(), { options, media: [await picture()] });
    expect(await ofPage.failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('visibility') });
    expect([harness.countRequests(UPLOAD), ofPage.beforeSends()]).toEqual([0, 0]);
  });

  it('the same text a second time is refused, with the cure', async () => {
    await (await harness.delivery()).publish();
    const again = await harness.delivery({ idempotencyKey: 'delivery-2' });
    expect(await again.failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('change the text') });
    harness.pass({ hours: 25 });
    await again.publish();
    expect(harness.network.posts()).toHaveLength(2);
  });

  it('a first comment stands below the post', async () => {
    const delivery = await harness.delivery();
    const post = await delivery.publish();
    await linkedin.comment?.({ ...delivery.context, text: 'More (plain) #text', post });
    expect(await (await fetch(post.url)).text()).toContain('More (plain) #text');
  });
});

describe('limits', () => {
  it('takes 3,000 characters and no more, counting a mention by its name', async () => {
    const mention = '@[Crier](urn:li:organization:1)';
    const [limit] = linkedin.limits(null).text;
    const longest = `${mention}${'('.repeat(limit.max - 'Crier'.length)}`;
    expect(limit.count(longest)).toBe(limit.max);
    await (await harness.delivery({ text: longest })).publish();
    const failure = await (await harness.delivery({ text: `${longest}(` })).failure();
    expect(failure.kind).toBe('rejected');
    expect(harness.network.posts()).toHaveLength(1);
  });

  it('an image has fewer pixels than LinkedIn names, or is made smaller', async () => {
    const { images } = linkedin.limits(null);
    const file = { mimeType: 'image/jpeg', size: 5_000_000, width: 8000, height: 6000 };
    const made = conversionFor(images, file)?.maxWidth ?? 0;
    expect(made * made * (6000 / 8000)).toBeLessThan(36_152_320);
    expect(conversionFor(images, { ...file, width: 6000, height: 6000 })).toBeNull();
  });

  it('a video shorter than three seconds is refused by LinkedIn, as its limits say', async () => {
    const { videos } = linkedin.limits(null);
    expect(videos).toMatchObject({ minDurationMs: 3000, maxDurationMs: 1_800_000, maxBytes: 500_000_000 });
    const { failure } = await harness.delivery({ media: [await clip()] });
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('3 seconds') });
  });

  it('150 posts go out in a day, and one more is to wait', async () => {
    for (let post = 0; post < 150; post += 1) await (await harness.delivery({ text: `Post ${post}` })).publish();
    expect((await (await harness.delivery({ text: 'One more' })).failure()).kind).toBe('rate-limited');
    harness.pass({ hours: 12 });
    await (await harness.delivery({ text: 'One more' })).publish();
    expect(harness.network.posts()).toHaveLength(151);
  });

  it.each([
    [{}, 'no link', []],
    [{}, 'a link https://example.com/a', ['title=']],
    [{ title: 'T' }, 'a link https://example.com/a', []],
    [{ title: 'T' }, 'no link', ['no link']],
  ])('with the options %j and the text "%s" it remarks on %j', (options, text, parts) => {
    const remarks = linkedin.remarks?.({ text, options }) ?? [];
    expect(remarks).toEqual(parts.map((part) => expect.stringContaining(part)));
  });

  it.each([
    ['x'.repeat(400), null],
    ['x'.repeat(401), 'is longer than 400 characters'],
  ])('a title of that length has the problem %s', (title, problem) => {
    expect(linkedin.options.find(({ name }) => name === 'title')?.problem?.(title)).toBe(problem);
  });
});

describe('tokens', () => {
  it('are refreshed for the member and the Page each for themselves, though both came by one login', async () => {
    const { accounts } = await login();
    const { app } = harness.network;
    for (const account of accounts) {
      const delivery = await deliverAs(account);
      const refreshed = await linkedin.refresh?.({ ...delivery.context, app });
      if (!refreshed) throw new Error('LinkedIn refreshes');
      await (await deliverAs({ ...account, credentials: refreshed.credentials })).publish();
      expect(refreshed.expiresAt?.toString()).toBe(account.expiresAt?.toString());
    }
    // whoever did not refresh is told to, and not that the login is gone
    const [member] = accounts;
    expect((await (await deliverAs(member, { text: 'Later' })).failure()).kind).toBe('auth-expired');
  });

  it('that are over are to be refreshed; a year after the login it is over', async () => {
    const { accounts } = await login();
    const [member] = accounts;
    expect(member.refreshAt?.toString()).toBe(
      harness
        .now()
        .add({ hours: 53 * 24 })
        .toString(),
    );
    harness.pass({ hours: 60 * 24 });
    const late = await deliverAs(member);
    expect((await late.failure()).kind).toBe('auth-expired');
    harness.pass({ hours: 305 * 24 });
    const refresh = Promise.resolve(linkedin.refresh?.(late.context));
    expect((await failureOf(linkedin, refresh)).kind).toBe('auth-revoked');
  });

  it('near the end of the year are not refreshed any more: a new one would end no later', async () => {
    const { accounts } = await login();
    harness.pass({ hours: 320 * 24 });
    const { context } = await deliverAs(accounts[0]);
    expect(await linkedin.refresh?.(context)).toMatchObject({ refreshAt: null, expiresAt: accounts[0].expiresAt });
  });
});

describe('finding a post of a Page', () => {
  it.each([0, 2])('that went out unheard, with %i images', async (count) => {
    const media = await Promise.all(Array.from({ length: count }, (_, index) => picture({ id: `m${index}` })));
    const text = 'Hello (world) #Crier';
    const unheard = await deliverAs(await page(), { media, text });
    harness.network.faults.order({ match: POSTS, drop: 'after-applying' });
    expect((await unheard.failure()).kind).toBe('outcome-unknown');
    const [post] = harness.network.posts();
    expect(await unheard.find()).toEqual({ kind: 'found', remoteId: post?.id, url: post?.url });
    expect(await unheard.find({ isTaken: async () => true })).toEqual({ kind: 'absent' });
  });

  it('that did not go out is proven not to be there', async () => {
    const lost = await deliverAs(await page());
    harness.network.faults.order({ match: POSTS, drop: 'before-applying' });
    await lost.failure();
    expect(await lost.find()).toEqual({ kind: 'absent' });
  });

  it('says that the login is gone where it is', async () => {
    const lost = await deliverAs(await page());
    harness.network.faults.order({ match: 'GET /rest/posts', status: 401 });
    expect((await failureOf(linkedin, lost.find())).kind).toBe('auth-revoked');
  });
});
