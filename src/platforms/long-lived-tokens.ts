// The tokens of Instagram and Threads: one of an hour is exchanged for one of 60 days, which is refreshed for ever as long as nobody forgets to.
// https://developers.facebook.com/docs/threads/get-started/long-lived-tokens (checked 2026-11-22), and the same for Instagram.
import { z } from 'zod';
import { CrierError } from '../core/errors.ts';
import type { OAuthWay } from '../core/oauth.ts';
import type { ConnectContext, Platform, Refreshed } from '../core/platform.ts';
import { ask } from './api.ts';
import { whilePreparing } from './failures.ts';

/** `issuedAt`, ISO 8601, is when the network gave the token: it cannot be refreshed before it is a day old. */
const StoredToken = z.object({ accessToken: z.string().min(1), issuedAt: z.string().min(1) });
export type StoredToken = z.infer<typeof StoredToken>;

/** Refreshed tokens are good for 60 days again, and a token that is not refreshed in time is dead for good. */
const REFRESH_AFTER_DAYS = 50;
/** Younger tokens are not refreshed. */
const REFRESH_MIN_HOURS = 24;

const LongToken = z.object({ access_token: z.string().min(1) });

export interface LongLivedTokens {
  /** As people know it, and as they type it. */
  network: string;
  platform: string;
  /** Of the grant types: `ig_exchange_token`, `th_refresh_token`. */
  prefix: 'ig' | 'th';
  /** Where the API of a service is; these requests have no version. */
  apiAt: (service: string) => string;
  classify: (error: unknown) => CrierError;
  /** Any request with the token, for one that is too young to be refreshed. @throws where the network does not take it */
  check: (service: string, token: StoredToken, context: Context) => Promise<unknown>;
}

type Context = Pick<ConnectContext, 'http' | 'signal' | 'clock'>;

export function openLongLivedTokens({ network, platform, prefix, apiAt, classify, check }: LongLivedTokens) {
  /** @throws CrierError `auth-revoked` where what is stored is no token */
  const read = (credentials: unknown): StoredToken => {
    const parsed = StoredToken.safeParse(credentials);
    if (parsed.success) return parsed.data;
    const sentence = `The stored ${network} login cannot be used. Connect the account again with /connect ${platform}.`;
    throw new CrierError('auth-revoked', sentence, { cause: parsed.error });
  };

  const ask60Days = async (context: Context, url: string, query: Readonly<Record<string, string>>): Promise<StoredToken> => {
    const issuedAt = context.clock.now().toString();
    const { access_token: accessToken } = await ask(context, { url, query }, LongToken);
    return { accessToken, issuedAt };
  };

  /** @throws CrierError `auth-revoked` where the network takes the token no more; what passes otherwise */
  const refresh: NonNullable<Platform['refresh']> = async ({ account: { service }, credentials, ...context }) => {
    const known = read(credentials);
    const age = context.clock.now().since(Temporal.Instant.from(known.issuedAt));
    try {
      const token = await whilePreparing(classify, async () => {
        if (age.total('hours') < REFRESH_MIN_HOURS) {
          await check(service, known, context);
          return known;
        }
        const query = { grant_type: `${prefix}_refresh_token`, access_token: known.accessToken };
        return ask60Days(context, `${apiAt(service)}/refresh_access_token`, query);
      });
      return { credentials: token, ...lifetimeOf(token) };
    } catch (error) {
      const failure = classify(error);
      if (failure.kind !== 'auth-expired' && failure.kind !== 'auth-revoked') throw failure;
      const sentence = `${network} ended this login. Connect the account again with /connect ${platform}.`;
      throw new CrierError('auth-revoked', sentence, { cause: error, meta: failure.meta });
    }
  };

  return {
    read,
    refresh,
    /** What went wrong behind the code, as a sentence for who pressed Allow. */
    explain: (error: unknown): CrierError => {
      const failure = classify(error);
      if (failure.kind === 'invalid-input' || failure.kind === 'unavailable' || failure.kind === 'rate-limited') return failure;
      const sentence = `${failure.userMessage.replace(/[.]?$/, '.')} Begin again with /connect ${platform}.`;
      return new CrierError('invalid-input', sentence, { cause: error, meta: failure.meta });
    },
    /** The token that came for the code -> the one for 60 days. @throws Refused, or what fetch throws */
    exchange: ({ service, app }: OAuthWay, accessToken: string, context: Context): Promise<StoredToken> => {
      const parameters = { client_secret: app.clientSecret, access_token: accessToken };
      const query = { grant_type: `${prefix}_exchange_token`, ...parameters };
      return ask60Days(context, `${apiAt(service)}/access_token`, query);
    },
  };
}

/** Refreshing goes on for ever, so that only the network's word ends it. */
export const lifetimeOf = ({ issuedAt }: StoredToken): Pick<Refreshed, 'expiresAt' | 'refreshAt'> => ({
  expiresAt: null,
  refreshAt: Temporal.Instant.from(issuedAt).add({ hours: 24 * REFRESH_AFTER_DAYS }),
});
