// Sessions: signed access tokens that expire, refresh tokens that rotate.
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { sign as signJwt, verify } from 'hono/jwt';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { BlueskyAccount, BlueskyState, RefreshToken } from './state.ts';
import { authRequired, invalidRequest } from './xrpc.ts';

// Lifetimes of the reference PDS: packages/pds/src/account-manager of bluesky-social/atproto (checked 2026-11-22).
const ACCESS_MINUTES = 120;
const REFRESH_HOURS = 90 * 24;
/** A rotated refresh token still works for this long, and then always gives the same successor. */
const GRACE_HOURS = 2;

const ACCESS = 'com.atproto.appPass';
const REFRESH = 'com.atproto.refresh';

const Payload = z.object({ sub: z.string(), scope: z.string(), exp: z.number(), jti: z.string() });
type Payload = z.infer<typeof Payload>;

interface Tokens {
  accessJwt: string;
  refreshJwt: string;
}

export interface Sessions {
  begin: (account: BlueskyAccount) => Promise<Tokens>;
  /** @throws XrpcError `ExpiredToken` for one that is used up or revoked. */
  refresh: (c: Context) => Promise<{ account: BlueskyAccount; tokens: Tokens }>;
  end: (c: Context) => Promise<void>;
  /** Who sent this request. @throws XrpcError `AuthMissing` | `InvalidToken` | `ExpiredToken`. */
  authorize: (c: Context) => Promise<BlueskyAccount>;
}

export function openSessions(state: BlueskyState, clock: Clock): Sessions {
  const issue = async (did: string, refreshId: string): Promise<Tokens> => {
    const now = clock.now();
    const expiresAt = now.add({ hours: REFRESH_HOURS });
    // Where an earlier use of the same old token already gave this successor, it stays as it is.
    if (!state.refreshTokens.has(refreshId)) {
      state.commit({ type: 'refresh-token', id: refreshId, did, expiresAt: expiresAt.toString(), nextId: null });
    }
    return {
      // Its own id makes two tokens of the same second differ: a client takes an unchanged token for a failed refresh.
      accessJwt: await sign(state, { sub: did, scope: ACCESS, jti: tokenId() }, now.add({ minutes: ACCESS_MINUTES })),
      refreshJwt: await sign(state, { sub: did, scope: REFRESH, jti: refreshId }, expiresAt),
    };
  };

  const bearer = async (c: Context, scope: string): Promise<Payload> => {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) throw authRequired('Authentication Required', 'AuthMissing');
    const payload = await readToken(state, token);
    if (isPast(clock, Temporal.Instant.fromEpochMilliseconds(payload.exp * 1000))) {
      throw invalidRequest('Token has expired', 'ExpiredToken');
    }
    if (payload.scope !== scope) throw invalidRequest('Bad token scope', 'InvalidToken');
    return payload;
  };

  const accountOf = ({ sub }: Payload): BlueskyAccount => {
    const account = state.findAccount(sub);
    if (!account) throw invalidRequest(`Could not find user info for account: ${sub}`);
    return account;
  };

  return {
    begin: (account) => issue(account.did, tokenId()),
    authorize: async (c) => accountOf(await bearer(c, ACCESS)),
    end: async (c) => {
      const { jti } = await bearer(c, REFRESH);
      if (state.refreshTokens.has(jti)) state.commit({ type: 'refresh-token-revoked', id: jti });
    },
    refresh: async (c) => {
      const payload = await bearer(c, REFRESH);
      const account = accountOf(payload);
      const token = state.refreshTokens.get(payload.jti);
      if (!token || isPast(clock, Temporal.Instant.from(token.expiresAt))) {
        throw invalidRequest('Token has been revoked', 'ExpiredToken');
      }
      return { account, tokens: await issue(account.did, rotate(state, clock, token)) };
    },
  };
}

/** Shortens the old token's life to the grace period, and names its successor. */
function rotate(state: BlueskyState, clock: Clock, token: RefreshToken): string {
  const grace = clock.now().add({ hours: GRACE_HOURS });
  const expiresAt =
    Temporal.Instant.compare(grace, Temporal.Instant.from(token.expiresAt)) < 0 ? grace.toString() : token.expiresAt;
  const nextId = token.nextId ?? tokenId();
  if (token.nextId === null) {
    state.commit({ type: 'refresh-token', id: token.id, did: token.did, expiresAt, nextId });
  }
  return nextId;
}

const tokenId = (): string => randomBytes(16).toString('base64url');

const isPast = (clock: Clock, instant: Temporal.Instant): boolean => Temporal.Instant.compare(instant, clock.now()) <= 0;

const sign = (state: BlueskyState, claims: Omit<Payload, 'exp'>, expiresAt: Temporal.Instant): Promise<string> =>
  signJwt({ ...claims, exp: Math.floor(expiresAt.epochMilliseconds / 1000) }, state.secret(), 'HS256');

async function readToken(state: BlueskyState, token: string): Promise<Payload> {
  try {
    // The expiry is judged by the emulator's clock, not by the machine's.
    return Payload.parse(await verify(token, state.secret(), { alg: 'HS256', exp: false, iat: false, nbf: false }));
  } catch (cause) {
    const error = invalidRequest('Token could not be verified', 'InvalidToken');
    error.cause = cause;
    throw error;
  }
}
