// The next free slot, with what is taken, clock changes, and networks that differ.
import { describe, expect, it } from 'vitest';
import { goodTimesOf } from '../../src/core/good-times.ts';
import { HORIZON_DAYS, nextFreeSlot, type SlotSearch, type SlotWish, type Taken, type WeekSlots } from '../../src/core/slots.ts';

const BERLIN = 'Europe/Berlin';
/** Sunday, ten in the morning in Berlin. */
const NOW = '2026-11-22T09:00:00Z';
const DAILY: WeekSlots = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['09:00', '17:00'] }];

const wish = (slots: WeekSlots = DAILY, more: Partial<SlotWish> = {}): SlotWish => ({
  accountId: 'a',
  slots,
  perDay: null,
  ...more,
});
const at = (time: string, more: Partial<Taken> = {}): Taken => ({
  accountId: 'a',
  at: Temporal.Instant.from(time),
  post: 12,
  ...more,
});

interface Case {
  wishes?: readonly SlotWish[];
  now?: string;
  timeZone?: string;
  taken?: readonly Taken[];
}

const search = ({ wishes = [wish()], now = NOW, timeZone = BERLIN, taken = [] }: Case): SlotSearch =>
  nextFreeSlot(wishes, { now: Temporal.Instant.from(now), timeZone, taken });

function found(of: Case): string {
  const result = search(of);
  return result.kind === 'found' ? result.at.toString({ smallestUnit: 'minute', timeZoneName: 'never' }) : result.kind;
}

describe('the next slot', () => {
  it.each<[string, Case, string]>([
    ['is later the same day', {}, '2026-11-22T17:00+01:00'],
    ['is the next day where the day has no more', { now: '2026-11-22T18:00:00Z' }, '2026-11-23T09:00+01:00'],
    ['may be in exactly five minutes', { now: '2026-11-22T15:55:00Z' }, '2026-11-22T17:00+01:00'],
    ['is not in less than five minutes', { now: '2026-11-22T15:55:00.001Z' }, '2026-11-23T09:00+01:00'],
    [
      'is on its weekday, across a new year',
      { wishes: [wish([{ weekdays: [5], times: ['09:00'] }])], now: '2026-12-26T09:00:00Z' },
      '2027-01-01T09:00+01:00',
    ],
    ['is on the clock of the zone', { timeZone: 'America/New_York' }, '2026-11-22T09:00-05:00'],
    ['is on the day it is there', { timeZone: 'Pacific/Kiritimati', now: '2026-11-22T10:30:00Z' }, '2026-11-23T09:00+14:00'],
  ])('%s', (_, of, expected) => {
    expect(found(of)).toBe(expected);
  });
});

describe('a slot is taken', () => {
  it.each<[string, readonly Taken[], string]>([
    ['by a post of the account at its time', [at('2026-11-22T16:00:00Z')], '2026-11-23T09:00+01:00'],
    ['by one less than 15 minutes before', [at('2026-11-22T15:45:01Z')], '2026-11-23T09:00+01:00'],
    ['by one less than 15 minutes behind', [at('2026-11-22T16:14:59Z')], '2026-11-23T09:00+01:00'],
    ['not by one 15 minutes before', [at('2026-11-22T15:45:00Z')], '2026-11-22T17:00+01:00'],
    ['not by one 15 minutes behind', [at('2026-11-22T16:15:00Z')], '2026-11-22T17:00+01:00'],
    ['not by a post of another account', [at('2026-11-22T16:00:00Z', { accountId: 'b' })], '2026-11-22T17:00+01:00'],
  ])('%s', (_, taken, expected) => {
    expect(found({ taken })).toBe(expected);
  });

  it('by whose post is said of each that was passed over', () => {
    const result = search({ taken: [at('2026-11-22T16:00:00Z'), at('2026-11-23T08:00:00Z', { post: 14 })] });
    expect(result).toMatchObject({
      kind: 'found',
      passed: [
        { accountId: 'a', post: 12 },
        { accountId: 'a', post: 14 },
      ],
    });
  });

  it('where the day has as many posts as it may have, counted in the zone', () => {
    const taken = [at('2026-11-21T23:30:00Z'), at('2026-11-23T22:59:00Z')];
    expect(found({ wishes: [wish(DAILY, { perDay: 1 })], taken })).toBe('2026-11-24T09:00+01:00');
    expect(found({ wishes: [wish(DAILY, { perDay: 2 })], taken })).toBe('2026-11-22T17:00+01:00');
    expect(search({ wishes: [wish(DAILY, { perDay: 1 })], taken })).toMatchObject({ passed: [{ post: null }, {}, {}] });
  });
});

describe('clock changes', () => {
  const at2 = (time: string): SlotWish[] => [wish([{ weekdays: [7], times: [time] }])];
  it.each<[string, Case, string, RegExp | null]>([
    ['leave nine where it is, in spring', { wishes: at2('09:00'), now: '2027-03-27T12:00:00Z' }, '2027-03-28T09:00+02:00', null],
    ['leave nine where it is, in autumn', { wishes: at2('09:00'), now: '2026-10-24T12:00:00Z' }, '2026-10-25T09:00+01:00', null],
    [
      'move a slot that is not there forward',
      { wishes: at2('02:30'), now: '2027-03-27T12:00:00Z' },
      '2027-03-28T03:30+02:00',
      /there is no 02:30/,
    ],
    [
      'take the first of one that comes twice',
      { wishes: at2('02:30'), now: '2026-10-24T12:00:00Z' },
      '2026-10-25T02:30+02:00',
      /comes twice/,
    ],
    [
      'never go back to the first once it has gone by',
      { wishes: at2('02:30'), now: '2026-10-25T01:00:00Z' },
      '2026-11-01T02:30+01:00',
      null,
    ],
  ])('%s', (_, of, expected, note) => {
    expect(found(of)).toBe(expected);
    const result = search(of);
    expect(result.kind === 'found' ? result.notes.join(' ') : null).toMatch(note ?? /^$/);
  });

  it('make one slot of two that are put on one moment', () => {
    const slots = [{ weekdays: [7], times: ['02:30', '03:30', '05:00'] }];
    const of = { wishes: [wish(slots)], now: '2027-03-27T12:00:00Z' };
    expect(found({ ...of, taken: [at('2027-03-28T01:30:00Z')] })).toBe('2027-03-28T05:00+02:00');
    expect(search({ ...of, taken: [at('2027-03-28T01:30:00Z')] })).toMatchObject({ passed: [{ post: 12 }] });
  });

  it('count a day of 23 hours as a day', () => {
    const slots = [{ weekdays: [7], times: ['23:00'] }];
    const taken = [at('2027-03-27T23:00:00Z')];
    expect(found({ wishes: [wish(slots, { perDay: 1 })], now: '2027-03-27T12:00:00Z', taken })).toBe('2027-04-04T23:00+02:00');
  });
});

describe('several accounts', () => {
  const early = wish([{ weekdays: [1, 2, 3], times: ['08:00', '12:00'] }]);
  const late = wish([{ weekdays: [2, 3, 4], times: ['12:00', '18:00'] }], { accountId: 'b' });

  it('get the first slot of all of them', () => {
    expect(found({ wishes: [early, late] })).toBe('2026-11-24T12:00+01:00');
  });
  it('get the first that is free for all of them', () => {
    expect(found({ wishes: [early, late], taken: [at('2026-11-24T11:00:00Z', { accountId: 'b' })] })).toBe(
      '2026-11-25T12:00+01:00',
    );
  });
  it('are told where they have none in common', () => {
    expect(found({ wishes: [early, wish(DAILY, { accountId: 'b' })] })).toBe('nothing in common');
  });
});

it('A week in which everything is taken as far as anyone looks is full', () => {
  const start = Temporal.Instant.from('2026-11-22T16:00:00Z').toZonedDateTimeISO(BERLIN);
  const taken = Array.from({ length: HORIZON_DAYS + 1 }, (_, days) => at(start.add({ days }).toInstant().toString()));
  const slots = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['17:00'] }];
  expect(found({ wishes: [wish(slots)], taken })).toBe('full');
  expect(found({ wishes: [wish(slots)], taken: taken.slice(0, -1) })).toBe('2027-05-21T17:00+02:00');
});

describe('good times', () => {
  it.each(['bluesky', 'mastodon', 'some network'])('of %s name where they are from', (platform) => {
    const { source, urls, checkedOn } = goodTimesOf(platform);
    expect(source).not.toBe('');
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) expect(URL.parse(url)?.protocol).toBe('https:');
    expect(checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
  it('of all networks have some in common', () => {
    const wishes = ['bluesky', 'mastodon'].map((id) => wish(goodTimesOf(id).slots, { accountId: id }));
    expect(found({ wishes })).toBe('2026-11-24T09:00+01:00');
  });
});
