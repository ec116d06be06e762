// The emulated LinkedIn by itself: what it refuses as the real one does, what it drops without a word, and what it remembers.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { press } from '../support/link-desk.ts';
import { emulatorForTest, png, type TestEmulator } from './support.ts';

const Token = z.object({ access_token: z.string(), refresh_token: z.string(), scope: z.string() });
const Acls = z.object({ elements: z.array(z.object({ organization: z.string() })) });
const HEADERS = { 'linkedin-version': '202610', 'x-restli-protocol-version': '2.0.0' };

interface Caller {
  urn: string;
  page: string;
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}
interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

const tokenOf = async ({ networks: { linkedin } }: TestEmulator, body: Record<string, string>) => {
  const app = { client_id: 'crier-emulated-app', client_secret: 'crier-emulated-secret' };
  const form = new URLSearchParams({ ...app, ...body });
  const response = await fetch(`${linkedin.url}/oauth/v2/accessToken`, { method: 'POST', body: form });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
};

/** As the demo account, with everything allowed. */
async function callerOf(emulator: TestEmulator): Promise<Caller> {
  const { url, demo } = emulator.networks.linkedin;
  const { answer } = await tokenOf(emulator, { grant_type: 'authorization_code', code: demo.code, redirect_uri: 'http://x' });
  const token = Token.parse(answer).access_token;
  const ask: Caller['ask'] = async (method, path, body, headers = HEADERS) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text, headers: response.headers };
  };
  const acls = await ask('GET', '/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED');
  const me = await ask('GET', '/v2/me');
  const { id } = z.object({ id: z.string() }).parse(me.body);
  return { urn: `urn:li:person:${id}`, page: Acls.parse(acls.body).elements[0]?.organization ?? '', ask };
}

const post = (author: string, commentary: string, more: object = {}) => ({
  author,
  commentary,
  visibility: 'PUBLIC',
  distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
  lifecycleState: 'PUBLISHED',
  isReshareDisabledByAuthor: false,
  ...more,
});
const texts = ({ networks: { linkedin } }: TestEmulator): string[] => linkedin.posts().map(({ text }) => text);

describe('the emulated LinkedIn', () => {
  it('wants its version and its protocol named, and one that is not over', async () => {
    const emulator = await emulatorForTest();
    const { urn, ask } = await callerOf(emulator);
    const send = (headers: Record<string, string>) => ask('POST', '/rest/posts', post(urn, 'Hello'), headers);
    const { 'linkedin-version': version, ...protocol } = HEADERS;
    expect(await send(protocol)).toMatchObject({ status: 400, body: { code: 'VERSION_MISSING' } });
    expect(await send({ 'linkedin-version': version })).toMatchObject({ status: 400 });
    for (const old of ['202510', '20251', 'latest'])
      expect(await send({ ...protocol, 'linkedin-version': old })).toMatchObject({
        status: 426,
        body: { code: 'NONEXISTENT_VERSION' },
      });
    expect((await send({ ...protocol, 'linkedin-version': '202511' })).status).toBe(201);
  });

  it.each([
    ['Before (after)', 'Before '],
    ['Before \\(after\\)', 'Before (after)'],
    ['{hashtag|\\#|a\\_b} @[Acme](urn:li:organization:1) #c', '#a_b Acme #c'],
    ['one | two', 'one '],
    ['{hashtag|#|', ''],
  ])('posts %j and shows %j, as little text is read', async (commentary, shown) => {
    const emulator = await emulatorForTest();
    const { urn, ask } = await callerOf(emulator);
    const { status } = await ask('POST', '/rest/posts', post(urn, commentary));
    expect([status, texts(emulator)]).toEqual(shown === '' ? [400, []] : [201, [shown]]);
  });

  it('lets nobody post as somebody else, and refuses fields and states it does not know', async () => {
    const emulator = await emulatorForTest();
    emulator.networks.linkedin.addAccount('other');
    const { urn, ask } = await callerOf(emulator);
    expect((await ask('POST', '/rest/posts', post('urn:li:person:somebody', 'Hello'))).status).toBe(403);
    expect((await ask('POST', '/rest/posts', post('urn:li:organization:1', 'Hello'))).status).toBe(403);
    expect((await ask('POST', '/rest/posts', post(urn, 'Hello', { lifecycleState: 'DRAFT' }))).status).toBe(400);
    expect((await ask('POST', '/rest/posts', post(urn, 'Hello', { caption: 'x' }))).status).toBe(400);
    expect(await ask('GET', `/rest/posts?q=author&author=${encodeURIComponent(urn)}`)).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_DENIED' },
    });
    expect(texts(emulator)).toEqual([]);
  });

  it('shows an image only once it is there, to whom it belongs, and between 2 and 20 in one post', async () => {
    const emulator = await emulatorForTest();
    const { urn, page, ask } = await callerOf(emulator);
    const begin = async (owner: string): Promise<{ image: string; path: string }> => {
      const { body } = await ask('POST', '/rest/images?action=initializeUpload', { initializeUploadRequest: { owner } });
      const { value } = z.object({ value: z.object({ image: z.string(), uploadUrl: z.string() }) }).parse(body);
      return { image: value.image, path: new URL(value.uploadUrl).pathname };
    };
    const { image, path } = await begin(urn);
    const media = { content: { media: { id: image } } };
    expect(await ask('POST', '/rest/posts', post(urn, 'Look', media))).toMatchObject({
      status: 400,
      body: { errorDetails: { inputErrors: [{ code: 'MEDIA_ASSET_WAITING_UPLOAD' }] } },
    });
    expect((await ask('PUT', path, await png())).status).toBe(201);
    expect((await ask('POST', '/rest/posts', post(page, 'Look', media))).status).toBe(400);
    const alone = { content: { multiImage: { images: [{ id: image }] } } };
    expect((await ask('POST', '/rest/posts', post(urn, 'Look', alone))).status).toBe(400);
    expect((await ask('POST', '/rest/posts', post(urn, 'Look', media))).status).toBe(201);
    const broken = await begin(urn);
    await ask('PUT', broken.path, new Uint8Array([1, 2, 3]));
    expect(await ask('POST', '/rest/posts', post(urn, 'Look', { content: { media: { id: broken.image } } }))).toMatchObject({
      body: { errorDetails: { inputErrors: [{ code: 'MEDIA_ASSET_PROCESSING_FAILED' }] } },
    });
  });

  it('takes a video of up to 500 MB, and no more', async () => {
    const { urn, ask } = await callerOf(await emulatorForTest());
    const begin = (fileSizeBytes: number) =>
      ask('POST', '/rest/videos?action=initializeUpload', { initializeUploadRequest: { owner: urn, fileSizeBytes } });
    const { status, body } = await begin(500_000_000);
    const Parts = z.object({ value: z.object({ uploadInstructions: z.array(z.object({ lastByte: z.number() })) }) });
    const parts = Parts.parse(body).value.uploadInstructions;
    expect([status, parts.length, parts.at(-1)?.lastByte]).toEqual([200, 120, 499_999_999]);
    expect((await begin(500_000_001)).status).toBe(400);
  });

  it('gives tokens only for what was allowed, and calls a dead refresh token an invalid request', async () => {
    const emulator = await emulatorForTest();
    const { url } = emulator.networks.linkedin;
    const asked = { response_type: 'code', client_id: 'crier-emulated-app', redirect_uri: 'http://127.0.0.1:9/back', state: 's' };
    const page = `${url}/oauth/v2/authorization?${new URLSearchParams({ ...asked, scope: 'openid profile' })}`;
    const back = new URL(await press(page, 'allow'));
    const code = back.searchParams.get('code') ?? '';
    const { answer } = await tokenOf(emulator, { grant_type: 'authorization_code', code, redirect_uri: asked.redirect_uri });
    expect(Token.parse(answer).scope).toBe('openid,profile');
    expect(await tokenOf(emulator, { grant_type: 'refresh_token', refresh_token: 'guessed' })).toMatchObject({
      status: 400,
      answer: { error: 'invalid_request' },
    });
    const closed = await fetch(`${url}/oauth/v2/authorization?${new URLSearchParams({ ...asked, scope: 'r_member_social' })}`);
    expect(closed.status).toBe(400);
  });

  it('tells figures of a post that grow, for a member and for an organization', async () => {
    const emulator = await emulatorForTest();
    const { urn, page, ask } = await callerOf(emulator);
    const own = (await ask('POST', '/rest/posts', post(urn, 'Mine'))).headers.get('x-restli-id');
    await ask('POST', '/rest/posts', post(page, 'Ours'));
    const figures = async (): Promise<number[]> => {
      const entity = encodeURIComponent(`(share:${own})`);
      const mine = await ask(
        'GET',
        `/rest/memberCreatorPostAnalytics?q=entity&entity=${entity}&queryType=IMPRESSION&aggregation=TOTAL`,
      );
      const query = `q=organizationalEntity&organizationalEntity=${encodeURIComponent(page)}`;
      const ours = await ask('GET', `/rest/organizationalEntityShareStatistics?${query}`);
      const { elements } = z.object({ elements: z.array(z.object({ count: z.number() })) }).parse(mine.body);
      const Statistics = z.object({ totalShareStatistics: z.object({ impressionCount: z.number() }) });
      const shares = z.object({ elements: z.array(Statistics) }).parse(ours.body);
      return [elements[0]?.count ?? -1, shares.elements[0]?.totalShareStatistics.impressionCount ?? -1];
    };
    expect(await figures()).toEqual([0, 0]);
    emulator.clock.advance({ hours: 24 });
    for (const count of await figures()) expect(count).toBeGreaterThan(0);
  });

  it('tells how many follow a Page and a member, and refuses days that it does not have', async () => {
    const { page, ask } = await callerOf(await emulatorForTest());
    const size = `/rest/networkSizes/${encodeURIComponent(page)}`;
    expect((await ask('GET', `${size}?edgeType=COMPANY_FOLLOWED_BY_MEMBER`)).body).toEqual({
      firstDegreeSize: expect.any(Number),
    });
    expect((await ask('GET', size)).status).toBe(400);
    expect((await ask('GET', '/rest/networkSizes/urn%3Ali%3Aorganization%3A1?edgeType=COMPANY_FOLLOWED_BY_MEMBER')).status).toBe(
      404,
    );
    expect((await ask('GET', '/rest/memberFollowersCount?q=me')).body).toMatchObject({
      elements: [{ memberFollowersCount: expect.any(Number) }],
    });
    const member = '/rest/memberCreatorPostAnalytics?q=me&queryType=IMPRESSION&aggregation=DAILY';
    const days = '(start:(day:20,month:11,year:2026),end:(day:22,month:11,year:2026))';
    const ours = `/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${encodeURIComponent(page)}`;
    const hours = '(timeRange:(start:1795222800000,end:1795309200000),timeGranularityType:DAY)';
    for (const path of [member, `${member}&dateRange=${days}`, `${ours}&timeIntervals=${hours}`])
      expect((await ask('GET', path)).status).toBe(400);
  });

  it('remembers accounts, posts, images and comments over a restart', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'linkedin-'));
    onTestFinished(() => rm(stateDir, { recursive: true }));
    const first = await emulatorForTest({ stateDir });
    const { urn, ask } = await callerOf(first);
    const id = (await ask('POST', '/rest/posts', post(urn, 'Before'))).headers.get('x-restli-id') ?? '';
    const comment = { actor: urn, object: id, message: { text: 'More' } };
    expect((await ask('POST', `/rest/socialActions/${encodeURIComponent(id)}/comments`, comment)).status).toBe(201);
    const before = first.networks.linkedin.posts().map((each) => each.id);
    await first.stop();
    const second = await emulatorForTest({ stateDir });
    expect(second.networks.linkedin.posts().map((each) => each.id)).toEqual(before);
    const again = await callerOf(second);
    expect(again.urn).toBe(urn);
    const later = (await again.ask('POST', '/rest/posts', post(urn, 'After'))).headers.get('x-restli-id') ?? '';
    expect(later).not.toBe(id);
    const page = await (await fetch(`${second.networks.linkedin.url}/feed/update/${id}`)).text();
    for (const shown of ['Before', 'More', 'Crier Demo']) expect(page).toContain(shown);
  });
});
