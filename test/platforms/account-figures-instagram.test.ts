// How an account on Instagram itself stands: as the emulated Instagram serves it, and as the documented answers are read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountAccess } from '../../src/core/platform.ts';
import { followersOf, seenBetween } from '../../src/emulator/growth.ts';
import { dayAround } from '../../src/emulator/pacific-days.ts';
import { instagram } from '../../src/platforms/instagram/index.ts';
import documented from '../fixtures/instagram/account-figures.json' with { type: 'json' };
import { failureOf, type Harness, openHarness } from './harness.ts';
import { instagramSubject, useWire } from './instagram-kit.ts';

const read = async (access: AccountAccess) => instagram.accountFigures?.(access);

describe('the figures of an emulated account', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(instagramSubject);
  });
  afterEach(() => harness.close());

  it('are its followers now, and what it served on the last whole day', async () => {
    const { remoteId: id } = await (await harness.delivery()).publish();
    const at = harness.now().toString();
    harness.pass({ hours: 30 });
    const { context } = await harness.delivery();
    const { remoteId } = context.account;
    const yesterday = dayAround(harness.now().subtract({ hours: 24 }));
    const seen = seenBetween(remoteId, [{ id, at }], yesterday);
    expect(await read(context)).toEqual({ followers: followersOf(remoteId, harness.now()), ...seen });
    expect(seen.views).toBeGreaterThan(seenBetween(remoteId, [], yesterday).views);
  });
});

describe('on the wire', () => {
  const { access, graph } = useWire();
  const { account, request } = documented;
  const look = () => graph().get(`/v25.0/${account.id}`).query({ fields: 'followers_count' });
  const insights = () => graph().get(`/v25.0/${account.id}/insights`).query(request);
  const refusal = (code: number) => ({ error: { message: 'No', type: 'OAuthException', code } });
  const followers = account.followers_count;

  it('views and reach are asked for of the whole day before, by Pacific time', async () => {
    look().reply(200, account);
    insights().reply(200, documented.insights);
    expect(await read(access())).toEqual({ followers, views: 905, reach: 410 });
  });

  it('views and reach are unknown, and not 0, where Instagram has none', async () => {
    look().reply(200, account);
    insights().reply(200, { data: [] });
    expect(await read(access())).toEqual({ followers, views: null, reach: null });
  });

  it.each([
    ['a permission is missing', 10],
    ['Instagram does not take the question', 100],
  ])('the followers are told where %s', async (_, code) => {
    look().reply(200, account);
    insights().reply(400, refusal(code));
    expect(await read(access())).toEqual({ followers, views: null, reach: null });
  });

  it.each([
    [190, 'auth-expired'],
    [4, 'rate-limited'],
  ])('a refusal with %i is a failure', async (code, kind) => {
    look().reply(200, account);
    insights().reply(400, refusal(code));
    expect(await failureOf(instagram, read(access()))).toMatchObject({ kind });
  });
});
