// The tokens of the emulated Instagram and Threads: one of an hour is exchanged for one of 60 days, which is refreshed once it is a day old.
// https://developers.facebook.com/docs/threads/get-started/long-lived-tokens (checked 2026-11-22), and the same for Instagram.
import type { Clock } from '../core/clock.ts';
import type { Grant, Grants } from './grants.ts';
import { GraphError, grantOf, invalid } from './graph.ts';
import type { EmulatorApp } from './network.ts';
import { EMULATED_APP, secondsUntil } from './oauth-desk.ts';

const LONG = 'long-lived';
const LONG_SECONDS = 60 * 86_400;
const REFRESH_MIN_HOURS = 24;

/** @param prefix of the grant types: `ig_exchange_token`, `th_refresh_token` */
export function mountLongTokens(app: EmulatorApp, state: { clock: Clock; grants: Grants }, prefix: 'ig' | 'th'): void {
  const { clock, grants } = state;
  const prolong = ({ accountId, scopes }: Grant): object => {
    const grant = grants.issue({ accountId, scopes, note: LONG }, { access: LONG_SECONDS });
    const seconds = grant.expiresAt === null ? {} : { expires_in: secondsUntil(grant.expiresAt, clock) };
    return { access_token: grant.id, token_type: 'bearer', ...seconds };
  };

  app.get('/access_token', (c) => {
    const { grant_type: type, client_secret: secret, access_token: token = '' } = c.req.query();
    if (type !== `${prefix}_exchange_token`) throw invalid(`grant_type must be ${prefix}_exchange_token`);
    if (secret !== EMULATED_APP.clientSecret) throw new GraphError(101, undefined, 'Error validating client secret.');
    const grant = grantOf(state, token);
    if (grant.note === LONG) throw new GraphError(452, undefined, 'Session key invalid. This could be because it is long-lived.');
    return c.json(prolong(grant));
  });
  app.get('/refresh_access_token', (c) => {
    const { grant_type: type, access_token: token = '' } = c.req.query();
    if (type !== `${prefix}_refresh_token`) throw invalid(`grant_type must be ${prefix}_refresh_token`);
    const grant = grantOf(state, token);
    const age = clock.now().since(Temporal.Instant.from(grant.issuedAt)).total('hours');
    // with which code a token is refused that is too young, is not documented
    if (grant.note !== LONG || age < REFRESH_MIN_HOURS) throw invalid('The token is not a long-lived one of at least 24 hours');
    return c.json(prolong(grant));
  });
}
