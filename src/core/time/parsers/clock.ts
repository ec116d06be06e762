// Times of day in digits: 9am, 9:30p, 17:30, 21h, 13h15, 330 p.m., 15.30h, at 9.
import { broken, definePiece, type Groups, type Piece } from '../piece.ts';
import { MONTH, NUMBER_WORD, numberOf, WEEKDAY } from '../words.ts';

export const MERIDIEM = '(?<meridiem>[ap]\\s?\\.?\\s?m(?:\\s?\\.)?|[ap]\\.?)';
export const AT = '(?:(?:(?:at|@|by|around|about|approximately|approx\\.?|roughly|circa)\\s*){1,2})';

/** A certain time of day out of an hour, its minutes and a meridiem if there is one. */
export function clockPiece(groups: {
  hour: number;
  minute: number;
  second?: number;
  meridiem?: string | undefined;
  certain: boolean;
  colon?: boolean;
}): Piece {
  const { hour, minute, second = 0, meridiem } = groups;
  const shown = `${hour}:${String(minute).padStart(2, '0')}`;
  const tooLate = hour > 24 || (hour === 24 && minute + second > 0);
  if (tooLate || minute > 59 || second > 59) return broken(`${shown} is no time of day.`);
  if (meridiem === undefined) {
    return {
      kind: 'clock',
      hour,
      minute,
      second,
      certain: groups.certain || hour > 12 || hour === 0,
      colon: groups.colon ?? false,
    };
  }
  if (hour === 0 || hour > 12)
    return broken(`${shown} ${meridiem} is no time of day: it is either ${shown} or has an hour up to 12.`);
  const isAfternoon = meridiem.toLowerCase().startsWith('p');
  return { kind: 'clock', hour: (hour % 12) + (isAfternoon ? 12 : 0), minute, second, certain: true };
}

function readDigits({ hour = '', minute = '0', second = '0', meridiem, length }: Groups): Piece {
  if (length !== undefined)
    return broken(`Is “in ${hour}:${minute}” a length of time? Say “at ${hour}:${minute}” or “in ${hour}h${minute}”.`);
  // A leading zero or seconds are how a 24-hour clock is written.
  const certain = (hour.length === 2 && hour.startsWith('0')) || second !== '0';
  return clockPiece({ hour: Number(hour), minute: Number(minute), second: Number(second), meridiem, certain, colon: true });
}

/** 9:30, 17:30:15, 9:30pm, 9.30pm. */
export const colonClock = definePiece(
  `(?:(?<length>in)\\s+)?${AT}?(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,]0+)?)?(?:\\s?${MERIDIEM}|\\s?h|\\s?hrs?|\\s?hours|\\s?uhr)?(?:\\s+approximately)?`,
  readDigits,
);
export const dottedClock = definePiece(`${AT}?(?<hour>\\d{1,2})\\.(?<minute>\\d\\d)\\s?${MERIDIEM}`, readDigits);
/** 9:30, 17:30:15 without am or pm: "9:30 am Montag" is no morning for its `am`. */
export const colonClock24 = definePiece('(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d))?', readDigits);
/** "at 9.30": with `at`, a dot stands between hours and minutes and not in a date. */
export const dottedClockAfterAt = definePiece(`${AT}(?<hour>\\d{1,2})\\.(?<minute>\\d\\d)`, readDigits);

/** 9am, 9 p.m., three am, 9a. */
export const hourClock = definePiece(
  `${AT}?(?<hour>\\d{1,2}|${NUMBER_WORD})(?<ish>-?ish)?[\\s.]?(?:o['’]?\\s?clock\\s?)?(?:${MERIDIEM}|in\\s+the\\s+(?<said>am|pm))(?:\\s+approximately)?`,
  ({ hour = '', meridiem, said, ish }) => {
    const piece = clockPiece({ hour: numberOf(hour), minute: 0, meridiem: meridiem ?? said, certain: true });
    return piece.kind === 'clock' && ish ? { ...piece, note: 'A post goes out at one moment, so this is on the hour.' } : piece;
  },
);

/** "5ish" leaves open which 5 and how far from it. */
export const vagueHour = definePiece(`${AT}?(?<time>(?:\\d{1,4}|${NUMBER_WORD})(?::\\d\\d)?)-?ish`, ({ time = '' }) =>
  broken(`A post goes out at one moment: say “${time}am” or “${time}pm”, not “${time}ish”.`),
);

/** "at 1030", "1730 hours": three or four digits are a time where a word says so, and a year where they look like one. */
export const compactClockAfterAt = definePiece(
  `${AT}(?!(?:19|20|21)\\d\\d(?!\\s*h))(?<hour>\\d{1,2})(?<minute>[0-5]\\d)(?<military>\\s?(?:hours|hrs|h))?|(?<hour24>\\d\\d)(?<minute24>[0-5]\\d)\\s?(?:hours|hrs|h)`,
  ({ hour, minute, military, hour24, minute24 }) =>
    clockPiece({
      hour: Number(hour ?? hour24),
      minute: Number(minute ?? minute24),
      certain: military !== undefined || hour24 !== undefined || hour?.startsWith('0') === true,
      colon: true,
    }),
);
/** "tonight 815": bare, so that only the words beside it make it a time. */
export const compactBare = definePiece('(?!(?:19|20|21)\\d\\d)(?<hour>\\d{1,2})(?<minute>[0-5]\\d)', ({ hour, minute }) => {
  const piece = clockPiece({ hour: Number(hour), minute: Number(minute), certain: false, colon: true });
  return piece.kind === 'clock' ? { ...piece, bare: true } : null;
});
/** "at 3 15". */
export const spacedClock = definePiece(
  `${AT}(?<hour>\\d{1,2})\\s(?<minute>[0-5]\\d)(?:\\s?${MERIDIEM})?(?!\\s*(?:of\\s|${MONTH}))`,
  readDigits,
);

/** 330 p.m., 1130am. */
export const compactClock = definePiece(`${AT}?(?<hour>\\d{1,2})(?<minute>\\d\\d)\\s?${MERIDIEM}`, readDigits);

/** 21h, 13h15, 13h15m, 9 Uhr: a 24-hour clock. */
export const hClock = definePiece(
  `${AT}?(?<hour>\\d{1,2})\\s?(?:h|uhr|hrs)\\s?(?<minute>\\d\\d)?(?:\\s?m(?:in)?)?`,
  ({ hour, minute }) => clockPiece({ hour: Number(hour), minute: Number(minute ?? 0), certain: true }),
);

/** "at 9", "@ 17", "at seven", "nine o'clock": am or pm is left open. */
export const spokenHour = definePiece(
  `${AT}(?<hour>\\d{1,2}|${NUMBER_WORD})(?:\\s?o['’]?\\s?clock)?|(?<only>\\d{1,2}|${NUMBER_WORD})\\s?o['’]?\\s?clock`,
  ({ hour, only }) => clockPiece({ hour: numberOf(hour ?? only ?? ''), minute: 0, certain: false }),
);

/** "the same time tomorrow", "this time next Monday": the time of day it is now. */
export const sameTime = definePiece(
  `(?:at\\s+)?(?:(?:the\\s+)?same\\s+time|this\\s+time(?=\\s+(?:tomorrow|next|on\\s|in\\s|${WEEKDAY})))`,
  (_, { now, timeZone }) => {
    const { hour, minute, second } = now.toZonedDateTimeISO(timeZone).round('second');
    return clockPiece({ hour, minute, second, certain: true });
  },
);

/** A number by itself; above 24 it can only be a day, and that only beside a weekday. */
export const bareNumber = definePiece(`(?<hour>\\d{1,2}|${NUMBER_WORD})`, ({ hour = '' }) => {
  const number = numberOf(hour);
  if (number > 24 && number <= 31) return { kind: 'day-of-month', day: number, bare: true };
  const piece = clockPiece({ hour: number, minute: 0, certain: false });
  return piece.kind === 'clock' ? { ...piece, bare: true } : null;
});
