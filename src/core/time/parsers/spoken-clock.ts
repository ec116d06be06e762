// Times of day in words: noon, midnight, half past nine, quarter to noon, 15 past 3pm, ten-thirty.
import { definePiece, type Groups, type Piece } from '../piece.ts';
import { NUMBER_WORD, numberOf } from '../words.ts';
import { AT, clockPiece, MERIDIEM } from './clock.ts';

export const noon = definePiece(`${AT}?(?:the\\s+)?(?:12\\s?)?(?:noon|mid[\\s-]?day)(?<ish>-?ish)?`, ({ ish }) => {
  const piece = clockPiece({ hour: 12, minute: 0, certain: true });
  return piece.kind === 'clock' && ish ? { ...piece, note: 'A post goes out at one moment, so this is at noon.' } : piece;
});
export const midnight = definePiece(`${AT}?(?:12\\s?)?mid[\\s-]?night`, () => ({ kind: 'midnight' }));

const MINUTES = `(?<half>half)|(?:a\\s+)?(?<quarter>quarter)|(?<minutes>\\d{1,2}|${NUMBER_WORD})(?:\\s?min(?:ute)?s?)?`;
const HOUR = `(?:(?<noon>noon|midday)|(?<hour>\\d{1,2}|${NUMBER_WORD})(?:\\s?o['’]?clock)?(?:\\s?(?:${MERIDIEM}|(?<h24>h)))?)`;

/** "half past 3 pm", "quarter to noon", "20 minutes to 2pm". */
export const minutesPastHour = definePiece(
  `(?:(?:at|for|by)\\s+)?(?:${MINUTES})\\s+(?<side>past|after|to|before|till|til|(?<=min(?:ute)?s?\\s)from)\\s+${HOUR}`,
  readMinutesPast,
);

function readMinutesPast({ half, quarter, minutes, side = '', noon: isNoon, hour, meridiem, h24 }: Groups): Piece | null {
  const isBefore = !['past', 'after', 'from'].includes(side.toLowerCase());
  const distance = half ? 30 : quarter ? 15 : numberOf(minutes ?? '');
  if ((half && isBefore) || distance < 1 || distance > 59) return null;
  const certain = isNoon !== undefined || h24 !== undefined;
  const known = clockPiece({ hour: isNoon ? 12 : numberOf(hour ?? ''), minute: 0, meridiem, certain });
  // `half` and `quarter` are said beside figures too; minutes in words are not.
  const piece = known.kind === 'clock' && !half && !quarter && !/^\d/.test(minutes ?? '') ? { ...known, spoken: true } : known;
  if (piece.kind !== 'clock' || !isBefore) return piece.kind === 'clock' ? { ...piece, minute: distance } : piece;
  // Without am or pm, 1 is what comes behind 12.
  const before = piece.certain ? (piece.hour + 23) % 24 : piece.hour === 1 ? 12 : piece.hour - 1;
  return { ...piece, hour: before, minute: 60 - distance };
}

/** "ten-thirty", "nine thirty am", "twelve oh three". Only where the minutes are a word too: "ten 30" is no time. */
export const wordClock = definePiece(
  `(?:(?:at|by|@)\\s+)?(?<hour>${NUMBER_WORD})(?:\\s|-)(?:(?:o|oh|ou|zero)[\\s-])?(?<minute>${NUMBER_WORD})(?:\\s+minutes)?(?:\\s?${MERIDIEM})?`,
  ({ hour = '', minute = '', meridiem }) => {
    const hours = numberOf(hour);
    if (hours < 1 || hours > 12) return null;
    const piece = clockPiece({ hour: hours, minute: numberOf(minute), meridiem, certain: false });
    return piece.kind === 'clock' ? { ...piece, spoken: true } : piece;
  },
);

/** "half three", as it is said in Britain and Ireland: half past. */
export const halfHour = definePiece(
  `(?:(?:at|by)\\s+)?half\\s+(?<hour>${NUMBER_WORD})(?:\\s?${MERIDIEM})?`,
  ({ hour = '', meridiem }) => {
    const hours = numberOf(hour);
    if (hours < 1 || hours > 12) return null;
    const piece = clockPiece({ hour: hours, minute: 30, meridiem, certain: false });
    return piece.kind === 'clock' ? { ...piece, spoken: true } : piece;
  },
);
