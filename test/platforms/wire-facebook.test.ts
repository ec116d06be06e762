// What leaves for Facebook, and what its documented answers are read as. No emulator here: the examples are in
// test/fixtures/facebook.
import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FindContext, MediaFile, PublishContext } from '../../src/core/platform.ts';
import { Refused } from '../../src/platforms/api.ts';
import { facebook } from '../../src/platforms/facebook/index.ts';
import comments from '../fixtures/facebook/comments.json' with { type: 'json' };
import errors from '../fixtures/facebook/errors.json' with { type: 'json' };
import feed from '../fixtures/facebook/feed.json' with { type: 'json' };
import photos from '../fixtures/facebook/photos.json' with { type: 'json' };
import posts from '../fixtures/facebook/posts.json' with { type: 'json' };
import video from '../fixtures/facebook/video.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { failureOf } from './harness.ts';
import { accountOf, NOW, postBy, useSurroundings } from './wire-context.ts';

const GRAPH = 'https://graph.facebook.com';
const PAGE = '546349135390552';
const TOKEN = 'page-access-token';
const APP = { clientId: '1234567890123456', clientSecret: 'app-secret' };
const mock = useHttpMocks();
const surroundings = useSurroundings();
let saved: PublishContext['handles'][] = [];
beforeEach(() => {
  saved = [];
});

const proofOf = (token: string) => createHmac('sha256', APP.clientSecret).update(token).digest('hex');
const asPage = (token = TOKEN) => mock(GRAPH, { reqheaders: { authorization: `Bearer ${token}` } });
const proven = (query: Record<string, string> = {}, token = TOKEN) => ({ ...query, appsecret_proof: proofOf(token) });

const account = accountOf({ platform: 'facebook', remoteId: PAGE, handle: 'Crier', service: 'https://www.facebook.com' });

const file = (changes: Partial<MediaFile> = {}): MediaFile => ({
  id: 'm1',
  workspaceId: 'w1',
  hash: '0123456789abcdef',
  mimeType: 'image/jpeg',
  size: 12,
  width: 640,
  height: 480,
  durationMs: null,
  altText: '',
  read: async () => new TextEncoder().encode('twelve bytes'),
  ...changes,
});
const clip = file({ mimeType: 'video/mp4', durationMs: 2000 });

const access = () => ({
  ...surroundings(),
  account,
  app: APP,
  credentials: { accessToken: TOKEN },
  saveCredentials: async () => undefined,
});
const context = (changes: Partial<PublishContext> = {}): PublishContext => ({
  ...postBy(access()),
  text: 'Hello Fans!',
  saveHandles: async (handles) => void saved.push(structuredClone(handles)),
  ...changes,
});
const find = (changes: Partial<FindContext> = {}) =>
  facebook.findPublished?.({ ...context(), since: NOW.subtract({ minutes: 2 }), isTaken: async () => false, ...changes });

/** A multipart body with these parts, and a file under this name with these bytes. */
const partsOf = (values: Record<string, string>, named?: { name: string; bytes: string }) => (body: string) => {
  const read = new Map(
    [...body.matchAll(/name="([^"]+)"(?:; filename="[^"]*"\r\nContent-Type: [^\r]+)?\r\n\r\n([\s\S]*?)\r\n--/g)].map(
      ([, name, value]) => [name, value],
    ),
  );
  const wanted = named ? { ...values, [named.name]: named.bytes } : values;
  return JSON.stringify([...read].sort()) === JSON.stringify(Object.entries(wanted).sort());
};

describe('A post', () => {
  it('of text alone is the documented request, signed as the Page', async () => {
    asPage().post(`/v26.0/${PAGE}/feed`, feed.text.request).query(proven()).reply(200, feed.text.response);
    expect(await facebook.publish(context())).toEqual({
      remoteId: '546349135390552_1116689038356556',
      url: 'https://www.facebook.com/546349135390552/posts/1116689038356556/',
    });
  });

  it('shows a preview of the first link in its text, which stays as it is', async () => {
    asPage().post(`/v26.0/${PAGE}/feed`, feed.link.request).query(proven()).reply(200, feed.link.response);
    await facebook.publish(context({ text: feed.link.request.message }));
  });

  it.each([
    ['of another link', 'https://example.com/other', { link: 'https://example.com/other' }],
    ['of none', 'None', {}],
  ])('shows a preview %s where that is asked for', async (_, link, more) => {
    const { message } = feed.link.request;
    asPage()
      .post(`/v26.0/${PAGE}/feed`, { message, ...more })
      .query(proven())
      .reply(200, feed.link.response);
    await facebook.publish(context({ text: message, options: { link } }));
  });

  it('with photos attaches what was uploaded unseen, in order', async () => {
    const asked = photos.request;
    asPage()
      .post(`/v26.0/${PAGE}/photos`, partsOf(asked, { name: 'source', bytes: 'twelve bytes' }))
      .query(proven())
      .reply(200, photos.first);
    asPage()
      .post(`/v26.0/${PAGE}/photos`, partsOf({ published: 'false' }, { name: 'source', bytes: 'twelve bytes' }))
      .query(proven())
      .reply(200, photos.second);
    asPage().post(`/v26.0/${PAGE}/feed`, feed.photos.request).query(proven()).reply(200, feed.photos.response);
    const media = [file({ altText: asked.alt_text_custom }), file({ id: 'm2', mimeType: 'image/png' })];
    await facebook.publish(context({ text: feed.photos.request.message, media }));
    expect(saved).toEqual([
      { uploadedAt: NOW.toString(), photos: { m1: '1002088839996' } },
      { uploadedAt: NOW.toString(), photos: { m1: '1002088839996', m2: '1002088840149' } },
    ]);
  });

  it('leaves without the proof where no app is set', async () => {
    asPage().post(`/v26.0/${PAGE}/feed`, feed.text.request).query({}).reply(200, feed.text.response);
    await facebook.publish(context({ app: null }));
  });
});

describe('A video', () => {
  const edge = `/v26.0/${PAGE}/videos`;
  const pieces = ['twelv', 'e byt', 'es'];
  const { start, transfer, finish } = video;
  const expectTransfer = (index: number) => {
    const [step, bytes] = [transfer[index], pieces[index]];
    if (!step || bytes === undefined) throw new Error(`there is no piece ${index}`);
    asPage()
      .post(edge, partsOf(step.request, { name: 'video_file_chunk', bytes }))
      .query(proven())
      .reply(200, step.response);
  };
  const ask = (answer: object) =>
    asPage()
      .get('/v26.0/2918040888250909')
      .query(proven({ fields: 'status,permalink_url' }))
      .reply(200, answer);
  const end = () => asPage().post(edge, partsOf(finish.request)).query(proven()).reply(200, finish.response);
  const post = (changes: Partial<PublishContext> = {}) =>
    facebook.publish(context({ text: 'Look', media: [clip], options: { title: 'Our launch' }, ...changes }));
  const session = { startedAt: NOW.toString(), sessionId: '2918040901584241', videoId: '2918040888250909' };

  it('goes out piece by piece, is ended with its words, and is looked after until it is ready', async () => {
    asPage().post(edge, partsOf(start.request)).query(proven()).reply(200, start.response);
    for (const index of pieces.keys()) expectTransfer(index);
    end();
    ask(video.processing);
    ask(video.ready);
    expect(await post()).toEqual({ remoteId: '2918040888250909', url: 'https://www.facebook.com/reel/2918040888250909/' });
    expect(saved).toEqual([
      { ...session, startOffset: 0, endOffset: 5 },
      { ...session, startOffset: 5, endOffset: 10 },
      { ...session, startOffset: 10, endOffset: 12 },
      { ...session, startOffset: 12, endOffset: 12 },
    ]);
  });

  it('goes on from where Facebook wants it', async () => {
    const wrong = video.wrongOffset;
    asPage()
      .post(edge, (body) => body.includes('transfer') && body.includes('twelv'))
      .query(proven())
      .reply(wrong.status, wrong.body);
    expectTransfer(1);
    expectTransfer(2);
    end();
    ask(video.ready);
    await post({ handles: { ...session, startOffset: 0, endOffset: 5 } });
  });

  it('that is there whole already is only ended', async () => {
    end();
    ask(video.ready);
    const media = [{ ...clip, read: () => Promise.reject(new Error('nobody was to read it')) }];
    await post({ handles: { ...session, startOffset: 12, endOffset: 12 }, media });
  });

  it('begins anew where Facebook knows the session no more', async () => {
    asPage()
      .post(edge, (body) => body.includes('transfer'))
      .query(proven())
      .reply(400, { error: { message: 'Gone', code: 6000, error_subcode: 1363019 } });
    asPage().post(edge, partsOf(start.request)).query(proven()).reply(200, start.response);
    for (const index of pieces.keys()) expectTransfer(index);
    end();
    ask(video.ready);
    await post({ handles: { ...session, startOffset: 5, endOffset: 10 } });
  });

  it('is refused in Facebook’s words where that cannot show it', async () => {
    end();
    ask(video.failed);
    const failure = await failureOf(facebook, post({ handles: { ...session, startOffset: 12, endOffset: 12 } }));
    expect(failure).toMatchObject({
      kind: 'rejected',
      userMessage: 'Facebook could not process this video: The format is not supported.',
    });
  });

  it('is out all the same where nobody can be asked how it comes along', async () => {
    end();
    asPage().get('/v26.0/2918040888250909').query(true).reply(500, {});
    expect(await post({ handles: { ...session, startOffset: 12, endOffset: 12 } })).toEqual({
      remoteId: '2918040888250909',
      url: 'https://www.facebook.com/546349135390552/videos/2918040888250909/',
    });
  });

  it.each([
    ['processing', video.processing, 'found'],
    ['ready', video.ready, 'found'],
    ['uploaded and not ended', video.waiting, 'absent'],
  ])('of which nobody knows whether it is out is asked for by its id: %s is %s', async (_, node, kind) => {
    ask(node);
    expect(await find({ handles: { ...session, startOffset: 12, endOffset: 12 } })).toMatchObject({ kind });
  });

  it('that Facebook has no more is absent', async () => {
    const gone = { error: { message: 'Unsupported get request', code: 100, error_subcode: 33 } };
    asPage().get('/v26.0/2918040888250909').query(true).reply(400, gone);
    expect(await find({ handles: { ...session, startOffset: 12, endOffset: 12 } })).toEqual({ kind: 'absent' });
  });
});

describe('A post of which nobody knows whether it is out', () => {
  const fields = 'id,message,created_time,permalink_url,attachments{media_type,target{id},subattachments{target{id}}}';
  const list = () =>
    asPage()
      .get(`/v26.0/${PAGE}/published_posts`)
      .query(proven({ fields, limit: '100' }))
      .reply(200, posts.response);

  it('is found by its text among what the Page published', async () => {
    list();
    expect(await find()).toEqual({
      kind: 'found',
      remoteId: '546349135390552_1116689038356556',
      url: 'https://www.facebook.com/546349135390552/posts/1116689038356556/',
    });
  });

  it('is found by its photos, whatever its text', async () => {
    list();
    const handles = { uploadedAt: NOW.toString(), photos: { m1: '1002088840149' } };
    expect(await find({ text: 'Other words', handles })).toMatchObject({ remoteId: '546349135390552_1116689038356557' });
  });

  it.each([
    ['a text that is none of theirs', { text: 'Not there' }],
    ['the text of one with photos', { text: 'Testing multi-photo post!' }],
    ['the text of one of before', { text: 'Of yesterday' }],
    ['a photo that is on none', { handles: { uploadedAt: NOW.toString(), photos: { m1: '5' } } }],
    ['the text of one that is another delivery’s', { isTaken: async () => true }],
  ])('is absent for %s', async (_, changes) => {
    list();
    expect(await find(changes)).toEqual({ kind: 'absent' });
  });
});

describe('The first comment', () => {
  it('goes below the post, after the mark that it leaves', async () => {
    const order: string[] = [];
    asPage()
      .post('/v26.0/546349135390552_1116689038356556/comments', comments.request)
      .query(proven())
      .reply(200, () => {
        order.push('sent');
        return comments.response;
      });
    const post = { remoteId: '546349135390552_1116689038356556', url: 'https://www.facebook.com/x' };
    const beforeSend = async () => void order.push('marked');
    await facebook.comment?.({ ...access(), text: comments.request.message, post, beforeSend });
    expect(order).toEqual(['marked', 'sent']);
  });
});

describe('An error of Facebook', () => {
  it.each(errors.errors.map((each) => [each.name, each] as const))(
    'by its code: %s',
    (_, { status, body, headers = {}, kind, retryAfterMs }) => {
      const failure = facebook.classifyError(new Refused(status, new Headers(Object.entries(headers)), body));
      expect({ kind: failure.kind, wait: failure.retryAfterMs }).toEqual({ kind, wait: retryAfterMs });
      expect(failure.meta).toMatchObject({ status, code: body.error.code });
    },
  );

  it('is told in the words that it has for people', () => {
    const [first] = errors.errors;
    const failure = facebook.classifyError(new Refused(400, new Headers(), first?.body));
    expect(failure.userMessage).toBe('Facebook no longer lets Crier use this account: A message');
  });
});
