// How a feast's date is found in a year, as data. Finding it is dates.ts'; who is called what is names.ts'.

export type FeastRule =
  | {
      kind: 'fixed';
      month: number;
      day: number /** Moved off a weekend to the nearest working day, or off a Sunday to the day before. */;
      moves?: 'to-working-day' | 'off-sunday';
    }
  | { kind: 'nth-weekday'; month: number; nth: number; weekday: number; plusDays?: number }
  | { kind: 'easter'; church: 'western' | 'orthodox'; plusDays: number }
  | {
      kind: 'calendar';
      calendar: 'hebrew' | 'islamic-umalqura' | 'chinese';
      month: number;
      day: number;
      plusDays?: number;
      weekdayBefore?: number;
      moves?: Moves;
    }
  | { kind: 'hindu'; month: number; tithi: number; at: DayMoment; plusDays?: number }
  | {
      kind: 'sun-enters';
      degrees: number;
      plusDays?: number /** The Bengali calendar begins on the day after, whatever the hour. */;
      dayAfter?: boolean;
    }
  | { kind: 'every-365-days'; from: string };

/** By how many days a feast is moved where it would fall on a weekday, 1 to 7. */
export type Moves = Readonly<Partial<Record<number, number>>>;

/** The part of the day at which a lunar day must prevail for a feast to be kept on it. */
export type DayMoment = 'sunrise' | 'midday' | 'afternoon' | 'dusk' | 'moonrise' | 'midnight';

export interface Feast {
  /** Alternatives of its names, as the source of a regular expression. */
  names: string;
  rule: FeastRule;
  /** Begins at sunset on the evening before: which of the two days is meant is asked. */
  fromEvening?: boolean;
  /** Countries in which another day has this name, by their code. */
  elsewhere?: Readonly<Record<string, FeastRule>>;
  /** Said with the date. */
  note?: string;
}
