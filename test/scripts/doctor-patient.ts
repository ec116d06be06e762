// A healthy Crier for the doctor to look at: PostgreSQL, a web server, the emulated networks standing for the real ones, a bucket, a Slack
// and a Discord. What a test wants broken, it breaks itself.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../scripts/doctor/examine.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import type { Ways } from '../../scripts/doctor/ways.ts';
import { openCheckedVault } from '../../src/db/checked-vault.ts';
import { openMediaStore } from '../../src/db/media-store.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { openProcesses } from '../../src/db/processes.ts';
import { keyFrom } from '../../src/db/vault.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { mediaMount } from '../../src/web/media.ts';
import { openMediaLinks } from '../../src/web/media-links.ts';
import { startWeb } from '../../src/web/server.ts';
import { freshDatabase } from '../support/database.ts';
import { openDiscordServer } from '../support/discord/server.ts';
import { keptLog } from '../support/log.ts';
import { startS3Server } from '../support/s3-server.ts';
import { APP, TEAM_A } from '../support/slack/cast.ts';
import { openSlackServer } from '../support/slack/server.ts';

export const KEY = 'ab'.repeat(32);
export const PUBLIC_URL = 'https://crier.example.com';

export type Environment = Record<string, string | undefined>;

export interface Patient {
  /** Settings under which nothing is wrong. */
  environment: Environment;
  ways: Partial<Ways>;
  database: Database;
  emulator: Emulator;
  examine: (changed?: Environment, ways?: Partial<Ways>) => Promise<readonly Finding[]>;
}

export async function openPatient(opened: AsyncDisposableStack): Promise<Patient> {
  const log = keptLog();
  const clock = { now: () => Temporal.Now.instant() };
  const folder = await mkdtemp(join(tmpdir(), 'crier-doctor-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const test = await freshDatabase();
  opened.defer(test.drop);
  const database = await openDatabase(test.url);
  opened.defer(database.close);
  const keys = { current: keyFrom(KEY), old: [] };
  await openCheckedVault(keys, database, log);
  const report = { id: 'one', role: 'all', host: 'tower', pid: 42, version: '0.1.0', startedAt: clock.now(), parts: {} } as const;
  await openProcesses(database.pool).tell(report, clock.now());

  const links = openMediaLinks({ base: () => PUBLIC_URL, keys: [keys.current.key] });
  const mounts = [mediaMount({ links, files: openMediaStore(join(folder, 'media')), clock, log })];
  const options = { host: '127.0.0.1', port: null, role: 'all', checks: { run: async () => [] }, links: [], routes: [] } as const;
  const web = await startWeb({ ...options, mounts, log });
  opened.defer(web.stop);

  const emulator = await startEmulator({ clock, log });
  opened.defer(emulator.stop);
  const http = openHttp({ allowPrivateHosts: ['127.0.0.1'], timeoutMs: 5_000 });
  opened.defer(http.close);
  const s3 = await startS3Server();
  opened.defer(s3.close);
  const slack = await openSlackServer();
  opened.defer(slack.close);
  const discord = await openDiscordServer();
  opened.defer(discord.close);

  const [id, secret] = ['crier-emulated-app', 'crier-emulated-secret'];
  const environment: Environment = {
    CRIER_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: test.url,
    ENCRYPTION_KEY: KEY,
    PUBLIC_URL,
    CRIER_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    S3_ENDPOINT: s3.bucket.endpoint,
    S3_BUCKET: s3.bucket.bucket,
    S3_ACCESS_KEY_ID: s3.bucket.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.bucket.secretAccessKey,
    X_CLIENT_ID: id,
    X_CLIENT_SECRET: secret,
    FACEBOOK_APP_ID: id,
    FACEBOOK_APP_SECRET: secret,
    INSTAGRAM_APP_ID: id,
    INSTAGRAM_APP_SECRET: secret,
    THREADS_APP_ID: id,
    THREADS_APP_SECRET: secret,
    LINKEDIN_CLIENT_ID: id,
    LINKEDIN_CLIENT_SECRET: secret,
    LINKEDIN_VERSION: monthsAgo(2),
    TIKTOK_CLIENT_KEY: id,
    TIKTOK_CLIENT_SECRET: secret,
    YOUTUBE_CLIENT_ID: id,
    YOUTUBE_CLIENT_SECRET: secret,
    SLACK_APP_TOKEN: APP.appToken,
    SLACK_BOT_TOKEN: TEAM_A.botToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  };
  const ways: Partial<Ways> = {
    http,
    homes: Object.fromEntries(Object.entries(emulator.networks).map(([network, { url }]) => [network, url])),
    addressesOf: async () => ['93.184.215.14'],
    fetchOwn: (url, init) => fetch(String(url).replace(PUBLIC_URL, web.url), init),
  };
  return {
    environment,
    ways,
    database,
    emulator,
    examine: (changed = {}, given = {}) => examine({ ...environment, ...changed }, { ...ways, ...given }),
  };
}

/** `202609`. */
export function monthsAgo(months: number): string {
  const at = Temporal.Now.plainDateISO('UTC').subtract({ months });
  return `${at.year}${String(at.month).padStart(2, '0')}`;
}
