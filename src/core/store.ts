// What the use cases need of a database: who is here, what is to go out, and the queue of what is due. Implemented in src/db.
import type { Account, Credentials } from './account.ts';
import type { Accounts, Logins } from './account-store.ts';
import type { AttemptOutcome, Delivery, DeliveryState, Handles, HoldReason } from './delivery.ts';
import type { DigestStore } from './digest.ts';
import type { ErrorKind } from './errors.ts';
import type { FiguresStore } from './figures-store.ts';
import type { MediaLibrary } from './media.ts';
import type { Notices } from './notices.ts';
import type { OAuthLinks } from './oauth.ts';
import type { JobRuns, Processes, QueueDepth } from './operations.ts';
import type { Published } from './platform.ts';
import type { DeliveryDetails, Post } from './post.ts';
import type { Posts } from './post-store.ts';
import type { ReportStore } from './report-store.ts';
import type { SeriesStore } from './series-store.ts';
import type { WeekSlots } from './slots.ts';
import type { Actor, ChatName, DateOrder, Member, Role, Theme, Workspace } from './workspace.ts';

/** A change of a delivery that its thread is to be told. */
export interface News {
  delivery: DeliveryDetails;
  post: Post;
  /** Whose post it is: times are told in their zone. */
  author: Actor;
  /** Identifies this change, so that only it is marked as told. */
  version: number;
}

export interface WorkspacePatch {
  timeZone?: string;
  defaultTime?: string;
  dateOrder?: DateOrder;
  country?: string | null;
  language?: string | null;
  dailyCaps?: Record<string, number>;
  slots?: Record<string, WeekSlots>;
  roleRules?: Record<string, Role>;
  pictures?: Theme;
}

export interface Entrance {
  chat: ChatName;
  teamId: string;
  teamName: string;
  userId: string;
  userName: string;
  /**
   * What the chat itself makes them (an admin of the team is an admin); null leaves it to the workspace's rules. `unknown` where the
   * chat could not say who this is: a known member stays as they are, and somebody new looks on.
   */
  role: Role | null | 'unknown';
  /** The chat's own roles they have, by its ids: what `&` rules name. */
  groups?: readonly string[];
  /** The zone of a workspace seen for the first time. */
  timeZone: string;
  /** From the person's profile in the chat, as it is now. */
  profile?: { timeZone: string | null; locale: string | null };
}

export interface Workspaces {
  /** The workspace and member behind a chat's ids, made where they are new. */
  enter: (entrance: Entrance) => Promise<Actor>;
  change: (actor: Actor, patch: WorkspacePatch) => Promise<Workspace>;
  setTimeZone: (actor: Actor, timeZone: string | null) => Promise<Member>;
  /**
   * Crier was removed from a team, or is there (again). While it is removed nothing of the workspace goes out and no news of it is
   * told; nothing is lost. A team that was never seen is no error.
   */
  setPresent: (chat: ChatName, teamId: string, isPresent: boolean) => Promise<void>;
  /** Whether Crier is in each team of a chat, as far as is known, by the chat's own ids of them. */
  presence: (chat: ChatName) => Promise<ReadonlyMap<string, boolean>>;
  /** The teams in which this person has spoken to Crier, where it still is, by name. For words that name no team themselves. */
  teamsOf: (chat: ChatName, userId: string) => Promise<Pick<Workspace, 'teamId' | 'name'>[]>;
}

/** What a chat's installation in a team gave (a bot token): opaque here, sealed at rest. */
export interface Installations {
  save: (chat: ChatName, teamId: string, installation: unknown) => Promise<void>;
  /** Null where there is none. */
  find: (chat: ChatName, teamId: string) => Promise<unknown>;
  remove: (chat: ChatName, teamId: string) => Promise<void>;
}

/** A delivery taken by this process, with all that publishing needs. Only the holder of `leaseToken` may write its outcome. */
export interface Claim {
  delivery: Delivery;
  account: Account;
  post: Pick<Post, 'id' | 'number' | 'text' | 'variants' | 'beside' | 'mediaIds' | 'slot' | 'seriesId'>;
  /** A person has moved it or had it tried again: when it is due is their word and not the rule's of a series. */
  dueByPerson: boolean;
  attemptId: string;
  leaseToken: string;
  /** Set where an earlier try was found `sending` without an outcome: when it began. It may have been applied. */
  interruptedSince: Temporal.Instant | null;
  /** How many earlier tries of this round ended because the process that held them stopped. */
  interruptions: number;
  handles: Handles;
}

export interface ClaimRequest {
  now: Temporal.Instant;
  leaseUntil: Temporal.Instant;
  /** How many at most, in all and per account. */
  limit: number;
  perAccount: number;
  /** Accounts that have enough under way here. */
  busyAccountIds: readonly string[];
}

export interface Settlement {
  outcome: AttemptOutcome;
  state: Exclude<DeliveryState, 'publishing'>;
  /** Of a thread its first post, which may be out while the rest is not. */
  published: Published | null;
  holdReason: HoldReason | null;
  /** When it is to be claimed next, for `scheduled` and `retrying`. */
  dueAt: Temporal.Instant | null;
  /** Whether this try counts against the retries. */
  countsAsTry: boolean;
  errorKind: ErrorKind | null;
  errorMessage: string | null;
  /** False where nobody needs to hear of it (handed back while draining). */
  tell: boolean;
}

/** What a workspace has to say on whether a delivery goes out. */
export interface Standing {
  /** The team's name, where Crier was removed from it; null while it is there. */
  removedFrom: string | null;
  /** For the account's platform, with the zone its days are counted in; null where there is none. */
  cap: { perDay: number; timeZone: string } | null;
}

export interface NewsRequest {
  chats: readonly ChatName[];
  now: Temporal.Instant;
  /** Until when nobody else is given what is taken now; what is not marked as told comes back then. */
  leaseUntil: Temporal.Instant;
  limit: number;
  /** By `channelOf`: what they have to be told waits. */
  busyChannels: readonly string[];
}

/** The queue of deliveries. Claims are `FOR UPDATE SKIP LOCKED`: several processes share the work. */
export interface Queue {
  claimDue: (request: ClaimRequest) => Promise<Claim[]>;
  /** Pushes the leases of running claims; returns the tokens that are still held. */
  extendLeases: (leaseTokens: readonly string[], until: Temporal.Instant) => Promise<Set<string>>;
  /** Writes `sending` if the lease is still held at `now`; false where it is not. */
  markSending: (claim: Claim, now: Temporal.Instant) => Promise<boolean>;
  saveHandles: (claim: Claim, handles: Handles) => Promise<void>;
  /** Writes attempt, delivery and audit event in one transaction; false where the lease was lost and nothing was written. */
  settle: (claim: Claim, settlement: Settlement, now: Temporal.Instant) => Promise<boolean>;
  isRemoteIdTaken: (accountId: string, remoteId: string, exceptDeliveryId: string) => Promise<boolean>;
  /** @param usualCap posts per day where the workspace has said nothing; null: as many as there are */
  standingOf: (account: Account, usualCap: number | null) => Promise<Standing>;
  /** Deliveries of the account that went out, or are going out, since `from`. */
  countPublishedSince: (accountId: string, from: Temporal.Instant, exceptDeliveryId: string) => Promise<number>;
  /**
   * Spaces out what came due while nobody was running: of the deliveries that are later than `lateAfterMs`, the first of each
   * account stays due now and each further one is `gapMs` after it. Occurrences of a series that are too late to be sent
   * (`TOO_LATE_MS`) are left as they are. Returns the new instants.
   */
  spreadOverdue: (now: Temporal.Instant, lateAfterMs: number, gapMs: number) => Promise<Temporal.Instant[]>;
  /** The instants at which something is due until then, each once, the earliest first; at most 1,000. */
  dueUntil: (until: Temporal.Instant) => Promise<Temporal.Instant[]>;
  /** The earliest instant at which something is or becomes due; what is being published counts since its claim. Null: nothing. */
  nextDueAt: () => Promise<Temporal.Instant | null>;
  /** News nobody has told yet, the oldest first. That of a workspace Crier was removed from waits until it is back. */
  claimNews: (request: NewsRequest) => Promise<News[]>;
  markTold: (news: News) => Promise<void>;
  /** Whether news for these chats waits to be told, but for workspaces that Crier was removed from. */
  hasNews: (chats: readonly ChatName[]) => Promise<boolean>;
  /** What is not over yet, by platform and state: of one workspace, or of all for those who watch over Crier. */
  depth: (now: Temporal.Instant, workspaceId?: string) => Promise<QueueDepth[]>;
}

export interface Store {
  workspaces: Workspaces;
  installations: Installations;
  /**
   * True for the first caller with this key, false for every later one: what a chat delivers twice is done once. Keys are
   * remembered until they are forgotten.
   */
  isFirst: (key: string) => Promise<boolean>;
  /** Forgets the keys that `isFirst` was asked before then. Returns how many there were. */
  forgetSeen: (before: Temporal.Instant) => Promise<number>;
  accounts: Accounts;
  logins: Logins;
  notices: Notices;
  links: OAuthLinks;
  posts: Posts;
  series: SeriesStore;
  queue: Queue;
  media: MediaLibrary;
  figures: FiguresStore;
  reports: ReportStore;
  digests: DigestStore;
  jobRuns: JobRuns;
  processes: Processes;
  /** Opens an account's credentials. @throws CrierError `auth-revoked` where it has none. */
  credentials: (accountId: string) => Promise<Credentials>;
}
