// What assertions make of moments and days.
import { expect, it } from 'vitest';

const nine = Temporal.Instant.from('2026-11-23T09:00:00Z');
const ten = Temporal.Instant.from('2026-11-23T10:00:00Z');

it.each([
  ['moments', nine, ten],
  ['days', Temporal.PlainDate.from('2026-11-23'), Temporal.PlainDate.from('2026-11-24')],
  ['times in a zone', nine.toZonedDateTimeISO('UTC'), nine.toZonedDateTimeISO('Europe/Berlin')],
  ['lengths', Temporal.Duration.from({ hours: 1 }), Temporal.Duration.from({ hours: 2 })],
  ['a moment and nothing', nine, null],
])('%s that differ are not taken for equal, wherever they stand', (_, one, other) => {
  expect({ at: one }).toMatchObject({ at: one });
  expect({ at: one }).not.toMatchObject({ at: other });
  expect([{ at: [one] }]).not.toMatchObject([{ at: [other] }]);
  expect({ at: one }).not.toEqual({ at: other });
});
