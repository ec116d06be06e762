// What tests on the wire hand to a platform: HTTP of their own, the time, an account, and a post that says nothing unless the test does.
import { afterEach, beforeEach } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { AccountAccess, ConnectContext, PublishContext } from '../../src/core/platform.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { noMediaLink } from './harness.ts';

export const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');

/** For the top of a test file. */
export function useSurroundings(): () => ConnectContext {
  let http: ReturnType<typeof openHttp>;
  beforeEach(() => {
    http = openHttp({ allowPrivateHosts: [], timeoutMs: 5000 });
  });
  afterEach(() => http.close());
  return () => ({ http, clock: { now: () => NOW }, signal: new AbortController().signal });
}

export const accountOf = (known: Pick<Account, 'platform' | 'remoteId' | 'handle' | 'service'>): Account => ({
  id: 'a1',
  workspaceId: 'w1',
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: NOW,
  ...known,
});

export const postBy = (access: Omit<AccountAccess, 'saveCredentials'>): PublishContext => ({
  saveCredentials: async () => undefined,
  text: '',
  media: [],
  options: {},
  thread: [],
  mediaLink: noMediaLink,
  idempotencyKey: 'delivery-1',
  handles: {},
  saveHandles: async () => undefined,
  beforeSend: async () => undefined,
  ...access,
});
