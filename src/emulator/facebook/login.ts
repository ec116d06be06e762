// Facebook's login: the page that asks Allow or Deny, the token of an hour, the long one for it, what was allowed, and the
// Pages with theirs.
import type { Clock } from '../../core/clock.ts';
import { cssFor } from '../feed.ts';
import type { Grant } from '../grants.ts';
import type { EmulatorApp } from '../network.ts';
import { EMULATED_APP, type OAuthDesk, openOAuthDesk, secondsUntil } from '../oauth-desk.ts';
import {
  authorize,
  bodyOf,
  GraphError,
  type GraphProblem,
  invalid,
  noteOf,
  pick,
  readParameters,
  textOf,
  VERSION,
} from './graph.ts';
import { type FacebookState, LONG, type StoredPage } from './state.ts';

export const ACCENT = '#0866ff';

/** https://developers.facebook.com/docs/permissions: those that Pages have to do with. */
export const SCOPES = [
  'pages_show_list',
  'pages_manage_posts',
  'pages_read_engagement',
  'pages_manage_engagement',
  'pages_read_user_content',
  'business_management',
  'read_insights',
  'pages_manage_ads',
];

const TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'];

/** By the standard's word: Facebook has codes of its own. */
const REFUSALS: Partial<Record<string, GraphProblem>> = {
  invalid_client: { message: 'Error validating client secret.', code: 1 },
  invalid_grant: { message: 'This authorization code has been used.', code: 100, error_subcode: 36_009 },
};

export function mountLogin(app: EmulatorApp, state: FacebookState, clock: Clock): OAuthDesk {
  const answerFor = ({ id, expiresAt }: Grant): object => ({
    access_token: id,
    token_type: 'bearer',
    ...(expiresAt === null ? {} : { expires_in: secondsUntil(expiresAt, clock) }),
  });
  const desk = openOAuthDesk({
    app,
    clock,
    grants: state.grants,
    network: 'Facebook',
    css: cssFor(ACCENT),
    paths: { page: `${VERSION}/dialog/oauth`, token: `${VERSION}/oauth/access_token`, revocation: null },
    clientIdName: 'client_id',
    secretIn: 'body',
    separator: ',',
    pkce: 'none',
    scopes: SCOPES,
    codeSeconds: 600,
    accounts: () => state.users.all().map(({ id, name }) => ({ id, label: name })),
    tokenAnswer: answerFor,
    refuse: (c, _, error, description) => c.json(bodyOf(REFUSALS[error] ?? { message: description, code: 100 }), 400),
  });
  mountExchange(app, state, answerFor);
  mountPerson(app, state, clock);
  return desk;
}

/** https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived (checked 2026-11-22). */
function mountExchange(app: EmulatorApp, state: FacebookState, answerFor: (grant: Grant) => object): void {
  app.get(`${VERSION}/oauth/access_token`, (c) => {
    const { grant_type: type, client_id: id, client_secret: secret, fb_exchange_token: token = '' } = c.req.query();
    if (id !== EMULATED_APP.clientId || secret !== EMULATED_APP.clientSecret)
      throw new GraphError({ message: 'Error validating client secret.', code: 1 });
    if (type !== 'fb_exchange_token') throw invalid(`There is no grant_type ${type}`);
    const short = state.grants.find(token);
    if (!short)
      throw new GraphError({ message: 'Error validating access token: Session has expired.', code: 190, error_subcode: 463 });
    const { accountId, scopes } = short;
    return c.json(answerFor(state.grants.issue({ accountId, scopes, note: 'long-lived' }, { access: LONG })));
  });
}

function mountPerson(app: EmulatorApp, state: FacebookState, clock: Clock): void {
  app.get(`${VERSION}/me/permissions`, async (c) => {
    const { scopes } = authorize(c, state, await readParameters(c));
    const listed = (permission: string) => ({ permission, status: scopes.includes(permission) ? 'granted' : 'declined' });
    return c.json({ data: [{ permission: 'public_profile', status: 'granted' }, ...SCOPES.map(listed)] });
  });

  app.get(`${VERSION}/me/accounts`, async (c) => {
    const parameters = await readParameters(c);
    const grant = authorize(c, state, parameters);
    const fields = textOf(parameters, 'fields');
    const own = grant.scopes.includes('pages_show_list')
      ? state.pages.all().filter(({ ownerId }) => ownerId === grant.accountId)
      : [];
    return c.json({
      data: own.map(({ id, name }) =>
        pick({ id, name, category: 'Software', tasks: TASKS, access_token: pageToken(state, grant, id, clock).id }, fields),
      ),
      paging: { cursors: { before: 'first', after: 'last' } },
    });
  });
}

/** The same each time for the same login; it ends with a short one, and never with a long one. */
function pageToken(
  { grants }: FacebookState,
  { accountId, scopes, note, expiresAt }: Grant,
  pageId: StoredPage['id'],
  clock: Clock,
): Grant {
  const access = note === 'long-lived' || expiresAt === null ? null : secondsUntil(expiresAt, clock);
  const known = grants
    .all()
    .find(
      (each) =>
        each.note === noteOf(pageId) &&
        each.accountId === accountId &&
        (each.expiresAt === null) === (access === null) &&
        each.scopes.join() === scopes.join() &&
        grants.find(each.id) !== null,
    );
  return known ?? grants.issue({ accountId, scopes, note: noteOf(pageId) }, { access });
}
