// A Page's videos: an upload in three phases, of which the last makes the video public, and what becomes of it.
// https://developers.facebook.com/docs/graph-api/reference/page/videos, /docs/graph-api/reference/video-status and
// https://developers.facebook.com/documentation/video-api/reference/error-codes (checked 2026-11-22).
import type { Clock } from '../../core/clock.ts';
import { countGraphemes } from '../../core/text.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { authorizePage, GraphError, invalid, type Parameters, readParameters, textOf, VERSION } from './graph.ts';
import { MAX_TEXT, POSTING } from './posts.ts';
import { type FacebookState, pathOfVideo, type StoredVideo } from './state.ts';

const MAX_BYTES = 2_000_000_000;
const MIN_BYTES = 1024;
/** Titles are shorter than this. */
const TITLE_LENGTH = 255;
/** Bytes of a piece at the most. */
const PIECE = 4 * 1024 * 1024;

const problem = (subcode: number, message: string, more: object = {}): GraphError =>
  new GraphError({ message, code: 6000, error_subcode: subcode, ...more });

export function mountVideos(app: EmulatorApp, state: FacebookState, clock: Clock): void {
  app.post(`${VERSION}/:page/videos`, async (c) => {
    const { page: pageId } = c.req.param();
    const parameters = await readParameters(c);
    authorizePage(c, state, parameters, { pageId, scopes: POSTING });
    // without being public, a video is an advertisement
    if (textOf(parameters, 'published') === 'false')
      authorizePage(c, state, parameters, { pageId, scopes: ['pages_manage_ads'] });
    const phase = textOf(parameters, 'upload_phase');
    if (phase === 'start') return c.json(start(state, pageId, parameters));
    const video = state.videos
      .all()
      .find((each) => each.pageId === pageId && each.sessionId === textOf(parameters, 'upload_session_id'));
    if (!video) throw problem(1_363_019, 'There was a problem uploading your video. Please try uploading it again.');
    if (phase === 'transfer') return c.json(await transfer(state, video, parameters));
    if (phase !== 'finish') throw invalid('upload_phase must be one of start, transfer, finish');
    return c.json(await finish(state, clock, video, parameters));
  });
}

const offsetsOf = ({ received, size }: StoredVideo) => ({
  start_offset: String(received),
  end_offset: String(Math.min(size, received + PIECE)),
});

function start(state: FacebookState, pageId: string, parameters: Parameters): object {
  const size = Number(textOf(parameters, 'file_size') ?? Number.NaN);
  if (!Number.isInteger(size)) throw invalid('The parameter file_size is required');
  if (size < MIN_BYTES)
    throw problem(1_363_022, 'The video you tried to upload is too small. The minimum size for a video is 1 KB.');
  if (size > MAX_BYTES)
    throw problem(1_363_023, 'The video you tried to upload is too large. The maximum size for a video is 2 GB.');
  const id = state.nextId();
  const video: StoredVideo = {
    id,
    pageId,
    sessionId: state.nextId(),
    postId: `${pageId}_${state.nextId()}`,
    size,
    received: 0,
    title: '',
    description: '',
    endedAt: null,
    isVideo: null,
    looks: 0,
  };
  state.videos.put(video);
  state.blobs.put(id, new Uint8Array());
  return { upload_session_id: video.sessionId, video_id: id, ...offsetsOf(video) };
}

async function transfer(state: FacebookState, video: StoredVideo, parameters: Parameters): Promise<object> {
  const { video_file_chunk: chunk } = parameters;
  const { start_offset: wanted, end_offset: end } = offsetsOf(video);
  if (textOf(parameters, 'start_offset') !== wanted)
    throw problem(1_363_037, 'There was a problem uploading your video. Please try uploading it again.', {
      error_data: { start_offset: Number(wanted), end_offset: Number(end) },
    });
  if (!(chunk instanceof File) || chunk.size === 0 || chunk.size > Number(end) - Number(wanted))
    throw problem(1_363_019, 'There was a problem uploading your video. Please try uploading it again.');
  const before = state.blobs.get(video.id) ?? new Uint8Array();
  state.blobs.put(video.id, new Uint8Array(Buffer.concat([before, new Uint8Array(await chunk.arrayBuffer())])));
  const longer = { ...video, received: video.received + chunk.size };
  state.videos.put(longer);
  return offsetsOf(longer);
}

/** Ended twice is ended once. */
async function finish(state: FacebookState, clock: Clock, video: StoredVideo, parameters: Parameters): Promise<object> {
  if (video.endedAt !== null) return { success: true };
  if (video.received < video.size)
    throw problem(1_363_019, 'There was a problem uploading your video. Please try uploading it again.');
  const title = textOf(parameters, 'title') ?? '';
  const description = textOf(parameters, 'description') ?? '';
  if (title.length >= TITLE_LENGTH) throw invalid('The title must be less than 255 characters');
  if (countGraphemes(description) > MAX_TEXT) throw invalid('The description is too long');
  const facts = await readMediaFacts(state.blobs.get(video.id) ?? new Uint8Array());
  const isVideo = facts !== null && facts.durationMs !== null;
  state.videos.put({ ...video, title, description, isVideo, endedAt: timestamp(clock) });
  return { success: true };
}

const phase = (status: string) => ({ status });

function statusOf({ endedAt, received, size, looks, isVideo }: StoredVideo): object {
  const uploading = { ...phase(received < size ? 'in_progress' : 'complete'), bytes_transferred: received };
  const waiting = { uploading_phase: uploading, processing_phase: phase('not_started'), publishing_phase: phase('not_started') };
  if (endedAt === null) return { video_status: received < size ? 'uploading' : 'upload_complete', ...waiting };
  if (looks < 2) return { ...waiting, video_status: 'processing', processing_phase: phase('in_progress') };
  if (!isVideo) {
    const errors = [{ code: 1_363_128, message: 'The video file you selected is in a format that we don’t support.' }];
    return { ...waiting, video_status: 'error', processing_phase: { status: 'error', errors } };
  }
  return {
    video_status: 'ready',
    uploading_phase: uploading,
    processing_phase: phase('complete'),
    publishing_phase: phase('complete'),
  };
}

/** The node, as far as it is known here. That it is asked for is what makes time pass for it. */
export function lookAtVideo(state: FacebookState, { id }: StoredVideo): Record<string, unknown> {
  const before = state.videos.get(id);
  if (!before) throw new Error(`there is no video ${id}`);
  const video = before.endedAt === null ? before : { ...before, looks: before.looks + 1 };
  state.videos.put(video);
  const isOut = video.endedAt !== null && video.isVideo === true;
  return {
    id,
    status: statusOf(video),
    published: isOut,
    permalink_url: isOut ? pathOfVideo(id) : null,
    post_id: isOut ? video.postId.replace(/^.*_/, '') : null,
    title: video.title === '' ? null : video.title,
    description: video.description === '' ? null : video.description,
    created_time: video.endedAt,
  };
}
