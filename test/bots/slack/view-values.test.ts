import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FormMetadata,
  missingInputs,
  pickerBlockOf,
  readFormView,
  sayInstant,
  touched,
} from '../../../src/bots/slack/view-values.ts';
import { parseOnlyWhen } from '../../../src/core/time/parse-when.ts';
import { BERLIN, draw, field, formOf, metadataOf, NINE_AM, NOW } from './form-kit.ts';
import { stateOf } from './view-state.ts';

describe('the time of a form', () => {
  const form = formOf([field('when', 'when', { value: 'Tuesday 9am' })]);
  const view = draw(form, { at: NINE_AM });
  const picker = pickerBlockOf('when', NINE_AM);
  const later = NINE_AM.add({ hours: 2 }).epochMilliseconds / 1000;
  const picked = { [picker]: { picker: { type: 'datetimepicker', selected_date_time: later } } };
  const said = (words: string | null) => ({ 'field:when': { text: { type: 'plain_text_input', value: words } } });
  const whenOf = (values: object, metadata: FormMetadata) => readFormView({ values }, metadata, BERLIN).args.when;
  const metadata = metadataOf(view);

  it.each([
    [
      'the picker, where the words are as they were',
      { ...picked, ...said('Tuesday 9am') },
      metadata,
      '2026-11-24T11:00:00+01:00[Europe/Berlin]',
    ],
    ['the words, where they were typed', { ...stateOf(view).values, ...said('Friday noon') }, metadata, 'Friday noon'],
    ['the words, where both were changed', { ...picked, ...said('Friday noon') }, metadata, 'Friday noon'],
    [
      'the picker, where it was changed last',
      { ...picked, ...said('Friday noon') },
      touched(metadata, picker),
      '2026-11-24T11:00:00+01:00[Europe/Berlin]',
    ],
    [
      'the words, where they were changed last',
      { ...picked, ...said('Tuesday 9am') },
      touched(metadata, 'field:when'),
      'Tuesday 9am',
    ],
    [
      'the picker, where the words were taken out',
      { ...picked, ...said(null) },
      touched(metadata, 'field:when'),
      '2026-11-24T11:00:00+01:00[Europe/Berlin]',
    ],
    ['neither, where neither is there', said(' '), metadata, undefined],
  ])('is that of %s', (_, values, known, when) => {
    expect(whenOf(values, known)).toBe(when);
  });

  it('is missed where it is needed, and Slack cannot say so', () => {
    expect(missingInputs(metadata, {})).toEqual({ 'field:when': 'Pick a time above, or say it in words.' });
    expect(missingInputs(metadata, { when: 'tomorrow' })).toEqual({});
  });

  it('shows an exact time in the picker alone', () => {
    const exact = draw(formOf([field('when', 'when', { value: '2026-11-24 09:00' })]), { at: NINE_AM });
    expect(JSON.stringify(exact.blocks)).not.toContain('2026-11-24 09:00');
    const unread = draw(formOf([field('when', 'when', { value: '2026-13-24 09:00' })]));
    expect(JSON.stringify(unread.blocks)).toContain('2026-13-24 09:00');
  });

  it('is not filled with a time that has gone by', () => {
    expect(JSON.stringify(draw(form, { at: NOW.subtract({ hours: 1 }) }).blocks)).not.toContain('initial_date_time');
  });

  it('is read as exactly the moment that was picked, in every zone and at every change of clocks', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
      'Etc/GMT+5',
      '+05:30',
      'America/Argentina/Buenos_Aires',
    ];
    const twice = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'].map((each) =>
      Temporal.Instant.from(each),
    );
    const now = Temporal.Instant.from('2026-10-01T00:00:00Z');
    const minutes = fc.integer({ min: 0, max: 600_000 }).map((each) => now.add({ minutes: each }));
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.oneof(fc.constantFrom(...twice), minutes), (timeZone, at) => {
        const when = parseOnlyWhen(sayInstant(at.epochMilliseconds / 1000, timeZone), { now, timeZone });
        expect(when.kind === 'at' && when.at.toString()).toBe(at.toZonedDateTimeISO(timeZone).toString());
      }),
      { numRuns: 200 },
    );
  });
});
