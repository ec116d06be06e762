// Who sees a post on TikTok, drafts for the inbox, and how much TikTok takes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from './harness.ts';
import { CREATOR, deliveryAs, INBOX_VIDEO, PHOTOS, photos, refusal, subject, VIDEO, video } from './tiktok-subject.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(subject);
});
afterEach(() => harness.close());

describe('who may see a post', () => {
  it('is everyone, or, from a private account, the account itself', async () => {
    const everyone = await (await harness.delivery({ media: [await video()] })).publish();
    expect(await (await fetch(everyone.url)).text()).not.toContain('Only me');
    const alone = await (await deliveryAs(harness, 'private', { media: [await video()] })).publish();
    // without an id of its own to go to
    expect(alone).toMatchObject({ remoteId: expect.stringMatching(/^v_pub_file~/), url: `${harness.network.url}/@private` });
    expect(await (await fetch(alone.url)).text()).toContain('Only me');
  });

  it('is what was asked for', async () => {
    const { publish } = await harness.delivery({ media: [await video()], options: { privacy: 'MUTUAL_FOLLOW_FRIENDS' } });
    const { url } = await publish();
    expect(await (await fetch(url)).text()).toContain('Friends');
  });

  it('is refused with what there is where the account is not offered it', async () => {
    const options = { privacy: 'PUBLIC_TO_EVERYONE' };
    const { failure } = await deliveryAs(harness, 'private', { media: [await video()], options });
    const offered = 'FOLLOWER_OF_CREATOR, MUTUAL_FOLLOW_FRIENDS, SELF_ONLY';
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining(offered) });
    expect(harness.countRequests(VIDEO)).toBe(0);
  });

  it('is nobody but the account for an app that was not audited, with the two cures', async () => {
    const { failure } = await harness.delivery({ media: [await video()] });
    const body = refusal('unaudited_client_can_only_post_to_private_accounts');
    harness.network.faults.order({ match: VIDEO, status: 403, body });
    const { kind, userMessage } = await failure();
    expect(kind).toBe('rejected');
    for (const cure of ['privacy=SELF_ONLY', 'as=inbox']) expect(userMessage).toContain(cure);
  });
});

describe('the inbox', () => {
  it.each([
    ['a video', async () => [await video()], INBOX_VIDEO],
    ['photos', () => photos(2), PHOTOS],
  ])('takes %s as a draft, whoever may see it', async (_, files, request) => {
    const { publish, find } = await harness.delivery({ media: await files(), options: { as: 'inbox' } });
    const { remoteId, url } = await publish();
    expect([harness.countRequests(request), harness.countRequests(CREATOR), harness.countRequests(VIDEO)]).toEqual([1, 1, 0]);
    expect(harness.network.posts()).toMatchObject([{ id: remoteId, url }]);
    expect(await (await fetch(url)).text()).toContain('Draft in the inbox');
    expect(await find()).toMatchObject({ kind: 'found', remoteId });
  });

  it('takes five drafts in 24 hours', async () => {
    const send = async () => harness.delivery({ media: [await video()], options: { as: 'inbox' } });
    for (let draft = 0; draft < 5; draft += 1) await (await send()).publish();
    const limited = await (await send()).failure();
    expect(limited).toMatchObject({ kind: 'rate-limited', userMessage: expect.stringContaining('inbox') });
    harness.pass({ hours: 24 });
    await (await send()).publish();
    expect(harness.network.posts()).toHaveLength(6);
  });
});

describe('as much as TikTok takes', () => {
  it('is six posts a minute, after which the next may go', async () => {
    const media = [await video()];
    const { account, credentials } = (await deliveryAs(harness, 'private')).context;
    const send = async () => harness.delivery({ account, credentials, media });
    for (let post = 0; post < 6; post += 1) await (await send()).publish();
    expect((await (await send()).failure()).kind).toBe('rate-limited');
    harness.pass({ minutes: 1 });
    await (await send()).publish();
    expect(harness.network.posts()).toHaveLength(7);
  });

  it('is some posts a day, and then the wait is long', async () => {
    const { failure } = await harness.delivery({ media: [await video()] });
    harness.network.faults.order({ match: CREATOR, status: 200, body: refusal('spam_risk_too_many_posts') });
    expect(await failure()).toMatchObject({ kind: 'rate-limited', retryAfterMs: 8 * 3_600_000 });
    expect(harness.countRequests(VIDEO)).toBe(0);
  });
});
