// What a report says: how posts and accounts did in a time, against the time before. Types alone; build-report.ts makes one.
import type { Account } from './account.ts';
import type { ErrorKind } from './errors.ts';
import type { AccountFigures, PostFigures } from './figures.ts';

/** A stretch of time; `until` is not part of it. */
export interface Span {
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/** A stretch with the moment as of which its figures are read. */
export interface ReadSpan extends Span {
  asOf: Temporal.Instant;
}

export interface ReportPeriod {
  /** As it is typed, with dashes for blanks: `week`, `last-30-days`, `2026-11-01..2026-11-30`. */
  id: string;
  /** `this week`, `the last 30 days`, `1–30 November 2026`: within a sentence. */
  name: string;
  /** Whose days are meant. */
  timeZone: string;
  first: Temporal.PlainDate;
  /** Part of it; of what is not over yet, today. */
  last: Temporal.PlainDate;
  /** Whole days: that of today ends at midnight, and its figures are of now. */
  span: ReadSpan;
  /**
   * As long, directly before or in the unit before; of a month all of the other, however long. Its figures are read at the same age:
   * like is compared with like.
   */
  before: ReadSpan;
}

export type ReportScope =
  | { kind: 'all' }
  | { kind: 'network'; platform: string }
  | { kind: 'account'; account: Account }
  | { kind: 'campaign'; name: string };

/** A delivery that went out, with the newest figures there are of it by then. */
export interface PostResult {
  deliveryId: string;
  /** The number of its post. */
  post: number;
  platform: string;
  accountId: string;
  /** Its first 200 letters, as this network got it. */
  text: string;
  url: string | null;
  publishedAt: Temporal.Instant;
  campaign: string | null;
  hashtags: readonly string[];
  authorId: string;
  author: string;
  figures: PostFigures;
  /** When they were read; null: not yet, and all of them are null. */
  seenAt: Temporal.Instant | null;
}

/** Sums over deliveries. A figure is null where no network of them tells it. */
export interface Totals extends PostFigures {
  /** Deliveries. */
  posts: number;
  /** Likes, comments, shares and saves. */
  engagement: number | null;
  /** Engagement of the posts that tell views, divided by those views; null where there are no views. */
  rate: number | null;
}

/** Sums of one account as a database makes them; `ratedEngagement` and `ratedViews` are those of posts that tell both. */
export interface AccountSums extends Omit<Totals, 'rate'> {
  accountId: string;
  platform: string;
  /** Deliveries of which any figure is told. */
  told: number;
  ratedEngagement: number;
  ratedViews: number;
}

/** One network, account, campaign, hashtag or author. */
export interface Group {
  /** Platform id, account id, campaign, hashtag without #, member id. */
  key: string;
  /** As people know it. */
  name: string;
  totals: Totals;
  /** Of the time before; null where it is not compared (campaigns, hashtags, authors). */
  before: Totals | null;
}

export interface ReportDay {
  date: Temporal.PlainDate;
  posts: number;
  /** Of the posts that went out that day, by platform id; null where none of them tells it. */
  engagement: Readonly<Record<string, number | null>>;
  views: Readonly<Record<string, number | null>>;
}

/** An account's own figures at the end of a time and at its beginning. */
export interface AccountResult {
  account: Account;
  /** The newest by the end; null: none were read. */
  now: { figures: AccountFigures; at: Temporal.Instant } | null;
  /** The newest by the beginning, for the change of followers. */
  before: { figures: AccountFigures; at: Temporal.Instant } | null;
}

export interface BestTime {
  /** Hour of the day, 0 to 23, or weekday, 1 (Monday) to 7. */
  at: number;
  posts: number;
  /** Mean engagement of its posts divided by that of all: 1.5 is half as much again. */
  lift: number;
  /** Whether it is more than chance, as far as figures can say (95 %). */
  isSure: boolean;
}

/** Of one account, by its own posts; the best first, and better than the mean all of them. */
export interface BestTimes {
  account: Account;
  /** How many posts that is known from. */
  posts: number;
  hours: readonly BestTime[];
  weekdays: readonly BestTime[];
}

export interface Failure {
  accountId: string;
  kind: ErrorKind | null;
  /** The network's or Crier's sentence of the newest of them. */
  sentence: string | null;
  count: number;
}

export interface AccountHealth {
  account: Account;
  /** Posts out today of the cap there is; null: no cap. */
  cap: { used: number; perDay: number } | null;
  /** In the period, the most frequent first. */
  failures: readonly Failure[];
  /** Figures of it were last read then; null: never. */
  figuresAt: Temporal.Instant | null;
  /** Why they cannot be read since; null: they can, or the network tells none (`tellsFigures`). */
  figuresFailure: { since: Temporal.Instant; sentence: string } | null;
  /** False: this network tells no figures, or not to this account. */
  tellsFigures: boolean;
  /** When its newest post went out; null: none has. */
  lastOutAt: Temporal.Instant | null;
}

export interface Report {
  period: ReportPeriod;
  scope: ReportScope;
  totals: Totals;
  /** Where much less is known of one of both than of the other, it has no figures: that would be no comparison. */
  before: Totals;
  /** Followers of all accounts that tell them; the change is of those that told them at both ends, and null where none did. */
  followers: { now: number | null; change: number | null };
  /** Each by engagement, the most first; those that nothing was posted for are left out. */
  networks: readonly Group[];
  accounts: readonly Group[];
  campaigns: readonly Group[];
  hashtags: readonly Group[];
  authors: readonly Group[];
  /** Each day of the period, also those without posts. */
  days: readonly ReportDay[];
  /** By engagement, at most five, and never the same post to the same account in both. */
  top: readonly PostResult[];
  weakest: readonly PostResult[];
  /** Of those that are in neither, what is too young to be called weak, at most five. */
  young: readonly PostResult[];
  accountResults: readonly AccountResult[];
  /** Of the accounts that post the most, at most twelve, where an hour or a weekday stands out. */
  best: readonly BestTimes[];
  health: readonly AccountHealth[];
  /** Posts whose figures were not read yet, or are not told at all. */
  unread: number;
}
