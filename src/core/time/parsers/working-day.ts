// Working days: "2 business days from now", "next working day". Saturdays and Sundays do not count, nor a known country's holidays.
import { addWorkingDays } from '../calendar.ts';
import { isPublicHoliday } from '../feasts/country.ts';
import { definePiece } from '../piece.ts';
import { NUMBER_WORD, numberOf } from '../words.ts';

const DAY = '(?:business|working|work|week)[\\s-]?days?';

export const workingDays = definePiece(
  `(?:in\\s+)?(?<count>an?|\\d{1,2}|${NUMBER_WORD})\\s+${DAY}(?:['’]?s?\\s+time|\\s+(?:from\\s+(?:now|today)|later|hence))?|(?:on\\s+)?(?:the\\s+)?next\\s+${DAY}`,
  ({ count = 'a' }, { country }) => ({
    kind: 'days',
    from: (today) => {
      const number = /^an?$/i.test(count) ? 1 : numberOf(count);
      const isFree = (date: Temporal.PlainDate) => country !== undefined && country !== null && isPublicHoliday(date, country);
      return [{ date: addWorkingDays(today, number, isFree), label: 'that day' }];
    },
  }),
);
