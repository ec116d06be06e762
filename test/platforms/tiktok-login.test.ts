// How a login of TikTok lives: what was left out on TikTok's page, tokens that are refreshed and rotate, and their end. And what limits and
// remarks say before anything is sent.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNTOLD, UNTOLD_ACCOUNT } from '../../src/core/figures.ts';
import type { OAuthWay } from '../../src/core/oauth.ts';
import { accountFigures, figures } from '../../src/platforms/tiktok/figures.ts';
import { tiktok } from '../../src/platforms/tiktok/index.ts';
import { limitsOf, remarksOn } from '../../src/platforms/tiktok/limits.ts';
import { tiktokOAuth } from '../../src/platforms/tiktok/oauth.ts';
import { type Delivery, failureOf, type Harness, openHarness } from './harness.ts';
import { CREATOR, refusal, subject, TOKEN, video } from './tiktok-subject.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(subject);
});
afterEach(() => harness.close());

function wayThere(): OAuthWay {
  const { url: service, app } = harness.network;
  if (!app) throw new Error('the emulated TikTok has an app');
  return { service, app, redirectUri: 'http://127.0.0.1:9/back', state: 's'.repeat(43), verifier: 'v'.repeat(43) };
}

/** Presses Allow, without some of what was asked for. */
async function connectedWithout(...scopes: string[]) {
  const way = wayThere();
  const url = await tiktokOAuth.authorizationUrl(way);
  const page = await (await fetch(url)).text();
  const form = new URLSearchParams(url.searchParams);
  form.set('account', /<option value="([^"]*)"/.exec(page)?.[1] ?? '');
  form.set('decision', 'allow');
  for (const scope of scopes) form.set(`without ${scope}`, 'on');
  const answer = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '').searchParams;
  const granted = await tiktokOAuth.connect(way, back, (await harness.delivery()).context);
  if (granted === 'denied') throw new Error('it was denied');
  return { ...granted, account: granted.accounts[0] };
}

const refresh = async (context: Parameters<NonNullable<typeof tiktok.refresh>>[0]) => {
  if (!tiktok.refresh) throw new Error('TikTok logins are refreshed');
  return tiktok.refresh(context);
};

describe('connecting', () => {
  it('knows the account by its name, and how long its videos may be', async () => {
    const { account, scopes } = await connectedWithout();
    expect(account).toMatchObject({ handle: '@crier', announcedLimits: { maxSeconds: 300 }, kind: null });
    expect(scopes).toEqual(['user.info.basic', 'video.publish', 'video.upload', 'video.list', 'user.info.stats']);
    expect(tiktok.limits(account.announcedLimits).videos?.maxDurationMs).toBe(300_000);
  });

  it('goes without permission to post: drafts go to the inbox, and posts say what is missing', async () => {
    const { account, scopes } = await connectedWithout('video.publish');
    expect(scopes).toEqual(['user.info.basic', 'video.upload', 'video.list', 'user.info.stats']);
    expect(account).toMatchObject({ handle: 'Crier', announcedLimits: { maxSeconds: null } });
    const { context } = await harness.delivery();
    const given = { media: [await video()], credentials: account.credentials, account: { ...context.account, handle: 'Crier' } };
    const { failure } = await harness.delivery(given);
    expect(await failure()).toMatchObject({ kind: 'rejected', userMessage: expect.stringContaining('/connect tiktok') });
    const draft = await (await harness.delivery({ ...given, options: { as: 'inbox' } })).publish();
    expect(draft.url).toBe(`${harness.network.url}/`);
  });

  it('goes without permission to read figures, of which then nothing is known', async () => {
    const { account, scopes } = await connectedWithout('video.list', 'user.info.stats');
    expect(scopes).toEqual(['user.info.basic', 'video.publish', 'video.upload']);
    const { context, publish } = await harness.delivery({ media: [await video()], credentials: account.credentials });
    const posts = [await publish()];
    expect(await figures({ ...context, posts })).toEqual(new Map(posts.map(({ remoteId }) => [remoteId, UNTOLD])));
    expect(await accountFigures(context)).toEqual(UNTOLD_ACCOUNT);
  });

  it('goes for an account that may not post today', async () => {
    harness.network.faults.order({ match: CREATOR, times: 9, status: 200, body: refusal('spam_risk_too_many_posts') });
    expect((await connectedWithout()).account).toMatchObject({ handle: 'Crier' });
  });

  it('says so where TikTok does not say whose login it is', async () => {
    harness.network.faults.order({ match: 'GET /v2/user/info/', times: 9, status: 500 });
    const failure = await failureOf(tiktok, connectedWithout());
    expect(failure).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('/connect tiktok') });
  });
});

describe('the login', () => {
  it('is refreshed ahead of its two hours, and ends for good after 180 days', async () => {
    const { account } = await connectedWithout();
    expect(account.refreshAt).toEqual(harness.now().add({ minutes: 100 }));
    expect(account.expiresAt).toEqual(harness.now().add({ hours: 180 * 24 }));
  });

  it('rotates with each refresh, and the new tokens post', async () => {
    const { context } = await harness.delivery();
    harness.pass({ hours: 3 });
    const fresh = await refresh(context);
    expect(fresh.credentials.refreshToken).not.toBe(context.credentials.refreshToken);
    expect(fresh).toMatchObject({
      refreshAt: harness.now().add({ minutes: 100 }),
      expiresAt: harness.now().add({ hours: 180 * 24 }),
    });
    await (await harness.delivery({ media: [await video()], credentials: fresh.credentials })).publish();
  });

  it('is expired after two hours, which refreshing mends', async () => {
    const old = await harness.delivery({ media: [await video()] });
    harness.pass({ hours: 2 });
    expect((await old.failure()).kind).toBe('auth-expired');
    old.context.credentials = (await refresh(old.context)).credentials;
    await old.publish();
    expect(harness.network.posts()).toHaveLength(1);
  });

  it.each([
    ['was used already', async ({ context }: Delivery) => void (await refresh(context))],
    ['is over', async () => harness.pass({ hours: 181 * 24 })],
  ])('is dead once its refresh token %s, though TikTok says so with 200', async (_, end) => {
    const delivery = await harness.delivery();
    await end(delivery);
    expect((await failureOf(tiktok, refresh(delivery.context))).kind).toBe('auth-revoked');
  });

  it('is not taken for dead where TikTok cannot be asked', async () => {
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: TOKEN, status: 503 });
    expect((await failureOf(tiktok, refresh(context))).kind).toBe('outcome-unknown');
    await refresh(context);
  });

  it('cannot be refreshed without the app, whose settings are named', async () => {
    const { context } = await harness.delivery();
    const failure = await failureOf(tiktok, refresh({ ...context, app: null }));
    expect(failure).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining('TIKTOK_CLIENT_KEY') });
  });
});

describe('limits', () => {
  it('are a caption of 2,200 in UTF-16, and with a title, which photos have, of 4,000', () => {
    const [caption] = limitsOf(null).text;
    expect([caption.max, caption.count('👩‍🚀')]).toEqual([2_200, 5]);
    expect(limitsOf(null, { title: 'Our launch' }).text[0].max).toBe(4_000);
  });

  it('are ten minutes of video where the account named no other, and for drafts', () => {
    const lengths = [limitsOf(null), limitsOf({ maxSeconds: 60 }), limitsOf({ maxSeconds: 60 }, { as: 'inbox' })];
    expect(lengths.map(({ videos }) => videos?.maxDurationMs)).toEqual([600_000, 60_000, 600_000]);
  });

  it('are images or one video, and one of both', () => {
    expect(limitsOf(null)).toMatchObject({ images: { max: 35 }, videos: { max: 1 }, mixedMedia: false, needsMedia: 'any' });
  });

  it('have a title of 90 in UTF-16 at the most', () => {
    const problem = tiktok.options.find(({ name }) => name === 'title')?.problem;
    expect([problem?.('🚀'.repeat(45)), problem?.(`${'🚀'.repeat(45)}x`)]).toEqual([null, 'is longer than 90 characters']);
  });
});

it.each([
  [{}, 'Hello', ['private account']],
  [{ privacy: 'PUBLIC_TO_EVERYONE' }, 'Hello', []],
  [{ privacy: 'SELF_ONLY' }, 'Hello', ['only the account itself']],
  [{ as: 'inbox' }, 'Hello', ['without the text']],
  [{ as: 'inbox' }, '', ['finishes and posts it']],
])('of a post with %j and the text %j it is worth knowing: %j', (options, text, words) => {
  const said = remarksOn({ text, options });
  expect(said).toEqual(words.map((word) => expect.stringContaining(word)));
});
