// The emulated LinkedIn: puts its parts together; the rules are in its files.
import { cssFor, type FeedPost, mountFeed } from '../feed.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk, openOAuthDesk, secondsUntil } from '../oauth-desk.ts';
import { mountAccountFigures } from './account-figures.ts';
import { errorBody, LinkedInError } from './api.ts';
import { mountFigures } from './figures.ts';
import { mountPeople } from './people.ts';
import { mountPosts } from './posts.ts';
import { type Asset, addMember, isPage, type LinkedInState, openState, type StoredPost } from './state.ts';
import { mountUploads, nameOfBlob } from './uploads.ts';

const ACCENT = '#0a66c2';

/** Of both kinds of app; `r_member_social` is given to nobody. */
const SCOPES = [
  'openid',
  'profile',
  'email',
  'r_basicprofile',
  'w_member_social',
  'w_member_social_feed',
  'r_member_postAnalytics',
  'r_member_profileAnalytics',
  'w_organization_social',
  'w_organization_social_feed',
  'r_organization_social',
  'rw_organization_admin',
  'r_organization_admin',
];

/** With Pages, so that one can be chosen. */
const APP = { ...EMULATED_APP, options: { ...EMULATED_APP.options, pages: 'true' } };

export const linkedin: NetworkDefinition<LinkLogin> = {
  id: 'linkedin',
  open: (context) => {
    const state = openState(context);
    const { baseUrl } = context;
    let desk: OAuthDesk | null = null;
    return {
      app: APP,
      close: state.close,
      addAccount: (name) => {
        if (!desk) throw new Error('accounts are added once the routes are mounted');
        return { service: baseUrl(), code: desk.standingCode(addMember(state, name)) };
      },
      posts: () => state.posts.all().map((post) => listed(state, post)),
      refusal: (status) => ({ body: errorBody(status), headers: {} }),
      mount: (app) => {
        desk = mountOAuth(app, state);
        mountPeople(app, state);
        mountUploads(app, state);
        mountPosts(app, state);
        mountFigures(app, state);
        mountAccountFigures(app, state);
        for (const path of ['/rest/*', '/v2/*'])
          app.all(path, (c) =>
            c.json({ status: 404, code: 'RESOURCE_NOT_FOUND', message: `No virtual resource found for ${c.req.path}` }, 404),
          );
        mountFeed({
          app,
          network: 'LinkedIn',
          platform: 'linkedin',
          accent: ACCENT,
          posts: () => state.posts.all().map((post) => feedPost(state, post)),
        });
        app.onError((error, c) => {
          if (error instanceof LinkedInError) return c.json(error.body, error.status);
          context.log.error({ err: error, path: c.req.path }, 'the emulated LinkedIn failed');
          return c.json(errorBody(500), 500);
        });
      },
    };
  },
};

/**
 * A dead code or refresh token is `invalid_request` here:
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens (checked 2026-11-22).
 */
function mountOAuth(app: EmulatorApp, state: LinkedInState): OAuthDesk {
  const { grants, entities, clock } = state;
  return openOAuthDesk({
    app,
    clock,
    grants,
    network: 'LinkedIn',
    css: cssFor(ACCENT),
    paths: { page: '/oauth/v2/authorization', token: '/oauth/v2/accessToken', revocation: null },
    clientIdName: 'client_id',
    secretIn: 'body',
    separator: ' ',
    pkce: 'none',
    scopes: SCOPES,
    codeSeconds: 30 * 60,
    accounts: () =>
      entities
        .all()
        .filter(({ id }) => !isPage(id))
        .map(({ id, name }) => ({ id, label: name })),
    tokenAnswer: ({ id, scopes, expiresAt, refreshToken, refreshExpiresAt }) => ({
      access_token: id,
      expires_in: expiresAt === null ? undefined : secondsUntil(expiresAt, clock),
      refresh_token: refreshToken ?? undefined,
      refresh_token_expires_in: refreshExpiresAt === null ? undefined : secondsUntil(refreshExpiresAt, clock),
      scope: scopes.join(','),
      token_type: 'Bearer',
    }),
    refuse: (c, status, error, description) =>
      error === 'invalid_client'
        ? c.json({ error: 'invalid_client_id', error_description: 'Client authentication failed' }, 401)
        : c.json({ error: error === 'invalid_grant' ? 'invalid_request' : error, error_description: description }, status),
  });
}

const assetsOf = ({ assets }: LinkedInState, { files }: StoredPost, kind: Asset['kind']) =>
  files.flatMap(({ id, altText }) => {
    const asset = assets.get(id);
    return asset?.kind === kind ? [{ asset, alt: altText }] : [];
  });

const pathOf = ({ id }: StoredPost): string => `/feed/update/${id}`;

function listed(state: LinkedInState, post: StoredPost): EmulatedPost {
  const filesOf = (kind: Asset['kind']) => assetsOf(state, post, kind).map(({ asset, alt }) => ({ alt, size: asset.size }));
  const { id, author, text, createdAt } = post;
  const url = `${state.baseUrl()}${pathOf(post)}`;
  return {
    id,
    url,
    text,
    createdAt,
    images: filesOf('image'),
    videos: filesOf('video'),
    accountId: author,
    idempotencyKey: null,
    rkey: null,
  };
}

function feedPost(state: LinkedInState, post: StoredPost): FeedPost {
  const nameOf = (urn: string): string => state.entities.get(urn)?.name ?? 'LinkedIn';
  const shown = (kind: Asset['kind']) =>
    assetsOf(state, post, kind).map(({ asset, alt }) => ({ url: `${state.baseUrl()}/dms/${nameOfBlob(asset.id)}`, alt }));
  const { id, author, article, title, text, visibility, createdAt } = post;
  return {
    id,
    path: pathOf(post),
    author: { name: nameOf(author), handle: isPage(author) ? 'Page' : 'Member' },
    label: visibility === 'PUBLIC' ? (shown('document').length > 0 ? 'Document' : '') : 'Connections only',
    title,
    text,
    images: shown('image'),
    videos: shown('video'),
    lines: article ? [`${article.title} · ${article.source}`] : [],
    comments: state.comments
      .all()
      .filter((comment) => comment.post === id)
      .map((comment) => ({ author: nameOf(comment.actor), text: comment.text })),
    at: createdAt,
  };
}
