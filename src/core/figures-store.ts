// What the use cases need of a database to keep figures: what is to be looked at, what was seen, and what of it is to be told in the
// thread of a post. Snapshots are only ever added, and thinned with age. Implemented in src/db.
import type { Account } from './account.ts';
import type { AccountFigures, PostFigures } from './figures.ts';
import type { Published } from './platform.ts';
import type { Post } from './post.ts';
import type { ReportScope, Span } from './report.ts';
import type { Actor, ChatName } from './workspace.ts';

/** When figures are read, and when they are told, as whoever runs Crier wants it. */
export interface FiguresPlan {
  accountsEveryMinutes: number;
  /** After a post went out. */
  postsAfterHours: readonly number[];
  /** After a post went out; empty: its thread is told none. */
  tellAfterHours: readonly number[];
}

export interface DuePost extends Published {
  deliveryId: string;
}

/** Posts of one account that are to be looked at now. */
export interface DueLook {
  account: Account;
  posts: readonly DuePost[];
}

/** When an account's figures were last read, and what keeps Crier from reading them since. */
export interface AccountLook {
  accountId: string;
  /** The last time that the network answered; null: never yet. */
  lookedAt: Temporal.Instant | null;
  /** Null: the last look went well. `waitUntil`: the network itself wants not to be asked before then. */
  failure: { since: Temporal.Instant; sentence: string; waitUntil?: Temporal.Instant } | null;
}

/** How a look failed. */
export interface LookFailure {
  sentence: string;
  /** When it may be tried again. */
  again: Temporal.Instant;
  /** Whether the network named that time itself. */
  byNetwork: boolean;
}

/** A snapshot of a post with what it is of: one row of an export. */
export interface ExportedSnapshot {
  snapshotId: string;
  deliveryId: string;
  at: Temporal.Instant;
  figures: PostFigures;
  post: number;
  platform: string;
  handle: string;
  url: string | null;
  remoteId: string | null;
  text: string;
  campaign: string | null;
  hashtags: readonly string[];
  author: string;
  publishedAt: Temporal.Instant;
}

export interface SnapshotFilter {
  /** When the posts went out. */
  span: Span;
  scope: ReportScope;
}

/** Figures of a post some hours after it went out, for its thread. This process's to tell until `until`. */
export interface FiguresNews {
  post: Post;
  /** Whose post it is. */
  author: Actor;
  /** After how many hours it is told. */
  hours: number;
  /** Of each of its deliveries that are out and were looked at by then. */
  results: readonly FiguresResult[];
  until: Temporal.Instant;
}

export interface FiguresResult {
  platform: string;
  handle: string;
  url: string | null;
  /** The newest that anything was told of; its network may have the post no more. */
  figures: PostFigures;
  seenAt: Temporal.Instant;
}

export interface FiguresNewsRequest {
  chats: readonly ChatName[];
  /** Ages at which a post's figures are told. */
  hours: readonly number[];
  now: Temporal.Instant;
  leaseUntil: Temporal.Instant;
  limit: number;
}

export interface FiguresStore {
  /**
   * Of connected accounts on these networks that are not waiting after a failure, the newest posts first. A post is due once for each
   * of the hours after it went out that are over.
   */
  due: (request: {
    platforms: readonly string[];
    afterHours: readonly number[];
    now: Temporal.Instant;
    limit: number;
    /** Of one account. */
    perAccount: number;
  }) => Promise<DueLook[]>;
  /**
   * Connected accounts on these networks that were not looked at themselves since then and are not waiting after a failure, the longest
   * ago first.
   */
  dueAccounts: (request: {
    platforms: readonly string[];
    lookedBefore: Temporal.Instant;
    now: Temporal.Instant;
    limit: number;
  }) => Promise<Account[]>;
  /** Of a workspace, each connected account on these networks with all its posts that went out since then; also those without any. */
  recent: (workspaceId: string, request: { platforms: readonly string[]; since: Temporal.Instant }) => Promise<DueLook[]>;
  /** One snapshot per delivery; earlier ones stay. */
  save: (accountId: string, seen: ReadonlyMap<string, PostFigures>, at: Temporal.Instant) => Promise<void>;
  /** One snapshot of the account itself, and none where nothing is told: that it was looked at is known either way. Earlier ones stay. */
  saveAccount: (accountId: string, figures: AccountFigures, at: Temporal.Instant) => Promise<void>;
  /** Writes how the last look at an account itself, or at its posts, ended. */
  looked: (accountId: string, at: Temporal.Instant, failure: LookFailure | null) => Promise<void>;
  /** Of a workspace's accounts that were ever looked at, or tried to. */
  looks: (workspaceId: string) => Promise<AccountLook[]>;
  /**
   * Thins what is old: of an account, and of each post, one snapshot a day stays of what is older than `dailyBefore`, one a month of
   * what is older than `monthlyBefore`; the newest of each. Until then a post's first two days keep one an hour, and nothing that was
   * told goes for a later look at which nothing was. Returns how many are gone.
   */
  thin: (before: { dailyBefore: Temporal.Instant; monthlyBefore: Temporal.Instant }, limit: number) => Promise<number>;
  /** Snapshots of an export that come behind `after`, by post, network and time; null for the first page. */
  exportPage: (
    workspaceId: string,
    filter: SnapshotFilter,
    after: ExportedSnapshot | null,
    limit: number,
  ) => Promise<ExportedSnapshot[]>;
  /** Posts whose figures are to be told by now, whose card is in a chat, and that nobody else tells; each post and age once. */
  claimNews: (request: FiguresNewsRequest) => Promise<FiguresNews[]>;
  markTold: (news: Pick<FiguresNews, 'post' | 'hours'>, now: Temporal.Instant) => Promise<void>;
}
