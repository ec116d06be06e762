import { describe, expect, it } from 'vitest';
import { calendarTitle, datesOf, labelNetworks, startOfSpan } from '../../src/core/post-calendar.ts';
import { firstDayOfWeek } from '../../src/core/week-start.ts';
import type { Actor } from '../../src/core/workspace.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const MONDAY = 1;
const SUNDAY = 7;

describe('the span of a calendar', () => {
  it.each([
    ['week', '2026-11-25', MONDAY, '2026-11-23'],
    ['week', '2026-11-23', MONDAY, '2026-11-23'],
    ['week', '2026-11-29', MONDAY, '2026-11-23'],
    ['week', '2026-11-29', SUNDAY, '2026-11-29'],
    ['week', '2026-11-28', SUNDAY, '2026-11-22'],
    ['week', '2026-11-25', 6, '2026-11-21'],
    ['month', '2026-11-25', MONDAY, '2026-11-01'],
  ] as const)('of a %s with %s, where weeks begin with day %i, begins on %s', (span, date, first, start) => {
    expect(startOfSpan(span, day(date), first).toString()).toBe(start);
  });

  it.each([
    ['week', '2026-11-23', MONDAY, '2026-11-23', 7],
    ['month', '2026-11-01', MONDAY, '2026-10-26', 42],
    ['month', '2026-11-01', SUNDAY, '2026-11-01', 35],
    ['month', '2027-02-01', MONDAY, '2027-02-01', 28],
    ['month', '2027-02-01', 6, '2027-01-30', 35],
  ] as const)('of a %s from %s, where weeks begin with day %i, has whole weeks from %s', (span, start, first, from, count) => {
    const dates = datesOf(span, day(start), first);
    expect([dates.at(0)?.toString(), dates.length]).toEqual([from, count]);
  });

  it.each([
    ['month', '2026-11-01', 'November 2026'],
    ['week', '2026-11-23', '23 to 29 November 2026'],
    ['week', '2026-11-30', '30 November to 6 December 2026'],
    ['week', '2026-12-28', '28 December 2026 to 3 January 2027'],
  ] as const)('of a %s from %s is called %s', (span, start, title) => {
    expect(calendarTitle({ span, start: day(start) })).toBe(title);
  });
});

describe('the first day of the week', () => {
  const who = (country: string | null, locale: string | null): Pick<Actor, 'workspace' | 'member'> => ({
    workspace: {
      ...{ id: 'w', chat: 'terminal', teamId: 't', name: 'T', timeZone: 'UTC', defaultTime: '09:00', dateOrder: null },
      ...{ country, language: null, dailyCaps: {}, slots: {}, roleRules: {}, pictures: 'light', removedAt: null },
      createdAt: Temporal.Instant.from('2026-11-22T09:00:00Z'),
    },
    member: {
      ...{ id: 'm', workspaceId: 'w', userId: 'u', name: 'Ann', role: 'admin', timeZone: null, profileTimeZone: null, locale },
    },
  });

  it.each([
    ['nobody has said where', null, null, 1],
    ['the workspace is in the United States', 'US', null, 7],
    ['the workspace is in Germany, whatever the member’s locale', 'DE', 'en-US', 1],
    ['the workspace is in Egypt', 'EG', null, 6],
    ['the member’s locale is of the United States', null, 'en-US', 7],
    ['the member’s locale is written with an underscore', null, 'en_US', 7],
    ['the member’s locale names no country', null, 'de', 1],
    ['the member’s locale is none', null, '!', 1],
  ])('where %s', (_, country, locale, first) => {
    expect(firstDayOfWeek(who(country, locale))).toBe(first);
  });
});

describe('labels of networks', () => {
  const network = (id: string, name: string, aliases: string[] = []) => ({ id, name, aliases });
  const labels = (...names: string[]): string[] =>
    labelNetworks(names.map((name) => network(name, name))).map(({ label }) => label);

  it('are two letters, of a short second name where there is one', () => {
    const all = [network('bluesky', 'Bluesky', ['bsky']), network('facebook', 'Facebook', ['fb', 'meta']), network('x', 'X')];
    expect(labelNetworks(all).map(({ label }) => label)).toEqual(['BL', 'FB', 'X']);
  });

  it('are each their own', () => {
    expect(labels('Threads', 'Thunder', 'Thunderbird', 'Thumb')).toEqual(['TH', 'THU', 'T1', 'T2']);
  });
});
