// How a profile on Threads itself stands: as the emulated Threads serves it, and as the documented answer is read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountAccess } from '../../src/core/platform.ts';
import { followersOf, seenBetween } from '../../src/emulator/growth.ts';
import { dayAround } from '../../src/emulator/pacific-days.ts';
import { threads } from '../../src/platforms/threads/index.ts';
import documented from '../fixtures/threads/account-figures.json' with { type: 'json' };
import { failureOf, type Harness, openHarness } from './harness.ts';
import { threadsSubject, useWire } from './threads-kit.ts';

const read = async (access: AccountAccess) => threads.accountFigures?.(access);

describe('the figures of an emulated profile', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(threadsSubject);
  });
  afterEach(() => harness.close());

  it('are its followers now and the views of the last whole day, by one request', async () => {
    const { remoteId: id } = await (await harness.delivery()).publish();
    const at = harness.now().toString();
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const { remoteId } = context.account;
    const yesterday = dayAround(harness.now().subtract({ hours: 24 }));
    const { views } = seenBetween(remoteId, [{ id, at }], yesterday);
    expect(await read(context)).toEqual({ followers: followersOf(remoteId, harness.now()), views, reach: null });
    expect(views).toBeGreaterThan(seenBetween(remoteId, [], yesterday).views);
    expect(harness.countRequests(`GET /v1.0/${remoteId}/threads_insights`)).toBe(1);
  });
});

describe('on the wire', () => {
  const { access, graph, userId } = useWire();
  const asks = () => graph().get(`/v1.0/${userId}/threads_insights`).query(documented.request);
  const refusal = (code: number) => ({ error: { message: 'No', type: 'OAuthException', code } });
  const NOTHING = { followers: null, views: null, reach: null };

  it('the day that is over counts, and not the one that has begun', async () => {
    asks().reply(200, documented.response);
    expect(await read(access())).toEqual({ followers: 812, views: 20, reach: null });
  });

  it('nothing is told, and nothing is 0, where the answer has nothing', async () => {
    asks().reply(200, { data: [] });
    expect(await read(access())).toEqual(NOTHING);
  });

  it('nothing is told where the permission was not given', async () => {
    asks().reply(403, refusal(10));
    expect(await read(access())).toEqual(NOTHING);
  });

  it.each([
    [190, 'auth-expired'],
    [4, 'rate-limited'],
  ])('a refusal with %i is a failure', async (code, kind) => {
    asks().reply(400, refusal(code));
    expect(await failureOf(threads, read(access()))).toMatchObject({ kind });
  });
});
