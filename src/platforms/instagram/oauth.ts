// Connecting a professional Instagram account by a link, without a Facebook Page: the page, the token of an hour, and the one of 60 days.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login (checked 2026-11-22).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { Candidate, OAuth, OAuthScope } from '../../core/oauth.ts';
import type { ConnectContext } from '../../core/platform.ts';
import { openCodeFlow } from '../authorization-code.ts';
import { whilePreparing } from '../failures.ts';
import { lifetimeOf, type StoredToken } from '../long-lived-tokens.ts';
import { HOME, hostsAt, readProfile, tokens } from './client.ts';
import { classifyInstagramError } from './errors.ts';

const SCOPES: readonly OAuthScope[] = [
  { name: 'instagram_business_basic', reason: 'read whose account it is and what it has posted', without: null },
  { name: 'instagram_business_content_publish', reason: 'post', without: null },
  {
    name: 'instagram_business_manage_comments',
    reason: 'write the first comment below a post',
    without: 'First comments cannot be written.',
  },
  {
    name: 'instagram_business_manage_insights',
    reason: 'read how posts and the account do',
    without: 'How often you are seen on Instagram, and what is shared and saved, cannot be read.',
  },
];
const SCOPE_NAMES = SCOPES.map(({ name }) => name);

/** The answer is `{ data: [{ access_token, user_id, permissions }] }`; older ones have no `data`, and a list of permissions. */
const Permissions = z.union([z.string(), z.array(z.string())]);
const Wrapped = z.object({ data: z.tuple([z.looseObject({ permissions: z.unknown() })], z.unknown()) });

const flow = openCodeFlow({
  network: 'Instagram',
  platform: 'instagram',
  endpoints: (service) => ({
    page: `${hostsAt(service).page}/oauth/authorize`,
    token: `${hostsAt(service).token}/oauth/access_token`,
    revocation: null,
  }),
  secretIn: 'body',
  separator: ',',
  pkce: false,
  inStandardWords: (answer) => {
    const wrapped = Wrapped.safeParse(answer);
    const { permissions, ...token } = wrapped.success ? wrapped.data.data[0] : { permissions: undefined, ...answer };
    const granted = Permissions.safeParse(permissions);
    return granted.success ? { ...token, scope: [granted.data].flat().join(',') } : token;
  },
});

const connect: OAuth['connect'] = async (way, answer, context) => {
  const short = await flow.exchange(way, answer, context);
  if (short === 'denied') return 'denied';
  try {
    const account = await whilePreparing(classifyInstagramError, async () =>
      readAccount(way.service, await tokens.exchange(way, short.accessToken, context), context),
    );
    return { accounts: [account], scopes: short.scopes ?? SCOPE_NAMES };
  } catch (error) {
    throw tokens.explain(error);
  }
};

async function readAccount(service: string, credentials: StoredToken, context: ConnectContext): Promise<Candidate> {
  const me = await readProfile(context, service, credentials.accessToken);
  if (me.account_type?.toUpperCase() === 'PERSONAL') {
    const cure = 'Switch it to a professional account in the Instagram app, under Settings, Account type, and begin again.';
    throw new CrierError(
      'invalid-input',
      `Instagram lets no program post to @${me.username}, which is a personal account. ${cure}`,
    );
  }
  return {
    remoteId: me.user_id,
    handle: `@${me.username}`,
    service,
    credentials,
    announcedLimits: null,
    ...lifetimeOf(credentials),
    kind: null,
  };
}

export const instagramOAuth: OAuth = {
  scopes: () => SCOPES,
  appSettings: { id: 'INSTAGRAM_APP_ID', secret: 'INSTAGRAM_APP_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) => flow.pageFor(way, SCOPE_NAMES),
  connect,
  // Meta documents no such request for this login: https://developers.facebook.com/docs/instagram-platform/reference (checked 2026-11-22)
  revoke: async () => 'cannot',
};
