// What holds for posts that recur, whatever they say: the states of a series, and how late an occurrence may be.

export const SERIES_STATES = ['active', 'paused', 'ended'] as const;
/** `paused`: nothing is made or sent until a person resumes it. `ended`: by a person, or because the rule has run out. */
export type SeriesState = (typeof SERIES_STATES)[number];

/** Milliseconds after its time at which an occurrence is not sent any more, but reported as missed. */
export const TOO_LATE_MS = 3_600_000;

export const isTooLate = (planned: Temporal.Instant, now: Temporal.Instant): boolean =>
  now.epochMilliseconds - planned.epochMilliseconds > TOO_LATE_MS;
