// Which tokens the test Slack knows, whose they are and what they may do.
import type { Team } from './cast.ts';

export interface Token {
  team: Team;
  scopes: readonly string[];
}

export interface Tokens {
  add: (token: string, of: Token) => void;
  /** From now on Slack answers `error`: token_revoked, account_inactive after the app was removed. */
  revoke: (token: string, error: string) => void;
  revokeAll: (teamId: string, error: string) => void;
  /** The token's owner, or the error Slack gives. */
  read: (token: string | null) => Token | string;
}

export function openTokens(): Tokens {
  const known = new Map<string, Token>();
  const dead = new Map<string, string>();
  return {
    add: (token, of) => {
      known.set(token, of);
      dead.delete(token);
    },
    revoke: (token, error) => void dead.set(token, error),
    revokeAll: (teamId, error) => {
      for (const [token, { team }] of known) if (team.id === teamId) dead.set(token, error);
    },
    read: (token) => {
      if (token === null) return 'not_authed';
      return dead.get(token) ?? known.get(token) ?? 'invalid_auth';
    },
  };
}
