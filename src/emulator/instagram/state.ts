// What the emulated Instagram remembers: accounts, containers, posts and comments, in journaled tables, and their ids in Instagram's form.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type Grants, openGrants } from '../grants.ts';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';
import { timestamp } from '../timestamp.ts';

const Account = z.object({ id: z.string(), username: z.string() });
export type IgAccount = z.infer<typeof Account>;

const StoredFile = z.object({ name: z.string(), mimeType: z.string(), size: z.number(), alt: z.string() });
export type StoredFile = z.infer<typeof StoredFile>;

const SHAPES = ['IMAGE', 'VIDEO', 'REELS', 'STORIES', 'CAROUSEL'] as const;

const Container = z.object({
  id: z.string(),
  accountId: z.string(),
  shape: z.enum(SHAPES),
  caption: z.string(),
  isItem: z.boolean(),
  files: z.array(StoredFile),
  /** Subcode of what is wrong with the file; null where nothing is. */
  failure: z.number().nullable(),
  /** How often its status was asked for: it is processed meanwhile. */
  looks: z.number(),
  madeAt: z.string(),
  /** The post that was made of it. */
  mediaId: z.string().nullable(),
});
export type Container = z.infer<typeof Container>;

const Media = z.object({
  id: z.string(),
  accountId: z.string(),
  shape: z.enum(SHAPES),
  caption: z.string(),
  files: z.array(StoredFile),
  /** Of its page. */
  path: z.string(),
  createdAt: z.string(),
});
export type IgMedia = z.infer<typeof Media>;

const Comment = z.object({
  id: z.string(),
  mediaId: z.string(),
  accountId: z.string(),
  text: z.string(),
  createdAt: z.string(),
});

export interface InstagramState extends Pick<Tables, 'blobs' | 'close'> {
  clock: Clock;
  grants: Grants;
  accounts: Table<IgAccount>;
  containers: Table<Container>;
  media: Table<IgMedia>;
  comments: Table<z.infer<typeof Comment>>;
  /** 17 digits, growing even where the clock stands still. */
  nextId: () => string;
}

/** An hour for the token of a code: https://developers.facebook.com/docs/instagram-platform/reference/access_token (checked 2026-11-22). */
const SHORT_SECONDS = 3600;

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openState(context: NetworkContext): InstagramState {
  const { clock } = context;
  const tables = openTables(context);
  const accounts = tables.table('accounts', Account);
  const containers = tables.table('containers', Container);
  const media = tables.table('media', Media);
  const comments = tables.table('comments', Comment);
  let last = [containers, media, comments]
    .flatMap((table) => table.all().map(({ id }) => BigInt(id)))
    .reduce((highest, id) => (id > highest ? id : highest), 0n);
  return {
    clock,
    grants: openGrants(tables, clock, { access: SHORT_SECONDS, refresh: null, rotates: false }),
    accounts,
    containers,
    media,
    comments,
    blobs: tables.blobs,
    close: tables.close,
    nextId: () => {
      const fresh = BigInt(`17${clock.now().epochMilliseconds}00`);
      last = fresh > last ? fresh : last + 1n;
      return String(last);
    },
  };
}

/** The same id for the same name, like 17841400008460056. */
export function addAccount({ accounts }: InstagramState, username: string): IgAccount {
  const number = createHash('sha256').update(username).digest().readUInt32BE(0);
  const account = { id: `178414${String(number).padStart(11, '0')}`, username };
  if (!accounts.get(account.id)) accounts.put(account);
  return account;
}

/** What of a container becomes public, at the address that Instagram would give it. */
export function publishContainer(state: InstagramState, container: Container): IgMedia {
  const id = state.nextId();
  const account = state.accounts.get(container.accountId);
  const code = createHash('sha256').update(id).digest('base64url').slice(0, 11);
  const paths = { STORIES: `/stories/${account?.username}/${id}/`, REELS: `/reel/${code}/` };
  const path = container.shape === 'STORIES' || container.shape === 'REELS' ? paths[container.shape] : `/p/${code}/`;
  const { accountId, shape, caption, files } = container;
  const post = { id, accountId, shape, caption, files, path, createdAt: timestamp(state.clock) };
  state.media.put(post);
  state.containers.put({ ...container, mediaId: id });
  return post;
}

/** Whether that is less than a day ago, for containers, stories and the quota. */
export const isWithinDay = ({ clock }: InstagramState, at: string): boolean =>
  clock.now().since(Temporal.Instant.from(at)).total('hours') < 24;
