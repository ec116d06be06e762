// Writing as a Page: photos that nobody sees yet, posts with text, a link or such photos, and comments.
// https://developers.facebook.com/docs/pages-api/posts and /docs/graph-api/reference/page/photos/ (checked 2026-11-22).
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { countGraphemes } from '../../core/text.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { pullMedia } from '../pull.ts';
import { timestamp } from '../timestamp.ts';
import { authorizePage, GraphError, invalid, notThere, type Parameters, readParameters, textOf, VERSION } from './graph.ts';
import type { FacebookState, StoredPhoto } from './state.ts';

export const POSTING = ['pages_manage_posts', 'pages_read_engagement'];
export const MAX_TEXT = 63_206;
const MAX_PHOTOS = 10;
/** Bytes, which a photo must stay below. */
const PHOTO_BYTES = 10_000_000;
const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/gif'];
/** For how long the same words are the same post (unverified). */
const REPEAT_SECONDS = 60;

export function mountPosts(app: EmulatorApp, state: FacebookState, clock: Clock): void {
  app.post(`${VERSION}/:page/photos`, async (c) => {
    const { page: pageId } = c.req.param();
    const parameters = await readParameters(c);
    authorizePage(c, state, parameters, { pageId, scopes: POSTING });
    const photo = await readPhoto(state, clock, pageId, parameters);
    if (textOf(parameters, 'published') === 'false') return c.json({ id: photo.id });
    const postId = putPost(state, clock, { pageId, message: textOf(parameters, 'caption') ?? '', link: null, photos: [photo] });
    return c.json({ id: photo.id, post_id: postId });
  });

  app.post(`${VERSION}/:page/feed`, async (c) => {
    const { page: pageId } = c.req.param();
    const parameters = await readParameters(c);
    authorizePage(c, state, parameters, { pageId, scopes: POSTING });
    const post = { pageId, ...readPost(state, pageId, parameters) };
    refuseRepeat(state, clock, post);
    return c.json({ id: putPost(state, clock, post) });
  });

  app.post(`${VERSION}/:id/comments`, async (c) => {
    const { id: postId } = c.req.param();
    const parameters = await readParameters(c);
    const { pageId } = state.posts.get(postId) ?? state.videos.get(postId) ?? {};
    if (pageId === undefined) throw notThere(postId);
    authorizePage(c, state, parameters, { pageId, scopes: ['pages_manage_engagement'] });
    const message = textOf(parameters, 'message');
    if (message === null) throw invalid('The parameter message is required');
    const id = `${postId.replace(/^.*_/, '')}_${state.nextId()}`;
    state.comments.put({ id, postId, pageId, message, at: timestamp(clock) });
    return c.json({ id });
  });
}

async function readPhoto(state: FacebookState, clock: Clock, pageId: string, parameters: Parameters): Promise<StoredPhoto> {
  const { source } = parameters;
  const url = textOf(parameters, 'url');
  const bytes =
    source instanceof File ? new Uint8Array(await source.arrayBuffer()) : url === null ? null : (await pullMedia(url))?.bytes;
  if (!bytes) throw new GraphError({ message: '(#324) Missing or invalid image file', code: 324 });
  if (bytes.length >= PHOTO_BYTES) throw invalid('A photo must be less than 10MB in size');
  const facts = await readMediaFacts(bytes);
  if (!facts || !PHOTO_TYPES.includes(facts.mimeType))
    throw new GraphError({ message: '(#324) Missing or invalid image file', code: 324 });
  const { width, height } = facts;
  const alt = textOf(parameters, 'alt_text_custom') ?? '';
  const photo = { id: state.nextId(), pageId, alt, size: bytes.length, width, height, postId: null, at: timestamp(clock) };
  state.blobs.put(photo.id, bytes);
  state.photos.put(photo);
  return photo;
}

interface NewPost {
  pageId: string;
  message: string;
  link: string | null;
  photos: readonly StoredPhoto[];
}

const AttachedMedia = z.array(z.object({ media_fbid: z.string() }));

function readPost(state: FacebookState, pageId: string, parameters: Parameters): Omit<NewPost, 'pageId'> {
  const message = textOf(parameters, 'message') ?? '';
  const link = textOf(parameters, 'link');
  const attached = AttachedMedia.safeParse(parameters.attached_media ?? []);
  if (!attached.success) throw invalid('param attached_media must be an array.');
  if (countGraphemes(message) > MAX_TEXT) throw invalid('The status you are trying to publish is too long');
  if (link !== null && !/^https?:\/\/[^\s/]+/.test(link)) throw invalid('url should represent a valid URL');
  if (link !== null && attached.data.length > 0) throw invalid('link and attached_media cannot be used together');
  if (attached.data.length > MAX_PHOTOS) throw invalid('Too many photos');
  if (message === '' && link === null && attached.data.length === 0)
    throw new GraphError({ message: '(#100) Missing message or attachment', code: 100, error_subcode: 1_349_125 });
  const photos = attached.data.map(({ media_fbid: id }) => {
    const photo = state.photos.get(id);
    if (photo?.pageId !== pageId || photo.postId !== null) throw invalid(`The photo ${id} cannot be attached`);
    return photo;
  });
  return { message, link, photos };
}

/** Code 506 (https://developers.facebook.com/docs/graph-api/guides/error-handling, checked 2026-11-22): not twice in a row. */
function refuseRepeat({ posts }: FacebookState, clock: Clock, { pageId, message, link, photos }: NewPost): void {
  const last = posts.all().findLast((post) => post.pageId === pageId);
  if (!last || photos.length > 0 || last.photoIds.length > 0) return;
  const age = clock.now().since(Temporal.Instant.from(last.at)).total('seconds');
  if (last.message !== message || last.link !== link || age >= REPEAT_SECONDS) return;
  throw new GraphError({
    message: 'Duplicate status message',
    code: 506,
    error_subcode: 1_455_006,
    error_user_title: 'Duplicate Status Update',
    error_user_msg:
      'This status update is identical to the last one you posted. Try posting something different, or delete your previous update.',
  });
}

function putPost(state: FacebookState, clock: Clock, { pageId, message, link, photos }: NewPost): string {
  const id = `${pageId}_${state.nextId()}`;
  state.posts.put({ id, pageId, message, link, photoIds: photos.map((photo) => photo.id), at: timestamp(clock) });
  for (const photo of photos) state.photos.put({ ...photo, postId: id });
  return id;
}
