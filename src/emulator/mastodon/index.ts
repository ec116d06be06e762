// Mastodon: one instance. Puts its parts together; the rules are in its files.
import type { EmulatedPost, EmulatorApp, NetworkContext, NetworkDefinition } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { authorize, errorBody, MastodonError, notFound } from './api.ts';
import { accountEntity, credentialAccount, instanceEntity, statusUrl } from './entities.ts';
import { mountMediaRoutes } from './media.ts';
import { mountOAuthRoutes } from './oauth.ts';
import { mountPages } from './page.ts';
import { idSource, type MastodonState, openState, type StoredStatus } from './state.ts';
import { mediaOf, mountStatusRoutes } from './statuses.ts';

/** A type and not an interface, so that it is a `Record` of strings. */
export type MastodonLogin = { instance: string; token: string };

export const mastodon: NetworkDefinition<MastodonLogin> = {
  id: 'mastodon',
  open: (context) => {
    const { clock, log, baseUrl } = context;
    const state = openState(context);
    return {
      close: state.close,
      addAccount: (name) => addAccount(state, context, name),
      posts: () => listPosts(state, baseUrl()),
      refusal: (status) => ({ body: errorBody(status), headers: status === 429 ? rateLimitHeaders(clock.now()) : {} }),
      mount: (app) => {
        mountOAuthRoutes(app, state, clock);
        mountAccountRoutes(app, state, baseUrl);
        mountStatusRoutes(app, state, clock, baseUrl);
        mountMediaRoutes(app, state, clock, baseUrl);
        mountPages(app, state, baseUrl);
        app.all('/api/*', (c) => c.json({ error: 'Not Found' }, 404));
        app.onError((error, c) => {
          if (error instanceof MastodonError) return c.json({ error: error.message }, error.status);
          log.error({ err: error, path: c.req.path }, 'the emulated Mastodon failed');
          return c.json(errorBody(500), 500);
        });
      },
    };
  },
};

function mountAccountRoutes(app: EmulatorApp, state: MastodonState, baseUrl: () => string): void {
  app.get('/api/v2/instance', (c) => c.json(instanceEntity(state, baseUrl())));
  app.get('/api/v1/accounts/verify_credentials', (c) => c.json(credentialAccount(state, authorize(c, state), baseUrl())));
  app.get('/api/v1/accounts/:id', (c) => {
    const account = state.accounts.get(c.req.param('id'));
    if (!account) throw notFound();
    return c.json(accountEntity(state, account, baseUrl()));
  });
}

function addAccount(state: MastodonState, { clock, baseUrl }: NetworkContext, name: string): MastodonLogin {
  const known = [...state.accounts.values()].find(({ username }) => username === name);
  const token = known?.token ?? `demo-token-${name}`;
  if (!known) {
    const displayName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const id = idSource(clock.now, state.accounts.keys())();
    state.commit({ type: 'account', id, username: name, displayName, token, createdAt: timestamp(clock) });
  }
  return { instance: baseUrl(), token };
}

function listPosts(state: MastodonState, baseUrl: string): EmulatedPost[] {
  return [...state.statuses.values()].map((status) => {
    const account = state.accounts.get(status.accountId);
    return {
      id: status.id,
      url: account ? statusUrl(baseUrl, account, status.id) : baseUrl,
      text: status.text,
      createdAt: status.createdAt,
      images: filesOf(state, status, baseUrl, 'image'),
      videos: filesOf(state, status, baseUrl, 'video'),
      accountId: status.accountId,
      inReplyTo: status.inReplyToId,
      idempotencyKey: status.idempotencyKey,
      rkey: null,
    };
  });
}

const filesOf = (state: MastodonState, status: StoredStatus, baseUrl: string, type: 'image' | 'video') =>
  mediaOf(state, status, baseUrl)
    .filter((media) => media.type === type)
    .map(({ description, size }) => ({ alt: description ?? '', size }));

/** 300 requests in 5 minutes: https://docs.joinmastodon.org/api/rate-limits/ (checked 2026-11-22). There is no Retry-After. */
const rateLimitHeaders = (now: Temporal.Instant): Record<string, string> => ({
  'x-ratelimit-limit': '300',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': now.add({ minutes: 5 }).toString({ fractionalSecondDigits: 6 }),
});
