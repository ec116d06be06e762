// What every platform promises whose logins are renewed: a new one that posts, and that only the network's own word ends an old one.
import { expect, it } from 'vitest';
import { type Current, failureOf, type Subject } from '../harness.ts';

/** Some networks renew no login that is younger. */
const A_DAY = { hours: 25 };

export function describeRefreshing(subject: Subject, current: Current): void {
  const { platform, revokes = true, refreshRequest = subject.tokenRequest } = subject;
  const { refresh, oauth } = platform;
  if (!refresh) return;
  const aged = async () => {
    const delivery = await current().delivery();
    current().pass(A_DAY);
    return delivery;
  };

  it('gives a login that posts, and says when it is due again', async () => {
    const { context, publish } = await aged();
    const { now, network } = current();
    const fresh = await refresh(context);
    const due = fresh.refreshAt ?? fresh.expiresAt;
    if (due) expect(Temporal.Instant.compare(due, now())).toBe(1);
    context.credentials = fresh.credentials;
    await publish();
    expect(network.posts()).toHaveLength(1);
  });

  it('gives one that can be renewed in turn', async () => {
    const { context } = await aged();
    const first = await refresh(context);
    current().pass(A_DAY);
    const second = await refresh({ ...context, credentials: first.credentials });
    expect(second.credentials).not.toEqual(first.credentials);
  });

  it.each([{ status: 500 }, { status: 503 }, { status: 429 }, { drop: 'before-applying' as const }])(
    'takes %j for passing: the login is what it was',
    async (fault) => {
      const { context } = await aged();
      if (!refreshRequest) throw new Error(`the contract of ${platform.name} names no request for the token`);
      current().network.faults.order({ match: refreshRequest, ...fault });
      expect((await failureOf(platform, refresh(context))).kind).not.toMatch(/^auth-/);
      expect(current().network.faults.pending()).toBe(0);
      await refresh(context);
    },
  );

  if (oauth && revokes) {
    it('says that a login is gone that was taken back', async () => {
      const { context } = await aged();
      context.credentials = (await refresh(context)).credentials;
      await oauth.revoke(context);
      expect((await failureOf(platform, refresh(context))).kind).toBe('auth-revoked');
    });
  }

  it('says that the account must be connected again where no login is stored', async () => {
    const { context } = await current().delivery({ credentials: {} });
    expect((await failureOf(platform, refresh(context))).kind).toBe('auth-revoked');
  });
}
