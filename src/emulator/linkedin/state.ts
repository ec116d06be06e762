// What the emulated LinkedIn remembers: members and their organizations, uploaded files, posts and comments.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type Grants, openGrants } from '../grants.ts';
import type { NetworkContext } from '../network.ts';
import { openTables, type Table, type Tables } from '../tables.ts';

/** `id` is a URN. */
const Entity = z.object({
  id: z.string(),
  name: z.string(),
  /** Of an organization; null for a member. */
  adminUrn: z.string().nullable(),
});
export type Entity = z.infer<typeof Entity>;

const Asset = z.object({
  /** A URN. */
  id: z.string(),
  owner: z.string(),
  kind: z.enum(['image', 'video', 'document']),
  status: z.enum(['WAITING_UPLOAD', 'PROCESSING', 'AVAILABLE', 'PROCESSING_FAILED']),
  failure: z.string().nullable(),
  /** Bytes, as they were announced or came. */
  size: z.number(),
  mimeType: z.string(),
  /** Of a video; an image has one without an etag. */
  parts: z.array(z.object({ first: z.number(), last: z.number(), etag: z.string().nullable() })),
  /** ISO 8601: until when something can be uploaded. */
  uploadUntil: z.string(),
});
export type Asset = z.infer<typeof Asset>;

const StoredPost = z.object({
  /** A URN. */
  id: z.string(),
  author: z.string(),
  /** As it came, and as it is shown. */
  commentary: z.string(),
  text: z.string(),
  visibility: z.string(),
  files: z.array(z.object({ id: z.string(), altText: z.string() })),
  article: z.object({ source: z.string(), title: z.string() }).nullable(),
  title: z.string(),
  /** As it came. */
  content: z.unknown(),
  createdAt: z.string(),
});
export type StoredPost = z.infer<typeof StoredPost>;

const StoredComment = z.object({ id: z.string(), post: z.string(), actor: z.string(), text: z.string(), createdAt: z.string() });
type StoredComment = z.infer<typeof StoredComment>;

export interface LinkedInState {
  entities: Table<Entity>;
  assets: Table<Asset>;
  posts: Table<StoredPost>;
  comments: Table<StoredComment>;
  grants: Grants;
  blobs: Tables['blobs'];
  clock: Clock;
  baseUrl: () => string;
  /** Digits as LinkedIn's ids have them, growing even where the clock stands still. */
  nextId: () => string;
  close: () => void;
}

/**
 * Access tokens for 60 days, refresh tokens for a year that a refresh does not prolong:
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens (checked 2026-11-22).
 */
const LIFETIMES = { access: 60 * 86_400, refresh: 365 * 86_400, rotates: false };

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openState(context: NetworkContext): LinkedInState {
  const { clock, baseUrl } = context;
  const tables = openTables(context);
  const posts = tables.table('posts', StoredPost);
  const comments = tables.table('comments', StoredComment);
  const used = [...posts.all(), ...comments.all()].map(({ id }) => BigInt(/\d+$/.exec(id)?.[0] ?? '0'));
  let last = used.reduce((most, id) => (id > most ? id : most), 0n);
  return {
    entities: tables.table('entities', Entity),
    assets: tables.table('assets', Asset),
    posts,
    comments,
    grants: openGrants(tables, clock, LIFETIMES),
    blobs: tables.blobs,
    clock,
    baseUrl,
    nextId: () => {
      const fresh = BigInt(clock.now().epochMilliseconds) << 22n;
      last = fresh > last ? fresh : last + 1n;
      return String(last);
    },
    close: tables.close,
  };
}

const PEOPLE = 'urn:li:person:';
const PAGES = 'urn:li:organization:';

const digest = (name: string): Buffer => createHash('sha256').update(`linkedin ${name}`).digest();

/** The member, made where they are new, with one organization they are the admin of. Returns the member's URN. */
export function addMember({ entities }: LinkedInState, name: string): string {
  const urn = `${PEOPLE}${digest(name).toString('base64url').replace(/[-_]/g, '').slice(0, 10)}`;
  if (entities.get(urn)) return urn;
  const given = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  entities.put({ id: urn, name: `${given} Demo`, adminUrn: null });
  entities.put({ id: `${PAGES}${digest(name).readUInt32BE(4)}`, name: `${given} Works`, adminUrn: urn });
  return urn;
}

export const isPage = (urn: string): boolean => urn.startsWith(PAGES);

/** A URN's last part. */
export const idIn = (urn: string): string => urn.slice(urn.lastIndexOf(':') + 1);
