// What the use cases need of a database for a report. Each is one statement over indices. Implemented in src/db.
import type { AccountFigures } from './figures.ts';
import type { AccountSums, Failure, PostResult, ReadSpan, ReportScope, Span } from './report.ts';

export interface AccountSnapshot {
  accountId: string;
  figures: AccountFigures;
  at: Temporal.Instant;
}

export interface PostEngagement {
  publishedAt: Temporal.Instant;
  engagement: number;
}

export interface ReportStore {
  /** Deliveries that went out in the span, each with the newest figures by `asOf`, by when they went out. */
  results: (workspaceId: string, span: ReadSpan, scope: ReportScope) => Promise<PostResult[]>;
  /** The same, summed per account. */
  sums: (workspaceId: string, span: ReadSpan, scope: ReportScope) => Promise<AccountSums[]>;
  /** Of each account of the workspace, disconnected ones too, its newest snapshot by then; those that have none are left out. */
  accountsAt: (workspaceId: string, at: Temporal.Instant) => Promise<AccountSnapshot[]>;
  /** Deliveries that failed in the span, or wait unconfirmed since then, by account and cause. */
  failures: (workspaceId: string, span: Span, scope: ReportScope) => Promise<Failure[]>;
  /**
   * By account, how each of its posts did that went out in the span and was looked at a day or more after that: its newest engagement.
   * Posts that none is told of are left out, and so are accounts without any.
   */
  engagements: (accountIds: readonly string[], span: Span) => Promise<ReadonlyMap<string, readonly PostEngagement[]>>;
  /** When the newest post of each account went out. */
  lastOut: (workspaceId: string) => Promise<ReadonlyMap<string, Temporal.Instant>>;
  /** How many posts of each account went out in the span. */
  counts: (workspaceId: string, span: Span) => Promise<ReadonlyMap<string, number>>;
}
