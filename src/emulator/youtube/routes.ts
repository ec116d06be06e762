// The rest of the API that Crier needs: channels, videos, the list of uploads, thumbnails and comments.
// https://developers.google.com/youtube/v3/docs
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { authorize, bad, partsOf, readJson, YouTubeError } from './api.ts';
import { channelResource, playlistItem, videoResource } from './resources.ts';
import { type Channel, makeId, Status, seconds, uploadsOf, type Video, type YouTubeState } from './state.ts';

const READERS = ['readonly', 'forceSsl', 'all'] as const;
const THUMBNAIL_BYTES = 2 * 1024 ** 2;
const COMMENT_LENGTH = 10_000;

export function mountRoutes(app: EmulatorApp, state: YouTubeState, clock: Clock): void {
  mountReading(app, state, clock);
  mountVideos(app, state, clock);
  mountThumbnails(app, state);
  mountComments(app, state, clock);
}

function mountReading(app: EmulatorApp, state: YouTubeState, clock: Clock): void {
  app.get('/youtube/v3/channels', (c) => {
    const own = authorize(c, state, READERS);
    const parts = partsOf(c);
    const ids = (c.req.query('id') ?? '').split(',');
    if (c.req.query('mine') !== 'true' && c.req.query('id') === undefined)
      throw bad('missingRequiredParameter', 'No filter selected. Expected one of: id, mine');
    const found = c.req.query('mine') === 'true' ? [own] : state.channels.all().filter(({ id }) => ids.includes(id));
    const items = found.map((channel) => channelResource(state, channel, parts, clock.now()));
    return c.json({ kind: 'youtube#channelListResponse', ...(items.length === 0 ? {} : { items }) });
  });

  app.get('/youtube/v3/playlistItems', (c) => {
    const own = authorize(c, state, READERS);
    const parts = partsOf(c);
    const playlistId = c.req.query('playlistId') ?? '';
    const channel = state.channels.all().find((each) => uploadsOf(each) === playlistId);
    if (!channel) throw new YouTubeError(404, 'playlistNotFound', 'The playlist cannot be found.', 'youtube.playlistItem');
    const most = Math.min(50, Number(c.req.query('maxResults') ?? 5));
    const items = state.videos
      .all()
      .filter((video) => video.channelId === channel.id && isVisible(video, own))
      .reverse()
      .slice(0, most)
      .map((video, position) => playlistItem(video, playlistId, position, parts));
    return c.json({ kind: 'youtube#playlistItemListResponse', items });
  });
}

const isVisible = ({ channelId, status }: Video, own: Channel): boolean =>
  status.privacyStatus !== 'private' || channelId === own.id;

/** A change sets all that can be set of the status: what it leaves out goes back to what it was by default. */
const Change = z.object({ id: z.string(), status: Status });

function mountVideos(app: EmulatorApp, state: YouTubeState, clock: Clock): void {
  const looks = new Map<string, number>();
  /** Processed after two looks at it. */
  const answer = (c: Context, video: Video) => {
    const seen = looks.get(video.id) ?? 0;
    looks.set(video.id, seen + 1);
    const comments = state.comments.all().filter(({ videoId }) => videoId === video.id).length;
    const channelTitle = state.channels.get(video.channelId)?.title ?? '';
    const uploadStatus = seen < 2 ? 'uploaded' : 'processed';
    return videoResource(video, comments, { parts: partsOf(c), now: clock.now(), uploadStatus, channelTitle });
  };

  app.get('/youtube/v3/videos', (c) => {
    const own = authorize(c, state, READERS);
    const ids = (c.req.query('id') ?? '').split(',');
    const found = state.videos.all().filter((video) => ids.includes(video.id) && isVisible(video, own));
    return c.json({ kind: 'youtube#videoListResponse', items: found.map((video) => answer(c, video)) });
  });

  app.put('/youtube/v3/videos', async (c) => {
    const own = authorize(c, state, ['forceSsl', 'all']);
    const change = Change.safeParse(await readJson(c));
    if (!change.success) throw bad('invalidVideoMetadata', 'The request metadata is invalid.');
    const video = ownVideo(state, own, change.data.id);
    const changed = { ...video, status: change.data.status };
    state.videos.put(changed);
    return c.json(answer(c, changed));
  });
}

function ownVideo({ videos }: YouTubeState, own: Channel, id: string): Video {
  const video = videos.get(id);
  if (!video)
    throw new YouTubeError(404, 'videoNotFound', 'The video that you are trying to change cannot be found.', 'youtube.video');
  if (video.channelId !== own.id) throw new YouTubeError(403, 'forbidden', 'The video is another channel’s.', 'youtube.video');
  return video;
}

/** https://developers.google.com/youtube/v3/docs/thumbnails/set (checked 2026-11-22). */
function mountThumbnails(app: EmulatorApp, state: YouTubeState): void {
  app.post('/upload/youtube/v3/thumbnails/set', async (c) => {
    const own = authorize(c, state, ['upload', 'forceSsl', 'all']);
    const video = ownVideo(state, own, c.req.query('videoId') ?? '');
    const domain = 'youtube.thumbnail';
    if (!own.isVerified)
      throw new YouTubeError(
        403,
        'forbidden',
        "The user doesn't have permissions to upload and set custom video thumbnails.",
        domain,
      );
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length === 0) throw bad('mediaBodyRequired', 'The request does not include the image content.');
    if (bytes.length > THUMBNAIL_BYTES) throw new YouTubeError(413, 'uploadTooLarge', 'Media is too large.', 'global');
    const mimeType = (await readMediaFacts(bytes))?.mimeType ?? '';
    if (!['image/jpeg', 'image/png'].includes(mimeType)) throw bad('invalidImage', 'The provided image content is invalid.');
    state.blobs.put(`${video.id}-thumbnail`, bytes);
    state.videos.put({ ...video, thumbnail: { mimeType, size: bytes.length } });
    return c.json({ kind: 'youtube#thumbnailSetResponse', items: [{}] });
  });
}

/** https://developers.google.com/youtube/v3/docs/commentThreads/insert (checked 2026-11-22). */
const NewComment = z.object({
  snippet: z.object({
    channelId: z.string(),
    videoId: z.string(),
    topLevelComment: z.object({ snippet: z.object({ textOriginal: z.string() }) }),
  }),
});

function mountComments(app: EmulatorApp, state: YouTubeState, clock: Clock): void {
  app.post('/youtube/v3/commentThreads', async (c) => {
    const own = authorize(c, state, ['forceSsl']);
    partsOf(c);
    const read = NewComment.safeParse(await readJson(c));
    if (!read.success) throw bad('channelOrVideoIdMissing', 'Each comment thread must be associated with a video.');
    const { channelId, videoId, topLevelComment } = read.data.snippet;
    const text = topLevelComment.snippet.textOriginal;
    const video = state.videos.get(videoId);
    const domain = 'youtube.commentThread';
    if (!video || !isVisible(video, own))
      throw new YouTubeError(404, 'videoNotFound', 'The specified video could not be found.', domain);
    if (video.channelId !== channelId)
      throw new YouTubeError(404, 'channelNotFound', 'The specified channel could not be found.', domain);
    if (text.trim() === '') throw bad('commentTextRequired', 'The comment cannot be empty.');
    if (text.length > COMMENT_LENGTH) throw bad('commentTextTooLong', 'The comment has too many characters.');
    if (video.status.selfDeclaredMadeForKids)
      throw new YouTubeError(403, 'commentsDisabled', 'The video has disabled comments.', domain);
    const comment = { id: makeId(26), videoId, channelId: own.id, text, publishedAt: seconds(clock.now()) };
    state.comments.put(comment);
    const snippet = { textOriginal: text, publishedAt: comment.publishedAt, authorChannelId: { value: own.id } };
    return c.json({
      kind: 'youtube#commentThread',
      id: comment.id,
      snippet: { channelId, videoId, topLevelComment: { kind: 'youtube#comment', id: comment.id, snippet }, totalReplyCount: 0 },
    });
  });
}
