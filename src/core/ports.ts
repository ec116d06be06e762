// What the use cases need from outside, beside the store. Each is implemented once, in jobs, platforms, bots, db or main.
import type { Clock } from './clock.ts';
import type { DeliveryState } from './delivery.ts';
import type { Http } from './http.ts';
import type { Platform } from './platform.ts';
import type { Origin } from './post.ts';
import type { News, Store } from './store.ts';
import type { ChatName } from './workspace.ts';

export interface Log {
  debug: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
}

/** Counts what happens, for those who watch over Crier. Never fails. */
export interface Meter {
  claimed: (platform: string) => void;
  /** How a try ended. @param lateMs between when it was due and when it was public; null where it is not. */
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
  /** Stores bytes under their hash; the same bytes twice are one file. */
  put: (hash: string, bytes: Uint8Array) => Promise<void>;
  read: (hash: string) => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Deletes a file that was not put since `untouchedSince`, if `isUnneeded` still says so once nobody can be given it any more.
   * `gone` also where it was gone before; `kept` where it stays.
   */
  remove: (hash: string, untouchedSince: Temporal.Instant, isUnneeded: () => Promise<boolean>) => Promise<'gone' | 'kept'>;
}

/** Where a file is to be had: a URL a person named, or a chat's own address of a file that was shared there. */
export interface MediaSource {
  url: string;
  /** How a person knows it, `kite.png`; without it, by its URL. */
  name?: string;
  /** A chat's own files want its token. Not sent on to another host. */
  headers?: Readonly<Record<string, string>>;
}

/** Fetches a file and reads what it is. */
export interface MediaFetcher {
  /** @throws CrierError `invalid-input`, naming the file and what is wrong with it. */
  fetchImage: (
    source: MediaSource,
    signal: AbortSignal,
  ) => Promise<{ bytes: Uint8Array<ArrayBuffer>; hash: string; mimeType: string; width: number; height: number }>;
}

export interface Chat {
  name: ChatName;
  /** @throws where the chat cannot be reached; the news is then told later. */
  tell: (origin: Origin, news: News) => Promise<void>;
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
  log: Log;
}
