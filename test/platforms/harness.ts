// What a contract test works with: the emulated networks, a clock that is moved by hand, a connected account, and a publish
// context that remembers what the platform did with it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Account, Credentials } from '../../src/core/account.ts';
import type { Handles } from '../../src/core/delivery.ts';
import type { CrierError } from '../../src/core/errors.ts';
import type { ConnectedAccount, FindContext, FindResult, MediaFile, Platform, PublishContext } from '../../src/core/platform.ts';
import type { Log } from '../../src/core/ports.ts';
import { connectDemo } from '../../src/core/usecases/connect-demo.ts';
import { type EmulatedNetwork, type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { serveLocally } from '../support/local-server.ts';
import type { PostKind, Subject } from './subject.ts';

export type { Subject } from './subject.ts';

const START = Temporal.Instant.from('2026-11-22T12:00:00Z');

const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export const postsOf = ({ posts, clip: own = clip }: Subject): Readonly<Record<string, PostKind>> =>
  posts ?? {
    'a text': { files: async () => [] },
    'two images': { files: async () => [await picture({ id: 'm1' }), await picture({ id: 'm2', size: 5000 })] },
    'a video': { files: async () => [await own()] },
  };

export interface Harness {
  network: EmulatedNetwork;
  emulator: Emulator;
  /** Moves the clock. */
  pass: (duration: Temporal.DurationLike) => void;
  now: () => Temporal.Instant;
  /** By what is typed; where there is no such thing, by the demo login. */
  connect: (input?: Record<string, string>, allowPrivateHosts?: string[]) => Promise<ConnectedAccount>;
  /** A fresh delivery to the demo account. */
  delivery: (changes?: Partial<PublishContext>) => Promise<Delivery>;
  /** How often a request like `POST /path` reached the network. */
  countRequests: (request: string) => number;
  close: () => Promise<void>;
}

/** The harness of the test that runs now. */
export type Current = () => Harness;

export interface Delivery {
  context: PublishContext;
  /** What was stored last, and every version of it. */
  handles: () => Handles;
  savedCredentials: Credentials[];
  beforeSends: () => number;
  publish: () => ReturnType<Platform['publish']>;
  /** Publishes and expects it to fail: what the failure is classified as. */
  failure: () => Promise<CrierError>;
  find: (changes?: Partial<FindContext>) => Promise<FindResult | undefined>;
}

/** Where nothing is to be fetched from Crier. */
export const noMediaLink: PublishContext['mediaLink'] = ({ id }) => {
  throw new Error(`nobody was to fetch the file ${id} here`);
};

export async function failureOf(platform: Platform, work: Promise<unknown>): Promise<CrierError> {
  const caught = await work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!caught) throw new Error('it was expected to fail, and did not');
  return platform.classifyError(caught.error);
}

/** What a network that no longer accepts a token comes to: where tokens are refreshed, whether that still helps is found out by doing so. */
export const loginRefused = ({ refresh }: Platform): string[] => (refresh ? ['auth-expired', 'auth-revoked'] : ['auth-revoked']);

/** What is done ahead of the end of tokens, where they end. */
export async function renewLogin({ platform }: Subject, { context }: Delivery): Promise<void> {
  if (platform.refresh) context.credentials = (await platform.refresh(context)).credentials;
}

/** The next try after one whose outcome is unknown: where a repeat is not harmless, the network is asked first. */
export async function tryAgain({ platform }: Subject, { publish, find }: Delivery): Promise<{ remoteId: string }> {
  if (platform.capabilities.repeatHarmlessForMs > 0) return publish();
  const found = await find();
  return found?.kind === 'found' ? found : publish();
}

export async function openHarness(
  { platform, network: pick, files, kind, listsLate }: Subject,
  { timeoutMs = 10_000 } = {},
): Promise<Harness> {
  let now = START;
  const clock = { now: () => now };
  const emulator = await startEmulator({ clock, log: silent });
  const network = pick(emulator);
  const open = (allowPrivateHosts: string[]) => openHttp({ allowPrivateHosts, timeoutMs });
  const http = open(['127.0.0.1']);
  const signal = new AbortController().signal;
  const media = await serveMedia();

  const connect: Harness['connect'] = (input = network.demo, allowPrivateHosts) =>
    connectDemo(ofKind(platform, kind), input, network.app, {
      http: allowPrivateHosts ? open(allowPrivateHosts) : http,
      clock,
      signal,
    });

  async function delivery(changes: Partial<PublishContext> = {}): Promise<Delivery> {
    const connected = await connect();
    const account: Account = {
      ...connected,
      id: 'a1',
      workspaceId: 'w1',
      platform: platform.id,
      state: 'connected',
      stateReason: null,
      createdAt: START,
    };
    let beforeSends = 0;
    const savedCredentials: Credentials[] = [];
    const context: PublishContext = {
      http,
      clock,
      signal,
      account,
      app: network.app,
      credentials: connected.credentials,
      saveCredentials: async (credentials) => {
        savedCredentials.push(credentials);
        context.credentials = credentials;
      },
      text: 'Hello from Crier',
      media: (await files?.()) ?? [],
      options: {},
      thread: [],
      mediaLink: media.linkTo,
      idempotencyKey: 'delivery-1',
      handles: {},
      // a copy, as a database makes one
      saveHandles: async (handles) => {
        context.handles = structuredClone(handles);
      },
      beforeSend: async () => {
        beforeSends += 1;
      },
      ...changes,
    };
    return {
      context,
      handles: () => context.handles,
      savedCredentials,
      beforeSends: () => beforeSends,
      publish: () => platform.publish(context),
      failure: () => failureOf(platform, platform.publish(context)),
      find: async (findChanges = {}) => {
        if (listsLate) now = now.add({ minutes: 2 });
        return platform.findPublished?.({ ...context, since: START, isTaken: async () => false, ...findChanges });
      },
    };
  }

  return {
    network,
    emulator,
    pass: (duration) => {
      now = now.add(duration);
    },
    now: () => now,
    connect,
    delivery,
    countRequests: (request) =>
      network.requests().filter(({ method, path }) => {
        const line = `${method} ${path}`;
        return request.endsWith('*') ? line.startsWith(request.slice(0, -1)) : line === request;
      }).length,
    close: async () => {
      await http.close();
      await emulator.stop();
      await media.close();
    },
  };
}

/** The platform with accounts of this kind alone; without a kind, as it is. */
function ofKind(platform: Platform, kind: string | undefined): Platform {
  const { oauth } = platform;
  if (!oauth || kind === undefined) return platform;
  const connect: typeof oauth.connect = async (...given) => {
    const granted = await oauth.connect(...given);
    if (granted === 'denied') return granted;
    const [first, ...others] = granted.accounts.filter((account) => account.kind === kind);
    if (!first) throw new Error(`the login leads to no ${kind}`);
    return { ...granted, accounts: [first, ...others] };
  };
  return { ...platform, oauth: { ...oauth, connect } };
}

/** What Crier serves under `/media/`, here on loopback: a file's bytes with its type, for networks that fetch what they show. */
async function serveMedia(): Promise<{ linkTo: PublishContext['mediaLink']; close: () => Promise<void> }> {
  const files = new Map<string, MediaFile>();
  const server = await serveLocally((request, response) => {
    const file = files.get(request.url ?? '');
    if (!file) return void response.writeHead(404).end();
    file.read().then(
      (bytes) => response.writeHead(200, { 'content-type': file.mimeType, 'content-length': bytes.length }).end(bytes),
      () => response.writeHead(500).end(),
    );
  });
  return {
    linkTo: (file) => {
      const path = `/media/${file.id}/${file.hash}`;
      files.set(path, file);
      return `${server.url}${path}`;
    },
    close: server.close,
  };
}

/** Two seconds of MP4 as a media file; `size` pads it to that many bytes. */
export async function clip({ id = 'v1', altText = 'A test picture', size = 0, fixture = 'clip.mp4' } = {}): Promise<MediaFile> {
  const video = await readFile(join(import.meta.dirname, '../fixtures/media', fixture));
  const bytes = new Uint8Array(Math.max(size, video.length));
  bytes.set(video);
  return mediaFile(bytes, { id, altText, mimeType: 'video/mp4', durationMs: 2000 });
}

/** A PNG as a media file; `size` pads it to that many bytes. */
export async function picture({ id = 'm1', altText = 'A blue square', size = 0 } = {}): Promise<MediaFile> {
  const png = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
  const bytes = new Uint8Array(Math.max(size, png.length));
  bytes.set(png);
  return mediaFile(bytes, { id, altText, mimeType: 'image/png', durationMs: null });
}

/** A JPEG as a media file, for networks that take no PNG; `width` to `height` as the bytes have it. `size` pads it to that many bytes. */
export async function photo({
  id = 'm1',
  altText = 'A blue square',
  size = 0,
  width = 640,
  height = 480,
} = {}): Promise<MediaFile> {
  const jpeg = await sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();
  const bytes = new Uint8Array(Math.max(size, jpeg.length));
  bytes.set(jpeg);
  return { ...mediaFile(bytes, { id, altText, mimeType: 'image/jpeg', durationMs: null }), width, height };
}

/** Four seconds of MP4, for networks that take no shorter video. */
export const film = async ({ id = 'v1', altText = '', size = 0 } = {}): Promise<MediaFile> => ({
  ...(await clip({ id, altText, size, fixture: 'four-seconds.mp4' })),
  durationMs: 4000,
});

const mediaFile = (
  bytes: Uint8Array<ArrayBuffer>,
  facts: Pick<MediaFile, 'id' | 'altText' | 'mimeType' | 'durationMs'>,
): MediaFile => ({
  ...facts,
  workspaceId: 'w1',
  hash: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
  width: 64,
  height: 48,
  read: async () => bytes,
});
