// Copies what a person named by URL, so that a post shows what was there when it was scheduled.
// First everything is fetched and looked at, and only what passed is kept: a refused post leaves no file behind.
import { CrierError } from '../errors.ts';
import type { Media } from '../media.ts';
import type { Deps, MediaSource } from '../ports.ts';
import type { Actor } from '../workspace.ts';

export interface MediaRequest extends MediaSource {
  altText: string;
}

/** A file that was fetched and is not kept yet. */
export interface FetchedMedia extends Omit<Media, 'id'> {
  bytes: Uint8Array<ArrayBuffer>;
}

/** All files of one post together; a video takes its time. */
const FETCH_TIMEOUT_MS = 120_000;

/** Files of a chat are put into a form's own field; the others are named by URL in an argument. */
const inField = (error: unknown, { name }: MediaSource): unknown =>
  error instanceof CrierError && error.field === undefined
    ? new CrierError(error.kind, error.userMessage, {
        field: name === undefined ? 'media' : 'files',
        meta: error.meta,
        cause: error.cause,
      })
    : error;

/** @throws CrierError `invalid-input`, naming the file and what is wrong with it. */
export async function fetchMedia(
  { mediaFetcher }: Pick<Deps, 'mediaFetcher'>,
  actor: Actor,
  requests: readonly MediaRequest[],
): Promise<FetchedMedia[]> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const fetched = requests.map(async ({ altText, ...source }) => {
    const file = await mediaFetcher.fetch(source, signal).catch((error) => Promise.reject(inField(error, source)));
    return { ...file, workspaceId: actor.workspace.id, size: file.bytes.byteLength, altText };
  });
  return Promise.all(fetched);
}

/** Stores fetched files; their ids are in the order of `files`. */
export async function keepMedia(
  { mediaStore, store }: Pick<Deps, 'mediaStore' | 'store'>,
  files: readonly FetchedMedia[],
): Promise<Media[]> {
  const kept: Media[] = [];
  for (const { bytes, ...media } of files) {
    await mediaStore.put(media.hash, bytes);
    kept.push(await store.media.add(media));
  }
  return kept;
}
