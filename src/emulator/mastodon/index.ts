// Mastodon: one instance. Puts its parts together; the rules are in its files.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { EmulatedPost, EmulatorApp, NetworkContext, NetworkDefinition } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { authorize, errorBody, invalid, MastodonError, notFound, readBody } from './api.ts';
import { accountEntity, credentialAccount, instanceEntity, statusUrl } from './entities.ts';
import { mountMediaRoutes } from './media.ts';
import { mountPages } from './page.ts';
import { idSource, type MastodonState, openState } from './state.ts';
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

const NewApp = z.object({
  client_name: z.string().min(1),
  redirect_uris: z.union([z.string(), z.array(z.string())]),
  scopes: z.string().default('read'),
  website: z.string().nullish(),
});

function mountAccountRoutes(app: EmulatorApp, state: MastodonState, baseUrl: () => string): void {
  // https://docs.joinmastodon.org/methods/apps/ (checked 2026-11-22). Nothing is kept: tokens come with the accounts.
  app.post('/api/v1/apps', async (c) => {
    const input = NewApp.safeParse(await readBody(c));
    if (!input.success) throw invalid(z.prettifyError(input.error));
    const { client_name: name, website = null, scopes, redirect_uris } = input.data;
    const redirectUris = [redirect_uris].flat();
    return c.json({
      id: '1',
      name,
      website,
      scopes: scopes.split(' '),
      redirect_uri: redirectUris.join('\n'),
      redirect_uris: redirectUris,
      client_id: randomBytes(32).toString('base64url'),
      client_secret: randomBytes(32).toString('base64url'),
      client_secret_expires_at: 0,
    });
  });
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
      images: mediaOf(state, status, baseUrl).map(({ description, size }) => ({ alt: description ?? '', size })),
      accountId: status.accountId,
      idempotencyKey: status.idempotencyKey,
      rkey: null,
    };
  });
}

/** 300 requests in 5 minutes: https://docs.joinmastodon.org/api/rate-limits/ (checked 2026-11-22). There is no Retry-After. */
const rateLimitHeaders = (now: Temporal.Instant): Record<string, string> => ({
  'x-ratelimit-limit': '300',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': now.add({ minutes: 5 }).toString({ fractionalSecondDigits: 6 }),
});
