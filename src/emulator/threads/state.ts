// What the emulated Threads remembers: accounts, containers and posts, in journaled tables, and their ids in Meta's form.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type Grants, openGrants } from '../grants.ts';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';
import { timestamp } from '../timestamp.ts';

const Account = z.object({ id: z.string(), username: z.string() });
export type ThreadsAccount = z.infer<typeof Account>;

const StoredFile = z.object({ name: z.string(), mimeType: z.string(), size: z.number(), alt: z.string() });
export type StoredFile = z.infer<typeof StoredFile>;

/** What a container and the post that is made of it have in common. */
const Content = z.object({
  id: z.string(),
  accountId: z.string(),
  shape: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL']),
  text: z.string(),
  files: z.array(StoredFile),
  /** Id of the post it answers. */
  replyTo: z.string().nullable(),
  /** Who can reply, as `reply_control` says it. */
  audience: z.string(),
  topic: z.string().nullable(),
  link: z.string().nullable(),
});

const Container = Content.extend({
  isItem: z.boolean(),
  /** Name of what is wrong with the file; null where nothing is. */
  failure: z.string().nullable(),
  /** How often its status was asked for: it is processed meanwhile. */
  looks: z.number(),
  madeAt: z.string(),
  /** The post that was made of it. */
  postId: z.string().nullable(),
});
export type Container = z.infer<typeof Container>;

/** `code` is in the address of its page. */
const Post = Content.extend({ code: z.string(), createdAt: z.string() });
export type ThreadsPost = z.infer<typeof Post>;

export interface ThreadsState extends Pick<Tables, 'blobs' | 'close'> {
  clock: Clock;
  grants: Grants;
  accounts: Table<ThreadsAccount>;
  containers: Table<Container>;
  posts: Table<ThreadsPost>;
  /** 17 digits, growing even where the clock stands still. */
  nextId: () => string;
}

/** An hour for the token of a code: https://developers.facebook.com/docs/threads/get-started/long-lived-tokens (checked 2026-11-22). */
const SHORT_SECONDS = 3600;

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openState(context: NetworkContext): ThreadsState {
  const { clock } = context;
  const tables = openTables(context);
  const accounts = tables.table('accounts', Account);
  const containers = tables.table('containers', Container);
  const posts = tables.table('posts', Post);
  let last = [...containers.all(), ...posts.all()]
    .map(({ id }) => BigInt(id))
    .reduce((highest, id) => (id > highest ? id : highest), 0n);
  return {
    clock,
    grants: openGrants(tables, clock, { access: SHORT_SECONDS, refresh: null, rotates: false }),
    accounts,
    containers,
    posts,
    blobs: tables.blobs,
    close: tables.close,
    nextId: () => {
      const fresh = BigInt(`18${clock.now().epochMilliseconds}00`);
      last = fresh > last ? fresh : last + 1n;
      return String(last);
    },
  };
}

/** The same id for the same name, like 24876543210987654. */
export function addAccount({ accounts }: ThreadsState, username: string): ThreadsAccount {
  const number = createHash('sha256').update(username).digest().readUInt32BE(0);
  const account = { id: `248765${String(number).padStart(11, '0')}`, username };
  if (!accounts.get(account.id)) accounts.put(account);
  return account;
}

/** The container becomes public, at the address that Threads would give it. */
export function publishContainer(state: ThreadsState, container: Container): ThreadsPost {
  const id = state.nextId();
  const code = createHash('sha256').update(id).digest('base64url').slice(0, 11);
  const { accountId, shape, text, files, replyTo, audience, topic, link } = container;
  const content = { accountId, shape, text, files, replyTo, audience, topic, link };
  const post = { ...content, id, code, createdAt: timestamp(state.clock) };
  state.posts.put(post);
  state.containers.put({ ...container, postId: id });
  return post;
}

export const pathOf = ({ accounts }: ThreadsState, { accountId, code }: ThreadsPost): string =>
  `/@${accounts.get(accountId)?.username ?? ''}/post/${code}`;

/** Whether that is less than a day ago, for containers and the quota. */
export const isWithinDay = ({ clock }: ThreadsState, at: string): boolean =>
  clock.now().since(Temporal.Instant.from(at)).total('hours') < 24;
