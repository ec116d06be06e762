// What leaves for LinkedIn, and what its documented answers are read as. No emulator here.
import type nock from 'nock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { OAuthWay } from '../../src/core/oauth.ts';
import type { MediaFile, PublishContext } from '../../src/core/platform.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import errors from '../fixtures/linkedin/errors.json' with { type: 'json' };
import littleText from '../fixtures/linkedin/little-text.json' with { type: 'json' };
import oauthExamples from '../fixtures/linkedin/oauth.json' with { type: 'json' };
import people from '../fixtures/linkedin/people.json' with { type: 'json' };
import posts from '../fixtures/linkedin/posts.json' with { type: 'json' };
import uploads from '../fixtures/linkedin/uploads.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';
import { accountOf, NOW, postBy, useSurroundings } from './wire-context.ts';

const API = 'https://api.linkedin.com';
const WWW = 'https://www.linkedin.com';
const TOKEN = oauthExamples.granted.access_token;
const AUTHOR = posts.text.author;
const POST = posts.created.headers['x-restli-id'];
const APP = { clientId: 'the-client', clientSecret: 'the-secret' };

const mock = useHttpMocks();
const surroundings = useSurroundings();
let saved: unknown[] = [];
beforeEach(() => {
  saved = [];
});

const authorized = { reqheaders: { authorization: `Bearer ${TOKEN}`, ...posts.headers } };
const rest = (): nock.Scope => mock(API, authorized);

const account = accountOf({
  platform: 'linkedin',
  remoteId: AUTHOR,
  handle: 'Devtestco',
  service: WWW,
});
const contextFor = (changes: Partial<PublishContext> = {}): PublishContext => ({
  ...postBy({ ...surroundings(), account, app: APP, credentials: { accessToken: TOKEN, refreshToken: null, loginEndsAt: null } }),
  text: posts.text.commentary,
  saveHandles: async (handles) => void saved.push(structuredClone(handles)),
  ...changes,
});
const publish = (changes: Partial<PublishContext> = {}) => linkedin.publish(contextFor(changes));
const expectPost = (more: object = {}): nock.Scope =>
  rest()
    .post('/rest/posts', { ...posts.text, ...more })
    .reply(posts.created.status, '', posts.created.headers);

const file = (changes: Partial<MediaFile> = {}): MediaFile => ({
  id: 'm1',
  workspaceId: 'w1',
  hash: 'h',
  mimeType: 'image/png',
  size: 6,
  width: 640,
  height: 480,
  durationMs: null,
  altText: '',
  read: async () => new TextEncoder().encode('123456'),
  ...changes,
});
const film = (changes: Partial<MediaFile> = {}): MediaFile => file({ mimeType: 'video/mp4', durationMs: 4000, ...changes });

describe('a post', () => {
  it('leaves as the documented example has it, and its id is read from the header', async () => {
    expectPost();
    expect(await publish()).toEqual({ remoteId: POST, url: `${WWW}/feed/update/${POST}` });
  });

  it('names the version of the API that the app was given', async () => {
    mock(API, { reqheaders: { 'linkedin-version': '202701' } })
      .post('/rest/posts')
      .reply(201, '', posts.created.headers);
    await publish({ app: { ...APP, options: { version: '202701' } } });
  });

  it.each([littleText.mention, littleText.hashtag, littleText.reserved])(
    'writes $typed as $commentary',
    async ({ typed, commentary }) => {
      expectPost({ commentary });
      await publish({ text: typed });
    },
  );

  it.each([
    ['C# and F#, #1, #2026 and a##b', String.raw`C\# and F\#, \#1, \#2026 and a\#\#b`],
    ['#été_2026!', String.raw`{hashtag|\#|été\_2026}!`],
    ['https://example.com/a_b?c=(d)#top', String.raw`https://example.com/a\_b?c=\(d\)\#top`],
    ['mail me@example.com', String.raw`mail me\@example.com`],
    ['@[A_b](urn:li:person:x-1) #@[c](urn:li:person:2)', String.raw`@[A\_b](urn:li:person:x-1) \#@[c](urn:li:person:2)`],
    ['@[no urn](https://example.com)', String.raw`\@\[no urn\]\(https://example.com\)`],
  ])('writes %s as %s', async (text, commentary) => {
    expectPost({ commentary });
    await publish({ text });
  });

  it('is shown to connections alone where a member asks for that', async () => {
    const member = 'urn:li:person:782bbtaQ';
    expectPost({ author: member, visibility: 'CONNECTIONS' });
    await publish({ account: { ...account, remoteId: member }, options: { visibility: 'connections' } });
  });

  it('makes a card of its first link where it has a title', async () => {
    const text = 'Sample article https://lnkd.in/eabXpqi and https://example.com/two';
    const { source, title } = posts.article.article;
    expectPost({ commentary: text, content: { article: { source, title } } });
    await publish({ text, options: { title } });
  });
});

describe('files', () => {
  const { image, video } = uploads;
  const expectImage = (urn: string, bytes = '123456'): void => {
    const path = `/dms-uploads/${urn.split(':').at(-1)}/uploaded-image/0`;
    rest()
      .post('/rest/images?action=initializeUpload', image.request)
      .reply(200, { value: { ...image.response.value, image: urn, uploadUrl: `${WWW}${path}` } });
    mock(WWW, { reqheaders: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' } })
      .put(path, bytes)
      .reply(201);
  };

  it('an image is uploaded and referred to as the documented examples do', async () => {
    const { media } = posts.image;
    const address = new URL(image.response.value.uploadUrl);
    rest().post('/rest/images?action=initializeUpload', image.request).reply(200, image.response);
    mock(WWW, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .put(`${address.pathname}${address.search}`, '123456')
      .reply(201);
    expectPost({ content: posts.image });
    await publish({ media: [file({ altText: media.altText })] });
    expect(saved).toEqual([{ uploadedAt: '2026-11-22T12:00:00Z', ready: { m1: media.id }, videos: {}, documents: {} }]);
  });

  it('a document is uploaded, waited for, and shown under its title', async () => {
    const { document } = uploads;
    const path = `/rest/documents/${encodeURIComponent(document.available.id)}`;
    rest().post('/rest/documents?action=initializeUpload', document.request).reply(200, document.response);
    mock(WWW, { reqheaders: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' } })
      .put(new URL(document.response.value.uploadUrl).pathname, '123456')
      .reply(201);
    rest().get(path).reply(200, document.processing);
    rest().get(path).reply(200, document.available);
    expectPost({ content: document.content });
    await publish({ media: [file({ mimeType: 'application/pdf', altText: 'Our year' })] });
    expect(saved.at(-1)).toMatchObject({ ready: { m1: document.available.id } });
  });

  it('the token does not go to an address that is not LinkedIn’s', async () => {
    const uploadUrl = 'https://storage.example.com/upload';
    rest()
      .post('/rest/images?action=initializeUpload')
      .reply(200, { value: { ...image.response.value, uploadUrl } });
    mock('https://storage.example.com', { badheaders: ['authorization'] })
      .put('/upload')
      .reply(201);
    expectPost({ content: { media: { id: image.response.value.image } } });
    await publish({ media: [file()] });
  });

  it('several images are one post, in order, with their alt texts', async () => {
    const { images } = posts.multiImage.multiImage;
    for (const { id } of images) expectImage(id);
    expectPost({ content: posts.multiImage });
    await publish({ media: images.map(({ altText }, index) => file({ id: `m${index}`, altText })) });
  });

  it('one image beside a title and a link is the picture of the card', async () => {
    const { article } = posts.article;
    expectImage(article.thumbnail);
    expectPost({ commentary: `Look ${article.source}`, content: posts.article });
    await publish({ text: `Look ${article.source}`, options: { title: article.title }, media: [file()] });
  });

  const expectPart = (index: number, bytes: string): void => {
    mock(WWW, { badheaders: ['authorization'], reqheaders: { 'content-type': 'application/octet-stream' } })
      .put(`/dms-uploads/C5505AQH-oV1qvnFtKA/uploadedVideo?part=${index + 1}`, bytes)
      .reply(200, '', { etag: video.etags[index] ?? '' });
  };
  const expectLook = (answer: object): void =>
    void rest()
      .get(`/rest/videos/${encodeURIComponent(video.available.id)}`)
      .reply(200, answer);
  const upload = {
    urn: video.available.id,
    uploadToken: '',
    urlsEndAt: '2026-11-23T12:00:00Z',
    parts: video.response.value.uploadInstructions.map(({ uploadUrl, firstByte, lastByte }) => ({
      url: uploadUrl,
      first: firstByte,
      last: lastByte,
    })),
  };
  const handlesWith = (partIds: string[], ready = {}) => ({
    uploadedAt: '2026-11-22T12:00:00Z',
    ready,
    videos: { m1: { ...upload, partIds } },
    documents: {},
  });

  it('a video goes in the parts asked for, is finished with their ids, waited for, and shown with its title', async () => {
    rest().post('/rest/videos?action=initializeUpload', video.request).reply(200, video.response);
    expectPart(0, '1234');
    expectPart(1, '56');
    expectLook(video.waiting);
    rest().post('/rest/videos?action=finalizeUpload', video.finalize).reply(200);
    expectLook(video.processing);
    expectLook(video.available);
    expectPost({ content: posts.video });
    await publish({ media: [film()], options: { title: posts.video.media.title } });
    expect(saved).toEqual([
      handlesWith([]),
      handlesWith(video.etags.slice(0, 1)),
      handlesWith(video.etags),
      { uploadedAt: '2026-11-22T12:00:00Z', ready: { m1: upload.urn }, videos: {}, documents: {} },
    ]);
  });

  it('a video goes on from its second part where the first is there', async () => {
    expectPart(1, '56');
    expectLook(video.waiting);
    rest().post('/rest/videos?action=finalizeUpload', video.finalize).reply(200);
    expectLook(video.available);
    expectPost({ content: { media: { id: upload.urn } } });
    await publish({ media: [film()], handles: handlesWith(video.etags.slice(0, 1)) });
  });

  it('a video that was finished is not finished again, and not read', async () => {
    expectLook(video.processing);
    expectLook(video.available);
    expectPost({ content: { media: { id: upload.urn } } });
    const unreadable = film({ read: () => Promise.reject(new Error('nobody was to read it')) });
    await publish({ media: [unreadable], handles: handlesWith(video.etags) });
  });

  it('a video that cannot be processed is refused with the reason, and the next try begins anew', async () => {
    expectLook(video.failed);
    expectLook(video.failed);
    expect(await failureOf(linkedin, publish({ media: [film()], handles: handlesWith(video.etags) }))).toMatchObject({
      kind: 'rejected',
      userMessage: 'LinkedIn could not process this video: Media asset failed processing.',
    });
    expect(saved).toEqual([{ uploadedAt: '2026-11-22T12:00:00Z', ready: {}, videos: {}, documents: {} }]);
  });

  it('a part that is not confirmed is tried again later', async () => {
    mock(WWW).put('/dms-uploads/C5505AQH-oV1qvnFtKA/uploadedVideo?part=2').reply(200);
    const failure = await failureOf(linkedin, publish({ media: [film()], handles: handlesWith(video.etags.slice(0, 1)) }));
    expect(failure.kind).toBe('unavailable');
  });
});

describe('refusals', () => {
  it.each([
    ['revoked', 'auth-revoked'],
    ['empty', 'auth-revoked'],
    ['expired', 'auth-expired'],
    ['invalid', 'auth-expired'],
    ['denied', 'rejected'],
    ['duplicate', 'rejected'],
    ['version', 'rejected'],
    ['tooLong', 'rejected'],
    ['processing', 'unavailable'],
    ['throttled', 'rate-limited'],
  ] as const)('the answer "%s" is %s', async (name, kind) => {
    const { status, body } = errors[name];
    rest().post('/rest/posts').reply(status, body);
    expect((await failureOf(linkedin, publish())).kind).toBe(kind);
  });

  it('a version that is over tells whoever runs Crier what to set', async () => {
    rest().post('/rest/posts').reply(errors.version.status, errors.version.body);
    expect((await failureOf(linkedin, publish())).userMessage).toContain('LINKEDIN_VERSION');
  });

  it('what LinkedIn says of a text that is too long is passed on', async () => {
    rest().post('/rest/posts').reply(errors.tooLong.status, errors.tooLong.body);
    expect((await failureOf(linkedin, publish())).userMessage).toBe(
      'LinkedIn refused it (400): The length of the field exceeds the maximum',
    );
  });

  it('a 201 that names no post may be a post', async () => {
    rest().post('/rest/posts').reply(201);
    expect((await failureOf(linkedin, publish())).kind).toBe('outcome-unknown');
  });
});

describe('looking for a lost post', () => {
  const find = (text: string, changes: Partial<Account> = {}) =>
    linkedin.findPublished?.({
      ...contextFor({ text, account: { ...account, ...changes } }),
      since: Temporal.Instant.fromEpochMilliseconds(1_795_348_800_000),
      isTaken: async () => false,
    });
  const listing = (): nock.Interceptor =>
    mock(API, { reqheaders: { ...authorized.reqheaders, 'x-restli-method': 'FINDER' } }).get(posts.found.request);

  it('knows its text again as LinkedIn writes it', async () => {
    listing().reply(200, posts.found.response);
    expect(await find('Sample (text) Post #Crier ')).toEqual({
      kind: 'found',
      remoteId: POST,
      url: `${WWW}/feed/update/${POST}`,
    });
  });

  it('proves that it is not there', async () => {
    listing().reply(200, posts.found.response);
    expect(await find('Sample (text) Post #Other')).toEqual({ kind: 'absent' });
  });

  it('cannot say where the list may not be read', async () => {
    listing().reply(errors.denied.status, errors.denied.body);
    expect(await find('Sample')).toEqual({ kind: 'cannot-say' });
  });

  it('asks nothing of a member’s posts, which no app may read', async () => {
    expect(await find('Sample', { remoteId: 'urn:li:person:782bbtaQ' })).toEqual({ kind: 'cannot-say' });
  });
});

describe('the first comment', () => {
  const { request, response } = posts.comment;
  const comment = (text: string) => {
    let beforeSends = 0;
    const beforeSend = async (): Promise<void> => {
      beforeSends += 1;
    };
    const post = { remoteId: POST, url: '' };
    return Promise.resolve(linkedin.comment?.({ ...contextFor({ text, beforeSend }), post })).then(() => beforeSends);
  };

  it('is plain text on the post', async () => {
    rest()
      .post(`/rest/socialActions/${encodeURIComponent(POST)}/comments`, request)
      .reply(response.status, {}, response.headers);
    expect(await comment(request.message.text)).toBe(1);
  });

  it('that is too long is not sent', async () => {
    expect(await failureOf(linkedin, comment('x'.repeat(1251)))).toMatchObject({
      kind: 'rejected',
      userMessage: 'A comment on LinkedIn has up to 1250 characters and this one has 1251: shorten it.',
    });
  });
});

describe('a login', () => {
  const way: OAuthWay = {
    service: WWW,
    app: APP,
    redirectUri: 'https://crier.example.com/oauth/callback/linkedin',
    state: 'the-state',
    verifier: 'v'.repeat(43),
  };
  const oauth = () => {
    if (!linkedin.oauth) throw new Error('LinkedIn is connected by a link');
    return linkedin.oauth;
  };
  const connect = (app = APP, query = 'code=the-code&state=the-state') =>
    oauth().connect({ ...way, app }, new URLSearchParams(query), surroundings());
  const GRANT = {
    grant_type: 'authorization_code',
    code: 'the-code',
    redirect_uri: way.redirectUri,
    client_id: APP.clientId,
    client_secret: APP.clientSecret,
  };
  const expectToken = (answer: object): nock.Scope => mock(WWW).post('/oauth/v2/accessToken', GRANT).reply(200, answer);

  it('begins at LinkedIn’s own page, with the scopes of the app', async () => {
    const url = await oauth().authorizationUrl(way);
    expect(`${url.origin}${url.pathname}`).toBe(`${WWW}/oauth/v2/authorization`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'the-client',
      redirect_uri: way.redirectUri,
      scope: 'openid profile w_member_social',
      state: 'the-state',
    });
  });

  it('of an app with Pages asks for those too, and for nothing of OpenID', () => {
    const names = oauth()
      .scopes({ ...APP, options: { pages: 'true' } })
      .map(({ name }) => name);
    expect(names).toContain('w_organization_social');
    expect(names).not.toContain('openid');
  });

  it('leads to the member, ends after 60 days, and is not refreshed where LinkedIn gave nothing to refresh with', async () => {
    expectToken(oauthExamples.granted);
    mock(API, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .get('/v2/userinfo')
      .reply(200, people.userinfo);
    expect(await connect()).toEqual({
      accounts: [
        {
          kind: 'member',
          remoteId: 'urn:li:person:782bbtaQ',
          handle: 'Ann Example',
          service: WWW,
          announcedLimits: null,
          credentials: { accessToken: TOKEN, refreshToken: null, loginEndsAt: null },
          expiresAt: NOW.add({ hours: 60 * 24 }),
          refreshAt: null,
        },
      ],
      scopes: ['openid', 'profile', 'w_member_social'],
    });
  });

  it('of a partner’s app leads to the Pages too, ends after a year, and is refreshed a week ahead', async () => {
    expectToken(oauthExamples.partner);
    mock(API).get('/v2/me').reply(200, people.me);
    rest().get(people.acls.request).reply(200, people.acls.response);
    for (const [id, organization] of Object.entries(people.organizations))
      rest().get(`/rest/organizations/${id}`).reply(200, organization);
    const granted = await connect();
    if (granted === 'denied') throw new Error('it was denied');
    expect(granted.accounts.map(({ kind, remoteId, handle }) => [kind, remoteId, handle])).toEqual([
      ['member', 'urn:li:person:yrZCpj2Z12', 'Bob Example'],
      ['organization', 'urn:li:organization:2414183', 'Devtestco'],
      ['organization', 'urn:li:organization:5583111', 'Acme Corp'],
    ]);
    expect(granted.accounts.at(-1)).toMatchObject({
      credentials: { accessToken: TOKEN, refreshToken: oauthExamples.partner.refresh_token, loginEndsAt: '2027-11-22T12:00:00Z' },
      expiresAt: NOW.add({ hours: 365 * 24 }),
      refreshAt: NOW.add({ hours: 53 * 24 }),
    });
  });

  it.each(['user_cancelled_login', 'user_cancelled_authorize'])('is denied where LinkedIn says %s', async (error) => {
    expect(await connect(APP, `error=${error}&error_description=The+user+cancelled&state=the-state`)).toBe('denied');
  });

  it('says what is missing where the app may not read who it is', async () => {
    expectToken(oauthExamples.granted);
    mock(API).get('/v2/userinfo').reply(errors.denied.status, errors.denied.body);
    expect(await failureOf(linkedin, connect())).toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('linkedin.com/developers'),
    });
  });

  describe('refreshed', () => {
    const stored = { accessToken: TOKEN, refreshToken: oauthExamples.partner.refresh_token, loginEndsAt: '2027-11-22T12:00:00Z' };
    const refresh = (credentials: Record<string, unknown> = stored, app: typeof APP | null = APP) =>
      Promise.resolve(linkedin.refresh?.({ ...surroundings(), account, credentials, app }));
    const expectRefresh = (status: number, answer: object): nock.Scope =>
      mock(WWW)
        .post('/oauth/v2/accessToken', {
          grant_type: 'refresh_token',
          refresh_token: stored.refreshToken,
          client_id: APP.clientId,
          client_secret: APP.clientSecret,
        })
        .reply(status, answer);

    it('has a new access token and ends no later than before', async () => {
      expectRefresh(200, oauthExamples.refreshed);
      expect(await refresh()).toEqual({
        credentials: {
          accessToken: oauthExamples.refreshed.access_token,
          refreshToken: stored.refreshToken,
          loginEndsAt: NOW.add({ hours: 306 * 24 }).toString(),
        },
        expiresAt: NOW.add({ hours: 306 * 24 }),
        refreshAt: NOW.add({ hours: 53 * 24 }),
      });
    });

    it('near its end is not refreshed any more, since that would put off nothing', async () => {
      expectRefresh(200, oauthExamples.refreshedNearTheEnd);
      expect(await refresh()).toMatchObject({ refreshAt: null, expiresAt: NOW.add({ hours: 5 * 24 }) });
    });

    it('keeps its end where the answer does not say it', async () => {
      const { refresh_token: _, refresh_token_expires_in: __, ...answer } = oauthExamples.refreshed;
      expectRefresh(200, answer);
      expect(await refresh()).toMatchObject({
        credentials: { refreshToken: stored.refreshToken, loginEndsAt: stored.loginEndsAt },
      });
    });

    it('is over by LinkedIn’s own word alone', async () => {
      const { deadRefreshToken, wrongApp } = oauthExamples;
      expectRefresh(deadRefreshToken.status, deadRefreshToken.body);
      expect((await failureOf(linkedin, refresh())).kind).toBe('auth-revoked');
      expectRefresh(wrongApp.status, wrongApp.body);
      expect((await failureOf(linkedin, refresh())).kind).toBe('unavailable');
      expectRefresh(503, {});
      expect((await failureOf(linkedin, refresh())).kind).toBe('outcome-unknown');
    });

    it('is over where there is nothing to refresh with, and asks for nothing', async () => {
      expect((await failureOf(linkedin, refresh({ ...stored, refreshToken: null }))).kind).toBe('auth-revoked');
    });

    it('waits for its app where the settings have none any more', async () => {
      expect((await failureOf(linkedin, refresh(stored, null))).userMessage).toContain('LINKEDIN_CLIENT_ID');
    });
  });
});
