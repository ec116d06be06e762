// What every platform promises whose logins are renewed: a new one that posts, and that only the network's own word ends an old one.
import { expect, it } from 'vitest';
import type { Platform } from '../../../src/core/platform.ts';
import { type Current, failureOf, type Subject } from '../harness.ts';

/** Some networks renew no login that is younger. */
const A_DAY = { hours: 25 };

export function describeRefreshing(subject: Subject, current: Current): void {
  const { platform, revokes = true, rotates = false, refreshRequest = subject.tokenRequest } = subject;
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

  it(`${rotates ? 'ends' : 'does not end'} the login it was renewed from`, async () => {
    const { context } = await aged();
    const { credentials } = await refresh(context);
    current().pass(A_DAY);
    if (rotates) expect((await failureOf(platform, refresh(context))).kind).toBe('auth-revoked');
    else await refresh(context);
    await refresh({ ...context, credentials });
  });

  it.each([
    { status: 500 },
    { status: 503 },
    { status: 429 },
    { drop: 'before-applying' as const },
    // where each renewal ends the login it is asked with, the new one is lost with such an answer
    ...(rotates ? [] : [{ drop: 'after-applying' as const }]),
  ])('takes %j for passing: the login is what it was', async (fault) => {
    const { context, publish } = await aged();
    if (!refreshRequest) throw new Error(`the contract of ${platform.name} names no request for the token`);
    const { network } = current();
    network.faults.order({ match: refreshRequest, ...fault });
    expect((await failureOf(platform, refresh(context))).kind).toBeOneOf(['unavailable', 'rate-limited', 'outcome-unknown']);
    expect(network.faults.pending()).toBe(0);
    context.credentials = (await refresh(context)).credentials;
    await publish();
    expect(network.posts()).toHaveLength(1);
  });

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

  it('says that the login is gone where the network knows it no more', async () => {
    const { context } = await aged();
    const stored = Object.entries(context.credentials);
    const forged = stored.map(([name, value]) => [name, name.endsWith('Token') ? 'nobody-gave-this' : value]);
    const failure = await failureOf(platform, refresh({ ...context, credentials: Object.fromEntries(forged) }));
    expect(failure).toMatchObject({ kind: 'auth-revoked', userMessage: expect.stringContaining(`/connect ${platform.id}`) });
  });

  if (!subject.renewsWithoutApp) {
    it('is only unavailable without an app, and says which settings are missing', async () => {
      const { context } = await aged();
      const failure = await failureOf(platform, refresh({ ...context, app: null }));
      expect(failure.kind).toBe('unavailable');
      for (const setting of Object.values(oauth?.appSettings ?? {})) expect(failure.userMessage).toContain(setting);
    });
  }

  if (subject.loginEnds) describeEnd(subject, subject.loginEnds, refresh, current);
}

function describeEnd(
  { platform, publicRequest }: Subject,
  { hours, canBeRenewed }: NonNullable<Subject['loginEnds']>,
  refresh: NonNullable<Platform['refresh']>,
  current: Current,
): void {
  const end = Temporal.Duration.from({ hours });

  it('posts until the login ends, and says that it has ended from then on', async () => {
    const { network, pass, delivery, countRequests } = current();
    const { context, publish, failure } = await delivery();
    pass(end.subtract({ seconds: 1 }));
    await publish();
    Object.assign(context, { idempotencyKey: 'delivery-2', text: 'Hello again', handles: {} });
    pass({ seconds: 2 });
    const before = countRequests(publicRequest);
    expect((await failure()).kind).toBe('auth-expired');
    expect(countRequests(publicRequest)).toBeLessThanOrEqual(before + 1);
    expect(network.posts()).toHaveLength(1);
  });

  it(canBeRenewed ? 'renews a login that has ended, which then posts' : 'cannot renew a login that has ended', async () => {
    const { network, pass, delivery } = current();
    const { context, publish } = await delivery();
    pass(end.add({ seconds: 1 }));
    if (!canBeRenewed) {
      expect((await failureOf(platform, refresh(context))).kind).toBe('auth-revoked');
      return;
    }
    context.credentials = (await refresh(context)).credentials;
    await publish();
    expect(network.posts()).toHaveLength(1);
  });

  it('is to be renewed before it ends', async () => {
    const { connect, now } = current();
    const { refreshAt } = await connect();
    if (!refreshAt) throw new Error('nothing says when this login is to be renewed');
    expect(Temporal.Instant.compare(refreshAt, now().add(end))).toBe(-1);
  });
}
