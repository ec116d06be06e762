// app.bsky: posts and profiles as the app sees them, with counts that grow.
import { z } from 'zod';
import { figuresOf, followersOf } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { imagesOf, POST, readPost, videosOf } from './records.ts';
import type { BlueskyAccount, BlueskyState, StoredRecord } from './state.ts';
import { invalidRequest, readParams } from './xrpc.ts';

const Uris = z.object({ uris: z.array(z.string()) });
const Actor = z.object({ actor: z.string() });

export const blobUrl = (baseUrl: string, did: string, cid: string): string =>
  `${baseUrl}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(did)}&cid=${encodeURIComponent(cid)}`;

export function mountAppRoutes(app: EmulatorApp, state: BlueskyState, baseUrl: () => string): void {
  app.get('/xrpc/app.bsky.feed.getPosts', (c) => {
    const { uris } = readParams(c, 'app.bsky.feed.getPosts', Uris);
    const records = uris.map((uri) => state.records.get(uri)).filter((record) => record !== undefined);
    return c.json({ posts: records.map((record) => postView(state, record, baseUrl())) });
  });

  app.get('/xrpc/app.bsky.actor.getProfile', (c) => {
    const { actor } = readParams(c, 'app.bsky.actor.getProfile', Actor);
    const account = state.findAccount(actor);
    if (!account) throw invalidRequest('Profile not found');
    const posts = [...state.records.values()].filter(({ did, collection }) => did === account.did && collection === POST);
    return c.json({
      ...author(account),
      followersCount: followersOf(account.did, state.clock.now()),
      followsCount: 0,
      postsCount: posts.length,
      indexedAt: account.createdAt,
    });
  });
}

function postView(state: BlueskyState, record: StoredRecord, baseUrl: string) {
  const account = state.findAccount(record.did);
  if (!account) throw new Error(`a record of nobody: ${record.uri}`);
  const post = readPost(record.value);
  const images = (post ? imagesOf(post) : []).map(({ cid, alt }) => {
    const url = blobUrl(baseUrl, record.did, cid);
    return { thumb: url, fullsize: url, alt };
  });
  const videos = (post ? videosOf(post) : []).map(({ cid, alt }) => ({ cid, playlist: blobUrl(baseUrl, record.did, cid), alt }));
  return {
    uri: record.uri,
    cid: record.cid,
    author: author(account),
    record: record.value,
    ...(images.length > 0 ? { embed: { $type: 'app.bsky.embed.images#view', images } } : {}),
    ...(videos[0] ? { embed: { $type: 'app.bsky.embed.video#view', ...videos[0] } } : {}),
    ...countsOf(state, record),
    indexedAt: record.indexedAt,
    labels: [],
  };
}

/** Replies that are here count on top of those of people who are not. */
function countsOf({ records, clock }: BlueskyState, { uri, indexedAt }: StoredRecord) {
  const figures = figuresOf(uri, clock.now().since(Temporal.Instant.from(indexedAt)).total('milliseconds'));
  const replies = [...records.values()].filter(({ value }) => readPost(value)?.reply?.parent.uri === uri).length;
  return {
    bookmarkCount: figures.saves,
    replyCount: figures.comments + replies,
    repostCount: figures.shares,
    likeCount: figures.likes,
    quoteCount: Math.floor(figures.shares / 4),
  };
}

const author = ({ did, handle, displayName, createdAt }: BlueskyAccount) => ({ did, handle, displayName, labels: [], createdAt });
