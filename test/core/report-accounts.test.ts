// What a report says of its accounts: followers at both ends, and how they stand with their networks.
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { accountResultsOf, followersOf } from '../../src/core/build-report.ts';
import { type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../src/core/figures.ts';
import type { Platform } from '../../src/core/platform.ts';
import type { PostResult } from '../../src/core/report.ts';
import { type HealthParts, healthOf } from '../../src/core/report-health.ts';
import { readReportPeriod } from '../../src/core/report-period.ts';
import { postResult } from '../support/reports.ts';
import { scriptedNetwork } from '../support/scripted-network.ts';

const NOW = Temporal.ZonedDateTime.from('2026-11-18T15:00[Europe/Berlin]');
const at = (local: string): Temporal.Instant => Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();
const result = ({ figures, ...some }: Partial<Omit<PostResult, 'figures'>> & { figures?: Partial<PostFigures> }): PostResult =>
  postResult({ ...some, figures: { ...UNTOLD, ...figures } });

const account = (id: string, some: Partial<Account> = {}): Account => ({
  ...{ id, workspaceId: 'w', platform: 'testnet', remoteId: id, handle: `@${id}`, service: 'https://testnet.example' },
  ...{ state: 'connected', stateReason: null, announcedLimits: null, expiresAt: null, createdAt: at('2026-01-01T00:00') },
  ...some,
});

describe('the followers of a report', () => {
  const snapshot = (accountId: string, followers: number | null, moment: string) => ({
    accountId,
    figures: { ...UNTOLD_ACCOUNT, followers },
    at: at(moment),
  });
  const period = readReportPeriod('week', NOW, 1);
  const END = '2026-11-18T14:00';
  const BEGINNING = '2026-11-15T23:00';

  it('are those of all that tell them, and the change that of those that told them at both ends', () => {
    const accounts = ['a', 'b', 'c', 'd'].map((id) => account(id));
    const accountResults = accountResultsOf(accounts, period, {
      now: [snapshot('a', 110, END), snapshot('b', 50, END), snapshot('c', null, END)],
      before: [snapshot('a', 100, BEGINNING), snapshot('c', 7, BEGINNING)],
    });
    expect(accountResults.map(({ now, before }) => [now?.figures.followers, before?.figures.followers])).toEqual([
      [110, 100],
      [50, undefined],
      [null, 7],
      [undefined, undefined],
    ]);
    expect(followersOf(accountResults)).toEqual({ now: 160, change: 10 });
  });

  it('are unknown where nobody tells them', () => {
    const accountResults = accountResultsOf([account('a')], period, { now: [snapshot('a', null, END)], before: [] });
    expect(followersOf(accountResults)).toEqual({ now: null, change: null });
  });

  it('are not those of an account that was disconnected before the period', () => {
    const gone = (id: string): Account => account(id, { state: 'disconnected', stateReason: 'disconnected by Ann' });
    const ends = { now: [snapshot('old', 9, BEGINNING), snapshot('late', 5, '2026-11-17T09:00')], before: [] };
    const found = accountResultsOf([gone('old'), gone('late')], period, ends);
    expect(found.map((each) => each.account.id)).toEqual(['late']);
  });
});

describe('the health of a report’s accounts', () => {
  const telling: Platform = { ...scriptedNetwork().platform, figures: () => Promise.resolve(new Map()), dailyCap: 10 };
  const parts = (some: Partial<HealthParts> = {}): HealthParts => ({
    workspace: { dailyCaps: {} },
    platforms: { get: () => telling },
    ...{ results: [], accountResults: [], failures: [], looks: [], today: new Map(), lastOut: new Map() },
    now: NOW.toInstant(),
    ...some,
  });

  it('says how much of the cap is used, what failed, and since when figures cannot be read', () => {
    const failure = { accountId: 'a', kind: 'rejected', sentence: 'Too long.', count: 2 } as const;
    const since = { since: at('2026-11-18T14:02'), sentence: 'It does not answer.' };
    const [health] = healthOf(
      [account('a')],
      parts({
        workspace: { dailyCaps: { testnet: 5 } },
        failures: [failure, { ...failure, accountId: 'b' }],
        looks: [{ accountId: 'a', lookedAt: at('2026-11-18T13:00'), failure: since }],
        today: new Map([['a', 3]]),
        lastOut: new Map([['a', at('2026-11-18T09:00')]]),
      }),
    );
    expect(health).toEqual({
      account: account('a'),
      cap: { used: 3, perDay: 5 },
      failures: [failure],
      figuresAt: at('2026-11-18T13:00'),
      figuresFailure: since,
      tellsFigures: true,
      lastOutAt: at('2026-11-18T09:00'),
    });
  });

  it('has nothing used, no failure and no figures of an account that is new', () => {
    const nothing = { cap: { used: 0, perDay: 10 }, failures: [], figuresAt: null, figuresFailure: null, lastOutAt: null };
    expect(healthOf([account('a')], parts())).toMatchObject([nothing]);
  });

  it.each([
    ['a network that has no way to tell', scriptedNetwork().platform, [], false],
    ['one that was not asked yet', telling, [result({ accountId: 'a', seenAt: null })], true],
    ['one that told something', telling, [result({ accountId: 'a' }), result({ accountId: 'a', figures: { likes: 0 } })], true],
    ['one that told nothing each time', telling, [result({ accountId: 'a' })], false],
  ])('knows of %s whether it tells figures', (_, platform, results, isTold) => {
    expect(healthOf([account('a')], parts({ platforms: { get: () => platform }, results }))[0]?.tellsFigures).toBe(isTold);
  });

  it('takes an account that was looked at itself, and of which nothing is known, to tell nothing', () => {
    const asked = { ...telling, accountFigures: () => Promise.resolve(UNTOLD_ACCOUNT) };
    const looks = [{ accountId: 'a', lookedAt: at('2026-11-18T13:00'), failure: null }];
    const tells = (some: Partial<HealthParts>) =>
      healthOf([account('a')], parts({ platforms: { get: () => asked }, ...some }))[0]?.tellsFigures;
    expect([tells({ looks }), tells({}), tells({ looks, platforms: { get: () => telling } })]).toEqual([false, true, true]);
  });

  it('names a disconnected account only while it matters', () => {
    const gone = ['lately', 'long ago', 'failed', 'never'].map((id) => account(id, { state: 'disconnected' }));
    const found = healthOf(
      gone,
      parts({
        lastOut: new Map([
          ['lately', at('2026-11-01T09:00')],
          ['long ago', at('2026-05-01T09:00')],
        ]),
        failures: [{ accountId: 'failed', kind: 'auth-revoked', sentence: null, count: 1 }],
      }),
    );
    expect(found.map((each) => each.account.id)).toEqual(['lately', 'failed']);
  });
});
