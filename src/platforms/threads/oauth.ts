// Connecting a Threads profile by a link: the page, the token of an hour, the one of 60 days, and what it may be used for.
// https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions (checked 2026-11-22).
import { z } from 'zod';
import type { Candidate, OAuth, OAuthScope } from '../../core/oauth.ts';
import type { ConnectContext } from '../../core/platform.ts';
import { Refused } from '../api.ts';
import { openCodeFlow } from '../authorization-code.ts';
import { whilePreparing } from '../failures.ts';
import { lifetimeOf, type StoredToken } from '../long-lived-tokens.ts';
import { HOME, hostsAt, openClient, readProfile, tokens } from './client.ts';
import { classifyThreadsError } from './errors.ts';

/** https://developers.facebook.com/documentation/threads/get-started (checked 2026-11-22). */
const SCOPES: readonly OAuthScope[] = [
  { name: 'threads_basic', reason: 'read whose account it is and what it has posted', without: null },
  { name: 'threads_content_publish', reason: 'post', without: null },
  {
    name: 'threads_manage_replies',
    reason: 'go on with a thread below its first post',
    without: 'Threads of several posts, and first comments, cannot be posted.',
  },
  {
    name: 'threads_read_replies',
    reason: 'look whether a part of a thread went out after the connection broke',
    without: 'You are asked whether a part of a thread went out where the connection broke.',
  },
  {
    name: 'threads_manage_insights',
    reason: 'read how posts do, and how many follow you',
    without: 'How posts do on Threads, and how many follow you, cannot be read.',
  },
];
const SCOPE_NAMES = SCOPES.map(({ name }) => name);

const flow = openCodeFlow({
  network: 'Threads',
  platform: 'threads',
  endpoints: (service) => ({
    page: `${hostsAt(service).page}/oauth/authorize`,
    token: `${hostsAt(service).graph}/oauth/access_token`,
    revocation: null,
  }),
  secretIn: 'body',
  separator: ',',
  pkce: false,
});

const connect: OAuth['connect'] = async (way, answer, context) => {
  const short = await flow.exchange(way, answer, context);
  if (short === 'denied') return 'denied';
  try {
    return await whilePreparing(classifyThreadsError, async () => {
      const token = await tokens.exchange(way, short.accessToken, context);
      const account = await readAccount(way.service, token, context);
      return { accounts: [account], scopes: await readScopes(way.service, token, context) };
    });
  } catch (error) {
    throw tokens.explain(error);
  }
};

async function readAccount(service: string, credentials: StoredToken, context: ConnectContext): Promise<Candidate> {
  const { id, username } = await readProfile(context, service, credentials.accessToken);
  return {
    remoteId: id,
    handle: `@${username}`,
    service,
    credentials,
    announcedLimits: null,
    ...lifetimeOf(credentials),
    kind: null,
  };
}

const Inspected = z.object({ data: z.object({ scopes: z.array(z.string()) }) });

/**
 * What was allowed. The answer with the token does not say, and this request is for testers of the app; of anybody else it is taken that all
 * was allowed. https://developers.facebook.com/documentation/threads/troubleshooting/debug-access-token (checked 2026-11-22).
 */
async function readScopes(service: string, { accessToken }: StoredToken, context: ConnectContext): Promise<readonly string[]> {
  const client = openClient(context, service, '', accessToken);
  const allowed = await client.get('debug_token', { input_token: accessToken }, Inspected).then(
    ({ data }) => data.scopes,
    (error: unknown) => {
      if (error instanceof Refused || error instanceof z.ZodError) return SCOPE_NAMES;
      throw error;
    },
  );
  return SCOPE_NAMES.filter((name) => allowed.includes(name));
}

export const threadsOAuth: OAuth = {
  scopes: () => SCOPES,
  appSettings: { id: 'THREADS_APP_ID', secret: 'THREADS_APP_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) => flow.pageFor(way, SCOPE_NAMES),
  connect,
  // Meta documents no such request: https://developers.facebook.com/documentation/threads/reference (checked 2026-11-22)
  revoke: async () => 'cannot',
};
