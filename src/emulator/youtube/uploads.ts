// Resumable uploads: https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol. A video is there once its last byte is.
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { authorize, bad, partsOf, readJson, YouTubeError } from './api.ts';
import { videoResource } from './resources.ts';
import { checkSnippet } from './rules.ts';
import { type Channel, makeId, Snippet, Status, seconds, type Upload, type Video, type YouTubeState } from './state.ts';

const PATH = '/upload/youtube/v3/videos';
const MOST_BYTES = 256 * 1024 ** 3;
const PIECE = 256 * 1024;
const LIVES = { hours: 7 * 24 };
/** Uploads a day and project: https://developers.google.com/youtube/data/determine_quota_cost (checked 2026-11-22). */
const UPLOADS_A_DAY = 100;

const NewVideo = z.object({ snippet: Snippet, status: Status.prefault({}) });

export function mountUploads(app: EmulatorApp, state: YouTubeState, clock: Clock, baseUrl: () => string): void {
  app.post(PATH, async (c) => {
    const channel = authorize(c, state, ['upload', 'forceSsl', 'all']);
    const { id } = await open(c, state, channel, clock.now());
    const query = new URLSearchParams({ ...c.req.query(), upload_id: id });
    return c.body(null, 200, { location: `${baseUrl()}${PATH}?${query}`, 'x-guploader-uploadid': id });
  });
  app.put(PATH, async (c) => {
    const channel = authorize(c, state, ['upload', 'forceSsl', 'all']);
    const upload = find(state, c.req.query('upload_id') ?? '', clock.now());
    const after = upload.videoId === null ? await take(c, state, upload, clock.now()) : upload;
    if (after.videoId === null) return incomplete(after);
    const video = state.videos.get(after.videoId);
    if (!video) throw new YouTubeError(404, 'notFound', 'Not Found', 'global');
    const view = { parts: partsOf(c), now: clock.now(), uploadStatus: 'uploaded', channelTitle: channel.title };
    return c.json(videoResource(video, 0, view));
  });
}

async function open(c: Context, state: YouTubeState, channel: Channel, now: Temporal.Instant): Promise<Upload> {
  partsOf(c);
  const [total, mimeType] = [Number(c.req.header('x-upload-content-length')), c.req.header('x-upload-content-type') ?? ''];
  if (c.req.query('uploadType') !== 'resumable' || !Number.isInteger(total) || total <= 0)
    throw bad('mediaBodyRequired', 'The request does not include the video content.');
  if (!/^video\/|^application\/octet-stream$/.test(mimeType))
    throw bad('badContent', `Media type '${mimeType}' is not supported.`);
  if (total > MOST_BYTES) throw new YouTubeError(413, 'uploadTooLarge', 'The video is too large.', 'global');
  const read = NewVideo.safeParse(await readJson(c));
  if (!read.success) throw bad('invalidVideoMetadata', 'The request metadata is invalid.');
  checkSnippet(read.data.snippet);
  if (openedToday(state, now) >= UPLOADS_A_DAY) throw new YouTubeError(403, 'quotaExceeded', QUOTA, 'youtube.quota');
  const about = { ...read.data, mimeType, total };
  const upload: Upload = {
    id: makeId(32),
    channelId: channel.id,
    ...about,
    received: 0,
    openedAt: now.toString(),
    videoId: null,
  };
  state.uploads.put(upload);
  return upload;
}

const QUOTA =
  'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.';

/** The day begins at midnight Pacific Time. */
function openedToday({ uploads }: YouTubeState, now: Temporal.Instant): number {
  const midnight = now.toZonedDateTimeISO('America/Los_Angeles').startOfDay().toInstant();
  return uploads.all().filter(({ openedAt }) => Temporal.Instant.compare(Temporal.Instant.from(openedAt), midnight) >= 0).length;
}

function find({ uploads }: YouTubeState, id: string, now: Temporal.Instant): Upload {
  const upload = uploads.get(id);
  const isAlive = upload && Temporal.Instant.compare(now, Temporal.Instant.from(upload.openedAt).add(LIVES)) < 0;
  if (!isAlive) throw new YouTubeError(404, 'notFound', 'Upload session not found', 'global');
  return upload;
}

const incomplete = ({ received }: Upload): Response =>
  new Response(null, { status: 308, headers: received === 0 ? {} : { range: `bytes=0-${received - 1}` } });

/** What it has afterwards. A piece that does not begin where the last one ended is not taken. */
async function take(c: Context, state: YouTubeState, upload: Upload, now: Temporal.Instant): Promise<Upload> {
  const { id, total, received } = upload;
  const range = c.req.header('content-range') ?? '';
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (range === `bytes */${total}` && bytes.length === 0) return upload;
  const [from, to] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range)?.slice(1).map(Number) ?? [];
  if (from === undefined || to === undefined || to - from + 1 !== bytes.length || to >= total || !range.endsWith(`/${total}`))
    throw bad('badRequest', `Failed to parse Content-Range header: ${range}`);
  if (to + 1 < total && bytes.length % PIECE !== 0)
    throw bad('badRequest', 'Invalid request. The number of bytes uploaded is required to be a multiple of 262144.');
  if (from !== received) return upload;
  const whole = new Uint8Array(to + 1);
  whole.set(state.blobs.get(id) ?? []);
  whole.set(bytes, from);
  const after = { ...upload, received: to + 1 };
  const videoId = after.received === total ? await finish(state, after, whole, now) : null;
  if (videoId === null) state.blobs.put(id, whole);
  const kept = { ...after, videoId };
  state.uploads.put(kept);
  return kept;
}

/** The real one takes what is no video too and fails it while processing; here it is refused at once. */
async function finish(
  { videos, blobs }: YouTubeState,
  { channelId, snippet, status, total }: Upload,
  bytes: Uint8Array<ArrayBuffer>,
  now: Temporal.Instant,
): Promise<string> {
  const facts = await readMediaFacts(bytes);
  if (facts?.durationMs == null) throw bad('badContent', 'The video content is not supported.');
  const { mimeType, durationMs } = facts;
  const video: Video = {
    id: makeId(11),
    channelId,
    snippet,
    status,
    publishedAt: seconds(now),
    mimeType,
    size: total,
    durationMs,
    thumbnail: null,
  };
  blobs.put(video.id, bytes);
  videos.put(video);
  return video.id;
}
