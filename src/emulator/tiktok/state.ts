// What the emulated TikTok remembers: accounts, and what was handed over to be posted, in tables; uploads that are under way and requests
// counted in memory alone.
import { z } from 'zod';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';

const Account = z.object({
  /** The open_id. */
  id: z.string(),
  username: z.string(),
  name: z.string(),
  isPrivate: z.boolean(),
  createdAt: z.string(),
});
export type Account = z.infer<typeof Account>;

const StoredFile = z.object({ name: z.string(), mimeType: z.string(), size: z.int() });
export type StoredFile = z.infer<typeof StoredFile>;

/** One publish_id and what became of it. */
const Task = z.object({
  id: z.string(),
  accountId: z.string(),
  kind: z.enum(['video', 'photos']),
  isForInbox: z.boolean(),
  title: z.string(),
  text: z.string(),
  /** '' for the inbox. */
  privacy: z.string(),
  createdAt: z.string(),
  /** Of a video: what was announced. */
  size: z.int(),
  /** Since when it is a post; null until then, and for what failed. */
  postedAt: z.string().nullable(),
  postId: z.string().nullable(),
  failReason: z.string().nullable(),
  files: z.array(StoredFile),
});
export type Task = z.infer<typeof Task>;

/** A video of which chunks are still awaited. */
export interface Upload {
  taskId: string;
  token: string;
  chunkSize: number;
  parts: Uint8Array<ArrayBuffer>[];
  received: number;
  until: Temporal.Instant;
}

export interface TikTokState {
  tables: Tables;
  accounts: Table<Account>;
  tasks: Table<Task>;
  /** By upload_id. */
  uploads: Map<string, Upload>;
  /** How often the status of a task was asked for after TikTok had all of it; what is of an earlier run is long over. */
  looks: Map<string, number>;
  /** Of 19 digits, as TikTok's are. */
  nextId: () => string;
}

const FIRST_ID = 7_575_000_000_000_000_001n;

/** @throws CrierError `invalid-input` where the journal is damaged */
export function openState(context: NetworkContext): TikTokState {
  const tables = openTables(context);
  const tasks = tables.table('tasks', Task);
  let last = tasks.all().reduce((most, { postId }) => (postId && BigInt(postId) > most ? BigInt(postId) : most), FIRST_ID);
  return {
    tables,
    accounts: tables.table('accounts', Account),
    tasks,
    uploads: new Map(),
    looks: new Map(),
    nextId: () => {
      // uneven steps: a reader that rounds such a number is off by some
      last += 1_037n;
      return String(last);
    },
  };
}

/** What is a post by now, or a draft in an inbox, oldest first. */
export const shown = ({ tasks }: TikTokState): (Task & { postedAt: string })[] =>
  tasks.all().flatMap((task) => (task.postedAt === null ? [] : [{ ...task, postedAt: task.postedAt }]));
