// Collecting figures from emulated networks over days: what is kept is what they serve, hour by hour, whatever another network does.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../../../src/core/account.ts';
import { UNTOLD } from '../../../src/core/figures.ts';
import { collectFigures } from '../../../src/core/usecases/collect-figures.ts';
import { connectDemo } from '../../../src/core/usecases/connect-demo.ts';
import { figuresOf } from '../../../src/emulator/growth.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { openPlatforms } from '../../../src/platforms/index.ts';
import { PLAN } from '../../support/figures-bench.ts';
import { scriptedNetwork } from '../../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../../support/workbench.ts';

const platforms = openPlatforms();
const NETWORKS = ['bluesky', 'mastodon'] as const;

let bench: Workbench;
let emulator: Emulator;
beforeEach(async () => {
  const network = scriptedNetwork();
  network.platform = { ...network.platform, publish: (context) => platforms.get(context.account.platform).publish(context) };
  bench = await openWorkbench({ network, accounts: 0 });
  emulator = await startEmulator({ clock: bench.clock, log: bench.log });
});
afterEach(async () => {
  await emulator.stop();
  await bench.close();
});

async function connect(id: (typeof NETWORKS)[number]): Promise<Account> {
  const { demo, app } = emulator.networks[id];
  const context = { http: { fetch, dispatcher: undefined }, clock: bench.clock, signal: new AbortController().signal };
  const connected = await connectDemo(platforms.get(id), demo, app, context);
  return (await bench.store.accounts.connect(bench.actor, { ...connected, platform: id })).account;
}

const collect = () => collectFigures({ ...bench, platforms, http: { fetch, dispatcher: undefined } }, PLAN);

/** By network: the hours after which it was looked at, with what was kept. */
async function kept(): Promise<Partial<Record<string, unknown[]>>> {
  const { rows } = await bench.database.pool.query(
    `select d.platform, m.figures, extract(epoch from m.at - d.published_at)::float / 3600 as hours
     from metric_snapshot m join delivery d on d.id = m.delivery_id order by m.at`,
  );
  return Object.groupBy(rows, ({ platform }) => platform);
}

/** As the emulated networks have them of a post that nobody answered. */
function servedOf(network: string, remoteId: string, hours: number) {
  const { likes, comments, shares, saves } = figuresOf(remoteId, hours * 3_600_000);
  const told = { ...UNTOLD, likes, comments, shares: shares + Math.floor(shares / 4) };
  return { platform: network, hours, figures: network === 'bluesky' ? { ...told, saves } : told };
}

it('keeps of each look what the network served then, and of one that failed what it serves once it answers', async () => {
  const accounts = [await connect('bluesky'), await connect('mastodon')];
  const post = await bench.schedule({ accounts });
  await bench.work();
  const { deliveries } = await bench.read(post);
  const remoteId = (network: string) => deliveries.find(({ platform }) => platform === network)?.remoteId ?? 'nowhere';

  bench.clock.forward({ hours: 1 });
  expect(await collect()).toMatchObject({ posts: 2, failed: 0 });
  bench.clock.forward({ hours: 5 });
  emulator.networks.mastodon.faults.order({ match: 'GET /api/v1/statuses', status: 503 });
  expect(await collect()).toMatchObject({ posts: 1, failed: 1 });
  bench.clock.forward({ hours: 1 });
  expect(await collect()).toMatchObject({ posts: 1, failed: 0 });
  bench.clock.forward({ hours: 17 });
  expect(await collect()).toMatchObject({ posts: 2, failed: 0 });

  const served = (network: string, ...hours: number[]) => hours.map((each) => servedOf(network, remoteId(network), each));
  expect(await kept()).toEqual({
    bluesky: served('bluesky', 1, 6, 24),
    mastodon: served('mastodon', 1, 7, 24),
  });
  expect(figuresOf(remoteId('bluesky'), 86_400_000).likes).toBeGreaterThan(0);
});
