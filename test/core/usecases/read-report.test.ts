// A report read from a real database: what went out is published by the queue and its figures kept as collecting keeps them.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/account.ts';
import { type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../../src/core/figures.ts';
import type { Platform } from '../../../src/core/platform.ts';
import type { NewPost } from '../../../src/core/post-store.ts';
import type { Report, ReportScope } from '../../../src/core/report.ts';
import { readReportPeriod } from '../../../src/core/report-period.ts';
import { findReportScope, scopeName } from '../../../src/core/usecases/find-report-scope.ts';
import { readReport } from '../../../src/core/usecases/read-report.ts';
import { closeNewsrooms, FAILED, type Newsroom, openNewsroom, PUBLISHED, platforms } from './newsroom.ts';

const ALL: ReportScope = { kind: 'all' };
/** Both tell figures of posts here. */
const telling = (platform: Platform): Platform => ({ ...platform, figures: () => Promise.resolve(new Map()) });
const tellingPlatforms: Newsroom['deps']['platforms'] = { ...platforms, get: (id) => telling(platforms.get(id)) };

let room: Newsroom;
let accounts: Account[];
beforeEach(async () => {
  room = await openNewsroom();
  accounts = await room.store.accounts.list(room.actor.workspace.id);
});
afterAll(closeNewsrooms);

function accountOf(handle: string): Account {
  const found = accounts.find((each) => each.handle === handle);
  if (!found) throw new Error(`${handle} is not there`);
  return found;
}
const onBluesky = (): Account => accountOf('@team.bsky.social');
const onMastodon = (): Account => accountOf('@team@mastodon.social');

interface Wanted extends Partial<Pick<NewPost, 'text' | 'hashtags' | 'campaign'>> {
  to?: Account[];
  fails?: boolean;
}

/** Goes out now, or fails. */
async function post({ to = [onBluesky()], fails = false, ...wanted }: Wanted = {}): Promise<string[]> {
  const now = room.clock.now();
  const { deliveries } = await room.store.posts.create(room.actor, {
    ...{ text: 'Hello', variants: {}, mediaIds: [], hashtags: [], campaign: null },
    ...wanted,
    slot: { at: now, wallTime: now.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString(), timeZone: 'Europe/Berlin' },
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: to.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: now })),
  });
  await room.settle(({ delivery }) =>
    fails ? FAILED : { ...PUBLISHED, published: { remoteId: delivery.id, url: 'https://out.example/' } },
  );
  return deliveries.map(({ id }) => id);
}

/** The figures of deliveries of one account, as they are read now. */
const see = (account: Account, ids: readonly string[], told: Partial<PostFigures>): Promise<void> =>
  room.store.figures.save(account.id, new Map(ids.map((id) => [id, { ...UNTOLD, ...told }])), room.clock.now());
const seeFollowers = (account: Account, followers: number): Promise<void> =>
  room.store.figures.saveAccount(account.id, { ...UNTOLD_ACCOUNT, followers }, room.clock.now());
const later = (duration: Temporal.DurationLike): void => room.clock.forward(duration);

function read(period = 'week', scope = ALL, known = tellingPlatforms): Promise<Report> {
  const now = room.clock.now().toZonedDateTimeISO('Europe/Berlin');
  const deps = { ...room.deps, platforms: known };
  return readReport(deps, room.actor.workspace, { period: readReportPeriod(period, now, 1), scope });
}

describe('a report', () => {
  it('has what went out in its days, with the newest figures, against the week before at the same age', async () => {
    // a Sunday, and the Sunday after it
    const earlier = await post();
    await see(onBluesky(), earlier, { likes: 4, views: 100 });
    later({ hours: 3 * 24 });
    await see(onBluesky(), earlier, { likes: 400, views: 9000 });
    later({ hours: 4 * 24 });
    const [ours = '', theirs = ''] = await post({ to: [onBluesky(), onMastodon()] });
    await see(onBluesky(), [ours], { likes: 1, views: 10 });
    await see(onMastodon(), [theirs], { likes: 3 });
    later({ minutes: 30 });
    await see(onBluesky(), [ours], { likes: 5, comments: 1, views: 120 });
    const { totals, before, networks, days, unread } = await read();
    expect(totals).toMatchObject({ posts: 2, likes: 8, comments: 1, shares: null, views: 120, engagement: 9, rate: 0.05 });
    expect(before).toMatchObject({ posts: 1, likes: 4, views: 100, rate: 0.04 });
    expect(networks.map(({ name, totals: own, before: then }) => [name, own.engagement, then?.engagement])).toEqual([
      ['Bluesky', 6, 4],
      ['Mastodon', 3, null],
    ]);
    expect(days.map(({ posts }) => posts)).toEqual([0, 0, 0, 0, 0, 0, 2]);
    expect(unread).toBe(0);
  });

  it('says that nothing went out, and that nothing is known', async () => {
    const report = await read('last-30-days');
    expect(report).toMatchObject({
      totals: { posts: 0, engagement: null },
      top: [],
      best: [],
      followers: { now: null, change: null },
    });
    expect(report.days).toHaveLength(30);
    expect(report.health.map(({ account, lastOutAt }) => [account.handle, lastOutAt])).toEqual([
      ['@team.bsky.social', null],
      ['@crier@chaos.social', null],
      ['@team@mastodon.social', null],
    ]);
  });

  it('of days gone by does not take an account for one that tells nothing, since nobody looked at it then', async () => {
    later({ hours: 10 * 24 });
    await seeFollowers(onBluesky(), 100);
    for (const { id } of [onBluesky(), onMastodon()]) await room.store.figures.looked(id, room.clock.now(), null);
    const accountFigures = () => Promise.resolve(UNTOLD_ACCOUNT);
    const asked = (platform: Platform): Platform => ({ ...telling(platform), accountFigures });
    const { health } = await read('last-week', ALL, { ...platforms, get: (id) => asked(platforms.get(id)) });
    expect(health.map(({ account, tellsFigures }) => [account.handle, tellsFigures])).toEqual([
      ['@team.bsky.social', true],
      ['@crier@chaos.social', true],
      ['@team@mastodon.social', false],
    ]);
  });

  it('has the followers at the end of its days, and their change since the beginning', async () => {
    await seeFollowers(onBluesky(), 100);
    await seeFollowers(onMastodon(), 40);
    later({ hours: 24 });
    await seeFollowers(onBluesky(), 107);
    expect((await read('today')).followers).toEqual({ now: 147, change: 7 });
    expect((await read('yesterday')).followers).toEqual({ now: 140, change: null });
    const mastodonOnly = await read('today', { kind: 'network', platform: 'mastodon' });
    // it was not looked at since, so nobody knows
    expect(mastodonOnly.followers).toEqual({ now: 40, change: null });
  });

  it('is about one network, account or campaign, where that is asked for', async () => {
    const both = [onBluesky(), onMastodon()];
    await post({ to: both, campaign: 'Launch', hashtags: ['kite'] });
    await post({ to: [onBluesky()] });
    const posts = async (scope: ReportScope) => {
      const { totals, accounts: groups, health } = await read('week', scope);
      return [totals.posts, groups.map(({ name }) => name), health.length];
    };
    const [sky, team] = ['Bluesky (@team.bsky.social)', 'Mastodon (@team@mastodon.social)'];
    expect(await posts(ALL)).toEqual([3, [sky, team], 3]);
    expect(await posts({ kind: 'network', platform: 'mastodon' })).toEqual([1, [team], 2]);
    expect(await posts({ kind: 'account', account: onBluesky() })).toEqual([2, [sky], 1]);
    expect(await posts({ kind: 'campaign', name: 'Launch' })).toEqual([2, [sky, team], 2]);
    const { followers, accountResults, best } = await read('week', { kind: 'campaign', name: 'Launch' });
    expect({ followers, accountResults, best }).toEqual({ followers: { now: null, change: null }, accountResults: [], best: [] });
  });

  it('never has what is another workspace’s', async () => {
    const other = await openNewsroom();
    await post();
    const now = other.clock.now().toZonedDateTimeISO('Europe/Berlin');
    const request = { period: readReportPeriod('week', now, 1), scope: ALL };
    const report = await readReport(other.deps, other.actor.workspace, request);
    expect(report.totals.posts).toBe(0);
    expect(report.health.every(({ lastOutAt }) => lastOutAt === null)).toBe(true);
  });

  it('says what failed, how much of today’s cap is used, and since when figures are not to be had', async () => {
    await post({ to: [onBluesky()] });
    await post({ to: [onBluesky()], fails: true });
    await post({ to: [onBluesky()], fails: true });
    const now = room.clock.now();
    await room.store.figures.looked(onBluesky().id, now, null);
    await room.store.figures.looked(onMastodon().id, now, {
      sentence: 'No answer.',
      again: now.add({ hours: 1 }),
      byNetwork: false,
    });
    const workspace = await room.store.workspaces.change(room.actor, { dailyCaps: { bluesky: 5 } });
    room.actor.workspace = workspace;
    const { health } = await read('today');
    const [ours, , theirs] = health;
    expect(ours).toMatchObject({ cap: { used: 1, perDay: 5 }, figuresAt: now, figuresFailure: null, lastOutAt: now });
    expect(ours?.failures).toMatchObject([{ kind: 'rejected', sentence: 'The network refused it.', count: 2 }]);
    expect(theirs).toMatchObject({ cap: null, figuresAt: null, figuresFailure: { since: now, sentence: 'No answer.' } });
    later({ hours: 24 });
    expect((await read('today')).health[0]).toMatchObject({ cap: { used: 0, perDay: 5 }, failures: [] });
  });

  it('knows the best hours of an account that has posted enough, by figures that had a day to grow', async () => {
    // Sunday 22 November at 10 in Berlin, then each day at 10 and at 18
    const [mornings, evenings]: [string[], string[]] = [[], []];
    for (let day = 0; day < 12; day++) {
      mornings.push(...(await post()));
      later({ hours: 8 });
      evenings.push(...(await post()));
      later({ hours: 16 });
    }
    await post({ to: [onMastodon()] });
    later({ hours: 24 });
    for (const [index, id] of mornings.entries()) await see(onBluesky(), [id], { likes: 2 + (index % 4) });
    for (const [index, id] of evenings.entries()) await see(onBluesky(), [id], { likes: 20 + (index % 7) });
    const { best } = await read('week');
    expect(best.map(({ account, posts, hours }) => [account.handle, posts, hours.map(({ at, isSure }) => [at, isSure])])).toEqual(
      [['@team.bsky.social', 24, [[18, true]]]],
    );
    expect((await read('week', { kind: 'network', platform: 'mastodon' })).best).toEqual([]);
  });
});

describe('what a report is about', () => {
  const find = (word: string): Promise<ReportScope> => findReportScope(room.deps, room.actor.workspace, word);
  const named = async (word: string): Promise<string | null> => scopeName(await find(word), platforms);

  it('is a network, an account or a campaign, by what people call it', async () => {
    await post({ campaign: 'Spring Launch' });
    for (const word of ['', 'all', 'everything']) expect(await named(word)).toBeNull();
    for (const word of ['bluesky', 'bsky', 'Bluesky']) expect(await named(word)).toBe('Bluesky');
    for (const word of ['@crier@chaos.social', 'crier', 'mastodon:@crier', 'masto/crier'])
      expect(await named(word)).toBe('Mastodon (@crier@chaos.social)');
    for (const word of ['Spring Launch', 'spring launch', 'campaign:spring launch', '"Spring Launch"'])
      expect(await named(word)).toBe('campaign "Spring Launch"');
  });

  it('has to be said more closely where several have the name', async () => {
    await expect(find('@team')).rejects.toMatchObject({
      userMessage: '"@team" can mean 2 things here: say bluesky:@team.bsky.social or mastodon:@team@mastodon.social.',
    });
    await post({ campaign: 'crier' });
    await expect(find('crier')).rejects.toMatchObject({
      userMessage: '"crier" can mean 2 things here: say mastodon:@crier@chaos.social or campaign:crier.',
    });
    expect(await named('campaign:crier')).toBe('campaign "crier"');
    expect(await named('mastodon:@crier@chaos.social')).toBe('Mastodon (@crier@chaos.social)');
  });

  it('is the connected one of several accounts of that name', async () => {
    await room.store.accounts.disconnect(onMastodon().id, 'disconnected by Ann', room.actor);
    expect(await named('@team')).toBe('Bluesky (@team.bsky.social)');
    expect(await named('@team@mastodon.social')).toBe('Mastodon (@team@mastodon.social)');
  });

  it('is refused where nothing has the name, with the nearest or with all there are', async () => {
    await post({ campaign: 'launch' });
    const refusal = async (word: string): Promise<unknown> => find(word).catch((error: unknown) => error);
    expect(await refusal('blusky')).toMatchObject({
      kind: 'invalid-input',
      userMessage: 'There is no network, account or campaign called "blusky". Did you mean bluesky?',
    });
    expect(await refusal('lanch')).toMatchObject({ userMessage: expect.stringContaining('Did you mean launch?') });
    expect(await refusal('@crier@chaos.socail')).toMatchObject({
      userMessage: expect.stringContaining('Did you mean @crier@chaos.social?'),
    });
    expect(await refusal('zzz')).toMatchObject({
      userMessage: expect.stringContaining('Networks: bluesky, mastodon. Campaigns: launch. /accounts lists accounts.'),
    });
    expect(await refusal('campaign:lanch')).toMatchObject({ userMessage: expect.stringContaining('Did you mean launch?') });
  });
});
