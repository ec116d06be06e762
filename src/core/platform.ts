// What a network is to Crier: data first, named functions below. One file under src/platforms declares each.
import type { Account, AnnouncedLimits, Credentials } from './account.ts';
import type { Clock } from './clock.ts';
import type { Handles } from './delivery.ts';
import type { CrierError } from './errors.ts';
import type { Http } from './http.ts';
import type { Media } from './media.ts';
import type { OAuth } from './oauth.ts';

/** One thing `/connect` asks for; it is typed as `name:value` where a chat has no form. */
export interface SetupField {
  name: string;
  label: string;
  example: string;
  /** Asked for in a form only where the chat can keep others from reading it; never logged. */
  secret: boolean;
  required: boolean;
}

export interface TextLimit {
  max: number;
  /** What is counted, plural: `characters`, `bytes`. */
  unit: string;
  count: (text: string) => number;
}

export interface ImageLimit {
  /** Images per post. */
  max: number;
  /** Bytes per image. */
  maxBytes: number;
  mimeTypes: readonly string[];
}

export interface VideoLimit {
  /** Videos per post. */
  max: number;
  /** Bytes per video. */
  maxBytes: number;
  mimeTypes: readonly string[];
  /** Milliseconds; null where the network names none. */
  maxDurationMs: number | null;
  /** Width times height; null where the network names none. */
  maxPixels: number | null;
}

export interface Limits {
  /** All must hold; the first is the one shown (`212/300`). */
  text: readonly [TextLimit, ...TextLimit[]];
  /** Null: takes no images. */
  images: ImageLimit | null;
  /** Null: takes no videos. */
  videos: VideoLimit | null;
  /** Whether one post may have images and videos. */
  mixedMedia: boolean;
  /** Whether a post may be without media, without text. */
  needsMedia: boolean;
}

export interface ConnectContext {
  http: Http;
  clock: Clock;
  signal: AbortSignal;
}

export interface ConnectedAccount {
  remoteId: string;
  handle: string;
  service: string;
  credentials: Credentials;
  announcedLimits: AnnouncedLimits | null;
  expiresAt: Temporal.Instant | null;
}

/** A media file with its bytes at hand. */
export interface MediaFile extends Media {
  read: () => Promise<Uint8Array<ArrayBuffer>>;
}

export interface AccountAccess {
  http: Http;
  clock: Clock;
  signal: AbortSignal;
  account: Account;
  credentials: Credentials;
  /** Stores what a refresh gave, before anything else is done with it. */
  saveCredentials: (credentials: Credentials) => Promise<void>;
}

export interface PublishContext extends AccountAccess {
  text: string;
  media: readonly MediaFile[];
  idempotencyKey: string;
  /** What earlier tries of this delivery stored. */
  handles: Handles;
  saveHandles: (handles: Handles) => Promise<void>;
  /**
   * To be awaited directly before the request that makes the post public, and before no other. It writes that the request is
   * about to leave; it throws where this process may no longer send (its lease was lost), and then nothing may be sent.
   */
  beforeSend: () => Promise<void>;
}

export interface Published {
  remoteId: string;
  /** Where a person sees the post. */
  url: string;
}

export interface FindContext extends AccountAccess {
  text: string;
  idempotencyKey: string;
  handles: Handles;
  /** When the try whose outcome is unknown began. */
  since: Temporal.Instant;
  /** True for a post of the network that another delivery already owns. */
  isTaken: (remoteId: string) => Promise<boolean>;
}

/** `absent` only where the network's answer proves it. */
export type FindResult = ({ kind: 'found' } & Published) | { kind: 'absent' } | { kind: 'cannot-say' };

export interface Platform {
  /** Lower case, as people type it: `bluesky`. */
  id: string;
  name: string;
  aliases: readonly string[];
  setup: { intro: string; fields: readonly SetupField[] };
  capabilities: {
    altText: boolean;
    /** For how long the network itself refuses or merges a repeat with the same idempotency key: milliseconds, Infinity, or 0. */
    repeatHarmlessForMs: number;
  };
  limits: (announced: AnnouncedLimits | null) => Limits;
  /** @throws CrierError `invalid-input` | `auth-revoked` | `unavailable`, with a message that names the field to mend. */
  connect: (input: Record<string, string>, context: ConnectContext) => Promise<ConnectedAccount>;
  /** Null: accounts are connected by what `setup` asks for, and not by a link. */
  oauth: OAuth | null;
  /** @throws anything; `classifyError` turns it into a CrierError. */
  publish: (context: PublishContext) => Promise<Published>;
  /** Null: this network cannot be asked. */
  findPublished: ((context: FindContext) => Promise<FindResult>) | null;
  classifyError: (error: unknown) => CrierError;
}

/** Declares a platform; identity, so that every file says the same thing the same way. */
export const definePlatform = (platform: Platform): Platform => platform;
