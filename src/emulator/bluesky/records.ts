// What may be stored: records checked by the network's own lexicons, with the blobs and facets they refer to.
import {
  AppBskyEmbedImages,
  AppBskyEmbedVideo,
  AppBskyFeedPost,
  BlobRef,
  jsonToLex,
  lexicons,
  UnicodeString,
} from '@atproto/api';
import { isTid } from './ids.ts';
import type { BlueskyState } from './state.ts';
import { invalidRequest } from './xrpc.ts';

export const POST = 'app.bsky.feed.post';

/** app.bsky.embed.images of @atproto/api 0.21 (2 MB since 2026); checked 2026-11-22. */
const IMAGE_MAX_BYTES = 2_000_000;

/** app.bsky.embed.video of @atproto/api 0.21 ("may be up to 300mb"); checked 2026-11-22. */
export const VIDEO_MAX_BYTES = 300_000_000;

export type RecordValue = Record<string, unknown>;

/** An image or a video of a stored post. */
export interface PostFile {
  cid: string;
  alt: string;
  /** Bytes. */
  size: number;
}

/**
 * Checks a record as the reference PDS does (packages/pds/src/repo/prepare.ts and actor-store/blob of bluesky-social/atproto,
 * checked 2026-11-22), and one thing it leaves to others: that facets lie within the text.
 * @throws XrpcError
 */
export function checkRecord(state: BlueskyState, did: string, collection: string, rkey: string, value: RecordValue): void {
  if (value.$type !== collection) throw invalidRequest(`Invalid $type: expected ${collection}, got ${String(value.$type)}`);
  if (!/^[\w.:~-]{1,512}$/.test(rkey) || rkey === '.' || rkey === '..') throw invalidRequest(`Invalid record key: ${rkey}`);
  if (collection === POST && !isTid(rkey)) throw invalidRequest(`Invalid record key for ${POST}, expected a TID: ${rkey}`);
  const lex = jsonToLex(structuredClone(value));
  if (!lexicons.get(collection)) return;
  try {
    lexicons.assertValidRecord(collection, lex);
  } catch (error) {
    throw invalidRequest(`Invalid ${collection} record: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!AppBskyFeedPost.isRecord(lex)) return;
  const post = AppBskyFeedPost.validateRecord(lex);
  if (!post.success) throw invalidRequest(`Invalid ${collection} record: ${post.error.message}`);
  checkFacets(post.value);
  const { embed } = post.value;
  if (AppBskyEmbedVideo.isMain(embed)) checkBlob(state, did, embed.video, 'video/mp4', VIDEO_MAX_BYTES);
  else if (AppBskyEmbedImages.isMain(embed)) {
    for (const { image } of embed.images) checkBlob(state, did, image, 'image/*', IMAGE_MAX_BYTES);
  }
}

function checkFacets({ text, facets = [] }: AppBskyFeedPost.Record): void {
  const { length } = new UnicodeString(text);
  for (const { index } of facets) {
    if (index.byteStart < index.byteEnd && index.byteEnd <= length) continue;
    throw invalidRequest(`Invalid facet: bytes ${index.byteStart} to ${index.byteEnd} of a text of ${length} bytes`);
  }
}

/** What an embed refers to is there, is what the reference says, and is what the lexicon takes. */
function checkBlob(state: BlueskyState, did: string, { ref, mimeType, size }: BlobRef, accepts: string, maxBytes: number): void {
  const cid = String(ref);
  const blob = state.findBlob(did, cid);
  if (!blob) throw invalidRequest(`Could not find blob: ${cid}`, 'BlobNotFound');
  if (blob.mimeType !== mimeType) {
    throw invalidRequest(
      `Referenced Mimetype does not match stored blob. Expected: ${blob.mimeType}, Got: ${mimeType}`,
      'InvalidMimeType',
    );
  }
  if (blob.size !== size) {
    throw invalidRequest(`Referenced Size does not match stored blob. Expected: ${blob.size}, Got: ${size}`, 'InvalidSize');
  }
  if (!blob.mimeType.startsWith(accepts.replace('*', ''))) {
    throw invalidRequest(`Wrong mimetype: ${blob.mimeType} does not match ${accepts}`, 'InvalidMimeType');
  }
  if (blob.size > maxBytes) {
    throw invalidRequest(`This file is too large. It is ${blob.size} bytes but the maximum size is ${maxBytes}`, 'BlobTooLarge');
  }
}

/** A stored post as its lexicon types it; null for a record of another kind. */
export function readPost(value: RecordValue): AppBskyFeedPost.Record | null {
  const post = AppBskyFeedPost.validateRecord(jsonToLex(structuredClone(value)));
  return post.success ? post.value : null;
}

const sizeOf = (file: unknown): number => (file instanceof BlobRef ? file.size : 0);

export function imagesOf(post: AppBskyFeedPost.Record): PostFile[] {
  if (!AppBskyEmbedImages.isMain(post.embed)) return [];
  return post.embed.images.map(({ image, alt }) => ({ cid: String(image.ref), alt, size: sizeOf(image) }));
}

export function videosOf({ embed }: AppBskyFeedPost.Record): PostFile[] {
  if (!AppBskyEmbedVideo.isMain(embed)) return [];
  return [{ cid: String(embed.video.ref), alt: embed.alt ?? '', size: sizeOf(embed.video) }];
}
