// What the use cases need of a database to keep figures of posts: which are to be looked at, and what was seen. Implemented in src/db.
import type { Account } from './account.ts';
import type { PostFigures } from './figures.ts';
import type { Published } from './platform.ts';

/** After a post went out it is looked at once each of these is over: hours. */
export const LOOK_AFTER_HOURS = [1, 6, 24, 3 * 24, 7 * 24, 30 * 24] as const;

export interface DuePost extends Published {
  deliveryId: string;
}

/** Posts of one account that are to be looked at now. */
export interface DueLook {
  account: Account;
  posts: readonly DuePost[];
}

export interface SeenPost {
  publishedAt: Temporal.Instant;
  figures: PostFigures;
}

export interface FiguresStore {
  /** Of connected accounts on these networks, the newest posts first. */
  due: (request: { platforms: readonly string[]; now: Temporal.Instant; limit: number }) => Promise<DueLook[]>;
  /** One snapshot per delivery; earlier ones stay. */
  save: (accountId: string, seen: ReadonlyMap<string, PostFigures>, at: Temporal.Instant) => Promise<void>;
  /** The newest figures of each post of the account that went out in a time and was looked at a day or more after that. */
  seen: (accountId: string, between: { from: Temporal.Instant; until: Temporal.Instant }) => Promise<SeenPost[]>;
}
