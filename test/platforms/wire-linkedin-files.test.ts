// What leaves for LinkedIn with images, videos and documents, and what its documented answers are read as. No emulator here.
import { describe, expect, it } from 'vitest';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import posts from '../fixtures/linkedin/posts.json' with { type: 'json' };
import uploads from '../fixtures/linkedin/uploads.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { file, film, TOKEN, useLinkedInWire, WWW } from './wire-linkedin-desk.ts';

const { mock, saved, rest, publish, expectPost } = useLinkedInWire();

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
