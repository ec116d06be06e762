// What a network is to Crier: data first, named functions below. One file under src/platforms declares each.
import type { Account, AnnouncedLimits, Credentials } from './account.ts';
import type { Clock } from './clock.ts';
import type { Handles } from './delivery.ts';
import type { CrierError } from './errors.ts';
import type { AccountFigures, PostFigures } from './figures.ts';
import type { Http } from './http.ts';
import type { Media } from './media.ts';
import type { NetworkOptions, PlatformOption } from './network-options.ts';
import type { OAuth, OAuthApp } from './oauth.ts';

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

/** Width divided by height, both included. */
export interface AspectLimit {
  min: number;
  max: number;
  /** As people know it: `4:5 to 1.91:1`. */
  words: string;
}

export interface ImageLimit {
  /** Images per post. */
  max: number;
  /** Bytes per image. */
  maxBytes: number;
  mimeTypes: readonly string[];
  /** Left out where the network names none. */
  aspect?: AspectLimit;
  /** Pixels across, at the least; left out where the network names none. */
  minWidth?: number;
  /** Pixels of the shorter and the longer side; what is larger is made smaller. Left out where the network names none. */
  within?: { short: number; long: number };
  /** Width times height; what has more is made smaller. Left out where the network names none. */
  maxPixels?: number;
  /** Where a GIF goes without other files: its own limit, in bytes. Left out where it is an image like any other. */
  loneGifBytes?: number;
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
  /** Milliseconds; left out where the network names none. */
  minDurationMs?: number;
  /** Left out where the network names none. */
  aspect?: AspectLimit;
}

/** One document by itself, as a post. */
export interface DocumentLimit {
  /** Bytes. */
  maxBytes: number;
  mimeTypes: readonly string[];
}

export interface Limits {
  /** All must hold; the first is the one shown (`212/300`). */
  text: readonly [TextLimit, ...TextLimit[]];
  /** Null: takes no images. */
  images: ImageLimit | null;
  /** Null: takes no videos. */
  videos: VideoLimit | null;
  /** Left out: takes no documents. */
  documents?: DocumentLimit;
  /** Whether one post may have images and videos. */
  mixedMedia: boolean;
  /** Files of both kinds together, per post; left out where what holds for each kind is all. */
  maxFiles?: number;
  /** What a post cannot be without: nothing (false), a file of either kind, or a video. */
  needsMedia: false | 'any' | 'video';
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
  /** When the login dies and only the person can renew it; null where it does not. */
  expiresAt: Temporal.Instant | null;
  /** When its tokens are to be refreshed, some time ahead of their end; left out or null where there is nothing to refresh. */
  refreshAt?: Temporal.Instant | null;
}

/** What a refresh gave. Stored all at once, before anything else is done with it. */
export interface Refreshed extends Pick<ConnectedAccount, 'expiresAt' | 'refreshAt'> {
  credentials: Credentials;
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
  /** Crier's app at the network, where whoever runs Crier made one; null where accounts are connected without. */
  app: OAuthApp | null;
  /** Stores what a refresh gave, before anything else is done with it. */
  saveCredentials: (credentials: Credentials) => Promise<void>;
}

export interface PublishContext extends AccountAccess {
  text: string;
  media: readonly MediaFile[];
  /** What the post says for this network beside its text, by the names of the platform's `options`; those that were not given are not there. */
  options: NetworkOptions;
  /** What is out already of the thread that this goes on with, the first one first; empty for a post of its own. */
  thread: readonly Published[];
  /**
   * A public address of a file, for networks that fetch what they show; good for a day.
   * @throws CrierError `invalid-input` where this Crier has no public address.
   */
  mediaLink: (file: MediaFile) => string;
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

/** The first comment below a post that is out. */
export interface CommentContext extends Pick<PublishContext, keyof AccountAccess | 'text' | 'beforeSend'> {
  post: Published;
}

/** Asking how posts of one account did. */
export interface FiguresContext extends AccountAccess {
  posts: readonly Published[];
}

export interface FindContext extends AccountAccess {
  text: string;
  options: NetworkOptions;
  thread: readonly Published[];
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
    /** Whether a post can go on as a thread: `publish` then answers the last of `thread`. */
    threads: boolean;
    /** What the network fetches itself from a public address, so that Crier needs one. */
    pulls: 'nothing' | 'images' | 'everything';
    /** For how long the network itself refuses or merges a repeat with the same idempotency key: milliseconds, Infinity, or 0. */
    repeatHarmlessForMs: number;
    /**
     * For how long after a request that got no answer the network may still apply it, or not show it yet: until then its "not there"
     * proves nothing. Milliseconds.
     */
    settlesWithinMs: number;
  };
  /** What a post can say beside its text, each in the post's own words: a title, who may see it. */
  options: readonly PlatformOption[];
  /** Posts per account and day where the workspace has not said otherwise; null: as many as there are. */
  dailyCap: number | null;
  limits: (announced: AnnouncedLimits | null, options?: NetworkOptions) => Limits;
  /** Sentences worth knowing before it is scheduled, such as what it costs; most posts have none. */
  remarks: ((post: { text: string; options: NetworkOptions }) => string[]) | null;
  /**
   * By what `setup` asks for; null where accounts are connected by a link alone.
   * @throws CrierError `invalid-input` | `auth-revoked` | `unavailable`, with a message that names the field to mend.
   */
  connect: ((input: Record<string, string>, context: ConnectContext) => Promise<ConnectedAccount>) | null;
  /** Null: accounts are connected by what `setup` asks for, and not by a link. */
  oauth: OAuth | null;
  /**
   * Renews the tokens ahead of their end, or after the network called them expired; null where there is nothing to renew.
   * @throws anything: `auth-revoked` only by the network's own word that the login is gone.
   */
  refresh: ((access: Omit<AccountAccess, 'saveCredentials'>) => Promise<Refreshed>) | null;
  /** @throws anything; `classifyError` turns it into a CrierError. */
  publish: (context: PublishContext) => Promise<Published>;
  /** Null: this network cannot be asked. */
  findPublished: ((context: FindContext) => Promise<FindResult>) | null;
  /** Where a comment is no post of its own. Null: it is written as a post that goes on the thread, or, without threads, not at all. */
  comment: ((context: CommentContext) => Promise<void>) | null;
  /**
   * How posts did, by their remote ids; what is gone is left out. In as few requests as the network allows. Null: it does not tell.
   * @throws anything; then nothing is known of any of them
   */
  figures: ((context: FiguresContext) => Promise<ReadonlyMap<string, PostFigures>>) | null;
  /** How the account itself stands, in as few requests as can be. Null: the network does not tell. @throws anything */
  accountFigures: ((access: AccountAccess) => Promise<AccountFigures>) | null;
  classifyError: (error: unknown) => CrierError;
}

/** What most networks cannot, with how that is said where it is left out. */
const LEFT_OUT = {
  options: [],
  dailyCap: null,
  remarks: null,
  refresh: null,
  comment: null,
  figures: null,
  accountFigures: null,
} satisfies Partial<Platform>;
const INCAPABLE = { threads: false, pulls: 'nothing', settlesWithinMs: 0 } satisfies Partial<Platform['capabilities']>;

type Declaration = Omit<Platform, keyof typeof LEFT_OUT | 'capabilities'> &
  Partial<Pick<Platform, keyof typeof LEFT_OUT>> & {
    capabilities: Omit<Platform['capabilities'], keyof typeof INCAPABLE> & Partial<Platform['capabilities']>;
  };

/** Declares a platform, so that every file says the same thing the same way. */
export const definePlatform = (platform: Declaration): Platform => ({
  ...LEFT_OUT,
  ...platform,
  capabilities: { ...INCAPABLE, ...platform.capabilities },
});
