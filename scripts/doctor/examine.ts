// All that the doctor looks at, side by side, in the order in which it is told. Each look is a file of its own.
import type { Config } from '../../src/config.ts';
import type { Platform } from '../../src/core/platform.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { lookAtAccounts } from './accounts.ts';
import { lookAtDiscord, lookAtSlack } from './chats.ts';
import { watchDates } from './clock.ts';
import { lookAtDatabase } from './database.ts';
import { type Finding, looking } from './finding.ts';
import { lookAtFolders } from './folder.ts';
import { keysOf, lookAtKey } from './key.ts';
import { lookAtLinkedInVersion } from './linkedin-version.ts';
import { lookAtNetwork } from './networks.ts';
import { lookAtPublicUrl, type PublicUrlNeeds } from './public-url.ts';
import { readSettings, secretsIn } from './settings.ts';
import { lookAtBucket, lookAtMongo } from './stores.ts';
import { openWays, type Ways } from './ways.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** @param given what stands for the world in a test */
export async function examine(environment: Environment, given: Partial<Ways> = {}): Promise<readonly Finding[]> {
  const { config, findings } = readSettings(environment);
  const looked = config === null ? [] : await look(config, given);
  const secrets = secretsIn(environment);
  return [...findings, ...looked].map((finding) => withoutSecrets(finding, secrets));
}

async function look(config: Config, given: Partial<Ways>): Promise<readonly Finding[]> {
  await using opened = new AsyncDisposableStack();
  const outside = { ...openWays(config, opened), ...given };
  const watch = watchDates(outside.http, outside.clock);
  const ways: Ways = { ...outside, http: watch.http };
  const database = lookAtDatabase(config, ways.clock, opened);
  const tables = async () => {
    const { pool, hasTables } = await database;
    return hasTables ? pool : null;
  };
  // one after the other: either may make the secrets of a data folder that has none yet
  const keys = database.then(() => keysOf(config));
  const platforms = openPlatforms().all();
  const publicUrl = async () => {
    const { processes } = await database;
    const needs = config.mockSocial ? { linking: [], pulling: [] } : needsOf(config, platforms);
    return lookAtPublicUrl(config, { needs, keys: await keys.catch(() => null), processes, ways });
  };
  const looks = [
    looking('CRIER_DATA_DIR', () => lookAtFolders(config)),
    looking('DATABASE_URL', async () => (await database).findings),
    looking('MONGO_URL', () => lookAtMongo(config)),
    looking('ENCRYPTION_KEY', async () => lookAtKey(await keys, await tables())),
    looking('S3_BUCKET', () => lookAtBucket(config)),
    looking('PUBLIC_URL', publicUrl),
    ...platforms.map((platform) => looking(platform.name, () => lookAtNetwork(config, platform, ways))),
    looking('LINKEDIN_VERSION', () => lookAtLinkedInVersion(config, ways)),
    looking('SLACK_BOT_TOKEN', () => lookAtSlack(config, ways)),
    looking('DISCORD_TOKEN', () => lookAtDiscord(config, ways)),
    looking('accounts', async () => lookAtAccounts(await tables(), ways.clock)),
  ];
  return [...(await Promise.all(looks)).flat(), watch.finding()];
}

function needsOf({ apps }: Config, platforms: readonly Platform[]): PublicUrlNeeds {
  const linking = platforms.filter(({ id }) => apps[id] !== undefined);
  const pulling = linking.filter(({ capabilities }) => capabilities.pulls !== 'nothing');
  return { linking: linking.map(({ name }) => name), pulling: pulling.map(({ name }) => name) };
}

function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
  const cleaned = (text: string): string => secrets.reduce((said, secret) => said.replaceAll(secret, '***'), text);
  const { found, cure, details } = finding;
  return { ...finding, found: cleaned(found), cure: cure === null ? null : cleaned(cure), details: details.map(cleaned) };
}
