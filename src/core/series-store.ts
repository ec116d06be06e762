// What the use cases need of a database for posts that recur. Implemented in src/db.
import type { Post, PostDetails, Series, Slot } from './post.ts';
import type { NewPost } from './post-store.ts';
import type { Recurrence } from './time/recurrence/rule.ts';
import type { Actor } from './workspace.ts';

/**
 * What comes after a series' newest occurrence. `remark`, where there is one, is told in the thread with it: what was missed.
 * `ended`: the rule has run out.
 */
export type NextOccurrence = { kind: 'next'; slot: Slot; remark: string | null } | { kind: 'ended'; remark: string | null };

/** Posts that recur. The series' row is locked first and its posts after it. */
export interface SeriesStore {
  /** A series and its first occurrence, which gives it its text, files, accounts and origin. */
  create: (actor: Actor, rule: Recurrence, first: NewPost & { slot: Slot }) => Promise<PostDetails>;
  /**
   * Locks the series, its newest occurrence and its deliveries, hands them to `change`, and writes what it changed in them with an
   * audit event of this verb, all in one transaction. Nothing is written where `change` throws.
   */
  change: (
    actor: Actor,
    seriesId: string,
    verb: string,
    change: (series: Series, current: PostDetails) => void,
  ) => Promise<PostDetails>;
  /** Active series whose newest occurrence is settled, but for workspaces that Crier was removed from. */
  findWaiting: () => Promise<string[]>;
  /**
   * Makes the next occurrence, or ends the series, by what `plan` says of it. Null where none was made: the series is not active, or
   * its newest occurrence is not settled (any more: another process has made the next).
   */
  makeNext: (
    seriesId: string,
    now: Temporal.Instant,
    plan: (series: Series, newest: Post) => NextOccurrence,
  ) => Promise<PostDetails | null>;
}
