// The emulated X. Puts its parts together; the rules are in its files.
import type { Context } from 'hono';
import { cssFor, type FeedPost, mountFeed } from '../feed.ts';
import { type Grants, openGrants } from '../grants.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkContext, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk, openOAuthDesk, secondsUntil } from '../oauth-desk.ts';
import { LIMITS, openGate, problem, rateHeaders, WINDOW, XError } from './api.ts';
import { filesOf, pathOf } from './entities.ts';
import { mountMedia } from './media.ts';
import { mountPosts } from './posts.ts';
import { openState, type XPost, type XState } from './state.ts';
import { accountNamed, mountUsers } from './users.ts';

const ACCENT = '#0f1419';
const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];
/** Two hours; the code dies in 30 seconds: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code (checked 2026-11-22). */
const ACCESS_SECONDS = 7_200;
const CODE_SECONDS = 30;
/** X names no end of a refresh token. */
const REFRESH_SECONDS = 10 * 365 * 86_400;

export const x: NetworkDefinition<LinkLogin> = {
  id: 'x',
  open: (context) => {
    const { clock, baseUrl } = context;
    const state = openState(context);
    const grants = openGrants(state.tables, clock, { access: ACCESS_SECONDS, refresh: REFRESH_SECONDS, rotates: true });
    const gate = openGate(state, grants, clock);
    let desk: OAuthDesk | undefined;
    return {
      app: EMULATED_APP,
      close: state.tables.close,
      addAccount: (name) => {
        const { id } = accountNamed(state, name, clock);
        if (!desk) throw new Error('the emulated X is not mounted yet');
        return { service: baseUrl(), code: desk.standingCode(id) };
      },
      posts: () => state.posts.all().map((post) => listed(state, post, baseUrl())),
      refusal: (status) => ({
        body: problem(status),
        headers: status === 429 ? rateHeaders(LIMITS['POST /2/tweets'].max, 0, clock.now().add(WINDOW)) : {},
      }),
      mount: (app) => {
        desk = openDesk(app, state, context, grants);
        mountUsers(app, state, gate, clock);
        mountPosts(app, state, gate, clock, baseUrl);
        mountMedia(app, state, gate, clock);
        app.all('/2/*', (c) => c.json(problem(404, 'There is no such endpoint.'), 404));
        const posts = (): FeedPost[] => state.posts.all().map((post) => feedPost(state, post));
        mountFeed({ app, network: 'X', platform: 'x', accent: ACCENT, posts });
        app.onError((error, c) => answerError(c, error, context));
      },
    };
  },
};

function answerError(c: Context, error: Error, { log }: NetworkContext): Response {
  if (!(error instanceof XError)) {
    log.error({ err: error, path: c.req.path }, 'the emulated X failed');
    return c.json(problem(500), 500);
  }
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  if (error.status !== 400) return c.json(problem(error.status, error.message), error.status);
  const detail = 'One or more parameters to your request was invalid.';
  return c.json({ ...problem(400, detail), errors: [{ message: error.message, parameters: {} }] }, 400);
}

/** X's own words where it refuses; a refresh token is there only for who gave `offline.access`. */
function openDesk(app: EmulatorApp, state: XState, { clock }: NetworkContext, grants: Grants): OAuthDesk {
  return openOAuthDesk({
    app,
    clock,
    grants,
    network: 'X',
    css: cssFor(ACCENT),
    paths: { page: '/i/oauth2/authorize', token: '/2/oauth2/token', revocation: '/2/oauth2/revoke' },
    clientIdName: 'client_id',
    secretIn: 'header',
    separator: ' ',
    pkce: 'required',
    scopes: SCOPES,
    codeSeconds: CODE_SECONDS,
    accounts: () => state.accounts.all().map(({ id, username }) => ({ id, label: `@${username}` })),
    tokenAnswer: ({ id, scopes, expiresAt, refreshToken }) => ({
      token_type: 'bearer',
      expires_in: expiresAt === null ? ACCESS_SECONDS : secondsUntil(expiresAt, clock),
      access_token: id,
      scope: scopes.join(' '),
      ...(scopes.includes('offline.access') ? { refresh_token: refreshToken } : {}),
    }),
    refuse: (c, status) =>
      status === 401
        ? c.json({ error: 'unauthorized_client', error_description: 'Missing valid authorization header' }, 401)
        : c.json({ error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }, 400),
  });
}

function listed(state: XState, post: XPost, baseUrl: string): EmulatedPost {
  const of = (isVideo: boolean) =>
    filesOf(state, post)
      .filter(({ category }) => (category === 'tweet_video') === isVideo)
      .map(({ altText, size }) => ({ alt: altText ?? '', size }));
  return {
    id: post.id,
    url: `${baseUrl}${pathOf(state, post)}`,
    text: post.text,
    createdAt: post.createdAt,
    images: of(false),
    videos: of(true),
    accountId: post.accountId,
    inReplyTo: post.inReplyToId,
    idempotencyKey: null,
    rkey: null,
  };
}

function feedPost(state: XState, post: XPost): FeedPost {
  const author = state.accounts.get(post.accountId);
  const files = filesOf(state, post).map(({ id, category, altText }) => ({ category, url: `/media/${id}`, alt: altText ?? '' }));
  const answered = post.inReplyToId === null ? undefined : state.posts.get(post.inReplyToId);
  return {
    id: post.id,
    path: pathOf(state, post),
    author: { name: author?.name ?? '', handle: `@${author?.username ?? ''}` },
    label: answered ? 'Reply' : '',
    title: '',
    text: post.text,
    images: files.filter(({ category }) => category !== 'tweet_video'),
    videos: files.filter(({ category }) => category === 'tweet_video'),
    lines: answered ? [`Replying to ${pathOf(state, answered)}`] : [],
    comments: [],
    at: post.createdAt,
  };
}
