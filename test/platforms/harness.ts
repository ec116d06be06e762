// What a contract test works with: the emulated networks, a clock that is moved by hand, a connected account, and a publish
// context that remembers what the platform did with it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Account, Credentials } from '../../src/core/account.ts';
import type { Handles } from '../../src/core/delivery.ts';
import type { CrierError } from '../../src/core/errors.ts';
import type { ConnectedAccount, FindContext, MediaFile, Platform, PublishContext } from '../../src/core/platform.ts';
import type { Log } from '../../src/core/ports.ts';
import { type EmulatedNetwork, type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openHttp } from '../../src/platforms/http.ts';

const START = Temporal.Instant.from('2026-11-22T12:00:00Z');

const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What one platform's contract needs to know of its network. */
export interface Subject {
  platform: Platform;
  network: (emulator: Emulator) => EmulatedNetwork;
  /** The field that names the server, the one that holds the secret. */
  serverField: string;
  secretField: string;
  /** The one request that makes a post public, and the one that uploads a file, as `METHOD /path`. */
  publicRequest: string;
  uploadRequest: string;
  /** The one that uploads a video, and the one that asks whether it is ready. */
  videoRequest: string;
  videoStatusRequest: string;
  /** Requests by which a post is looked for. */
  findRequest: string;
}

export interface Harness {
  network: EmulatedNetwork;
  emulator: Emulator;
  /** Moves the clock. */
  pass: (duration: Temporal.DurationLike) => void;
  now: () => Temporal.Instant;
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
  find: (changes?: Partial<FindContext>) => Promise<unknown>;
}

export async function failureOf(platform: Platform, work: Promise<unknown>): Promise<CrierError> {
  const caught = await work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!caught) throw new Error('it was expected to fail, and did not');
  return platform.classifyError(caught.error);
}

export async function openHarness({ platform, network: pick }: Subject, { timeoutMs = 10_000 } = {}): Promise<Harness> {
  let now = START;
  const clock = { now: () => now };
  const emulator = await startEmulator({ clock, log: silent });
  const network = pick(emulator);
  const open = (allowPrivateHosts: string[]) => openHttp({ allowPrivateHosts, timeoutMs });
  const http = open(['127.0.0.1']);
  const signal = new AbortController().signal;

  const connect: Harness['connect'] = (input = network.demo, allowPrivateHosts) =>
    platform.connect(input, { http: allowPrivateHosts ? open(allowPrivateHosts) : http, clock, signal });

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
      credentials: connected.credentials,
      saveCredentials: async (credentials) => {
        savedCredentials.push(credentials);
        context.credentials = credentials;
      },
      text: 'Hello from Crier',
      media: [],
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
      find: async (findChanges = {}) =>
        platform.findPublished?.({ ...context, since: START, isTaken: async () => false, ...findChanges }),
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
    },
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
