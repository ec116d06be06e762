// What platforms promise of the figures of an account itself: those that the network serves at that moment, by one request, null for what it does
// not tell, and failures told apart. What is documented of each network's answer is in figures-<network>.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountFigures } from '../../src/core/figures.ts';
import type { AccountAccess } from '../../src/core/platform.ts';
import { followersOf } from '../../src/emulator/growth.ts';
import { failureOf, type Harness, loginRefused, openHarness, type Subject } from './harness.ts';
import { subjects } from './subjects.ts';

/** The request that asks for them. */
const REQUESTS: Readonly<Record<string, string>> = {
  bluesky: 'GET /xrpc/app.bsky.actor.getProfile',
  mastodon: 'GET /api/v1/accounts/verify_credentials',
  x: 'GET /2/users/me',
  tiktok: 'GET /v2/user/info/',
  youtube: 'GET /youtube/v3/channels',
};

for (const [id, request] of Object.entries(REQUESTS)) {
  const subject = subjects.find(({ platform }) => platform.id === id);
  if (!subject) throw new Error(`${id} is no subject`);
  describe(`the figures of an account of ${subject.platform.name}`, () => describeAccountFigures(subject, request));
}

function describeAccountFigures(subject: Subject, request: string): void {
  const { platform, namesNoWait = false } = subject;
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  const access = async (): Promise<AccountAccess> => (await harness.delivery()).context;
  const read = async (given: AccountAccess): Promise<AccountFigures | undefined> => platform.accountFigures?.(given);

  it('are what it serves at that moment, by one request, and no figure of a day that it does not tell', async () => {
    const first = await access();
    const { remoteId } = first.account;
    const before = harness.countRequests(request);
    expect(await read(first)).toEqual({ followers: followersOf(remoteId, harness.now()), views: null, reach: null });
    expect(harness.countRequests(request) - before).toBe(1);
    harness.pass({ hours: 20 * 24 });
    const grown = await read(await access());
    expect(grown).toEqual({ followers: followersOf(remoteId, harness.now()), views: null, reach: null });
  });

  it('are not known where the login is not accepted', async () => {
    const given = await access();
    harness.network.faults.order({ match: request, times: 9, status: 401 });
    expect(loginRefused(platform)).toContain((await failureOf(platform, read(given))).kind);
  });

  it('are not known where it asks to slow down, which says for how long', async () => {
    const given = await access();
    harness.network.faults.order({ match: request, times: 9, status: 429, headers: { 'retry-after': '90' } });
    expect(await failureOf(platform, read(given))).toMatchObject({ kind: 'rate-limited', retryAfterMs: 90_000 });
    harness.network.faults.clear();
    harness.network.faults.order({ match: request, times: 9, status: 429 });
    const { kind, retryAfterMs } = await failureOf(platform, read(given));
    expect([kind, retryAfterMs === undefined]).toEqual(['rate-limited', namesNoWait]);
  });

  it.each([500, 503])('are not known where it answers %i, and the login is not taken for dead', async (status) => {
    const given = await access();
    harness.network.faults.order({ match: request, times: 9, status });
    const { kind } = await failureOf(platform, read(given));
    expect(['unavailable', 'outcome-unknown']).toContain(kind);
  });

  it('are not known where the answer is not one that can be read', async () => {
    const given = await access();
    harness.network.faults.order({ match: request, times: 9, status: 200, body: '<html>Hello</html>' });
    expect(loginRefused(platform)).not.toContain((await failureOf(platform, read(given))).kind);
  });
}
