// A file that goes with a post, copied when the post was scheduled.

export interface Media {
  id: string;
  workspaceId: string;
  /** SHA-256 of the bytes, hex: its name in the media store. */
  hash: string;
  /** `image/png`, as read from the bytes, not as a server claimed. */
  mimeType: string;
  /** Bytes. */
  size: number;
  /** Pixels. */
  width: number;
  height: number;
  /** Milliseconds; null for a still image. */
  durationMs: number | null;
  /** '' where the author gave none. */
  altText: string;
}
