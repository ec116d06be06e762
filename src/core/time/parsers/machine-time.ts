// Times as machines write them: ISO 8601, Unix seconds and milliseconds, Discord's <t:1700000000:R>.
import { broken, definePiece, type Groups, type Piece } from '../piece.ts';

/** Unix times from 2001 to 2286 have ten digits in seconds and thirteen in milliseconds. */
const UNIX = '(?<unix>[1-9]\\d{9}(?:\\d{3})?)';

const unixPiece = (digits: string): Piece => ({
  kind: 'instant',
  at: Temporal.Instant.fromEpochMilliseconds(Number(digits.padEnd(13, '0'))),
  grain: 'second',
});

export const unixTime = definePiece(UNIX, ({ unix = '' }) => unixPiece(unix));

/** https://docs.discord.com/developers/reference#message-formatting, checked 2026-11-22. */
export const discordTime = definePiece('<t:(?<seconds>\\d{1,11})(?::[tTdDfFsSR])?>', ({ seconds = '' }) => ({
  kind: 'instant',
  at: Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000),
  grain: 'second',
}));

/** A whole ISO moment, `2026-11-24T09:00Z`; the date alone is `isoDate`, the time alone a clock. */
export const isoMoment = definePiece(
  '(?<date>\\d{4}-\\d\\d-\\d\\d)T(?<time>\\d\\d:?\\d\\d(?::?\\d\\d(?:[.,]\\d{1,9})?)?)(?<offset>Z|[+-]\\d\\d(?::?\\d\\d)?)?(?:\\[(?<zone>[\\w/+-]+)\\])?',
  readIsoMoment,
);

function readIsoMoment({ date = '', time = '', offset, zone }: Groups): Piece {
  const written = `${date}T${time}${offset ?? ''}`;
  try {
    if (zone) {
      const at = Temporal.ZonedDateTime.from(`${written}[${zone}]`, { offset: 'reject' });
      return { kind: 'instant', at: at.toInstant(), grain: 'minute' };
    }
    if (offset) return { kind: 'instant', at: Temporal.Instant.from(written), grain: 'minute' };
    const wall = Temporal.PlainDateTime.from(written);
    return { kind: 'wall', wall };
  } catch (error) {
    if (error instanceof RangeError) return broken(`${written}${zone ? `[${zone}]` : ''} is no moment of the calendar.`);
    throw error;
  }
}

/** `2026-11-24`, `2026/11/24`, `2026-3-3`. */
export const isoDate = definePiece(
  '(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})',
  ({ year, month, day }) => ({
    kind: 'month-day',
    year: Number(year),
    month: Number(month),
    day: Number(day),
    clock24: true,
  }),
);

/** `20261124`. */
export const compactIsoDate = definePiece(
  '(?<year>(?:19|20|21)\\d\\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])',
  ({ year, month, day }) => ({ kind: 'month-day', year: Number(year), month: Number(month), day: Number(day), clock24: true }),
);
