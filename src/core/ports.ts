// What the use cases need from outside, beside the store. Each is implemented once, in jobs, platforms, bots, db or main.
import type { Clock } from './clock.ts';
import type { DeliveryState } from './delivery.ts';
import type { Http } from './http.ts';
import type { Media } from './media.ts';
import type { Conversion } from './media-conversion.ts';
import type { OAuthApp } from './oauth.ts';
import type { Platform } from './platform.ts';
import type { Origin } from './post.ts';
import type { PostCalendar } from './post-calendar.ts';
import type { ReportChart } from './report-chart.ts';
import type { News, Store } from './store.ts';
import type { ChatName, Theme } from './workspace.ts';

export interface Log {
  debug: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
}

/** Counts what happens, for those who watch over Crier. Never fails. */
export interface Meter {
  claimed: (platform: string) => void;
  /** How a try ended. @param lateMs between when it was planned and when it was public, tries and waits included; null where it is not. */
  settled: (platform: string, state: DeliveryState, lateMs: number | null) => void;
  /** How long a try took, from its claim's turn to its outcome. */
  tried: (platform: string, ms: number) => void;
  jobRan: (name: string, ok: boolean, ms: number) => void;
}

export interface Platforms {
  all: () => readonly Platform[];
  /** By id. @throws Error for an id that is not registered: a bug, since ids are read by `find`. */
  get: (id: string) => Platform;
  /** By id, name or alias, in any case. */
  find: (name: string) => Platform | undefined;
}

export interface Jobs {
  /** Asks for a wake-up at each instant. A failure is logged and not thrown: the sweep finds what is due. */
  wakeAt: (instants: readonly Temporal.Instant[]) => Promise<void>;
}

export interface MediaStore {
  /** Stores bytes under their hash; the same bytes twice are one file. @throws StoreFailure where they cannot be kept just now. */
  put: (hash: string, bytes: Uint8Array) => Promise<void>;
  /**
   * @throws CrierError `not-found` where the file is gone, `rejected` where it was damaged, `unavailable` where the store cannot be
   * reached, so that it may well be there.
   */
  read: (hash: string) => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Deletes a file that was not put since `untouchedSince`, if `isUnneeded` still says so once nobody can be given it any more.
   * `gone` also where it was gone before; `kept` where it stays.
   */
  remove: (hash: string, untouchedSince: Temporal.Instant, isUnneeded: () => Promise<boolean>) => Promise<'gone' | 'kept'>;
}

/** Files of the media store in parts, as they lie there: for handing on what is too large to be held, without looking at its hash. */
export interface MediaParts {
  /** Bytes. @throws CrierError `not-found` and `unavailable`, as `read` does. */
  size: (hash: string) => Promise<number>;
  /** The bytes from `first` up to and with `last`, of a file whose size says that they are there. */
  part: (hash: string, first: number, last: number) => Promise<AsyncIterable<Uint8Array>>;
}

/** Addresses of stored files on this Crier's web server, for networks that pull what they show, and for people. */
export interface MediaLinks {
  /** Whoever has it has the file until then. Null where there is no PUBLIC_URL, or nobody knows how to show files of that type. */
  linkTo: (media: Pick<Media, 'hash' | 'mimeType'>, until: Temporal.Instant) => string | null;
}

/** Where a file is to be had: a URL a person named, or a chat's own address of a file that was shared there. */
export interface MediaSource {
  url: string;
  /** How a person knows it, `kite.png`; without it, by its URL. */
  name?: string;
  /** A chat's own files want its token. Not sent on to another host. */
  headers?: Readonly<Record<string, string>>;
}

/** A file with its bytes and what was read from them. */
export interface FetchedFile extends Pick<Media, 'hash' | 'mimeType' | 'width' | 'height' | 'durationMs'> {
  bytes: Uint8Array<ArrayBuffer>;
}

/** Fetches an image, a video or a document and reads what it is. */
export interface MediaFetcher {
  /** @throws CrierError `invalid-input`, naming the file and what is wrong with it. */
  fetch: (source: MediaSource, signal: AbortSignal) => Promise<FetchedFile>;
}

/** Draws what is also said in words, as PNG. */
export interface Pictures {
  calendar: (calendar: PostCalendar, theme: Theme) => Promise<Uint8Array<ArrayBuffer>>;
  report: (chart: ReportChart, theme: Theme) => Promise<Uint8Array<ArrayBuffer>>;
}

export interface Chat {
  name: ChatName;
  /** @throws where the chat cannot be reached; the news is then told later. */
  tell: (origin: Origin, news: News) => Promise<void>;
}

/** Somewhere in a chat where everybody reads along. */
export interface ChatPlace {
  teamId: string;
  channel: string;
  /** Under the card of a post: its message and its name; null: in the channel itself. */
  post: { id: string; message: string; name: string } | null;
}

/** What whoever runs Crier has of a network. */
export interface NetworkHome {
  /** Its address while it is an emulated one; null for the real one. */
  service: string | null;
  /** The app that was made there by hand; null where none was, or where none is needed. */
  app: OAuthApp | null;
}

/** Where this Crier's own web server is. */
export interface WebAddress {
  /** Without a slash at the end. */
  url: string;
  /** False where it opens on this machine alone, as far as is known. */
  isPublic: boolean;
}

/** Everything a use case may be handed. */
export interface Deps {
  clock: Clock;
  store: Store;
  jobs: Jobs;
  platforms: Platforms;
  http: Http;
  mediaStore: MediaStore;
  mediaFetcher: MediaFetcher;
  mediaLinks?: MediaLinks;
  /** @throws CrierError `rejected` where the image cannot be made to fit */
  convertImage?: (bytes: Uint8Array, conversion: Conversion) => Promise<FetchedFile>;
  /** Left out where nothing is drawn. */
  pictures?: Pictures;
  /** Left out, or null, where no web server takes what a network sends back. */
  webAddress?: () => WebAddress | null;
  /** By platform id; left out where there is nothing of any. */
  networkHome?: (platform: string) => NetworkHome;
  log: Log;
}
