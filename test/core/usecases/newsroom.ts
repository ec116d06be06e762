// A workspace on a real database with three connected accounts on two networks declared here: what use cases and commands are
// tried on. Nothing is published; a test settles deliveries itself.
import { CrierError, invalidInput } from '../../../src/core/errors.ts';
import { definePlatform, type Platform } from '../../../src/core/platform.ts';
import type { Deps, Platforms } from '../../../src/core/ports.ts';
import type { PostDetails } from '../../../src/core/post.ts';
import type { Claim, Entrance, Settlement, Store } from '../../../src/core/store.ts';
import { countGraphemes } from '../../../src/core/text.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { type Database, openDatabase } from '../../../src/db/open.ts';
import { keyFrom, makeKeyHex, openVault } from '../../../src/db/vault.ts';
import { clockAt, type TestClock } from '../../support/clock.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { keptLog } from '../../support/log.ts';

/** Sunday, ten in the morning in Berlin. */
export const NOW = '2026-11-22T09:00:00Z';
export const PASSWORD = 'open-sesame-1234';
/** Where a chat keeps files that were shared in it, and what it wants to see before it gives one. */
export const PRIVATE_FILES = 'https://files.chat.example/';
export const CHAT_TOKEN = 'Bearer chat-token';
export const HERE = { chat: 'terminal', channel: 'here', message: null } as const;

function network(id: string, name: string, aliases: string[], max: number, more: Partial<Platform> = {}): Platform {
  return definePlatform({
    id,
    name,
    aliases,
    setup: {
      intro: `An app password for ${name}.`,
      fields: [
        { name: 'handle', label: 'Handle', example: 'you.example', secret: false, required: true },
        { name: 'password', label: 'App password', example: 'your-app-password', secret: true, required: true },
        { name: 'service', label: 'Server', example: 'https://example.com', secret: false, required: false },
      ],
    },
    capabilities: { altText: true, repeatHarmlessForMs: 0 },
    limits: () => ({
      text: [{ max, unit: 'characters', count: countGraphemes }],
      images: { max: 2, maxBytes: 1000, mimeTypes: ['image/png', 'image/jpeg'] },
      videos: { max: 1, maxBytes: 5000, mimeTypes: ['video/mp4'], maxDurationMs: 60_000, maxPixels: null },
      mixedMedia: false,
      needsMedia: false,
    }),
    connect: async (input) => {
      const { handle = '', password, service = `https://${id}.example` } = input;
      if (password !== PASSWORD) throw invalidInput(`${name} does not know this password: make a new app password.`);
      return {
        remoteId: `remote-${handle}`,
        handle: `@${handle}`,
        service,
        credentials: { password },
        announcedLimits: null,
        expiresAt: null,
      };
    },
    publish: () => Promise.reject(new Error('nothing is published here')),
    oauth: null,
    findPublished: null,
    classifyError: (error) => new CrierError('outcome-unknown', 'The network broke off.', { cause: error }),
    ...more,
  });
}

/** One has threads, and the other options. */
export const bluesky = network('bluesky', 'Bluesky', ['bsky'], 300, {
  capabilities: { altText: true, threads: true, pulls: 'nothing', repeatHarmlessForMs: 0, settlesWithinMs: 0 },
});
export const mastodon = network('mastodon', 'Mastodon', ['masto'], 500, {
  options: [
    { name: 'visibility', label: 'visibility', example: 'visibility=unlisted', choices: ['public', 'unlisted'] },
    { name: 'title', label: 'title', example: 'title="Our launch"', choices: null },
  ],
});

export const platforms: Platforms = {
  all: () => [bluesky, mastodon],
  get: (id) => (id === 'bluesky' ? bluesky : mastodon),
  find: (name) => [bluesky, mastodon].find(({ id, aliases }) => [id, ...aliases].includes(name.trim().toLowerCase())),
};

const ENTRANCE = {
  chat: 'terminal',
  teamName: 'Team',
  userId: 'ann',
  userName: 'Ann',
  role: 'admin',
  timeZone: 'Europe/Berlin',
} as const;

/** Every file of the web here: `https://img.example/<bytes>.<type>`; a chat's own files are had with its token only. */
const mediaFetcher: Deps['mediaFetcher'] = {
  fetch: async ({ url, name = url, headers }) => {
    if (url.startsWith(PRIVATE_FILES) && headers?.authorization !== CHAT_TOKEN) throw invalidInput(`${name} could not be read.`);
    const match = /^https:\/\/img\.example\/(\d+)\.(png|jpeg|gif|mp4)$/.exec(
      url.replace('example.com/kite.jpg', 'img.example/500.jpeg').replace(PRIVATE_FILES, 'https://img.example/'),
    );
    if (!match) throw invalidInput(`${name} is not an image.`);
    const bytes = new Uint8Array(Number(match[1])).fill(7);
    const isVideo = match[2] === 'mp4';
    const mimeType = `${isVideo ? 'video' : 'image'}/${match[2]}`;
    const durationMs = isVideo ? 12_000 : null;
    return { bytes, hash: `${match[1]}`.padStart(64, '0'), mimeType, width: 640, height: 480, durationMs };
  },
};

export interface Newsroom {
  clock: TestClock;
  store: Store;
  database: Database;
  deps: Deps;
  actor: Actor;
  wakes: Temporal.Instant[];
  files: Map<string, Uint8Array>;
  /** Another member, of this workspace or of another. */
  enter: (who: Partial<Entrance>) => Promise<Actor>;
  find: (number: number) => Promise<PostDetails>;
  /** Lets the networks answer: what is due is claimed; `answer` gives each claim's outcome, or null to leave it under way. */
  settle: (answer: (claim: Claim) => Partial<Settlement> | null) => Promise<void>;
  /** Everything the database holds, to be compared. */
  everything: () => Promise<string>;
}

let shared: Promise<{ database: Database; test: TestDatabase }> | undefined;

async function openShared(): Promise<{ database: Database; test: TestDatabase }> {
  const test = await freshDatabase();
  return { test, database: await openDatabase(test.url) };
}

/** For `afterAll` of a file that opened newsrooms. */
export async function closeNewsrooms(): Promise<void> {
  const opened = await shared;
  shared = undefined;
  await opened?.database.close();
  await opened?.test.drop();
}

/** A new workspace in the file's database, which the newsrooms of one test file share. */
export async function openNewsroom(options: { connect?: boolean } = {}): Promise<Newsroom> {
  shared ??= openShared();
  const { database } = await shared;
  const ownTeam = crypto.randomUUID();
  const clock = clockAt(NOW);
  const log = keptLog();
  const store = database.openStore({ clock, log, vault: openVault({ current: keyFrom(makeKeyHex()), old: [] }) });
  const wakes: Temporal.Instant[] = [];
  const files = new Map<string, Uint8Array>();
  const deps: Deps = {
    clock,
    store,
    log,
    platforms,
    mediaFetcher,
    jobs: { wakeAt: async (instants) => void wakes.push(...instants) },
    http: { fetch, dispatcher: undefined },
    mediaStore: {
      put: async (hash, bytes) => void files.set(hash, bytes),
      read: () => Promise.reject(new Error('unread')),
      remove: async (hash) => (files.delete(hash) ? 'gone' : 'kept'),
    },
  };
  const enter: Newsroom['enter'] = (who) => store.workspaces.enter({ ...ENTRANCE, teamId: ownTeam, ...who });
  const actor = await enter({});
  if (options.connect ?? true) await connectThree(store, actor);
  return {
    clock,
    store,
    database,
    deps,
    actor,
    wakes,
    files,
    enter,
    find: async (number) => {
      const details = await store.posts.find(actor.workspace.id, number);
      if (!details) throw new Error(`P${number} is not there`);
      return details;
    },
    settle: (answer) =>
      settleDue(store, clock, (claim) => (claim.account.workspaceId === actor.workspace.id ? answer(claim) : null)),
    everything: async () => JSON.stringify(await dump(database)),
  };
}

async function connectThree(store: Store, actor: Actor): Promise<void> {
  for (const [platform, handle] of [
    ['bluesky', '@team.bsky.social'],
    ['mastodon', '@team@mastodon.social'],
    ['mastodon', '@crier@chaos.social'],
  ] as const) {
    const service = `https://${platform}.example`;
    const account = { platform, handle, service, remoteId: `remote-${handle}`, announcedLimits: null, expiresAt: null };
    await store.accounts.connect(actor, { ...account, credentials: { password: PASSWORD } });
  }
}

const UNSAID: Omit<Settlement, 'outcome' | 'state'> = {
  published: null,
  holdReason: null,
  dueAt: null,
  countsAsTry: true,
  errorKind: null,
  errorMessage: null,
  tell: true,
};

export const PUBLISHED: Partial<Settlement> = {
  outcome: 'published',
  state: 'published',
  published: { remoteId: 'r1', url: 'https://bluesky.example/post/1' },
};
export const FAILED: Partial<Settlement> = { state: 'failed', errorKind: 'rejected', errorMessage: 'The network refused it.' };
export const UNCONFIRMED: Partial<Settlement> = { outcome: 'unknown', state: 'unconfirmed', errorKind: 'outcome-unknown' };

async function settleDue(store: Store, clock: TestClock, answer: (claim: Claim) => Partial<Settlement> | null): Promise<void> {
  const now = clock.now();
  const claims = await store.queue.claimDue({
    now,
    leaseUntil: now.add({ minutes: 5 }),
    limit: 1000,
    perAccount: 1000,
    busyAccountIds: [],
  });
  for (const claim of claims) {
    const said = answer(claim);
    if (said) await store.queue.settle(claim, { outcome: 'not-applied', state: 'failed', ...UNSAID, ...said }, now);
  }
}

const TABLES = ['workspace', 'member', 'account', 'series', 'post', 'delivery', 'media', 'audit_event'];

async function dump(database: Database): Promise<Record<string, unknown>> {
  const tables = TABLES.map(
    async (table) => [table, (await database.pool.query(`select * from ${table} order by id`)).rows] as const,
  );
  return Object.fromEntries(await Promise.all(tables));
}
