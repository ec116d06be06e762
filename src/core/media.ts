// A file that goes with a post, an image, a video or a document, copied when the post was scheduled, and what is known of all of them.

export interface Media {
  id: string;
  workspaceId: string;
  /** SHA-256 of the bytes, hex: its name in the media store. */
  hash: string;
  /** `image/png`, `video/mp4`, `application/pdf`: as read from the bytes, not as a server claimed. */
  mimeType: string;
  /** Bytes. */
  size: number;
  /** Pixels; 0 for a document. */
  width: number;
  height: number;
  /** Milliseconds; null for an image, a moving one too, and for a document. */
  durationMs: number | null;
  /** What is to be seen, or a document's title; '' where the author gave none. */
  altText: string;
}

export type MediaKind = 'image' | 'video' | 'document';

export const kindOf = ({ mimeType }: Pick<Media, 'mimeType'>): MediaKind => {
  if (mimeType.startsWith('video/')) return 'video';
  return mimeType.startsWith('image/') ? 'image' : 'document';
};

export const isVideo = (file: Pick<Media, 'mimeType'>): boolean => kindOf(file) === 'video';
export const isImage = (file: Pick<Media, 'mimeType'>): boolean => kindOf(file) === 'image';
export const isDocument = (file: Pick<Media, 'mimeType'>): boolean => kindOf(file) === 'document';

/** A file that nothing needs any more, with the rows that tell of it. */
export interface UnneededMedia {
  hash: string;
  ids: string[];
}

export interface MediaLibrary {
  add: (media: Omit<Media, 'id'>) => Promise<Media>;
  get: (ids: readonly string[]) => Promise<Media[]>;
  /**
   * Files, by hash, of which every row belongs to posts alone that were over (each delivery published or canceled) before
   * `overBefore`, or, where it was added before `addedBefore`, to none. What a series that goes on shows is needed.
   */
  findUnneeded: (request: {
    addedBefore: Temporal.Instant;
    overBefore: Temporal.Instant;
    limit: number;
  }) => Promise<UnneededMedia[]>;
  /** The same question for one file, as it is now. */
  isUnneeded: (hash: string, request: { addedBefore: Temporal.Instant; overBefore: Temporal.Instant }) => Promise<boolean>;
  /** The files of these rows are gone from the media store. */
  markRemoved: (ids: readonly string[], now: Temporal.Instant) => Promise<void>;
}
