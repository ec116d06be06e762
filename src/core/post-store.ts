// What the use cases need of a database for posts. Implemented in src/db.
import type { Account } from './account.ts';
import type { HoldReason } from './delivery.ts';
import type { ExportedDelivery, ExportFilter } from './export.ts';
import type { Post, PostDetails } from './post.ts';
import type { SlotWindow, Taken } from './slots.ts';
import type { Actor } from './workspace.ts';

export interface NewDelivery {
  account: Account;
  state: 'scheduled' | 'held';
  holdReason: HoldReason | null;
  dueAt: Temporal.Instant | null;
}

export interface NewPost extends Pick<Post, 'text' | 'variants' | 'mediaIds' | 'hashtags' | 'campaign' | 'slot' | 'origin'> {
  /** Left out: nothing beside its text. */
  beside?: Post['beside'];
  deliveries: NewDelivery[];
}

export type PostFilter =
  | { kind: 'upcoming'; authorId?: string }
  /** Posts (of this author) that cannot go on without a person: failed, unconfirmed, or held (drafts and paused series are not). */
  | { kind: 'waiting'; authorId?: string }
  | { kind: 'between'; from: Temporal.Instant; until: Temporal.Instant }
  | { kind: 'failed' }
  | { kind: 'drafts' }
  | { kind: 'campaign'; name: string }
  | { kind: 'recent' };

export interface Page<T> {
  items: T[];
  total: number;
}

export interface Posts {
  create: (actor: Actor, post: NewPost) => Promise<PostDetails>;
  /**
   * Writes the post that `make` gives by what the workspace's accounts have in `window`. Until it is written, nobody else is told what
   * is taken there, so two who look for a slot at once never get the same one. Nothing is written where `make` throws.
   */
  createInSlot: (actor: Actor, window: SlotWindow, make: (taken: readonly Taken[]) => NewPost) => Promise<PostDetails>;
  /** What the workspace's accounts have in a time, but for one post; the dates that series will come to as well. */
  taken: (workspaceId: string, window: SlotWindow, exceptNumber: number | null) => Promise<Taken[]>;
  /** Null where this workspace has no such post. */
  find: (workspaceId: string, number: number) => Promise<PostDetails | null>;
  list: (workspaceId: string, filter: PostFilter, page: { offset: number; limit: number }) => Promise<Page<PostDetails>>;
  campaigns: (workspaceId: string) => Promise<string[]>;
  /** Deliveries of an export that come behind `after`, the last of the page before; null for the first page. */
  exportPage: (
    workspaceId: string,
    filter: ExportFilter,
    after: ExportedDelivery | null,
    limit: number,
  ) => Promise<ExportedDelivery[]>;
  /**
   * Locks the post and its deliveries against claims, hands them to `change`, and writes what it changed in them with an audit event
   * of this verb, all in one transaction. Null where there is no such post; nothing is written where `change` throws.
   * With a `window`, `change` is told what other posts have in it, as for `createInSlot`.
   */
  change: (
    actor: Actor,
    number: number,
    verb: string,
    change: (post: PostDetails, taken: readonly Taken[]) => void,
    window?: SlotWindow,
  ) => Promise<PostDetails | null>;
  /** Where the thread of a post is, once its card was sent: for a series, of the occurrences to come too. */
  setOrigin: (postId: string, place: { channel: string; message: string }) => Promise<void>;
}
