// What a Bluesky post consists of: its key, its text with facets, its images or video, its address. Makes no post public.
import { createHash } from 'node:crypto';
import { type AppBskyRichtextFacet, RichText, XRPCError } from '@atproto/api';
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext, Published } from '../../core/platform.ts';
import { isLocalHost } from '../service-url.ts';
import type { BlueskySession } from './session.ts';
import { processVideo, StoredBlob } from './video.ts';

export const COLLECTION = 'app.bsky.feed.post';

const TID_ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const TID_LENGTH = 13;
// Three years of microseconds, all of them past: a key from the future would sort above every later post of the account.
const WINDOW_START = 1_672_531_200_000_000n;
const WINDOW_LENGTH = 3n * 365n * 86_400_000_000n;

/**
 * The record key of a delivery's post: the same for every try, so that a repeat meets the record that is there instead of
 * making another. It has the form of a TID (https://atproto.com/specs/tid, checked 2026-11-22), with a time and clock id that are
 * drawn from the key's hash and mean nothing.
 */
export function rkeyFor(idempotencyKey: string): string {
  const hash = createHash('sha256').update(idempotencyKey).digest();
  const time = WINDOW_START + (hash.readBigUInt64BE(0) % WINDOW_LENGTH);
  const clockId = BigInt(hash.readUInt16BE(8) & 0x3ff);
  let rest = (time << 10n) | clockId;
  let tid = '';
  for (let place = 0; place < TID_LENGTH; place += 1) {
    tid = `${TID_ALPHABET.charAt(Number(rest & 31n))}${tid}`;
    rest >>= 5n;
  }
  return tid;
}

/**
 * Where a person sees the post. Posts of every public server show on bsky.app; those of a server on a local address cannot
 * reach it, so there the server's own address is given (the emulated network has a page at it).
 */
export function postUrl(account: Pick<Account, 'service' | 'handle'>, rkey: string): string {
  const site = isLocalHost(new URL(account.service).hostname) ? account.service : 'https://bsky.app';
  return `${site}/profile/${account.handle.replace(/^@/, '')}/post/${rkey}`;
}

/** A handle's DID, or null where the network says that nobody has it. Any other failure is thrown: a mention is not lost to it. */
async function resolveHandle(session: BlueskySession, handle: string): Promise<string | null> {
  const { agent, options } = session;
  try {
    const { data } = await session.run(() => agent.com.atproto.identity.resolveHandle({ handle }, options));
    return data.did;
  } catch (error) {
    if (error instanceof XRPCError && error.status === 400) return null;
    throw error;
  }
}

/** Links, hashtags and mentions, by UTF-8 offsets. A mention of nobody stays plain text. */
async function facetsOf(session: BlueskySession, text: string): Promise<AppBskyRichtextFacet.Main[]> {
  const richText = new RichText({ text });
  richText.detectFacetsWithoutResolution();
  const facets: AppBskyRichtextFacet.Main[] = [];
  for (const facet of richText.facets ?? []) {
    const [feature] = facet.features;
    if (feature && 'did' in feature && typeof feature.did === 'string') {
      const did = await resolveHandle(session, feature.did);
      if (did === null) continue;
      facets.push({ index: facet.index, features: [{ $type: 'app.bsky.richtext.facet#mention', did }] });
    } else {
      facets.push(facet);
    }
  }
  return facets;
}

/** What a try leaves for the next. */
const StoredParts = z.object({
  createdAt: z.string(),
  /** By media id. */
  blobs: z.record(z.string(), StoredBlob),
  /** The video service's jobs that are not over yet, by media id. */
  jobs: z.record(z.string(), z.string()).optional(),
});
type StoredParts = z.infer<typeof StoredParts>;

/**
 * Servers drop blobs that no record names after a while, "at least one hour" (https://atproto.com/specs/blob, checked
 * 2026-11-22): parts older than this are made anew.
 */
const PARTS_KEEP_MS = 50 * 60_000;

function readParts({ handles, clock }: Pick<PublishContext, 'handles' | 'clock'>): StoredParts {
  const now = clock.now();
  const parsed = StoredParts.safeParse(handles);
  if (parsed.success && now.since(Temporal.Instant.from(parsed.data.createdAt)).total('milliseconds') < PARTS_KEEP_MS)
    return parsed.data;
  return { createdAt: now.toString({ smallestUnit: 'millisecond' }), blobs: {} };
}

async function upload(session: BlueskySession, file: MediaFile): Promise<StoredBlob> {
  const { agent, options } = session;
  const bytes = await file.read();
  const { data } = await session.run(() => agent.com.atproto.repo.uploadBlob(bytes, { ...options, encoding: file.mimeType }));
  return StoredBlob.parse(JSON.parse(JSON.stringify(data.blob)));
}

async function processed(
  context: PublishContext,
  session: BlueskySession,
  file: MediaFile,
  parts: StoredParts,
): Promise<StoredBlob> {
  return processVideo(context, session, file, {
    known: parts.jobs?.[file.id],
    save: async (jobId) => {
      const { [file.id]: _, ...others } = parts.jobs ?? {};
      parts.jobs = jobId === null ? others : { ...others, [file.id]: jobId };
      await context.saveHandles(parts);
    },
  });
}

function embedOf(media: readonly MediaFile[], { blobs }: StoredParts): Record<string, unknown> {
  const [first] = media;
  if (!first) return {};
  const aspectRatio = ({ width, height }: MediaFile) => ({ width, height });
  if (isVideo(first)) {
    const alt = first.altText === '' ? {} : { alt: first.altText };
    return { embed: { $type: 'app.bsky.embed.video', video: blobs[first.id], ...alt, aspectRatio: aspectRatio(first) } };
  }
  const images = media.map((file) => ({ image: blobs[file.id], alt: file.altText, aspectRatio: aspectRatio(file) }));
  return { embed: { $type: 'app.bsky.embed.images', images } };
}

const Found = z.object({ cid: z.string() });

/**
 * A post is referred to by its address and the hash of its content, which its server knows:
 * https://docs.bsky.app/docs/advanced-guides/posts#replies-quote-posts-and-embeds (checked 2026-11-22).
 */
async function referTo(session: BlueskySession, { remoteId }: Published): Promise<{ uri: string; cid: string }> {
  const { agent, did, options } = session;
  const rkey = remoteId.slice(remoteId.lastIndexOf('/') + 1);
  try {
    const { data } = await session.run(() =>
      agent.com.atproto.repo.getRecord({ repo: did, collection: COLLECTION, rkey }, options),
    );
    return { uri: remoteId, cid: Found.parse(data).cid };
  } catch (error) {
    if (!(error instanceof XRPCError && error.error === 'RecordNotFound')) throw error;
    const sentence = 'A part of the thread is gone from Bluesky, so nothing can be added to it.';
    throw new CrierError('rejected', sentence, { cause: error });
  }
}

/** The first of the thread and the last: https://docs.bsky.app/docs/advanced-guides/posts#replies (checked 2026-11-22). */
async function replyOf({ thread }: PublishContext, session: BlueskySession): Promise<Record<string, unknown>> {
  const [first] = thread;
  const last = thread.at(-1);
  if (!first || !last) return {};
  const root = await referTo(session, first);
  return { reply: { root, parent: last === first ? root : await referTo(session, last) } };
}

/** The post as a record, with its files uploaded and everything stored that a second try needs to say the very same. */
export async function prepareRecord(context: PublishContext, session: BlueskySession): Promise<Record<string, unknown>> {
  const { text, media, saveHandles } = context;
  if (media.length > 1 && media.some(isVideo))
    throw new CrierError('rejected', 'Bluesky takes one video in a post, and no images with it.');
  const parts = readParts(context);
  const facets = await facetsOf(session, text);
  const reply = await replyOf(context, session);
  await saveHandles(parts);
  for (const file of media) {
    if (parts.blobs[file.id]) continue;
    parts.blobs[file.id] = isVideo(file) ? await processed(context, session, file, parts) : await upload(session, file);
    await saveHandles(parts);
  }
  return {
    $type: COLLECTION,
    text,
    createdAt: parts.createdAt,
    ...(facets.length > 0 ? { facets } : {}),
    ...embedOf(media, parts),
    ...reply,
  };
}
