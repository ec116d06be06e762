// What the emulated PDS remembers: accounts, refresh tokens, blobs and records, as events in a journal.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type Blobs, openBlobs } from '../blobs.ts';
import { type Journal, openJournal } from '../journal.ts';
import type { NetworkContext } from '../network.ts';

const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('secret'), secret: z.string() }),
  z.object({
    type: z.literal('account'),
    did: z.string(),
    handle: z.string(),
    displayName: z.string(),
    password: z.string(),
    createdAt: z.string(),
  }),
  z.object({
    type: z.literal('refresh-token'),
    id: z.string(),
    did: z.string(),
    expiresAt: z.string(),
    nextId: z.string().nullable(),
  }),
  z.object({ type: z.literal('refresh-token-revoked'), id: z.string() }),
  z.object({
    type: z.literal('blob'),
    did: z.string(),
    cid: z.string(),
    mimeType: z.string(),
    size: z.number(),
  }),
  z.object({
    type: z.literal('record'),
    did: z.string(),
    collection: z.string(),
    rkey: z.string(),
    cid: z.string(),
    value: z.record(z.string(), z.unknown()),
    indexedAt: z.string(),
  }),
  z.object({ type: z.literal('record-deleted'), uri: z.string() }),
]);
type Event = z.infer<typeof Event>;
type Kind<T extends Event['type']> = Omit<Extract<Event, { type: T }>, 'type'>;

export type BlueskyAccount = Kind<'account'>;
export type RefreshToken = Kind<'refresh-token'>;
type StoredBlob = Kind<'blob'>;
export type StoredRecord = Kind<'record'> & { uri: string };

export const recordUri = (did: string, collection: string, rkey: string): string => `at://${did}/${collection}/${rkey}`;

export interface BlueskyState {
  commit: Journal<Event>['commit'];
  close: () => void;
  clock: Clock;
  /** Signs the tokens. */
  secret: () => string;
  /** By handle (any case) or DID. */
  findAccount: (handleOrDid: string) => BlueskyAccount | undefined;
  refreshTokens: ReadonlyMap<string, RefreshToken>;
  findBlob: (did: string, cid: string) => StoredBlob | undefined;
  blobs: Blobs;
  /** By at:// URI, in the order they were made. */
  records: ReadonlyMap<string, StoredRecord>;
}

/** @throws CrierError `invalid-input` where the journal is damaged. */
export function openState({ stateDir, log, clock }: NetworkContext): BlueskyState {
  let secret = '';
  const accounts = new Map<string, BlueskyAccount>();
  const refreshTokens = new Map<string, RefreshToken>();
  const storedBlobs = new Map<string, StoredBlob>();
  const records = new Map<string, StoredRecord>();

  const apply = (event: Event): void => {
    if (event.type === 'secret') secret = event.secret;
    else if (event.type === 'account') accounts.set(event.did, event);
    else if (event.type === 'refresh-token') refreshTokens.set(event.id, event);
    else if (event.type === 'refresh-token-revoked') refreshTokens.delete(event.id);
    else if (event.type === 'blob') storedBlobs.set(`${event.did} ${event.cid}`, event);
    else if (event.type === 'record-deleted') records.delete(event.uri);
    else {
      const uri = recordUri(event.did, event.collection, event.rkey);
      records.set(uri, { ...event, uri });
    }
  };
  const file = stateDir === null ? null : join(stateDir, 'journal.jsonl');
  const { commit, close } = openJournal({ file, schema: Event, apply, log });
  if (secret === '') commit({ type: 'secret', secret: randomBytes(32).toString('hex') });

  return {
    commit,
    close,
    clock,
    secret: () => secret,
    findAccount: (name) => accounts.get(name) ?? [...accounts.values()].find(({ handle }) => handle === name.toLowerCase()),
    refreshTokens,
    findBlob: (did, cid) => storedBlobs.get(`${did} ${cid}`),
    blobs: openBlobs(stateDir === null ? null : join(stateDir, 'blobs')),
    records,
  };
}
