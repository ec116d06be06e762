// What every process of Crier stands on, whatever its role: data folder, log, database, clock, networks, media.
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import type { Deps, Log, NetworkHome, WebAddress } from '../core/ports.ts';
import { type DataFolder, openDataFolder } from '../data-folder.ts';
import { openCheckedVault } from '../db/checked-vault.ts';
import { openDatabaseClock } from '../db/clock.ts';
import { startEmbeddedServer } from '../db/embedded-server.ts';
import { type Database, openDatabase } from '../db/open.ts';
import type { VaultKey } from '../db/vault.ts';
import type { Emulator } from '../emulator/index.ts';
import { repeat } from '../jobs/repeat.ts';
import { logTo, openLog } from '../log.ts';
import { convertImage } from '../platforms/convert-image.ts';
import { openHttp } from '../platforms/http.ts';
import { openPlatforms } from '../platforms/index.ts';
import { openMediaFetcher } from '../platforms/media-fetcher.ts';
import { type MediaPlace, openMedia } from './media.ts';
import { openPictures } from './pictures.ts';
import { vaultKeysOf } from './vault-keys.ts';

export const { version } = packageJson;

/** Preferred, so that links to emulated posts stay the same; where one is taken, another is found. */
const EMULATOR_PORTS = {
  all: 4309,
  bluesky: 4310,
  mastodon: 4311,
  x: 4312,
  facebook: 4313,
  instagram: 4314,
  threads: 4315,
  linkedin: 4316,
  tiktok: 4317,
  youtube: 4318,
};
/** A video is in memory while it is read and while it is uploaded, and several may be at once: more than this would be too much. */
const MEDIA_MAX_BYTES = 100_000_000;
/** For a file of that size over an ordinary line. */
const MEDIA_TIMEOUT_MS = 120_000;
const FETCH_TIMEOUT_MS = 30_000;
const MEASURE_CLOCK_EVERY_MS = 60_000;

/** What is closed last was opened first, so that everything a running publish needs outlives it. */
export type Opened = AsyncDisposableStack;

/** Where this process's web server is; null until it listens. */
export interface Site {
  address: WebAddress | null;
}

export interface Foundation {
  config: Config;
  folder: DataFolder;
  log: Log;
  database: Database;
  databaseUrl: string;
  /** The time of the database's machine, which is the same for all processes. */
  clock: Clock;
  /** Compares this machine's clock with the database's. */
  measureClock: () => Promise<void>;
  key: VaultKey;
  /** Null where posts go to real networks. */
  emulator: Emulator | null;
  media: MediaPlace;
  site: Site;
  parts: Omit<Deps, 'jobs'>;
}

/** @throws CrierError that says what is wrong with a setting, the folder or the database, and what to do. */
export async function openFoundation(config: Config, { folder, log }: Ground, opened: Opened): Promise<Foundation> {
  const databaseUrl = config.databaseUrl ?? (await startOwnDatabase(folder, log, opened));
  const database = await openDatabase(databaseUrl, { log });
  opened.defer(database.close);
  const clock = await openDatabaseClock(database.pool, log);
  opened.defer(repeat(clock.measure, { everyMs: MEASURE_CLOCK_EVERY_MS, log, failing: 'the clocks could not be compared' }).stop);
  const keys = await vaultKeysOf(config, folder);
  const vault = await openCheckedVault(keys, database, log);
  const emulator = config.mockSocial ? await startEmulated(folder, clock, log, opened) : null;
  const { http, mediaHttp } = openWaysOut(config, emulator, opened);
  const site: Site = { address: null };
  const media = await openMedia(config, keys, { folder, log }, () => linkBase(config, emulator, site), opened);
  const parts = {
    clock,
    store: database.openStore({ clock, vault, log }),
    platforms: openPlatforms(),
    http,
    mediaFetcher: openMediaFetcher({ http: mediaHttp, maxBytes: MEDIA_MAX_BYTES, timeoutMs: MEDIA_TIMEOUT_MS }),
    mediaStore: media.store,
    mediaLinks: media.links,
    convertImage,
    pictures: openPictures(),
    networkHome: (platform: string) => homeOf(config, emulator, platform),
    log,
  };
  const { measure: measureClock } = clock;
  return { config, folder, log, database, databaseUrl, clock, measureClock, key: keys.current, emulator, media, site, parts };
}

export interface Ground {
  folder: DataFolder;
  log: Log;
}

/** The data folder, which one process at a time may have, and the log. @throws CrierError where the folder cannot be used. */
export async function openGround(config: Config, opened: Opened): Promise<Ground> {
  const folder = await openFolder(config, opened);
  const log = openLog(config.logLevel, logTo(logFile(folder)));
  for (const warning of config.warnings) log.warn({}, warning);
  return { folder, log };
}

/** @throws CrierError where it is in use, not Crier's, or cannot be written. */
export async function openFolder({ dataDir }: Config, opened: Opened): Promise<DataFolder> {
  const folder = await openDataFolder(dataDir, version);
  opened.defer(folder.close);
  return folder;
}

/** Null for stderr. Where a person types at the same terminal, lines of a log would run into theirs. */
const logFile = (folder: DataFolder): string | null =>
  process.stdin.isTTY && process.stderr.isTTY ? join(folder.path, 'crier.log') : null;

/** Emulated networks are on this machine, so that any address of ours will do. */
const linkBase = ({ publicUrl }: Config, emulator: Emulator | null, { address }: Site): string | null =>
  publicUrl ?? (emulator ? (address?.url ?? null) : null);

/** Of an emulated network that people cannot name themselves, its address and its app; of a real one, the app that settings hold. */
function homeOf({ apps }: Config, emulator: Emulator | null, platform: string): NetworkHome {
  const emulated = Object.entries(emulator?.networks ?? {}).find(([id]) => id === platform)?.[1];
  if (emulated) return { service: emulated.app ? emulated.url : null, app: emulated.app };
  return { service: null, app: apps[platform] ?? null };
}

async function startOwnDatabase(folder: DataFolder, log: Log, opened: Opened): Promise<string> {
  const { databasePassword } = await folder.secrets();
  const server = await startEmbeddedServer({ folder: folder.path, password: databasePassword, log });
  opened.defer(server.stop);
  return server.url;
}

async function startEmulated(folder: DataFolder, clock: Clock, log: Log, opened: Opened): Promise<Emulator> {
  const { startEmulator } = await import('../emulator/index.ts');
  const emulator = await startEmulator({ clock, log, ports: EMULATOR_PORTS, stateDir: join(folder.path, 'emulator') });
  opened.defer(emulator.stop);
  return emulator;
}

/** To the networks, which are the emulated ones only while there are such; and to files that people name, anywhere. */
function openWaysOut({ allowPrivateHosts, slack, discord }: Config, emulator: Emulator | null, opened: Opened) {
  const emulated = emulator && Object.values(emulator.networks).map((network) => new URL(network.url).host);
  const http = openHttp(
    emulated
      ? { allowPrivateHosts: emulated, onlyHosts: emulated, timeoutMs: FETCH_TIMEOUT_MS }
      : { allowPrivateHosts, timeoutMs: FETCH_TIMEOUT_MS },
  );
  // files that are shared in a chat lie where its API is, and a server of one's own may be on a private address
  const chatHosts = [slack?.apiUrl, discord?.apiUrl].flatMap((url) => (url ? [new URL(url).host] : []));
  const mediaHttp = openHttp({
    allowPrivateHosts: [...allowPrivateHosts, ...chatHosts],
    timeoutMs: MEDIA_TIMEOUT_MS,
    silenceMs: FETCH_TIMEOUT_MS,
  });
  opened.defer(http.close);
  opened.defer(mediaHttp.close);
  return { http, mediaHttp };
}
