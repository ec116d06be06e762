// YouTube: what it is to Crier. https://developers.google.com/youtube/v3; how it does things is in the files beside this one.
import { definePlatform, type Platform } from '../../core/platform.ts';
import { whilePreparing } from '../failures.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { loginOf, sendToYouTube } from './client.ts';
import { classifyYouTubeError } from './errors.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, OPTIONS } from './limits.ts';
import { refresh, youtubeOAuth } from './oauth.ts';
import { publish } from './publish.ts';

/** https://developers.google.com/youtube/v3/docs/commentThreads/insert (checked 2026-11-22). */
const comment: NonNullable<Platform['comment']> = async (context) => {
  const { account, credentials, post, text, signal, beforeSend } = context;
  await whilePreparing(classifyYouTubeError, async () => {
    signal.throwIfAborted();
    loginOf(credentials);
  });
  const snippet = { channelId: account.remoteId, videoId: post.remoteId, topLevelComment: { snippet: { textOriginal: text } } };
  await beforeSend();
  await sendToYouTube(context, {
    method: 'POST',
    path: '/youtube/v3/commentThreads',
    query: { part: 'snippet' },
    json: { snippet },
  });
};

export const youtube = definePlatform({
  id: 'youtube',
  name: 'YouTube',
  aliases: ['yt'],
  setup: { intro: 'Press Connect and choose the channel on the page that Google shows.', fields: [] },
  capabilities: { altText: false, repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  options: OPTIONS,
  limits: limitsOf,
  connect: null,
  oauth: youtubeOAuth,
  refresh,
  publish,
  findPublished,
  comment,
  figures,
  accountFigures,
  classifyError: classifyYouTubeError,
});
