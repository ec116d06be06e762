// Hand-made dependencies for the terminal's tests: a clock that stands, a queue that holds what a test says, and the rest refusing.
import type { Account } from '../../../src/core/account.ts';
import { definePlatform, type Platform } from '../../../src/core/platform.ts';
import type { Deps, Log } from '../../../src/core/ports.ts';
import { NOTHING_BESIDE, type PostDetails } from '../../../src/core/post.ts';
import type { Store } from '../../../src/core/store.ts';
import type { Actor } from '../../../src/core/workspace.ts';

export const NOW = Temporal.Instant.from('2026-11-22T12:00:00Z');

export const ACTOR: Actor = {
  workspace: {
    id: 'w1',
    chat: 'terminal',
    teamId: 'local',
    name: 'Local',
    timeZone: 'Europe/Berlin',
    defaultTime: '09:00',
    dateOrder: 'DMY',
    country: null,
    language: null,
    dailyCaps: {},
    slots: {},
    roleRules: {},
    pictures: 'light',
    removedAt: null,
    createdAt: NOW,
  },
  member: {
    id: 'm1',
    workspaceId: 'w1',
    userId: 'u1',
    name: 'Ada',
    role: 'admin',
    timeZone: null,
    profileTimeZone: null,
    locale: null,
  },
};

export const unused = (): never => {
  throw new Error('nothing in this test was to call this');
};

export const account = (platform: string, handle: string): Account => ({
  id: `${platform}-${handle}`,
  workspaceId: 'w1',
  platform,
  remoteId: handle,
  handle,
  service: 'https://example.org',
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: NOW,
});

const platform = (id: string, name: string, secret: string): Platform =>
  definePlatform({
    id,
    name,
    aliases: [],
    setup: {
      intro: '',
      fields: [
        { name: 'handle', label: 'Handle', example: 'you.example', secret: false, required: true },
        { name: secret, label: 'Secret', example: 'xxxx', secret: true, required: true },
      ],
    },
    capabilities: { altText: true, repeatHarmlessForMs: 0 },
    limits: unused,
    connect: unused,
    publish: unused,
    oauth: null,
    findPublished: null,
    classifyError: unused,
  });

export const PLATFORMS = [platform('bluesky', 'Bluesky', 'password'), platform('mastodon', 'Mastodon', 'token')];

export const post = (number: number): PostDetails => ({
  post: {
    id: `p${number}`,
    workspaceId: 'w1',
    number,
    text: `Post ${number}`,
    beside: NOTHING_BESIDE,
    variants: {},
    mediaIds: [],
    hashtags: [],
    campaign: null,
    authorId: 'm1',
    slot: null,
    seriesId: null,
    origin: { chat: 'terminal', channel: 'terminal', message: null },
    createdAt: NOW,
  },
  authorName: 'Ada',
  deliveries: [],
  media: [],
  series: null,
});

export interface LogEntry {
  level: keyof Log;
  fields: object;
  message: string;
}

/** What a test may set and look at. */
export interface World {
  deps: Deps;
  now: Temporal.Instant;
  nextDueAt: Temporal.Instant | null;
  hasNews: boolean;
  logged: LogEntry[];
}

const openStore = (world: Pick<World, 'nextDueAt' | 'hasNews'>): Store => ({
  workspaces: { enter: unused, change: unused, setTimeZone: unused, setPresent: unused, presence: unused, teamsOf: unused },
  links: {
    findApp: unused,
    saveApp: unused,
    make: unused,
    find: unused,
    take: unused,
    keepChoice: unused,
    findChoice: unused,
    takeChoice: unused,
  },
  installations: { save: unused, find: unused, remove: unused },
  isFirst: unused,
  forgetSeen: unused,
  accounts: {
    list: async () => [account('bluesky', '@crier.example'), account('mastodon', '@crier@mastodon.example')],
    connect: unused,
    disconnect: unused,
    saveCredentials: unused,
    isElsewhere: unused,
  },
  logins: {
    toRefresh: unused,
    read: unused,
    takeTurn: unused,
    untilFree: unused,
    keep: unused,
    putOff: unused,
    giveBack: unused,
    end: unused,
  },
  notices: { warnOfEnds: unused, addConnected: unused, claim: unused, markTold: unused },
  figures: {
    due: unused,
    dueAccounts: unused,
    recent: unused,
    save: unused,
    saveAccount: unused,
    looked: unused,
    looks: unused,
    thin: unused,
    exportPage: unused,
    claimNews: unused,
    markTold: unused,
  },
  reports: {
    results: unused,
    sums: unused,
    accountsAt: unused,
    failures: unused,
    engagements: unused,
    lastOut: unused,
    counts: unused,
  },
  digests: {
    list: unused,
    add: unused,
    setDue: unused,
    remove: unused,
    reschedule: unused,
    claim: unused,
    settle: unused,
    pause: unused,
    putBack: unused,
  },
  series: { create: unused, change: unused, findWaiting: unused, makeNext: unused },
  posts: {
    create: unused,
    createInSlot: unused,
    taken: unused,
    find: unused,
    list: async () => ({ items: [post(12), post(11), post(2)], total: 3 }),
    campaigns: async () => ['launch', 'winter'],
    exportPage: unused,
    change: unused,
    setOrigin: unused,
  },
  queue: {
    claimDue: unused,
    extendLeases: unused,
    markSending: unused,
    saveHandles: unused,
    settle: unused,
    isRemoteIdTaken: unused,
    countPublishedSince: unused,
    dueUntil: unused,
    standingOf: unused,
    spreadOverdue: unused,
    nextDueAt: async () => world.nextDueAt,
    claimNews: unused,
    markTold: unused,
    hasNews: async () => world.hasNews,
    depth: unused,
  },
  media: { add: unused, get: unused, findUnneeded: unused, isUnneeded: unused, markRemoved: unused },
  jobRuns: { take: unused, extend: unused, finish: unused, list: unused },
  processes: { tell: unused, forget: unused, list: async () => [], forgetUnseen: unused },
  credentials: unused,
});

export function openWorld(): World {
  const logged: LogEntry[] = [];
  const note = (level: keyof Log) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const state = { now: NOW, nextDueAt: null, hasNews: false };
  const world: World = Object.assign(state, {
    logged,
    deps: {
      clock: { now: () => state.now },
      store: openStore(state),
      jobs: { wakeAt: unused },
      platforms: {
        all: () => PLATFORMS,
        get: unused,
        find: (name: string) => PLATFORMS.find(({ id }) => id === name.toLowerCase()),
      },
      http: { fetch: unused, dispatcher: null },
      mediaStore: { put: unused, read: unused, remove: unused },
      mediaFetcher: { fetch: unused },
      log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
    },
  });
  return world;
}
