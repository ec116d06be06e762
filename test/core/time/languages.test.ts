// Times in the languages chrono reads beside English: tomorrow, weekdays, at and in; and what must not be guessed.
import { describe, expect, it } from 'vitest';
import { parseOnlyWhen, parseWhen } from '../../../src/core/time/parse-when.ts';
import type { When, WhenOptions } from '../../../src/core/time/when.ts';

/** Thursday 26 November 2026, 10:00 in Berlin. */
const now = Temporal.Instant.from('2026-11-26T09:00:00Z');
const inLocale = (locale: string): WhenOptions => ({
  now,
  timeZone: 'Europe/Berlin',
  dateOrder: 'DMY',
  defaultTime: '09:00',
  locale,
});
const wall = ({ at }: { at: Temporal.ZonedDateTime }) => at.toPlainDateTime().toString({ smallestUnit: 'minute' });

function told(when: When): string {
  if (when.kind === 'none') return 'none';
  return when.kind === 'ambiguous' ? `ambiguous ${when.choices.map(wall).join(' ')}` : `${when.kind} ${wall(when)}`;
}

describe('a time in the language of the workspace', () => {
  it.each([
    ['de', 'morgen um 9 Uhr', '2026-11-27T09:00'],
    ['de-AT', 'übermorgen', '2026-11-28T09:00'],
    ['de', 'am Montag um 14:30', '2026-11-30T14:30'],
    ['de', 'in 2 Stunden', '2026-11-26T12:00'],
    ['de', 'heute Abend um 8', '2026-11-26T20:00'],
    ['de', '28.11.2026 9:00', '2026-11-28T09:00'],
    ['fr', 'demain à 9h', '2026-11-27T09:00'],
    ['fr', 'lundi à 14h30', '2026-11-30T14:30'],
    ['fr', 'dans 2 heures', '2026-11-26T12:00'],
    ['fr', 'demain matin', '2026-11-27T09:00'],
    ['es', 'mañana a las 9:00', '2026-11-27T09:00'],
    ['es', 'el lunes a las 14:30', '2026-11-30T14:30'],
    ['es', 'en 2 horas', '2026-11-26T12:00'],
    ['pt', 'amanhã às 9h', '2026-11-27T09:00'],
    ['pt', 'segunda às 14:30', '2026-11-30T14:30'],
    ['it', 'domani alle 9', '2026-11-27T09:00'],
    ['it', 'lunedì alle 14:30', '2026-11-30T14:30'],
    ['it', 'tra 2 ore', '2026-11-26T12:00'],
    ['nl', 'morgen om 9 uur', '2026-11-27T09:00'],
    ['nl', 'maandag om 14:30', '2026-11-30T14:30'],
    ['nl', 'over 2 uur', '2026-11-26T12:00'],
    ['ja', '明日9時', '2026-11-27T09:00'],
    ['ja', '月曜日14時30分', '2026-11-30T14:30'],
    ['zh', '明天上午9点', '2026-11-27T09:00'],
    ['zh', '周一14:30', '2026-11-30T14:30'],
    ['uk', 'завтра о 9:00', '2026-11-27T09:00'],
    ['uk', 'через 2 години', '2026-11-26T12:00'],
    ['ru', 'завтра в 9 утра', '2026-11-27T09:00'],
    ['ru', 'в понедельник в 14:30', '2026-11-30T14:30'],
  ])('%s: “%s” is %s', (locale, text, local) => {
    expect(told(parseOnlyWhen(text, inLocale(locale)))).toBe(`at ${local}`);
  });

  it.each(['en', 'en-GB', 'de', 'ja', 'xx'])('English is read in every locale: %s', (locale) => {
    expect(told(parseOnlyWhen('tomorrow 9am', inLocale(locale)))).toBe('at 2026-11-27T09:00');
  });

  it('says what was assumed', () => {
    const when = parseOnlyWhen('morgen um 9', inLocale('de'));
    expect(when.kind === 'at' && when.notes).toEqual(['Without am or pm, this is 9am.']);
  });
});

describe('in another language too, words that were not read are no guess', () => {
  it.each([
    ['de', 'jeden Montag um 9 Uhr'],
    ['de', 'letzten Freitag im März'],
    ['de', 'morgen früh'],
    ['de', 'um 7 Uhr 30'],
    ['de', 'heute Nacht um 1'],
    ['de', '9 am Montag'],
    ['fr', 'après-demain'],
    ['fr', 'dernier vendredi de mars'],
    ['fr', 'samedi à 8h du soir'],
    ['es', 'pasado mañana'],
    ['es', 'mañana noche a la 1'],
    ['es', 'cada lunes a las 9'],
    ['pt', 'daqui a 2 horas'],
    ['it', 'lunedì scorso'],
    ['nl', 'morgen om half 9'],
    ['zh', '每周一9点'],
    ['zh', '明天晚上1点'],
    ['ru', 'каждый понедельник в 9:00'],
  ])('%s: “%s”', (locale, text) => {
    expect(told(parseOnlyWhen(text, inLocale(locale)))).toBe('none');
    expect(told(parseWhen(text, inLocale(locale)))).toBe('none');
  });

  it('asks about the next Friday said on Thursday', () => {
    const when = ['nächsten Freitag', 'vendredi prochain', 'próximo viernes'].map((text, index) =>
      told(parseOnlyWhen(text, inLocale(['de', 'fr', 'es'][index] ?? ''))),
    );
    expect(new Set(when)).toEqual(new Set(['ambiguous 2026-11-27T09:00 2026-12-04T09:00']));
  });
});
