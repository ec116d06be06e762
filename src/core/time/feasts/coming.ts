// Which of a feast's days is meant: the coming one, that of a year, the one nearest to some months from now.
import { nameDay } from '../calendar.ts';
import type { DayChoice } from '../piece.ts';

export interface NamedFeast {
  /** The days of a year, or a sentence saying why they are not known. */
  datesIn: (year: number) => readonly Temporal.PlainDate[] | string;
  fromEvening?: boolean;
  note?: string;
}

export interface Said {
  modifier?: string | undefined;
  year?: number | undefined;
  yearsAhead?: number | undefined;
  length?: Temporal.Duration | undefined;
}

type Choices = readonly DayChoice[] | string;

/** The days meant, seen from today. */
export function feastDays(feast: NamedFeast, said: Said, today: Temporal.PlainDate): Choices {
  const year = said.year ?? (said.yearsAhead === undefined ? undefined : today.year + said.yearsAhead);
  if (year !== undefined) return eachOf(feast, feast.datesIn(year), today);
  // `in 9 months` need not be met to the day: half a month before it is near enough.
  const from = said.length === undefined ? today : today.add(said.length).subtract({ days: 15 });
  const dates = datesAround(feast, from.year);
  if (typeof dates === 'string') return dates;
  const coming = dates.filter((date) => Temporal.PlainDate.compare(date, from) >= 0);
  const [first, second] = coming;
  if (first === undefined) return 'That day does not come within three years.';
  const last = dates.filter((date) => Temporal.PlainDate.compare(date, today) < 0).at(-1);
  if (said.modifier === 'last') return last === undefined ? 'That was long ago.' : [{ ...choice(last, today), next: first }];
  // `next Christmas` said in December may be the one of next year.
  const isNear = said.modifier === 'next' && today.until(first).days <= 31;
  if (isNear && second !== undefined) return eachOf(feast, [first, second], today);
  const days = eachOf(feast, [first], today);
  if (typeof days === 'string' || feast.fromEvening || second === undefined) return days;
  const gone = last?.year === today.year && first.year > today.year && said.length === undefined;
  const note = gone ? `This year's was on ${nameDay(last, today)}, so this is ${first.year}.` : undefined;
  return days.map((day) => ({ ...day, later: second, ...(note && { note: [day.note, note].filter(Boolean).join(' ') }) }));
}

const choice = (date: Temporal.PlainDate, today: Temporal.PlainDate): DayChoice => ({ date, label: nameDay(date, today) });

function datesAround({ datesIn }: NamedFeast, year: number): Temporal.PlainDate[] | string {
  const all = [year - 1, year, year + 1, year + 2].map(datesIn);
  const reason = all.find((dates) => typeof dates === 'string');
  return reason ?? all.flatMap((dates) => (typeof dates === 'string' ? [] : dates));
}

/** A feast that begins at sunset has two days, and which one is meant is asked. */
function eachOf(feast: NamedFeast, dates: readonly Temporal.PlainDate[] | string, today: Temporal.PlainDate): Choices {
  if (typeof dates === 'string') return dates;
  if (dates.length === 0) return 'That day does not come in that year.';
  return dates.flatMap((date) => {
    const day = { ...choice(date, today), ...(feast.note && { note: feast.note }) };
    if (!feast.fromEvening) return [day];
    const eve = date.subtract({ days: 1 });
    return [
      { date: eve, label: `as it begins, on the evening of ${nameDay(eve, today)}` },
      { ...day, label: `its day, ${nameDay(date, today)}` },
    ];
  });
}
