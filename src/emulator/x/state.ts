// What the emulated X remembers: accounts, posts and files in tables; uploads that are under way, requests counted and where a file's
// processing stands in memory alone.
import { z } from 'zod';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';

const Account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  /** `None`, or what it pays for: `Premium`. */
  subscription: z.string(),
  createdAt: z.string(),
});
export type XAccount = z.infer<typeof Account>;

const Post = z.object({
  id: z.string(),
  accountId: z.string(),
  /** As it was sent. */
  text: z.string(),
  mediaIds: z.array(z.string()),
  inReplyToId: z.string().nullable(),
  conversationId: z.string(),
  createdAt: z.string(),
});
export type XPost = z.infer<typeof Post>;

export const Category = z.enum(['tweet_image', 'tweet_gif', 'tweet_video']);

/** A file whose chunks are all there. */
const File = z.object({
  id: z.string(),
  accountId: z.string(),
  category: Category,
  mimeType: z.string(),
  size: z.int(),
  width: z.int(),
  height: z.int(),
  durationMs: z.int().nullable(),
  altText: z.string().nullable(),
  expiresAt: z.string(),
});
export type XFile = z.infer<typeof File>;

/** A file of which chunks are still awaited. */
export interface Upload {
  accountId: string;
  category: z.infer<typeof Category>;
  mimeType: string;
  totalBytes: number;
  chunks: Map<number, Uint8Array<ArrayBuffer>>;
  until: Temporal.Instant;
}

export interface XState {
  tables: Tables;
  accounts: Table<XAccount>;
  posts: Table<XPost>;
  files: Table<XFile>;
  uploads: Map<string, Upload>;
  /** Questions that are still answered with "not yet", by file; what could not be processed is null. Files of an earlier run are ready. */
  processing: Map<string, number | null>;
  nextId: () => string;
}

/** @throws CrierError `invalid-input` where the journal is damaged */
export function openState(context: NetworkContext): XState {
  const tables = openTables(context);
  const accounts = tables.table('accounts', Account);
  const posts = tables.table('posts', Post);
  const files = tables.table('files', File);
  const taken = [...accounts.all(), ...posts.all(), ...files.all()].map(({ id }) => id);
  return {
    tables,
    accounts,
    posts,
    files,
    uploads: new Map(),
    processing: new Map(),
    nextId: snowflakes(() => context.clock.now(), taken),
  };
}

/** Milliseconds since this epoch, and a number that grows within one: https://docs.x.com/fundamentals/x-ids (the epoch itself is unverified). */
const EPOCH_MS = 1_288_834_974_657;

/** Growing even where the clock stands still. */
function snowflakes(now: () => Temporal.Instant, taken: readonly string[]): () => string {
  let last = taken.reduce((most, id) => (BigInt(id) > most ? BigInt(id) : most), 0n);
  return () => {
    const fresh = BigInt(now().epochMilliseconds - EPOCH_MS) << 22n;
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}
