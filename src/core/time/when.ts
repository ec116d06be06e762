// What reading a posting time can come to.

export type Grain = 'second' | 'minute' | 'hour' | 'day';

export interface WhenOptions {
  now: Temporal.Instant;
  /** IANA zone the words are meant in, unless they name another. */
  timeZone: string;
  /** Decides 3/4; null or left out: ask. */
  dateOrder?: 'DMY' | 'MDY' | 'YMD' | null;
  /** Wall time a date without a time takes, `09:00`. */
  defaultTime?: string;
  /** Whose holidays are meant, ISO 3166-1 alpha-2: `GB`. Without it, holidays that differ by country are asked about. */
  country?: string | null;
  /** The language the times are said in, BCP 47: `de`, `fr-CA`. English is read beside it. */
  locale?: string;
}

export interface WhenChoice {
  at: Temporal.ZonedDateTime;
  /** What makes this reading different: `this Friday`. */
  label: string;
}

/**
 * - `at`: one sure reading. `index` and `text` say which characters of the input it took; `notes` what was assumed or moved
 *   (the default posting time, a clock change), as sentences for the person.
 * - `ambiguous`: several readings make sense; ask.
 * - `past`: one sure reading, gone by; `next` is the next sensible time of that kind, where there is one.
 * - `none`: not a time, or words that belong to it could not be read; `reason` says which, for the person.
 */
export type When =
  | { kind: 'at'; at: Temporal.ZonedDateTime; grain: Grain; index: number; text: string; notes: string[] }
  | { kind: 'ambiguous'; choices: WhenChoice[]; index: number; text: string }
  | { kind: 'past'; at: Temporal.ZonedDateTime; next: Temporal.ZonedDateTime | null; index: number; text: string }
  | { kind: 'none'; reason: string };
