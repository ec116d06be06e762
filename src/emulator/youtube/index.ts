// YouTube with Google's login. Puts its parts together; the rules are in its files.
import { createHash } from 'node:crypto';
import { cssFor, type FeedPost, mountFeed } from '../feed.ts';
import type { Grant } from '../grants.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkContext, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk, openOAuthDesk, secondsUntil } from '../oauth-desk.ts';
import { errorBody, SCOPES, usualBody, YouTubeError } from './api.ts';
import { handleOf } from './resources.ts';
import { mountRoutes } from './routes.ts';
import { type Channel, openState, type Video, type YouTubeState } from './state.ts';
import { mountUploads } from './uploads.ts';

const ACCENT = '#ff0033';
/** The name of a channel that nobody verified: it takes neither thumbnails nor long videos. */
const UNVERIFIED = 'unverified';

export const youtube: NetworkDefinition<LinkLogin> = {
  id: 'youtube',
  open: (context) => {
    const state = openState(context);
    const { clock, baseUrl, log } = context;
    let desk: OAuthDesk | null = null;
    return {
      app: EMULATED_APP,
      close: state.close,
      addAccount: (name) => {
        const { id } = channelFor(state, name);
        return { service: baseUrl(), code: desk?.standingCode(id) ?? '' };
      },
      posts: () => shown(state).map((video) => postOf(video, baseUrl())),
      refusal: (status) => ({ body: usualBody(status), headers: status === 429 ? { 'retry-after': '60' } : {} }),
      mount: (app) => {
        desk = openDesk(app, state, context);
        mountUploads(app, state, clock, baseUrl);
        mountRoutes(app, state, clock);
        mountFiles(app, state);
        app.all('/youtube/*', (c) => c.json(usualBody(404), 404));
        mountFeed({ app, network: 'YouTube', platform: 'youtube', accent: ACCENT, posts: () => feedOf(state) });
        app.onError((error, c) => {
          if (error instanceof YouTubeError)
            return c.json(errorBody(error.code, error.reason, error.message, error.domain), error.code);
          log.error({ err: error, path: c.req.path }, 'the emulated YouTube failed');
          return c.json(usualBody(500), 500);
        });
      },
    };
  },
};

/** The same channel, and so the same id, for the same name. */
function channelFor({ channels }: YouTubeState, name: string): Channel {
  const id = `UC${createHash('sha256').update(name).digest('base64url').slice(0, 22)}`;
  const known = channels.get(id);
  if (known) return known;
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const channel = { id, name, title, isVerified: name !== UNVERIFIED };
  channels.put(channel);
  return channel;
}

/** https://developers.google.com/identity/protocols/oauth2/web-server */
function openDesk(app: EmulatorApp, { channels, grants }: YouTubeState, { clock }: NetworkContext): OAuthDesk {
  const answer = ({ id, scopes, expiresAt, refreshToken }: Grant) => ({
    access_token: id,
    token_type: 'Bearer',
    scope: scopes.join(' '),
    ...(expiresAt === null ? {} : { expires_in: secondsUntil(expiresAt, clock) }),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
  });
  return openOAuthDesk({
    app,
    clock,
    grants,
    network: 'YouTube',
    css: cssFor(ACCENT),
    paths: { page: '/o/oauth2/v2/auth', token: '/token', revocation: '/revoke' },
    clientIdName: 'client_id',
    secretIn: 'body',
    separator: ' ',
    pkce: 'required',
    scopes: [SCOPES.upload, SCOPES.readonly, SCOPES.forceSsl],
    codeSeconds: 600,
    accounts: () => channels.all().map((channel) => ({ id: channel.id, label: `${channel.title} (${handleOf(channel)})` })),
    tokenAnswer: answer,
  });
}

/** Private ones are nobody's to see. */
const shown = ({ videos }: YouTubeState): Video[] => videos.all().filter(({ status }) => status.privacyStatus !== 'private');

const postOf = ({ id, snippet, channelId, publishedAt, size, thumbnail }: Video, baseUrl: string): EmulatedPost => ({
  id,
  url: `${baseUrl}/watch?v=${id}`,
  text: snippet.description,
  createdAt: publishedAt,
  images: thumbnail ? [{ alt: '', size: thumbnail.size }] : [],
  videos: [{ alt: '', size }],
  accountId: channelId,
  idempotencyKey: null,
  rkey: null,
});

function mountFiles(app: EmulatorApp, { videos, blobs }: YouTubeState): void {
  app.get('/files/:id/:kind{video|thumbnail}', (c) => {
    const { id, kind } = c.req.param();
    const video = videos.get(id);
    const mimeType = kind === 'video' ? video?.mimeType : video?.thumbnail?.mimeType;
    const bytes = blobs.get(kind === 'video' ? id : `${id}-thumbnail`);
    if (mimeType === undefined || !bytes) return c.json(usualBody(404), 404);
    return c.body(bytes, 200, { 'content-type': mimeType, 'x-content-type-options': 'nosniff' });
  });
}

const feedOf = (state: YouTubeState): FeedPost[] =>
  shown(state).map(({ id, snippet, status, channelId, publishedAt, thumbnail }) => {
    const channel = state.channels.get(channelId);
    const comments = state.comments.all().filter(({ videoId }) => videoId === id);
    return {
      id,
      path: `/watch?v=${id}`,
      author: { name: channel?.title ?? '', handle: channel ? handleOf(channel) : '' },
      label: status.privacyStatus === 'unlisted' ? 'Unlisted' : '',
      title: snippet.title,
      text: snippet.description,
      images: thumbnail ? [{ url: `/files/${id}/thumbnail`, alt: '' }] : [],
      videos: [{ url: `/files/${id}/video`, alt: '' }],
      lines: snippet.tags ? [`Tags: ${snippet.tags.join(', ')}`] : [],
      comments: comments.map(({ channelId: by, text }) => ({ author: state.channels.get(by)?.title ?? '', text })),
      at: publishedAt,
    };
  });
