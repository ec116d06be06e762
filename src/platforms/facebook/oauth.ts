// Connecting Pages by a link: Facebook's page, a login of an hour, one of two months for it, and a token of each Page that does
// not end. https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow and /docs/pages/access-tokens/
// (checked 2026-11-22).
import { z } from 'zod';
import { CrierError, invalidInput } from '../../core/errors.ts';
import type { Candidate, OAuth, OAuthScope, OAuthWay } from '../../core/oauth.ts';
import type { ConnectContext } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { openCodeFlow } from '../authorization-code.ts';
import { dialogAt, type Graph, GraphId, graphAt, HOME, openGraph, type StoredPage } from './client.ts';
import { classifyFacebookError } from './errors.ts';

/** https://developers.facebook.com/docs/permissions and /docs/pages-api/posts (the latter checked 2026-11-22). */
const SCOPES: readonly OAuthScope[] = [
  { name: 'pages_show_list', reason: 'see which Pages you manage', without: null },
  { name: 'pages_manage_posts', reason: 'post to them', without: null },
  {
    name: 'pages_read_engagement',
    reason: 'look whether a post went out after the connection broke, and how videos come along',
    without: null,
  },
  { name: 'pages_manage_engagement', reason: 'write the first comment', without: 'First comments cannot be written.' },
  {
    name: 'pages_read_user_content',
    reason: 'read comments below posts, which Facebook wants where one is written',
    without: 'First comments may not be written.',
  },
  {
    name: 'business_management',
    reason: 'see Pages that belong to a business portfolio',
    without: 'Pages that belong to a business portfolio may be missing.',
  },
  {
    name: 'read_insights',
    reason: 'read how often your Pages and their posts are seen, and by how many',
    without: 'Views and reach of Pages and posts cannot be read.',
  },
];
const NAMES = SCOPES.map(({ name }) => name);

/**
 * Codes of the token endpoint: 1 and 101, the app or its secret is not known (unverified); 100, the code is none, old or used.
 */
const TOKEN_ERRORS: Partial<Record<number, string>> = { 1: 'invalid_client', 101: 'invalid_client', 100: 'invalid_grant' };

/**
 * PKCE is documented for OpenID Connect alone, where it is "still in testing":
 * https://developers.facebook.com/documentation/facebook-login/guides/advanced/oidc-token (checked 2026-11-22). The app's
 * secret and the state protect the code here. `rerequest` asks again for what was declined before.
 */
const flow = openCodeFlow({
  network: 'Facebook',
  platform: 'facebook',
  endpoints: (service) => ({ page: dialogAt(service), token: `${graphAt(service)}/oauth/access_token`, revocation: null }),
  secretIn: 'body',
  separator: ',',
  pkce: false,
  pageParameters: { auth_type: 'rerequest' },
  refusalInStandardWords: (body) => {
    const read = z.object({ error: z.object({ code: z.number() }) }).safeParse(body);
    const error = read.success ? TOKEN_ERRORS[read.data.error.code] : undefined;
    return error === undefined ? null : { error };
  },
});

/**
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived (checked 2026-11-22): good for about
 * 60 days.
 */
async function lengthen({ service, app }: OAuthWay, accessToken: string, context: ConnectContext): Promise<string> {
  const query = {
    grant_type: 'fb_exchange_token',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    fb_exchange_token: accessToken,
  };
  const answer = await ask(
    context,
    { url: `${graphAt(service)}/oauth/access_token`, query },
    z.object({ access_token: z.string().min(1) }),
  );
  return answer.access_token;
}

const Permissions = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) });

/** What was pressed away is listed as declined. */
async function readScopes(graph: Graph): Promise<string[]> {
  const { data } = await graph({ path: '/me/permissions' }, Permissions);
  const granted = data.filter(({ status }) => status === 'granted').map(({ permission }) => permission);
  return NAMES.filter((name) => granted.includes(name));
}

const Page = z.object({
  id: GraphId,
  name: z.string().min(1),
  /** Left out where the person may not act for the Page by this app. */
  access_token: z.string().min(1).optional(),
  tasks: z.array(z.string()).optional(),
});
type Page = z.infer<typeof Page>;
const Pages = z.object({
  data: z.array(Page),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
});

/** Far more than anybody manages; it only ends a list that goes round in circles. */
const MOST_LISTS = 20;

/** https://developers.facebook.com/docs/pages-api/manage-pages (checked 2026-11-22). */
async function readPages(graph: Graph): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | undefined;
  for (let list = 0; list < MOST_LISTS; list += 1) {
    const { data, paging } = await graph(
      { path: '/me/accounts', query: { fields: 'id,name,access_token,tasks', limit: '100', after } },
      Pages,
    );
    pages.push(...data);
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (after === undefined) break;
  }
  return pages;
}

/**
 * Whoever asks must be able to do this task at the Page: https://developers.facebook.com/docs/pages-api/posts (checked
 * 2026-11-22).
 */
const mayPost = ({ tasks }: Page): boolean => tasks === undefined || tasks.includes('CREATE_CONTENT');

function candidateOf({ id, name, access_token: accessToken }: Page, service: string): Candidate[] {
  if (accessToken === undefined) return [];
  const credentials = { accessToken } satisfies StoredPage;
  return [{ remoteId: id, handle: name, service, credentials, announcedLimits: null, expiresAt: null, kind: 'Page' }];
}

const NO_PAGES =
  'Facebook names no Page that you may post to. Begin again with /connect facebook, and choose your Pages where Facebook asks for them; on the Page itself you need the right to create content.';

const connect: OAuth['connect'] = async (way, answer, context) => {
  const tokens = await flow.exchange(way, answer, context);
  if (tokens === 'denied') return 'denied';
  const { service, app } = way;
  try {
    const token = await lengthen(way, tokens.accessToken, context);
    const graph = openGraph(context, { service, token, app });
    const scopes = await readScopes(graph);
    const pages = await readPages(graph);
    const [first, ...others] = pages.filter(mayPost).flatMap((page) => candidateOf(page, service));
    if (!first) throw invalidInput(NO_PAGES);
    return { accounts: [first, ...others], scopes };
  } catch (error) {
    throw explainLogin(error);
  }
};

/** For who pressed Allow. */
function explainLogin(error: unknown): CrierError {
  const failure = classifyFacebookError(error);
  if (failure.kind === 'invalid-input' || failure.kind === 'rate-limited') return failure;
  const isWord = failure.kind === 'rejected' || failure.kind === 'auth-revoked' || failure.kind === 'auth-expired';
  const options = { cause: error, meta: failure.meta };
  if (isWord) return new CrierError('invalid-input', `${failure.userMessage} Begin again with /connect facebook.`, options);
  return new CrierError(
    'unavailable',
    'Facebook could not be asked for your Pages. Begin again with /connect facebook.',
    options,
  );
}

export const facebookOAuth: OAuth = {
  scopes: () => SCOPES,
  appSettings: { id: 'FACEBOOK_APP_ID', secret: 'FACEBOOK_APP_SECRET' },
  fields: [],
  serviceOf: () => HOME,
  prepareApp: null,
  authorizationUrl: (way) => flow.pageFor(way, NAMES),
  connect,
  // what Facebook can take back is Crier as a whole, with every other Page of that person, here and in other workspaces
  revoke: async () => 'cannot',
};
