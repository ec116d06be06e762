// Bluesky: a personal data server with the few app views a poster needs. Puts its parts together; the rules are in its files.
import type { EmulatedPost, NetworkContext, NetworkDefinition } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { mountAppRoutes } from './app-routes.ts';
import { didFor } from './ids.ts';
import { mountPages } from './page.ts';
import { imagesOf, POST, readPost, videosOf } from './records.ts';
import { mountRepoRoutes } from './repo-routes.ts';
import { mountServerRoutes } from './server-routes.ts';
import { type BlueskyState, openState } from './state.ts';
import { openSessions } from './tokens.ts';
import { mountVideoRoutes } from './video-routes.ts';
import { errorBody, XrpcError } from './xrpc.ts';

/** A type and not an interface, so that it is a `Record` of strings. */
export type BlueskyLogin = { handle: string; password: string; service: string };

export const bluesky: NetworkDefinition<BlueskyLogin> = {
  id: 'bluesky',
  open: (context) => {
    const { clock, log, baseUrl } = context;
    const state = openState(context);
    return {
      close: state.close,
      addAccount: (name) => addAccount(state, context, name),
      posts: () => listPosts(state, baseUrl()),
      // Header names: packages/xrpc-server/src/rate-limiter.ts of bluesky-social/atproto (checked 2026-11-22).
      refusal: (status) => ({ body: errorBody(status), headers: status === 429 ? rateLimitHeaders(clock.now()) : {} }),
      mount: (app) => {
        const sessions = openSessions(state, clock);
        mountServerRoutes(app, state, sessions, baseUrl);
        mountRepoRoutes(app, state, sessions, clock);
        mountVideoRoutes(app, state, sessions, clock, baseUrl);
        mountAppRoutes(app, state, baseUrl);
        mountPages(app, state, baseUrl);
        app.all('/xrpc/*', (c) => c.json(errorBody(501), 501));
        app.onError((error, c) => {
          if (error instanceof XrpcError) return c.json({ error: error.error, message: error.message }, error.status);
          log.error({ err: error, path: c.req.path }, 'the emulated Bluesky failed');
          return c.json(errorBody(500), 500);
        });
      },
    };
  },
};

function addAccount(state: BlueskyState, { clock, baseUrl }: NetworkContext, name: string): BlueskyLogin {
  const handle = `${name}.test`;
  const password = 'demo-demo-demo-demo';
  if (!state.findAccount(handle)) {
    const displayName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    state.commit({ type: 'account', did: didFor(handle), handle, displayName, password, createdAt: timestamp(clock) });
  }
  return { handle, password, service: baseUrl() };
}

function listPosts(state: BlueskyState, baseUrl: string): EmulatedPost[] {
  const records = [...state.records.values()].filter(({ collection }) => collection === POST);
  return records.map(({ uri, did, rkey, value, indexedAt }) => {
    const post = readPost(value);
    const handle = state.findAccount(did)?.handle ?? did;
    return {
      id: uri,
      url: `${baseUrl}/profile/${handle}/post/${rkey}`,
      text: post?.text ?? '',
      createdAt: indexedAt,
      images: (post ? imagesOf(post) : []).map(({ alt, size }) => ({ alt, size })),
      videos: (post ? videosOf(post) : []).map(({ alt, size }) => ({ alt, size })),
      accountId: did,
      inReplyTo: post?.reply?.parent.uri ?? null,
      idempotencyKey: null,
      rkey,
    };
  });
}

function rateLimitHeaders(now: Temporal.Instant): Record<string, string> {
  const reset = Math.ceil(now.add({ minutes: 5 }).epochMilliseconds / 1000);
  return {
    'ratelimit-limit': '3000',
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(reset),
    'ratelimit-policy': '3000;w=300',
  };
}
