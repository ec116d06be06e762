// Which of Mastodon's scopes a request takes: https://docs.joinmastodon.org/api/oauth-scopes/ (checked 2026-11-22).

/** Null: any token will do. */
export function scopeFor(method: string, path: string): string | null {
  if (path.startsWith('/api/v1/statuses')) return method === 'GET' ? 'read:statuses' : 'write:statuses';
  if (/^\/api\/v[12]\/media/.test(path)) return 'write:media';
  if (/^\/api\/v1\/accounts\/[^/]+\/statuses$/.test(path)) return 'read:statuses';
  return path.startsWith('/api/v1/accounts/') ? 'read:accounts' : null;
}

/** `write` covers `write:media`. */
export const covers = (granted: readonly string[], scope: string | null): boolean =>
  scope === null || granted.includes(scope) || granted.includes(scope.split(':')[0] ?? scope);
