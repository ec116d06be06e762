// com.atproto.repo and com.atproto.sync.getBlob: what an account stores, and reading it back.
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { contentId, tidSource } from './ids.ts';
import { checkRecord } from './records.ts';
import { type BlueskyAccount, type BlueskyState, recordUri, type StoredRecord } from './state.ts';
import type { Sessions } from './tokens.ts';
import { authRequired, invalidRequest, readInput, readParams, XrpcError } from './xrpc.ts';

/** PDS_BLOB_UPLOAD_LIMIT as the reference PDS ships it: sample.env of bluesky-social/pds (checked 2026-11-22). */
const BLOB_MAX_BYTES = 104_857_600;

const Write = z.object({
  repo: z.string(),
  collection: z.string(),
  rkey: z.string().optional(),
  record: z.record(z.string(), z.unknown()),
  swapRecord: z.string().nullish(),
});
const Address = z.object({ repo: z.string(), collection: z.string(), rkey: z.string() });
const List = z.object({
  repo: z.string(),
  collection: z.string(),
  limit: z.number().default(50),
  cursor: z.string().optional(),
  reverse: z.boolean().default(false),
});
const BlobAddress = z.object({ did: z.string(), cid: z.string() });

export function mountRepoRoutes(app: EmulatorApp, state: BlueskyState, sessions: Sessions, clock: Clock): void {
  const nextTid = tidSource(clock.now);

  const ownRepo = (repo: string, sender: BlueskyAccount): string => {
    const owner = state.findAccount(repo);
    if (!owner) throw invalidRequest(`Could not find repo: ${repo}`);
    if (owner.did !== sender.did) throw authRequired();
    return owner.did;
  };

  const store = (did: string, { collection, rkey = nextTid(), record }: z.infer<typeof Write>) => {
    const value = { $type: collection, ...record };
    checkRecord(state, did, collection, rkey, value);
    const uri = recordUri(did, collection, rkey);
    return {
      uri,
      existing: state.records.get(uri),
      commit: () => {
        const cid = contentId('record', JSON.stringify(value));
        state.commit({ type: 'record', did, collection, rkey, cid, value, indexedAt: timestamp(clock) });
        return { uri, cid, commit: { cid: contentId('record', uri), rev: nextTid() }, validationStatus: 'valid' };
      },
    };
  };

  app.post('/xrpc/com.atproto.repo.createRecord', async (c) => {
    const sender = await sessions.authorize(c);
    const input = await readInput(c, 'com.atproto.repo.createRecord', Write);
    const write = store(ownRepo(input.repo, sender), input);
    // The reference PDS answers a taken rkey with a bare 500: https://github.com/bluesky-social/atproto/issues/3718, still open
    // when checked on 2026-11-22, as is the pull request that would name the error (#4728).
    if (write.existing) throw new XrpcError(500, 'InternalServerError', 'Internal Server Error');
    return c.json(write.commit());
  });

  app.post('/xrpc/com.atproto.repo.putRecord', async (c) => {
    const sender = await sessions.authorize(c);
    const input = await readInput(c, 'com.atproto.repo.putRecord', Write);
    const { existing, commit } = store(ownRepo(input.repo, sender), input);
    if (input.swapRecord !== undefined && input.swapRecord !== (existing?.cid ?? null)) {
      throw invalidRequest(`Record was at ${existing?.cid ?? 'null'}`, 'InvalidSwap');
    }
    return c.json(commit());
  });

  app.post('/xrpc/com.atproto.repo.deleteRecord', async (c) => {
    const sender = await sessions.authorize(c);
    const { repo, collection, rkey } = await readInput(c, 'com.atproto.repo.deleteRecord', Address);
    const uri = recordUri(ownRepo(repo, sender), collection, rkey);
    if (state.records.has(uri)) state.commit({ type: 'record-deleted', uri });
    return c.json({ commit: { cid: contentId('record', uri), rev: nextTid() } });
  });

  app.get('/xrpc/com.atproto.repo.getRecord', (c) => {
    const { repo, collection, rkey } = readParams(c, 'com.atproto.repo.getRecord', Address);
    const owner = state.findAccount(repo);
    const uri = recordUri(owner?.did ?? repo, collection, rkey);
    const record = state.records.get(uri);
    if (!record) throw invalidRequest(`Could not locate record: ${uri}`, 'RecordNotFound');
    return c.json(entry(record));
  });

  app.get('/xrpc/com.atproto.repo.listRecords', (c) => {
    const { repo, collection, limit, cursor, reverse } = readParams(c, 'com.atproto.repo.listRecords', List);
    const owner = state.findAccount(repo);
    if (!owner) throw invalidRequest(`Could not find repo: ${repo}`);
    const direction = reverse ? 1 : -1;
    const order = (a: string, b: string): number => direction * (a < b ? -1 : a > b ? 1 : 0);
    const page = [...state.records.values()]
      .filter((record) => record.did === owner.did && record.collection === collection)
      .filter(({ rkey }) => cursor === undefined || order(rkey, cursor) > 0)
      .sort((a, b) => order(a.rkey, b.rkey))
      .slice(0, limit);
    const last = page.at(-1);
    return c.json({ records: page.map(entry), ...(last ? { cursor: last.rkey } : {}) });
  });

  mountBlobRoutes(app, state, sessions);
}

function mountBlobRoutes(app: EmulatorApp, state: BlueskyState, sessions: Sessions): void {
  app.post('/xrpc/com.atproto.repo.uploadBlob', async (c) => {
    const { did } = await sessions.authorize(c);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length > BLOB_MAX_BYTES) throw new XrpcError(413, 'PayloadTooLarge', 'request entity too large');
    const cid = contentId('blob', bytes);
    const facts = await readMediaFacts(bytes);
    const mimeType = facts?.mimeType ?? c.req.header('content-type') ?? 'application/octet-stream';
    if (!state.findBlob(did, cid)) {
      state.blobs.put(cid, bytes);
      state.commit({ type: 'blob', did, cid, mimeType, size: bytes.length });
    }
    return c.json({ blob: { $type: 'blob', ref: { $link: cid }, mimeType, size: bytes.length } });
  });

  app.get('/xrpc/com.atproto.sync.getBlob', (c) => {
    const { did, cid } = readParams(c, 'com.atproto.sync.getBlob', BlobAddress);
    const blob = state.findBlob(did, cid);
    const bytes = blob && state.blobs.get(blob.cid);
    if (!bytes) throw invalidRequest('Blob not found', 'BlobNotFound');
    return c.body(bytes, 200, {
      'content-type': blob.mimeType,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });
}

const entry = ({ uri, cid, value }: StoredRecord) => ({ uri, cid, value });
