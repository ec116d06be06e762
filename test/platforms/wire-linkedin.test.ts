// What leaves for LinkedIn, and what its documented answers are read as. No emulator here.
import type nock from 'nock';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import errors from '../fixtures/linkedin/errors.json' with { type: 'json' };
import littleText from '../fixtures/linkedin/little-text.json' with { type: 'json' };
import posts from '../fixtures/linkedin/posts.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { API, APP, account, POST, useLinkedInWire, WWW } from './wire-linkedin-desk.ts';

const { mock, rest, contextFor, publish, expectPost } = useLinkedInWire();

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

describe('refusals', () => {
  it.each([
    ['revoked', 'auth-revoked'],
    ['empty', 'auth-expired'],
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
  const listing = (): nock.Interceptor => rest({ 'x-restli-method': 'FINDER' }).get(posts.found.request);

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
