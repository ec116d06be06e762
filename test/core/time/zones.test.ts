// Wall times in zones with rules of every kind: gaps and overlaps, half and three-quarter hours, both sides of the date line, and
// zones whose rules were changed.
import { describe, expect, it } from 'vitest';
import { parseOnlyWhen } from '../../../src/core/time/parse-when.ts';

const read = (text: string, timeZone: string, now: string) =>
  parseOnlyWhen(text, { now: Temporal.Instant.from(now), timeZone, dateOrder: 'DMY', defaultTime: '09:00' });

describe('a wall time is that of its zone, whatever the season', () => {
  it.each([
    ['UTC', '2027-07-01 9:00', '2027-07-01T09:00:00Z'],
    ['Europe/Berlin', '2027-07-01 9:00', '2027-07-01T07:00:00Z'],
    ['Europe/Berlin', '2027-12-01 9:00', '2027-12-01T08:00:00Z'],
    ['America/New_York', '2027-07-01 9:00', '2027-07-01T13:00:00Z'],
    ['America/Phoenix', '2027-07-01 9:00', '2027-07-01T16:00:00Z'],
    ['Asia/Tokyo', '2027-07-01 9:00', '2027-07-01T00:00:00Z'],
    ['Asia/Kolkata', '2027-07-01 9:00', '2027-07-01T03:30:00Z'],
    ['Asia/Kathmandu', '2027-07-01 9:00', '2027-07-01T03:15:00Z'],
    ['Australia/Eucla', '2027-07-01 9:00', '2027-07-01T00:15:00Z'],
    ['Australia/Sydney', '2027-01-15 9:00', '2027-01-14T22:00:00Z'],
    ['Pacific/Chatham', '2027-01-15 9:00', '2027-01-14T19:15:00Z'],
    ['Pacific/Kiritimati', '2027-07-01 9:00', '2027-06-30T19:00:00Z'],
    ['Pacific/Pago_Pago', '2027-07-01 9:00', '2027-07-01T20:00:00Z'],
    ['America/St_Johns', '2027-07-01 9:00', '2027-07-01T11:30:00Z'],
    // Brazil gave up summer time in 2019, Samoa in 2021, Turkey stayed on it in 2016.
    ['America/Sao_Paulo', '2027-01-15 9:00', '2027-01-15T12:00:00Z'],
    ['Pacific/Apia', '2027-01-15 9:00', '2027-01-14T20:00:00Z'],
    ['Europe/Istanbul', '2027-01-15 9:00', '2027-01-15T06:00:00Z'],
  ])('in %s, %s is %s', (zone, text, instant) => {
    const when = read(text, zone, '2026-11-22T08:00:00Z');
    expect(when.kind === 'at' && when.at.toInstant().toString()).toBe(instant);
    expect(when.kind === 'at' && when.notes).toEqual([]);
  });
});

describe('where the clocks go forward, a time that does not exist moves by the gap, and it is said', () => {
  it.each([
    ['Europe/Berlin', '2027-03-28 2:30', '03:30'],
    ['America/New_York', '2027-03-14 2:30', '03:30'],
    ['Australia/Lord_Howe', '2027-10-03 2:15', '02:45'],
    ['Pacific/Auckland', '2027-09-26 2:30', '03:30'],
    ['America/Santiago', '2027-09-05 0:30', '01:30'],
    ['Africa/Cairo', '2027-04-30 0:30', '01:30'],
  ])('in %s, %s becomes %s', (zone, text, time) => {
    const when = read(text, zone, '2026-11-22T08:00:00Z');
    expect(when.kind === 'at' && when.at.toPlainTime().toString({ smallestUnit: 'minute' })).toBe(time);
    expect(when.kind === 'at' && when.notes).toEqual([expect.stringContaining(`clocks in ${zone} go forward`)]);
  });
});

describe('where the clocks go back, the first of two is taken, and it is said', () => {
  it.each([
    ['Europe/Berlin', '2027-10-31 2:30', '+02:00'],
    ['America/New_York', '2027-11-07 1:30', '-04:00'],
    ['Australia/Lord_Howe', '2027-04-04 1:45', '+11:00'],
    ['Pacific/Auckland', '2027-04-04 2:30', '+13:00'],
    ['Pacific/Chatham', '2027-04-04 3:00', '+13:45'],
  ])('in %s, %s is at %s', (zone, text, offset) => {
    const when = read(text, zone, '2026-11-22T08:00:00Z');
    expect(when.kind === 'at' && when.at.offset).toBe(offset);
    expect(when.kind === 'at' && when.notes).toEqual([expect.stringContaining('comes twice')]);
  });
});

describe('today and tomorrow are those of the zone', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-11-24'],
    ['Pacific/Auckland', '2026-11-24'],
    ['Asia/Tokyo', '2026-11-23'],
    ['Pacific/Pago_Pago', '2026-11-23'],
  ])('tomorrow in %s is %s', (zone, date) => {
    const when = read('tomorrow 9am', zone, '2026-11-22T11:30:00Z');
    expect(when.kind === 'at' && when.at.toPlainDate().toString()).toBe(date);
  });

  it('a length of hours is as long over a change of clocks; a day is not', () => {
    const night = '2027-03-27T22:00:00Z';
    const told = ['in 24 hours', 'tomorrow 11pm'].map((text) => read(text, 'Europe/Berlin', night));
    expect(told.map((when) => when.kind === 'at' && when.at.toInstant().toString())).toEqual([
      '2027-03-28T22:00:00Z',
      '2027-03-28T21:00:00Z',
    ]);
  });

  it('has the day that Samoa skipped in 2011', () => {
    const when = read('2011-12-30 9:00', 'Pacific/Apia', '2011-12-01T00:00:00Z');
    expect(when.kind === 'at' && when.at.toPlainDate().toString()).toBe('2011-12-31');
    expect(when.kind === 'at' && when.notes).toHaveLength(1);
  });
});
