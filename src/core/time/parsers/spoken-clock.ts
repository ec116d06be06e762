// Times of day in words: noon, midnight, half past nine, quarter to noon, 15 past 3pm, ten-thirty.
import { definePiece, type Groups, type Piece } from '../piece.ts';
import { NUMBER_WORD, numberOf } from '../words.ts';
import { clockPiece, MERIDIEM } from './clock.ts';

export const noon = definePiece('(?:(?:at|by)\\s+)?(?:12\\s?)?(?:noon|midday)', () =>
  clockPiece({ hour: 12, minute: 0, certain: true }),
);
export const midnight = definePiece('(?:(?:at|by)\\s+)?(?:12\\s?)?midnight', () => ({ kind: 'midnight' }));

const MINUTES = `(?<half>half)|(?:a\\s+)?(?<quarter>quarter)|(?<minutes>\\d{1,2}|${NUMBER_WORD})(?:\\s?min(?:ute)?s?)?`;
const HOUR = `(?:(?<noon>noon|midday)|(?<hour>\\d{1,2}|${NUMBER_WORD})(?:\\s?o['’]?clock)?(?:\\s?${MERIDIEM})?)`;

/** "half past 3 pm", "quarter to noon", "20 minutes to 2pm". */
export const minutesPastHour = definePiece(
  `(?:(?:at|for|by)\\s+)?(?:${MINUTES})\\s+(?<side>past|after|to|before|till|til)\\s+${HOUR}`,
  readMinutesPast,
);

function readMinutesPast({ half, quarter, minutes, side = '', noon: isNoon, hour, meridiem }: Groups): Piece | null {
  const isBefore = !['past', 'after'].includes(side.toLowerCase());
  const distance = half ? 30 : quarter ? 15 : numberOf(minutes ?? '');
  if ((half && isBefore) || distance < 1 || distance > 59) return null;
  const piece = clockPiece({ hour: isNoon ? 12 : numberOf(hour ?? ''), minute: 0, meridiem, certain: isNoon !== undefined });
  if (piece.kind !== 'clock' || !isBefore) return piece.kind === 'clock' ? { ...piece, minute: distance } : piece;
  // Without am or pm, 1 is what comes behind 12.
  const before = piece.certain ? (piece.hour + 23) % 24 : piece.hour === 1 ? 12 : piece.hour - 1;
  return { ...piece, hour: before, minute: 60 - distance };
}

/** "ten-thirty", "nine thirty am", "twelve oh three". Only where the minutes are a word too: "ten 30" is no time. */
export const wordClock = definePiece(
  `(?:(?:at|by|@)\\s+)?(?<hour>${NUMBER_WORD})(?:\\s|-)(?:(?:o|oh|zero)[\\s-])?(?<minute>${NUMBER_WORD})(?:\\s?${MERIDIEM})?`,
  ({ hour = '', minute = '', meridiem }) => {
    const hours = numberOf(hour);
    return hours < 1 || hours > 12 ? null : clockPiece({ hour: hours, minute: numberOf(minute), meridiem, certain: false });
  },
);
