// What recurs, said in six languages beside English: every day, every workday, weekdays by name; and what must not be guessed.
import { describe, expect, it } from 'vitest';
import { sayRecurrence } from '../../../src/core/time/recurrence/say.ts';
import { parseRecurrence, type RecurringTime, soundsRecurring } from '../../../src/core/time/recurrence.ts';

/** Thursday 26 November 2026, 10:00 in Berlin. */
const now = Temporal.Instant.from('2026-11-26T09:00:00Z');
const read = (text: string, locale?: string) =>
  parseRecurrence(text, { now, timeZone: 'Europe/Berlin', dateOrder: 'DMY', defaultTime: '09:00', ...(locale && { locale }) });
const said = ({ rule }: Pick<RecurringTime, 'rule'>): string => sayRecurrence(rule).replace(' in Europe/Berlin', '');

function told(text: string, locale?: string): string {
  const reading = read(text, locale);
  if (reading.kind === 'none') return 'none';
  return reading.kind === 'recurring' ? said(reading) : `ask ${reading.choices.map(said).join(' | ')}`;
}

describe('how often, in the language of the workspace', () => {
  it.each([
    ['de', 'jeden Montag um 9 Uhr', 'every Monday at 09:00'],
    ['de-AT', 'um 9 Uhr jeden Montag', 'every Monday at 09:00'],
    ['de', 'an jedem Sonnabend 18:00', 'every Saturday at 18:00'],
    ['de', 'montags und mittwochs um 18:00', 'every Monday and Wednesday at 18:00'],
    ['de', 'jeden Tag um 18:00', 'every day at 18:00'],
    ['de', 'täglich 9 Uhr', 'every day at 09:00'],
    ['de', 'jeden Arbeitstag um 8:30', 'every weekday at 08:30'],
    ['de', 'jeden Montag Abend um 8', 'every Monday at 20:00'],
    ['de', 'jeden zweiten Freitag um 10 Uhr', 'every 2 weeks on Friday at 10:00, starting 27 November 2026'],
    ['de', 'alle zwei Wochen am Montag um 9 Uhr', 'every 2 weeks on Monday at 09:00, starting 30 November 2026'],
    ['de', 'am 31. jedes Monats um 9 Uhr', 'on the 31st of every month at 09:00'],
    ['es', 'todos los lunes a las 9', 'every Monday at 09:00'],
    ['es', 'cada lunes y miércoles a las 18:00', 'every Monday and Wednesday at 18:00'],
    ['es', 'los sábados a las 10:30', 'every Saturday at 10:30'],
    ['es', 'todos los días a las 9', 'every day at 09:00'],
    ['es', 'todos los días laborables a las 9', 'every weekday at 09:00'],
    ['es', 'cada dos semanas el lunes a las 9', 'every 2 weeks on Monday at 09:00, starting 30 November 2026'],
    ['es', 'el 15 de cada mes a las 9', 'on the 15th of every month at 09:00'],
    ['fr', 'tous les lundis à 9h', 'every Monday at 09:00'],
    ['fr-CA', 'chaque lundi et jeudi à 14h30', 'every Monday and Thursday at 14:30'],
    ['fr', 'tous les jours à 18:00', 'every day at 18:00'],
    ['fr', 'chaque jour ouvré à 9h', 'every weekday at 09:00'],
    ['fr', 'un lundi sur deux à 9h', 'every 2 weeks on Monday at 09:00, starting 30 November 2026'],
    ['fr', 'le 1er de chaque mois à 9h', 'on the 1st of every month at 09:00'],
    ['it', 'ogni lunedì alle 9', 'every Monday at 09:00'],
    ['it', 'tutte le domeniche alle 18:00', 'every Sunday at 18:00'],
    ['it', 'tutti i giorni alle 18:00', 'every day at 18:00'],
    ['it', 'ogni giorno lavorativo alle 9', 'every weekday at 09:00'],
    ['it', 'ogni due settimane il lunedì alle 9', 'every 2 weeks on Monday at 09:00, starting 30 November 2026'],
    ['it', 'il 15 di ogni mese alle 9', 'on the 15th of every month at 09:00'],
    ['nl', 'elke maandag om 9 uur', 'every Monday at 09:00'],
    ['nl', '’s maandags om 9 uur', 'every Monday at 09:00'],
    ['nl', 'elke maandag, dinsdag en vrijdag om 9 uur', 'every Monday, Tuesday and Friday at 09:00'],
    ['nl', 'iedere dag om 18:00', 'every day at 18:00'],
    ['nl', 'elke werkdag om 9 uur', 'every weekday at 09:00'],
    ['nl', 'om de week op maandag om 9 uur', 'every 2 weeks on Monday at 09:00, starting 30 November 2026'],
    ['nl', 'op de 15e van elke maand om 9 uur', 'on the 15th of every month at 09:00'],
    ['pt', 'toda segunda às 9h', 'every Monday at 09:00'],
    ['pt-BR', 'todas as segundas-feiras às 18:00', 'every Monday at 18:00'],
    ['pt', 'às terças e quintas às 9h', 'every Tuesday and Thursday at 09:00'],
    ['pt', 'todos os dias às 18:00', 'every day at 18:00'],
    ['pt', 'nos dias úteis às 9h', 'every weekday at 09:00'],
    ['pt', 'a cada duas semanas na segunda às 9h', 'every 2 weeks on Monday at 09:00, starting 30 November 2026'],
    ['pt', 'todo dia 15 às 9h', 'on the 15th of every month at 09:00'],
    ['pt', 'todo dia 15h', 'every day at 15:00'],
  ])('%s: “%s” is %s', (locale, text, rule) => {
    expect(told(text, locale)).toBe(rule);
    expect(soundsRecurring(text, locale)).toBe(true);
  });

  it.each(['de', 'es', 'fr', 'it', 'nl', 'pt', 'ja', undefined])('English is read beside it: %s', (locale) => {
    expect(told('every Monday at 9am', locale)).toBe('every Monday at 09:00');
  });

  it('takes the usual time where none is said, and says so', () => {
    const reading = read('jeden Montag', 'de');
    expect(reading.kind === 'recurring' && reading.notes).toEqual(['No time of day was said, so this is at the usual 09:00.']);
  });

  it.each([
    ['de', 'werktags um 9 Uhr'],
    ['fr', 'les jours ouvrables à 9h'],
    ['it', 'nei giorni feriali alle 9'],
  ])('asks whether Saturday is one of them, %s: %s', (locale, text) => {
    expect(told(text, locale)).toBe(
      'ask every weekday at 09:00 | every Monday, Tuesday, Wednesday, Thursday, Friday and Saturday at 09:00',
    );
  });

  it('asks about the half of the day where English would', () => {
    expect(told('todos los lunes a las 3:30', 'es')).toBe('ask every Monday at 03:30 | every Monday at 15:30');
  });
});

describe('what is more than that is declined, whatever part of it was understood', () => {
  it.each([
    ['de', 'jeden Montag um 9 Uhr bis Weihnachten'],
    ['de', 'jeden Montag im Dezember um 9 Uhr'],
    ['de', 'jeden Tag außer Sonntag um 9 Uhr'],
    ['de', 'nicht jeden Montag um 9 Uhr'],
    ['de', 'montags bis freitags um 9 Uhr'],
    ['de', 'jeden zweiten Montag im Monat um 9 Uhr'],
    ['de', 'jeden Montag um halb 9'],
    ['de', 'jeden Montag um Mitternacht'],
    ['de', 'jeden Montag Nacht um 1'],
    ['de', 'jeden Montag in 2 Stunden'],
    ['de', 'jeden Montag übermorgen um 9 Uhr'],
    ['de', 'jeden Montag 9 bis 18 Uhr'],
    ['de', 'jeden Montag um 24 Uhr'],
    ['de', 'täglich alle 3 Stunden'],
    ['es', 'todos los lunes de marzo a las 9'],
    ['es', 'todos los lunes a las 9 y media'],
    ['es', 'todos los días 15'],
    ['es', 'cada dos días a las 9'],
    ['es', 'todos los lunes a medianoche'],
    ['fr', 'tous les jours de la semaine à 9h'],
    ['fr', 'tous les jours sauf dimanche à 9h'],
    ['fr', 'tous les 15 jours à 9h'],
    ['fr', 'tous les lundis 24 décembre'],
    ['fr', 'tous les lundis à 9h du soir'],
    ['it', 'ogni lunedì fino a Natale alle 9'],
    ['it', 'ogni giorno 15 marzo'],
    ['it', 'ogni ora'],
    ['nl', 'elke eerste maandag om 9 uur'],
    ['nl', 'elke dag om de 2 uur'],
    ['nl', 'elke maandag om 9 uur in december'],
    ['nl', 'elke maandag om half 9'],
    ['pt', 'toda segunda semana às 9h'],
    ['pt', 'todo dia 15 de março'],
    ['pt', 'todo dia 32'],
    ['pt', 'todo dia 0'],
    ['pt', 'toda sexta 13'],
  ])('%s: “%s”', (locale, text) => {
    expect(told(text, locale)).toBe('none');
    expect(soundsRecurring(text, locale)).toBe(true);
  });

  it('names the words that were not read', () => {
    expect(read('jeden Montag um 9 Uhr bis Weihnachten', 'de')).toMatchObject({
      reason: 'I could not read “um 9 Uhr bis Weihnachten” beside how often it recurs.',
    });
    expect(read('todos los días 15', 'es')).toMatchObject({
      reason: 'Is the 15 behind “todos los días” a day or a time of day? Write a time of day as 18:00.',
    });
  });

  it.each([undefined, 'en', 'ja', 'fr'])('is not read without its language: %s', (locale) => {
    expect(told('jeden Montag um 9 Uhr', locale)).toBe('none');
    expect(soundsRecurring('jeden Montag um 9 Uhr', locale)).toBe(false);
  });

  it.each([
    ['de', 'morgen um 9 Uhr'],
    ['es', 'el lunes a las 9'],
    ['fr', 'lundi à 9h'],
    ['it', 'lunedì alle 9'],
    ['nl', 'maandag om 9 uur'],
    ['pt', 'segunda às 9h'],
  ])('one time is none that recurs, %s: %s', (locale, text) => {
    expect(soundsRecurring(text, locale)).toBe(false);
  });
});
