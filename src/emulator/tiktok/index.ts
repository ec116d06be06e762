// The emulated TikTok. Puts its parts together; the rules are in its files.
import type { Context } from 'hono';
import { cssFor } from '../feed.ts';
import { type Grants, openGrants } from '../grants.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkContext, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk, openOAuthDesk, secondsUntil } from '../oauth-desk.ts';
import { errorBody, openGate, TikTokError, usualBody } from './api.ts';
import { ACCENT, mountPages, pathOf } from './page.ts';
import { mountPhotos } from './photos.ts';
import { openState, shown, type Task, type TikTokState } from './state.ts';
import { mountStatus } from './tasks.ts';
import { accountNamed, mountUsers } from './users.ts';
import { mountVideos } from './videos.ts';

const SCOPES = ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list', 'video.publish', 'video.upload'];
/** 2 hours and 180 days: https://developers.tiktok.com/docs/zh-Hans/oauth-user-access-token-management (checked 2026-11-22). */
const ACCESS_SECONDS = 2 * 3600;
const REFRESH_SECONDS = 180 * 86_400;
/** A code is good for some minutes (unverified). */
const CODE_SECONDS = 300;

export const tiktok: NetworkDefinition<LinkLogin> = {
  id: 'tiktok',
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
        if (!desk) throw new Error('the emulated TikTok is not mounted yet');
        return { service: baseUrl(), code: desk.standingCode(id) };
      },
      posts: () => shown(state).map((task) => listed(state, task, baseUrl())),
      refusal: (status) => ({ body: usualBody(status), headers: {} }),
      mount: (app) => {
        desk = openDesk(app, state, context, grants);
        mountUsers(app, state, gate, clock);
        const publishing = { app, state, gate, clock, baseUrl };
        for (const mount of [mountVideos, mountPhotos, mountStatus]) mount(publishing);
        app.all('/v2/*', (c) => c.json(errorBody('unsupported_path', 'Unsupported path(Janus).'), 404));
        mountPages(app, state);
        app.onError((error, c) => answerError(c, error, context));
      },
    };
  },
};

function answerError(c: Context, error: Error, { log }: NetworkContext): Response {
  if (error instanceof TikTokError) return c.json(errorBody(error.code, error.message), error.status);
  log.error({ err: error, path: c.req.path }, 'the emulated TikTok failed');
  return c.json(usualBody(500), 500);
}

/** Its words beside the standard's: who it is, and how long the refresh token lives. */
function openDesk(app: EmulatorApp, state: TikTokState, { clock }: NetworkContext, grants: Grants): OAuthDesk {
  return openOAuthDesk({
    app,
    clock,
    grants,
    network: 'TikTok',
    css: cssFor(ACCENT),
    paths: { page: '/v2/auth/authorize/', token: '/v2/oauth/token/', revocation: '/v2/oauth/revoke/' },
    clientIdName: 'client_key',
    secretIn: 'body',
    separator: ',',
    pkce: 'none',
    scopes: SCOPES,
    codeSeconds: CODE_SECONDS,
    accounts: () => state.accounts.all().map(({ id, username }) => ({ id, label: `@${username}` })),
    tokenAnswer: ({ id, accountId, scopes, expiresAt, refreshToken, refreshExpiresAt }) => ({
      access_token: id,
      expires_in: expiresAt === null ? ACCESS_SECONDS : secondsUntil(expiresAt, clock),
      open_id: accountId,
      refresh_expires_in: refreshExpiresAt === null ? REFRESH_SECONDS : secondsUntil(refreshExpiresAt, clock),
      refresh_token: refreshToken,
      scope: scopes.join(','),
      token_type: 'Bearer',
    }),
    // refusals have been seen with 200 (unverified)
    refuse: (c, _, error, description) =>
      c.json({ error, error_description: description, log_id: '20221011224844CB9319E1FB30C1073F3' }, 200),
  });
}

function listed(state: TikTokState, task: Task & { postedAt: string }, baseUrl: string): EmulatedPost {
  const files = task.files.map(({ size }) => ({ alt: '', size }));
  return {
    id: task.postId ?? task.id,
    url: `${baseUrl}${pathOf(state, task)}`,
    text: task.text,
    createdAt: task.postedAt,
    images: task.kind === 'photos' ? files : [],
    videos: task.kind === 'video' ? files : [],
    accountId: task.accountId,
    idempotencyKey: null,
    rkey: null,
  };
}
