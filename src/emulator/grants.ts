// What people allowed Crier's app at an emulated network: tokens with their scopes and their end, refreshed, rotated and taken back.
// The same for all networks with an app made by hand; the addresses and words are oauth-desk.ts'.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Table, Tables } from './tables.ts';

const Grant = z.object({
  /** The access token. */
  id: z.string(),
  accountId: z.string(),
  scopes: z.array(z.string()),
  issuedAt: z.string(),
  /** ISO 8601; null where it never ends. */
  expiresAt: z.string().nullable(),
  refreshToken: z.string().nullable(),
  refreshExpiresAt: z.string().nullable(),
  /** What the network itself wants to remember of it: `long-lived`. */
  note: z.string().default(''),
});
export type Grant = z.infer<typeof Grant>;

export interface Lifetimes {
  /** Seconds; null: an access token that never ends. */
  access: number | null;
  /** Seconds; null: there are no refresh tokens. */
  refresh: number | null;
  /** Whether each refresh gives a new refresh token and ends the one before. */
  rotates: boolean;
}

export interface Grants {
  issue: (given: { accountId: string; scopes: readonly string[]; note?: string }, lifetimes?: Partial<Lifetimes>) => Grant;
  /** Null for one that was never given, was taken back, or has ended. */
  find: (accessToken: string) => Grant | null;
  /** Whether there was such a token and its time is over. */
  hasEnded: (accessToken: string) => boolean;
  /** Null for a refresh token that is not good (any more). */
  refresh: (refreshToken: string) => Grant | null;
  /** By access or refresh token. Unknown ones are no failure. */
  revoke: (token: string) => void;
  /** Ends every grant of an account, as its owner can in the network's own settings. */
  revokeAll: (accountId: string) => void;
  all: () => Grant[];
}

export const secret = (): string => randomBytes(24).toString('base64url');

export function openGrants(tables: Tables, clock: Clock, usual: Lifetimes): Grants {
  const table: Table<Grant> = tables.table('grants', Grant);
  const isOver = (at: string | null): boolean =>
    at !== null && Temporal.Instant.compare(Temporal.Instant.from(at), clock.now()) <= 0;
  const after = (seconds: number | null): string | null => (seconds === null ? null : clock.now().add({ seconds }).toString());
  const issue: Grants['issue'] = ({ accountId, scopes, note = '' }, own = {}) => {
    const { access, refresh } = { ...usual, ...own };
    const grant: Grant = {
      id: secret(),
      accountId,
      scopes: [...scopes],
      note,
      issuedAt: clock.now().toString(),
      expiresAt: after(access),
      refreshToken: refresh === null ? null : secret(),
      refreshExpiresAt: after(refresh),
    };
    table.put(grant);
    return grant;
  };
  return {
    issue,
    find: (accessToken) => {
      const grant = table.get(accessToken);
      return grant && !isOver(grant.expiresAt) ? grant : null;
    },
    hasEnded: (accessToken) => {
      const grant = table.get(accessToken);
      return grant !== undefined && isOver(grant.expiresAt);
    },
    refresh: (refreshToken) => {
      const grant = table.all().find((each) => each.refreshToken === refreshToken);
      if (!grant || isOver(grant.refreshExpiresAt)) return null;
      table.drop(grant.id);
      const fresh = issue(grant);
      if (usual.rotates) return fresh;
      const kept = { ...fresh, refreshToken, refreshExpiresAt: grant.refreshExpiresAt };
      table.put(kept);
      return kept;
    },
    revoke: (token) => {
      for (const grant of table.all()) if (grant.id === token || grant.refreshToken === token) table.drop(grant.id);
    },
    revokeAll: (accountId) => {
      for (const grant of table.all()) if (grant.accountId === accountId) table.drop(grant.id);
    },
    all: table.all,
  };
}
