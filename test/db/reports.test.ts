// What reports read of the database: what went out with its figures as of a moment, sums of them, accounts' own figures, and failures.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { type AccountFigures, type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../src/core/figures.ts';
import type { NewPost } from '../../src/core/post-store.ts';
import type { ReadSpan, ReportScope } from '../../src/core/report.ts';
import type { Store } from '../../src/core/store.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { ENTRANCE, openWorkbench, type Workbench } from '../support/workbench.ts';

const ALL: ReportScope = { kind: 'all' };
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const [FROM, UNTIL, LATER] = [at('2026-10-01T00:00:00Z'), at('2026-11-01T00:00:00Z'), at('2026-11-22T00:00:00Z')];
const OCTOBER: ReadSpan = { from: FROM, until: UNTIL, asOf: LATER };

let bench: Workbench;
let store: Store;
let ann: Actor;
let birds: Account;
let photos: Account;

beforeAll(async () => {
  bench = await openWorkbench();
  store = bench.store;
  ann = bench.actor;
  birds = await connect(ann, 'birdnet', '@birds');
  photos = await connect(ann, 'photonet', '@photos');
});
afterAll(() => bench.close());
beforeEach(async () => {
  for (const table of ['metric_snapshot', 'attempt', 'delivery']) await bench.database.pool.query(`delete from ${table}`);
});

async function connect(actor: Actor, platform: string, handle: string): Promise<Account> {
  const remote = { platform, remoteId: handle, handle, service: `https://${platform}.example` };
  const nothing = { announcedLimits: null, expiresAt: null };
  return (await store.accounts.connect(actor, { ...remote, credentials: { token: 't' }, ...nothing })).account;
}

type Wanted = Partial<Pick<NewPost, 'text' | 'variants' | 'hashtags' | 'campaign'>> & { by?: Actor };

/** A post that is scheduled to each of the accounts; what becomes of its deliveries is written by hand. */
async function write(accounts: Account[], { by = ann, ...wanted }: Wanted = {}): Promise<string[]> {
  const slot = { at: LATER, wallTime: '2026-11-22T01:00:00', timeZone: 'Europe/Berlin' };
  const { deliveries } = await store.posts.create(by, {
    text: 'Hello',
    variants: {},
    mediaIds: [],
    hashtags: [],
    campaign: null,
    ...wanted,
    slot,
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: accounts.map((account) => ({ account, state: 'scheduled', holdReason: null, dueAt: slot.at })),
  });
  return accounts.map((account) => deliveries.find(({ accountId }) => accountId === account.id)?.id ?? '');
}

async function publish(account: Account, when: string, wanted?: Wanted): Promise<string> {
  const [id = ''] = await write([account], wanted);
  await bench.database.pool.query(
    `update delivery set state = 'published', published_at = $2, updated_at = $2, url = 'https://out.example/' || platform where id = $1`,
    [id, when],
  );
  return id;
}

const see = (account: Account, deliveryId: string, when: string, told: Partial<PostFigures>): Promise<void> =>
  store.figures.save(account.id, new Map([[deliveryId, { ...UNTOLD, ...told }]]), at(when));

async function seeAccount(account: Account, when: string, told: Partial<AccountFigures>): Promise<void> {
  const figures = JSON.stringify({ ...UNTOLD_ACCOUNT, ...told });
  await bench.database.pool.query(
    'insert into metric_snapshot (id, account_id, delivery_id, figures, at) values ($1, $2, null, $3, $4)',
    [randomUUID(), account.id, figures, when],
  );
}

async function end(deliveryId: string, state: string, when: string, error: { kind: string; message: string }): Promise<void> {
  await bench.database.pool.query(
    'update delivery set state = $2, updated_at = $3, error_kind = $4, error_message = $5 where id = $1',
    [deliveryId, state, when, error.kind, error.message],
  );
}

describe('the results of a time', () => {
  const results = (span = OCTOBER, scope: ReportScope = ALL) => store.reports.results(ann.workspace.id, span, scope);

  it('are what went out in it, the end not included, by when it went out', async () => {
    await publish(birds, '2026-09-30T23:59:59.999Z');
    const last = await publish(birds, '2026-10-31T23:59:59.999Z');
    const first = await publish(photos, FROM.toString());
    await publish(birds, UNTIL.toString());
    await write([birds]);
    expect((await results()).map(({ deliveryId }) => deliveryId)).toEqual([first, last]);
  });

  it('say what a report has to know of a post', async () => {
    const id = await publish(birds, '2026-10-05T09:00:00Z', { text: 'Fresh bread', hashtags: ['bread'], campaign: 'Autumn' });
    await see(birds, id, '2026-10-05T10:00:00Z', { likes: 3, comments: 0, views: 9_007_199_254_740_991 });
    const [found] = await results();
    const { number } =
      (await bench.store.posts.list(ann.workspace.id, { kind: 'recent' }, { offset: 0, limit: 1 })).items[0]?.post ?? {};
    expect({ ...found, publishedAt: String(found?.publishedAt), seenAt: String(found?.seenAt) }).toEqual({
      deliveryId: id,
      post: number,
      platform: 'birdnet',
      accountId: birds.id,
      text: 'Fresh bread',
      url: 'https://out.example/birdnet',
      publishedAt: '2026-10-05T09:00:00Z',
      campaign: 'Autumn',
      hashtags: ['bread'],
      authorId: ann.member.id,
      author: 'Ann',
      figures: { ...UNTOLD, likes: 3, comments: 0, views: 9_007_199_254_740_991 },
      seenAt: '2026-10-05T10:00:00Z',
    });
  });

  it('have the text as this network got it, the first 200 letters', async () => {
    const long = '🥐'.repeat(300);
    await publish(birds, '2026-10-05T09:00:00Z', { text: long, variants: { photonet: 'For photos' } });
    await publish(photos, '2026-10-06T09:00:00Z', { text: long, variants: { photonet: 'For photos' } });
    expect((await results()).map(({ text }) => text)).toEqual(['🥐'.repeat(200), 'For photos']);
  });

  it('have the newest figures by the moment that is asked for, and none where none were read by then', async () => {
    const id = await publish(birds, '2026-10-05T09:00:00Z');
    for (const [day, likes] of [
      [6, 1],
      [8, 20],
      [7, 5],
    ] as const)
      await see(birds, id, `2026-10-0${day}T09:00:00Z`, { likes });
    const likesAsOf = async (when: string) => (await results({ ...OCTOBER, asOf: at(when) }))[0]?.figures.likes;
    expect(await likesAsOf('2026-10-08T09:00:00Z')).toBe(20);
    expect(await likesAsOf('2026-10-08T08:59:59Z')).toBe(5);
    const [unread] = await results({ ...OCTOBER, asOf: at('2026-10-05T12:00:00Z') });
    expect(unread).toMatchObject({ figures: UNTOLD, seenAt: null });
  });

  it('are those of the scope, and never those of another workspace', async () => {
    const other = await store.workspaces.enter({ ...ENTRANCE, teamId: 'other' });
    await publish(await connect(other, 'birdnet', '@theirs'), '2026-10-05T09:00:00Z', { by: other, campaign: 'Autumn' });
    const bird = await publish(birds, '2026-10-05T09:00:00Z', { campaign: 'Autumn' });
    const photo = await publish(photos, '2026-10-06T09:00:00Z', { campaign: 'Autumn' });
    const second = await publish(await connect(ann, 'birdnet', '@birds2'), '2026-10-07T09:00:00Z');
    const idsOf = async (scope: ReportScope) => (await results(OCTOBER, scope)).map(({ deliveryId }) => deliveryId);
    expect(await idsOf(ALL)).toEqual([bird, photo, second]);
    expect(await idsOf({ kind: 'network', platform: 'birdnet' })).toEqual([bird, second]);
    expect(await idsOf({ kind: 'account', account: photos })).toEqual([photo]);
    expect(await idsOf({ kind: 'campaign', name: 'Autumn' })).toEqual([bird, photo]);
  });
});

describe('the sums of a time', () => {
  const sums = (span = OCTOBER, scope: ReportScope = ALL) => store.reports.sums(ann.workspace.id, span, scope);

  it('are per account, and null where no row tells a figure', async () => {
    const [one, two] = [await publish(birds, '2026-10-05T09:00:00Z'), await publish(birds, '2026-10-06T09:00:00Z')];
    await publish(photos, '2026-10-07T09:00:00Z');
    await see(birds, one, '2026-10-06T09:00:00Z', { likes: 3, comments: 0, views: 100 });
    await see(birds, two, '2026-10-07T09:00:00Z', { likes: 4, shares: 2 });
    expect(await sums()).toEqual([
      {
        ...UNTOLD,
        accountId: birds.id,
        platform: 'birdnet',
        posts: 2,
        told: 2,
        likes: 7,
        comments: 0,
        shares: 2,
        views: 100,
        engagement: 9,
        ratedEngagement: 3,
        ratedViews: 100,
      },
      {
        ...UNTOLD,
        accountId: photos.id,
        platform: 'photonet',
        posts: 1,
        told: 0,
        engagement: null,
        ratedEngagement: 0,
        ratedViews: 0,
      },
    ]);
  });

  it('rate only posts that tell both engagement and views', async () => {
    const [seen, liked] = [await publish(birds, '2026-10-05T09:00:00Z'), await publish(birds, '2026-10-06T09:00:00Z')];
    await see(birds, seen, '2026-10-06T09:00:00Z', { views: 1_000, clicks: 5 });
    await see(birds, liked, '2026-10-07T09:00:00Z', { saves: 4 });
    expect(await sums()).toMatchObject([{ engagement: 4, views: 1_000, clicks: 5, ratedEngagement: 0, ratedViews: 0 }]);
  });

  it('are as of the moment, and of the scope', async () => {
    const bird = await publish(birds, '2026-10-05T09:00:00Z', { campaign: 'Autumn' });
    const photo = await publish(photos, '2026-10-05T09:00:00Z');
    for (const [account, id] of [
      [birds, bird],
      [photos, photo],
    ] as const) {
      await see(account, id, '2026-10-06T09:00:00Z', { likes: 1 });
      await see(account, id, '2026-10-08T09:00:00Z', { likes: 10 });
    }
    const likesOf = async (scope: ReportScope, asOf = LATER) =>
      (await sums({ ...OCTOBER, asOf }, scope)).map(({ accountId, likes }) => [accountId, likes]);
    expect(await likesOf(ALL, at('2026-10-07T09:00:00Z'))).toEqual([
      [birds.id, 1],
      [photos.id, 1],
    ]);
    expect(await likesOf({ kind: 'network', platform: 'photonet' })).toEqual([[photos.id, 10]]);
    expect(await likesOf({ kind: 'account', account: birds })).toEqual([[birds.id, 10]]);
    expect(await likesOf({ kind: 'campaign', name: 'Autumn' })).toEqual([[birds.id, 10]]);
  });
});

describe('accounts at a moment', () => {
  it('have their newest own figures by then; a post’s are not theirs, and who has none is left out', async () => {
    await seeAccount(birds, '2026-10-01T00:00:00Z', { followers: 100 });
    await seeAccount(birds, '2026-10-02T00:00:00Z', { followers: 110, views: 7 });
    await seeAccount(birds, '2026-10-04T00:00:00Z', { followers: 130 });
    const id = await publish(birds, '2026-10-01T00:00:00Z');
    await see(birds, id, '2026-10-03T00:00:00Z', { views: 999 });
    const found = await store.reports.accountsAt(ann.workspace.id, at('2026-10-03T12:00:00Z'));
    expect(found.map((each) => ({ ...each, at: String(each.at) }))).toEqual([
      { accountId: birds.id, figures: { followers: 110, views: 7, reach: null }, at: '2026-10-02T00:00:00Z' },
    ]);
    expect(await store.reports.accountsAt(ann.workspace.id, at('2026-09-30T00:00:00Z'))).toEqual([]);
  });
});

describe('failures of a time', () => {
  const failures = (scope: ReportScope = ALL) => store.reports.failures(ann.workspace.id, OCTOBER, scope);
  const LOGIN = { kind: 'auth-revoked', message: 'Connect it again.' };
  const BUSY = { kind: 'unavailable', message: 'It did not answer.' };

  it('are counted by account and cause with the newest sentence, the most frequent first', async () => {
    const [a = '', b = ''] = await write([birds, photos], { campaign: 'Autumn' });
    const [c = ''] = await write([photos]);
    const [d = ''] = await write([photos]);
    await end(a, 'failed', '2026-10-05T09:00:00Z', LOGIN);
    await end(b, 'failed', '2026-10-06T09:00:00Z', { ...BUSY, message: 'It did not answer in time.' });
    await end(c, 'unconfirmed', '2026-10-05T09:00:00Z', BUSY);
    await end(d, 'failed', '2026-10-05T09:00:00Z', LOGIN);
    const [busy, ...others] = await failures();
    expect(busy).toEqual({ accountId: photos.id, kind: 'unavailable', sentence: 'It did not answer in time.', count: 2 });
    expect(others.map(({ accountId, count }) => [accountId, count]).sort()).toEqual(
      [
        [birds.id, 1],
        [photos.id, 1],
      ].sort(),
    );
    expect(await failures({ kind: 'network', platform: 'birdnet' })).toMatchObject([{ accountId: birds.id, count: 1 }]);
    expect(await failures({ kind: 'account', account: photos })).toHaveLength(2);
    expect(await failures({ kind: 'campaign', name: 'Autumn' })).toHaveLength(2);
  });

  it('leave out what failed at another time, and what went out at a later try', async () => {
    const [early = ''] = await write([birds]);
    await end(early, 'failed', '2026-09-30T09:00:00Z', BUSY);
    const late = await publish(birds, '2026-10-05T10:00:00Z');
    await bench.database.pool.query(
      `insert into attempt (id, delivery_id, round, phase, outcome, handles, error_kind, error_message, started_at, finished_at)
       values ($1, $2, 0, 'done', 'not-applied', '{}', 'unavailable', 'It did not answer.', $3, $3)`,
      [randomUUID(), late, '2026-10-05T09:00:00Z'],
    );
    expect(await failures()).toEqual([]);
  });
});

describe('the engagement of accounts', () => {
  const engagements = async (accounts: Account[]) => {
    const found = await store.reports.engagements(
      accounts.map(({ id }) => id),
      OCTOBER,
    );
    return [...found].map(([id, posts]) => [
      id,
      posts.map(({ publishedAt, engagement }) => [publishedAt.toString(), engagement]),
    ]);
  };

  it('is that of each post after a day or more, the newest, by when it went out', async () => {
    const [first, second] = [await publish(birds, '2026-10-05T09:00:00.123Z'), await publish(birds, '2026-10-06T09:00:00Z')];
    await see(birds, second, '2026-10-07T09:00:00Z', { likes: 2 });
    await see(birds, first, '2026-10-06T09:00:00.123Z', { likes: 1, comments: 2 });
    await see(birds, first, '2026-10-09T09:00:00Z', { likes: 5, saves: 4, views: 1_000 });
    await see(birds, first, '2026-10-08T09:00:00Z', { likes: 3 });
    expect(await engagements([birds, photos])).toEqual([
      [
        birds.id,
        [
          ['2026-10-05T09:00:00.123Z', 9],
          ['2026-10-06T09:00:00Z', 2],
        ],
      ],
    ]);
  });

  it('leaves out what is too fresh, tells none, went out at another time, or is another account’s', async () => {
    const fresh = await publish(birds, '2026-10-05T09:00:00Z');
    await see(birds, fresh, '2026-10-06T08:59:59Z', { likes: 2 });
    const viewed = await publish(birds, '2026-10-05T09:00:00Z');
    await see(birds, viewed, '2026-10-07T09:00:00Z', { views: 20 });
    const later = await publish(birds, UNTIL.toString());
    await see(birds, later, '2026-11-07T09:00:00Z', { likes: 2 });
    const photo = await publish(photos, '2026-10-05T09:00:00Z');
    await see(photos, photo, '2026-10-07T09:00:00Z', { likes: 0 });
    expect(await engagements([birds])).toEqual([]);
    expect(await engagements([])).toEqual([]);
    expect(await engagements([birds, photos])).toEqual([[photos.id, [['2026-10-05T09:00:00Z', 0]]]]);
  });
});

describe('what went out', () => {
  it('is known by account: when the newest did, and how many did in a time', async () => {
    await publish(birds, '2026-09-30T09:00:00Z');
    await publish(birds, '2026-10-05T09:00:00Z');
    await publish(birds, '2026-10-06T09:00:00Z');
    await publish(photos, '2026-11-01T00:00:00Z');
    await write([birds]);
    const lastOut = await store.reports.lastOut(ann.workspace.id);
    expect(new Map([...lastOut].map(([id, when]) => [id, when.toString()]))).toEqual(
      new Map([
        [birds.id, '2026-10-06T09:00:00Z'],
        [photos.id, '2026-11-01T00:00:00Z'],
      ]),
    );
    expect(await store.reports.counts(ann.workspace.id, OCTOBER)).toEqual(new Map([[birds.id, 2]]));
  });
});
