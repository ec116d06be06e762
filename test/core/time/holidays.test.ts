// Holidays by name, seen from a fixed Thursday: the coming one, one of a year, and the days before and after them.
import { describe, expect, it } from 'vitest';
import { parseOnlyWhen, parseWhen } from '../../../src/core/time/parse-when.ts';
import type { WhenOptions } from '../../../src/core/time/when.ts';

/** Thursday 26 November 2026, 10:00 in Berlin: Thanksgiving of that year. */
const now = Temporal.Instant.from('2026-11-26T09:00:00Z');
const berlin: WhenOptions = { now, timeZone: 'Europe/Berlin', dateOrder: 'DMY', defaultTime: '09:00' };
const dayOf = (text: string, options: WhenOptions = berlin): string => {
  const when = parseOnlyWhen(text, options);
  if (when.kind === 'ambiguous') return `ambiguous ${when.choices.map(({ at }) => at.toPlainDate().toString()).join(' ')}`;
  return when.kind === 'none' ? when.reason : `${when.kind === 'at' ? '' : `${when.kind} `}${when.at.toPlainDate()}`;
};

describe('a holiday everybody keeps on the same day', () => {
  it.each([
    ['Christmas', '2026-12-25'],
    ['xmas eve', '2026-12-24'],
    ['on Christmas Day', '2026-12-25'],
    ["New Year's Eve", '2026-12-31'],
    ['New Year’s Day', '2027-01-01'],
    ["Valentine's Day", '2027-02-14'],
    ['Halloween', '2027-10-31'],
    ['Black Friday', '2026-11-27'],
    ['cyber monday 2027', '2027-11-29'],
    ['Thanksgiving 2027', '2027-11-25'],
    ['Easter', '2027-03-28'],
    ['Easter Monday 2028', '2028-04-17'],
    ['Good Friday of next year', '2027-03-26'],
    ['Pentecost', '2027-05-16'],
    ['orthodox Easter 2027', '2027-05-02'],
    ['Chinese New Year', '2027-02-06'],
    ['mid-autumn festival 2027', '2027-09-15'],
    ['Eid al-Fitr 2027', '2027-03-09'],
    ['Diwali 2027', '2027-10-29'],
    ['Holi', '2027-03-22'],
    ['Makar Sankranti 2027', '2027-01-15'],
    ['International Women’s Day', '2027-03-08'],
    ['MLK day', '2027-01-18'],
    ['Christmas in 2 years', '2028-12-25'],
  ])('“%s” is %s', (text, date) => {
    expect(dayOf(text)).toBe(date);
  });

  it.each([
    ['the day before Christmas', '2026-12-24'],
    ['three days after Easter', '2027-03-31'],
    ['two weeks before Christmas', '2026-12-11'],
    ['the eve of Diwali 2027', '2027-10-28'],
    ['the first Monday after Easter 2027', '2027-03-29'],
    ['the Friday before Christmas', '2026-12-18'],
  ])('“%s” counts from it: %s', (text, date) => {
    expect(dayOf(text)).toBe(date);
  });

  it('takes a time of day and a zone beside it', () => {
    const when = parseOnlyWhen('Black Friday at 6am ET', berlin);
    expect(when.kind === 'at' && when.at.toInstant().toString()).toBe('2026-11-27T11:00:00Z');
  });

  it('is found in a sentence with all of its words', () => {
    const when = parseWhen('Our sale starts on Black Friday at 6am, be there', berlin);
    expect(when.kind === 'at' && when.text).toBe('on Black Friday at 6am');
  });

  it('says when this year’s has gone by, and when the moon may differ', () => {
    const notes = ['Easter', 'Eid al-Fitr'].map((text) => parseOnlyWhen(text, berlin));
    expect(notes.map((when) => when.kind === 'at' && when.notes[0])).toEqual([
      "This year's was on Sunday 5 April, so this is 2027.",
      expect.stringContaining('Umm al-Qura'),
    ]);
  });
});

describe('a holiday with more than one day', () => {
  it('asks whether the evening or the day is meant where it begins at sunset', () => {
    expect(dayOf('Yom Kippur 2027')).toBe('ambiguous 2027-10-10 2027-10-11');
  });

  it('asks about the next Christmas where this one is only weeks away', () => {
    expect(dayOf('next Christmas')).toBe('ambiguous 2026-12-25 2027-12-25');
  });

  it('offers the coming one for the last one', () => {
    const when = parseOnlyWhen('last Christmas', berlin);
    expect(when.kind === 'past' && when.next?.toPlainDate().toString()).toBe('2026-12-25');
  });
});

describe('a holiday that differs by country', () => {
  it.each([
    ['GB', "Mother's Day", '2027-03-07'],
    ['US', 'mothers day', '2027-05-09'],
    ['US', 'Independence Day', '2027-07-04'],
    ['US', 'Labor Day', '2027-09-06'],
    ['CA', 'Thanksgiving', '2027-10-11'],
    ['AU', 'Australia Day', '2027-01-26'],
    ['DE', 'Tag der Deutschen Einheit', '2027-10-03'],
  ])('is that of the workspace: in %s, %s is %s', (country, name, date) => {
    expect(dayOf(name, { ...berlin, country })).toBe(date);
  });

  it('is asked for where no country is known, and the answer says how to set it', () => {
    expect(dayOf("Mother's Day")).toContain('/settings country');
  });

  it('is no working day where the country is known', () => {
    const christmasEve = { ...berlin, now: Temporal.Instant.from('2026-12-24T09:00:00Z') };
    expect(dayOf('next working day', christmasEve)).toBe('2026-12-25');
    expect(dayOf('next working day', { ...christmasEve, country: 'DE' })).toBe('2026-12-28');
  });
});
