// Channels, videos and items of the list of uploads, in the shapes of https://developers.google.com/youtube/v3/docs.
import { figuresOf, followersOf } from '../growth.ts';
import { type Channel, uploadsOf, type Video, type YouTubeState } from './state.ts';

const pick = (all: Record<string, unknown>, parts: readonly string[]) =>
  Object.fromEntries(Object.entries(all).filter(([part]) => parts.includes(part)));

export const handleOf = ({ name }: Channel): string => `@${name}`;

export function channelResource({ videos }: YouTubeState, channel: Channel, parts: readonly string[], now: Temporal.Instant) {
  const own = videos.all().filter(({ channelId }) => channelId === channel.id);
  const all = {
    snippet: { title: channel.title, description: '', customUrl: handleOf(channel), publishedAt: '2026-01-01T00:00:00Z' },
    contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsOf(channel) } },
    status: {
      privacyStatus: 'public',
      isLinked: true,
      longUploadsStatus: channel.isVerified ? 'allowed' : 'eligible',
    },
    statistics: {
      viewCount: String(own.reduce((sum, video) => sum + figures(video, now).views, 0)),
      subscriberCount: String(followersOf(channel.id, now)),
      hiddenSubscriberCount: false,
      videoCount: String(own.length),
    },
  };
  return { kind: 'youtube#channel', id: channel.id, ...pick(all, parts) };
}

const figures = ({ id, publishedAt, status }: Video, now: Temporal.Instant) =>
  figuresOf(id, status.privacyStatus === 'private' ? 0 : now.since(Temporal.Instant.from(publishedAt)).total('milliseconds'));

export interface VideoView {
  parts: readonly string[];
  now: Temporal.Instant;
  /** `uploaded`, then `processed`. */
  uploadStatus: string;
  channelTitle: string;
}

export function videoResource(video: Video, comments: number, { parts, now, uploadStatus, channelTitle }: VideoView) {
  const { views, likes } = figures(video, now);
  const { snippet, status } = video;
  const all = {
    snippet: {
      publishedAt: video.publishedAt,
      channelId: video.channelId,
      ...snippet,
      thumbnails: {},
      channelTitle,
      liveBroadcastContent: 'none',
      localized: { title: snippet.title, description: snippet.description },
    },
    status: { uploadStatus, ...status, madeForKids: status.selfDeclaredMadeForKids ?? false },
    contentDetails: { duration: durationOf(video.durationMs), dimension: '2d', definition: 'sd', caption: 'false' },
    statistics: { viewCount: String(views), likeCount: String(likes), favoriteCount: '0', commentCount: String(comments) },
    processingDetails: { processingStatus: uploadStatus === 'processed' ? 'succeeded' : 'processing' },
  };
  return { kind: 'youtube#video', id: video.id, ...pick(all, parts) };
}

/** ISO 8601, whole seconds: `PT2M5S`. */
const durationOf = (ms: number): string =>
  Temporal.Duration.from({ seconds: Math.round(ms / 1000) })
    .round({ largestUnit: 'hours' })
    .toString();

export const playlistItem = (video: Video, playlistId: string, position: number, parts: readonly string[]) => ({
  kind: 'youtube#playlistItem',
  id: `${playlistId}.${video.id}`,
  ...pick(
    {
      snippet: {
        publishedAt: video.publishedAt,
        channelId: video.channelId,
        title: video.snippet.title,
        description: video.snippet.description,
        playlistId,
        position,
        resourceId: { kind: 'youtube#video', videoId: video.id },
      },
      contentDetails: { videoId: video.id, videoPublishedAt: video.publishedAt },
      status: { privacyStatus: video.status.privacyStatus },
    },
    parts,
  ),
});
