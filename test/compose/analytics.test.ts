// Reports and digests as somebody at a terminal sees them, over emulated networks whose figures grow: what is said is what these serve.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../src/bots/commands/index.ts';
import { openCommands } from '../../src/bots/run.ts';
import { openPictures } from '../../src/compose/pictures.ts';
import type { PostDetails } from '../../src/core/post.ts';
import { collectFigures } from '../../src/core/usecases/collect-figures.ts';
import { connectDemo } from '../../src/core/usecases/connect-demo.ts';
import { tellNews } from '../../src/core/usecases/tell-news.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { openChat } from '../bots/terminal/chat.ts';
import { PLAN } from '../support/figures-bench.ts';
import { scriptedNetwork } from '../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const platforms = openPlatforms();
const NETWORKS = ['bluesky', 'mastodon', 'x', 'threads'] as const;

let bench: Workbench;
let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-analytics-'));
  const network = scriptedNetwork();
  network.platform = { ...network.platform, publish: (context) => platforms.get(context.account.platform).publish(context) };
  bench = await openWorkbench({ network, accounts: 0 });
  emulator = await startEmulator({ clock: bench.clock, log: bench.log });
});
afterEach(async () => {
  await emulator.stop();
  await bench.close();
  await rm(folder, { recursive: true });
});

const http = { fetch, dispatcher: undefined };
const networkHome = (platform: string) => {
  const found = Object.entries(emulator.networks).find(([id]) => id === platform)?.[1];
  return { service: found?.app ? found.url : null, app: found?.app ?? null };
};

async function connectAll() {
  const accounts = [];
  for (const id of NETWORKS) {
    const { demo, app } = emulator.networks[id];
    const context = { http, clock: bench.clock, signal: new AbortController().signal };
    const connected = await connectDemo(platforms.get(id), demo, app, context);
    accounts.push((await bench.store.accounts.connect(bench.actor, { ...connected, platform: id })).account);
  }
  return accounts;
}

async function publish(text: string): Promise<PostDetails> {
  const post = await bench.schedule({ accounts: await connectAll(), text });
  await bench.work();
  // a terminal waits at the end of its input until that is told
  await tellNews(bench, [{ name: 'terminal', tell: async () => {} }]);
  return bench.read(post);
}

/** What is said at a terminal to these lines. */
async function say(...lines: string[]): Promise<string> {
  const { world } = openChat();
  const { clock, store, log, actor } = bench;
  const deps = { ...world.deps, clock, store, log, platforms, http, networkHome, pictures: openPictures() };
  const { chat, input, shown } = openChat({
    commands: openCommands(commands),
    deps,
    actor: async () => actor,
    filesFolder: folder,
  });
  input.end(`${lines.join('\n')}\n`);
  expect(await chat.run()).toEqual({ exitCode: 0 });
  return shown();
}

const Counts = z.object({ favourites_count: z.number(), reblogs_count: z.number(), replies_count: z.number() });

/** As anybody reads it at the instance. */
async function servedByMastodon(remoteId: string): Promise<number> {
  const answer = await fetch(`${emulator.networks.mastodon.url}/api/v1/statuses/${remoteId}`);
  const { favourites_count: likes, reblogs_count: boosts, replies_count: replies } = Counts.parse(await answer.json());
  return likes + boosts + replies;
}

/** One post, and so much engagement. */
const rowOfMastodon = (engagement: number): RegExp => new RegExp(`Mastodon( \\S+)?\\s+1\\s+${engagement}\\s`);

const pictures = async (): Promise<string[]> => (await readdir(join(folder, 'pictures'))).sort();

it('says what the networks serve, read by the job or by hand, and draws it', async () => {
  const { deliveries } = await publish('Our kite flies higher than ever');
  const remoteId = deliveries.find(({ platform }) => platform === 'mastodon')?.remoteId ?? '';

  bench.clock.forward({ hours: 1 });
  await collectFigures({ ...bench, platforms, http, networkHome }, PLAN);
  const first = await servedByMastodon(remoteId);
  expect(await say('/analytics today mastodon')).toMatch(rowOfMastodon(first));

  bench.clock.forward({ hours: 23 });
  const later = await servedByMastodon(remoteId);
  expect(later).toBeGreaterThan(first);
  const anew = await say('/analytics refresh last 7 days', '/digest preview daily');
  const [report = '', digest = ''] = anew.split('> /digest');
  expect(report).toContain('4 of 4 accounts');
  expect(report).toMatch(rowOfMastodon(later));
  expect(report).toContain('4 posts went out');
  expect(digest).toContain('4 posts went out');
  expect(digest).toContain('Our kite flies higher than ever');
  expect(await pictures()).toHaveLength(3);
  for (const name of await pictures()) {
    const picture = await readFile(join(folder, 'pictures', name));
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1080 });
  }
});

it('says of a network that cannot be read how old its figures are, and reports on the others', async () => {
  await publish('Hello');
  bench.clock.forward({ hours: 24 });
  await collectFigures({ ...bench, platforms, http, networkHome }, PLAN);
  bench.clock.forward({ hours: 3 });
  emulator.networks.mastodon.faults.order({ match: 'GET /api/v1/statuses', status: 503 });
  const shown = await say('/analytics refresh last 7 days');
  expect(shown).toMatch(/Figures of Mastodon .* could not be read/);
  expect(shown).toMatch(/Bluesky\s+1\s+\d/);
});
