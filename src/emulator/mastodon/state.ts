// What the emulated instance remembers: accounts, media and statuses, as events in a journal.
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type Blobs, openBlobs } from '../blobs.ts';
import { type Journal, openJournal } from '../journal.ts';
import type { NetworkContext } from '../network.ts';

export const VISIBILITIES = ['public', 'unlisted', 'private', 'direct'] as const;

const Event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('account'),
    id: z.string(),
    username: z.string(),
    displayName: z.string(),
    token: z.string(),
    createdAt: z.string(),
  }),
  z.object({
    type: z.literal('media'),
    id: z.string(),
    accountId: z.string(),
    mimeType: z.string(),
    size: z.number(),
    width: z.number(),
    height: z.number(),
    /** Journals of earlier versions have images alone. */
    durationMs: z.number().nullable().default(null),
    description: z.string().nullable(),
  }),
  z.object({ type: z.literal('media-described'), id: z.string(), description: z.string().nullable() }),
  z.object({
    type: z.literal('status'),
    id: z.string(),
    accountId: z.string(),
    text: z.string(),
    spoilerText: z.string(),
    visibility: z.enum(VISIBILITIES),
    sensitive: z.boolean(),
    language: z.string().nullable(),
    inReplyToId: z.string().nullable(),
    mediaIds: z.array(z.string()),
    idempotencyKey: z.string().nullable(),
    createdAt: z.string(),
  }),
  z.object({ type: z.literal('status-deleted'), id: z.string() }),
  z.object({
    type: z.literal('app'),
    clientId: z.string(),
    clientSecret: z.string(),
    name: z.string(),
    redirectUris: z.array(z.string()),
    scopes: z.array(z.string()),
  }),
  z.object({
    type: z.literal('token'),
    token: z.string(),
    clientId: z.string(),
    accountId: z.string(),
    scopes: z.array(z.string()),
  }),
  z.object({ type: z.literal('token-revoked'), token: z.string() }),
]);
type Event = z.infer<typeof Event>;
type Kind<T extends Event['type']> = Omit<Extract<Event, { type: T }>, 'type'>;

export type MastodonAccount = Kind<'account'>;
export type StoredStatus = Kind<'status'>;
export type MastodonApp = Kind<'app'>;
export type GrantedToken = Kind<'token'>;
export type StoredMedia = Kind<'media'> & {
  /** `uploaded`, then `processing` once a client has asked, then `ready`; media of an earlier run are ready. */
  progress: 'uploaded' | 'processing' | 'ready';
  /** The status it is attached to. */
  statusId: string | null;
};

export interface MastodonState {
  commit: Journal<Event>['commit'];
  close: () => void;
  clock: Clock;
  /** By id, in the order they were made. */
  accounts: ReadonlyMap<string, MastodonAccount>;
  media: ReadonlyMap<string, StoredMedia>;
  statuses: ReadonlyMap<string, StoredStatus>;
  /** By client id. */
  apps: ReadonlyMap<string, MastodonApp>;
  /** What people allowed apps, by the token; none that was revoked. */
  tokens: ReadonlyMap<string, GrantedToken>;
  /** The status an account made with a key within the last hour, deleted or not. */
  findRepeat: (accountId: string, idempotencyKey: string, now: Temporal.Instant) => string | null;
  blobs: Blobs;
}

/** `redis.setex("idempotency:status:...", 3_600, ...)` in app/services/post_status_service.rb of mastodon (checked 2026-11-22). */
const IDEMPOTENCY_MINUTES = 60;

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openState({ stateDir, log, clock }: NetworkContext): MastodonState {
  const accounts = new Map<string, MastodonAccount>();
  const media = new Map<string, StoredMedia>();
  const statuses = new Map<string, StoredStatus>();
  const apps = new Map<string, MastodonApp>();
  const tokens = new Map<string, GrantedToken>();
  const keys = new Map<string, { id: string; usedAt: string }>();
  let restoring = true;

  const applyStatus = (status: StoredStatus): void => {
    statuses.set(status.id, status);
    for (const id of status.mediaIds) changeMedia(media, id, { statusId: status.id });
    if (status.idempotencyKey !== null) {
      keys.set(`${status.accountId} ${status.idempotencyKey}`, { id: status.id, usedAt: status.createdAt });
    }
  };
  const apply = (event: Event): void => {
    if (event.type === 'account') accounts.set(event.id, event);
    else if (event.type === 'media')
      media.set(event.id, { ...event, progress: restoring ? 'ready' : 'uploaded', statusId: null });
    else if (event.type === 'media-described') changeMedia(media, event.id, { description: event.description });
    else if (event.type === 'status') applyStatus(event);
    else if (event.type === 'status-deleted') statuses.delete(event.id);
    else if (event.type === 'app') apps.set(event.clientId, event);
    else if (event.type === 'token') tokens.set(event.token, event);
    else tokens.delete(event.token);
  };
  const file = stateDir === null ? null : join(stateDir, 'journal.jsonl');
  const { commit, close } = openJournal({ file, schema: Event, apply, log });
  restoring = false;

  return {
    commit,
    close,
    clock,
    accounts,
    media,
    statuses,
    apps,
    tokens,
    findRepeat: (accountId, idempotencyKey, now) => {
      const used = keys.get(`${accountId} ${idempotencyKey}`);
      if (!used) return null;
      const until = Temporal.Instant.from(used.usedAt).add({ minutes: IDEMPOTENCY_MINUTES });
      return Temporal.Instant.compare(now, until) < 0 ? used.id : null;
    },
    blobs: openBlobs(stateDir === null ? null : join(stateDir, 'media')),
  };
}

function changeMedia(media: Map<string, StoredMedia>, id: string, change: Partial<StoredMedia>): void {
  const before = media.get(id);
  if (before) media.set(id, { ...before, ...change });
}

/** Ids like Mastodon's: milliseconds and a counter, growing even where the clock stands still. */
export function idSource(now: () => Temporal.Instant, taken: Iterable<string>): () => string {
  let last = 0n;
  for (const id of taken) if (BigInt(id) > last) last = BigInt(id);
  return () => {
    const fresh = BigInt(now().epochMilliseconds) << 16n;
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}
