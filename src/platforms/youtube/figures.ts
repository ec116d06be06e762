// How videos did and how many follow the channel, from their statistics. YouTube tells of shares, saves, reach, clicks and a channel's views
// of a day in another API, which Crier does not use.
import { z } from 'zod';
import { type PostFigures, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { Platform } from '../../core/platform.ts';
import { askYouTube } from './client.ts';

/** More are refused: https://github.com/sns-sdks/python-youtube/issues/38 (checked 2026-11-22). Costs one unit of the quota, however many. */
const MOST_IDS = 50;

/** Whole numbers as text; left out where the channel does not show it, or takes no comments. */
const Count = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .optional()
  .transform((count) => count ?? null);
/** https://developers.google.com/youtube/v3/docs/videos#statistics */
const Statistics = z.object({ viewCount: Count, likeCount: Count, commentCount: Count });
const Answer = z.object({ items: z.array(z.object({ id: z.string(), statistics: Statistics.prefault({}) })).default([]) });

const asFigures = ({ viewCount, likeCount, commentCount }: z.infer<typeof Statistics>): PostFigures => ({
  likes: likeCount,
  comments: commentCount,
  shares: null,
  saves: null,
  views: viewCount,
  reach: null,
  clicks: null,
});

/** https://developers.google.com/youtube/v3/docs/videos/list */
export const figures: NonNullable<Platform['figures']> = async (context) => {
  const ids = context.posts.map(({ remoteId }) => remoteId);
  const found = new Map<string, PostFigures>();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const query = { part: 'statistics', id: ids.slice(from, from + MOST_IDS).join(',') };
    const { items } = await askYouTube(context, { path: '/youtube/v3/videos', query }, Answer);
    for (const { id, statistics } of items) found.set(id, asFigures(statistics));
  }
  return found;
};

/**
 * `viewCount` is of all time, and so none of a day. The names: https://googleapis.dev/ruby/google-api-client/latest/Google/Apis/YoutubeV3/ChannelStatistics.html
 * (checked 2026-11-23).
 */
const Subscribers = z.object({ subscriberCount: Count, hiddenSubscriberCount: z.boolean().default(false) });
const Channels = z.object({ items: z.array(z.object({ id: z.string(), statistics: Subscribers.optional() })).default([]) });

/** One unit of the quota: https://developers.google.com/youtube/v3/docs/channels/list (checked 2026-11-23). A channel may hide the number. */
export const accountFigures: NonNullable<Platform['accountFigures']> = async (access) => {
  const query = { part: 'statistics', mine: 'true' };
  const { items } = await askYouTube(access, { path: '/youtube/v3/channels', query }, Channels);
  const told = items.find(({ id }) => id === access.account.remoteId)?.statistics;
  return { ...UNTOLD_ACCOUNT, followers: told && !told.hiddenSubscriberCount ? told.subscriberCount : null };
};
