// What a digest suggests: an account that waits, a good free hour, or that nothing is planned, and nothing where none of it is so.
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import type { BestTime, BestTimes } from '../../src/core/report.ts';
import type { Taken } from '../../src/core/slots.ts';
import { type SuggestionFacts, suggest } from '../../src/core/suggestion.ts';
import { blueskyAccount, health, mastodonAccount, REPORT_NOW } from '../support/reports.ts';

const ago = (days: number): Temporal.Instant => REPORT_NOW.subtract({ hours: 24 * days });
const active = [health(), health({ account: mastodonAccount })];

const taken = (at: string, account: Account = blueskyAccount): Taken => ({
  accountId: account.id,
  at: Temporal.PlainDateTime.from(at).toZonedDateTime('Europe/Berlin').toInstant(),
  post: 9,
});
/** Something is planned for both soon. */
const busy = [taken('2026-11-23T08:00'), taken('2026-11-23T08:00', mastodonAccount)];

const hour = (at: number, some: Partial<BestTime> = {}): BestTime => ({ at, posts: 12, lift: 1.5, isSure: true, ...some });
const best = (account: Account, ...hours: BestTime[]): BestTimes => ({ account, posts: 40, hours, weekdays: [] });

interface Case {
  health?: SuggestionFacts['report']['health'];
  best?: readonly BestTimes[];
  taken?: readonly Taken[];
  perDay?: number;
  now?: Temporal.Instant;
  timeZone?: string;
}

const suggestion = (some: Case = {}) =>
  suggest({
    report: { health: some.health ?? active, best: some.best ?? [] },
    taken: some.taken ?? busy,
    now: some.now ?? REPORT_NOW,
    timeZone: some.timeZone ?? 'Europe/Berlin',
    perDay: () => some.perDay ?? null,
  });

/** `@team.bsky.social Sun 14:00` of a slot, else its kind. */
function said(some: Case): string | null {
  const found = suggestion(some);
  if (found?.kind !== 'slot') return found?.kind ?? null;
  return `${found.account.handle} ${found.at.toPlainDateTime().toString({ smallestUnit: 'minute' })}`;
}

describe('an account for which nothing went out', () => {
  const since = (days: number | null) => [health({ lastOutAt: days === null ? null : ago(days) }), active[1] ?? health()];
  const onMastodon = [taken('2026-11-23T08:00', mastodonAccount)];

  it('for 7 days, and for which nothing is planned, is named with when that was', () => {
    const found = suggestion({ health: since(7), taken: onMastodon });
    expect(found).toEqual({ kind: 'unused', account: blueskyAccount, lastOutAt: ago(7) });
  });

  it('for less is left in peace', () => {
    const almost = [health({ lastOutAt: ago(7).add({ seconds: 1 }) })];
    expect(suggestion({ health: almost, taken: onMastodon })).toBeNull();
  });

  it('for four weeks is not named again and again', () => {
    expect(said({ health: since(27), taken: onMastodon })).toBe('unused');
    expect(suggestion({ health: since(28), taken: onMastodon })).toBeNull();
  });

  it('and has something planned, however far off, is left in peace', () => {
    expect(suggestion({ health: since(20), taken: [...onMastodon, taken('2027-02-01T08:00')] })).toBeNull();
  });

  it('is not helped by what was planned and is over', () => {
    expect(said({ health: since(20), taken: [...onMastodon, taken('2026-11-22T09:59')] })).toBe('unused');
  });

  it('ever is named once it is there for 7 days', () => {
    const fresh = { ...blueskyAccount, createdAt: ago(6) };
    const known = { ...blueskyAccount, createdAt: ago(8) };
    expect(suggestion({ health: [health({ account: fresh, lastOutAt: null })], taken: onMastodon })).toBeNull();
    expect(suggestion({ health: [health({ account: known, lastOutAt: null })], taken: onMastodon })).toEqual({
      kind: 'unused',
      account: known,
      lastOutAt: null,
    });
  });

  it('is not named while it is disconnected', () => {
    const gone = { ...blueskyAccount, state: 'disconnected' as const };
    expect(suggestion({ health: [health({ account: gone, lastOutAt: ago(20) })], taken: onMastodon })).toBeNull();
  });

  it('the longest is the one that is named', () => {
    const both = [health({ lastOutAt: ago(8) }), health({ account: mastodonAccount, lastOutAt: ago(9) })];
    expect(suggestion({ health: both, taken: [] })).toMatchObject({ kind: 'unused', account: mastodonAccount });
    expect(suggestion({ health: both.toReversed(), taken: [] })).toMatchObject({ account: mastodonAccount });
  });

  it('comes before a good hour', () => {
    expect(said({ health: since(8), taken: [], best: [best(mastodonAccount, hour(14))] })).toBe('unused');
  });
});

describe('a good hour', () => {
  it('is the next free one of the surest account with the most lift, with what it is known by', () => {
    const found = suggestion({ best: [best(blueskyAccount, hour(14)), best(mastodonAccount, hour(17, { lift: 2, posts: 8 }))] });
    expect(found).toMatchObject({ kind: 'slot', account: mastodonAccount, lift: 2, posts: 8, isSure: true });
    expect(found?.kind === 'slot' && found.at.toString()).toBe('2026-11-22T17:00:00+01:00[Europe/Berlin]');
  });

  it('that is a hint only is not suggested', () => {
    expect(suggestion({ best: [best(blueskyAccount, hour(14, { lift: 3, isSure: false }))] })).toBeNull();
  });

  it.each([
    ['that is over today is tomorrow', { best: [best(blueskyAccount, hour(9))] }, '2026-11-23T09:00'],
    ['at which the account has something is another day', { taken: [taken('2026-11-22T14:45')] }, '2026-11-23T14:00'],
    ['shortly before which it has something too', { taken: [taken('2026-11-22T13:50')] }, '2026-11-23T14:00'],
    [
      'is free where only another account has something',
      { taken: [taken('2026-11-22T14:00', mastodonAccount)] },
      '2026-11-22T14:00',
    ],
    [
      'is free an hour before or after something',
      { taken: [taken('2026-11-22T13:30'), taken('2026-11-22T15:00')] },
      '2026-11-22T14:00',
    ],
    ['of a day with all its posts is another day', { taken: [taken('2026-11-22T20:00')], perDay: 1 }, '2026-11-23T14:00'],
  ])('%s', (_, some: Case, expected) => {
    expect(said({ best: [best(blueskyAccount, hour(14))], ...some })).toBe(`@team.bsky.social ${expected}`);
  });

  it('that is taken all week is passed over for the next best', () => {
    const week = [22, 23, 24, 25, 26, 27, 28, 29].map((day) => taken(`2026-11-${day}T14:10`));
    const hours = [hour(14, { lift: 3 }), hour(16)];
    expect(said({ taken: week, best: [best(blueskyAccount, ...hours)] })).toBe('@team.bsky.social 2026-11-22T16:00');
    expect(said({ taken: week, best: [best(blueskyAccount, hour(14))] })).toBeNull();
  });

  it('is of the workspace’s clock, over a clock change', () => {
    const now = Temporal.Instant.from('2027-03-27T20:00:00Z');
    const later = [{ ...busy[0], accountId: blueskyAccount.id, post: 1, at: now.add({ hours: 24 * 20 }) }];
    const fresh = active.map((each) => ({ ...each, lastOutAt: now }));
    const found = suggestion({ now, health: fresh, taken: later, best: [best(blueskyAccount, hour(9))] });
    expect(found?.kind === 'slot' && found.at.toString()).toBe('2027-03-28T09:00:00+02:00[Europe/Berlin]');
  });

  it('of a disconnected account is not suggested', () => {
    const gone = { ...blueskyAccount, state: 'disconnected' as const };
    expect(
      suggestion({ health: [health({ account: gone }), health({ account: mastodonAccount })], best: [best(gone, hour(14))] }),
    ).toBeNull();
  });
});

describe('otherwise', () => {
  it('it is said that nothing is planned for 3 days', () => {
    expect(suggestion({ taken: [] })).toEqual({ kind: 'nothing-planned', days: 3 });
    expect(said({ taken: [taken('2026-11-25T10:00')] })).toBe('nothing-planned');
    expect(suggestion({ taken: [taken('2026-11-25T09:59')] })).toBeNull();
  });

  it('nothing is suggested where nothing is connected', () => {
    expect(suggestion({ taken: [], health: [] })).toBeNull();
  });
});
