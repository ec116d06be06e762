// What a process tells by itself, put together: digests and figures come also where something that they show is gone.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Reply, sayPlainly } from '../../src/bots/reply.ts';
import type { SayingChat } from '../../src/bots/saying-chat.ts';
import { openTellings } from '../../src/compose/tellings.ts';
import { UNTOLD } from '../../src/core/figures.ts';
import type { Deps, Pictures } from '../../src/core/ports.ts';
import { addDigest } from '../../src/core/usecases/manage-digests.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { PLAN } from '../support/figures-bench.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

const PICTURES: Pictures = { calendar: async () => new Uint8Array(1), report: async () => new Uint8Array(1) };
const media: Deps['mediaStore'] = {
  put: async () => {},
  read: () => Promise.reject(new Error('no media here')),
  remove: async () => 'gone',
};

/** What the chat is told in one look, by place. */
async function tellOnce(parts: Partial<Deps> = {}): Promise<{ post: string | null; reply: Reply; key: string }[]> {
  const said: { post: string | null; reply: Reply; key: string }[] = [];
  const chat: SayingChat = {
    name: 'terminal',
    sayTo: async () => {},
    sayIn: async ({ post }, reply, key) => {
      said.push({ post: post?.name ?? null, reply, key });
      return 'said';
    },
  };
  const { clock, store, log } = bench;
  const unused = () => Promise.reject(new Error('nobody asks for that here'));
  const deps = {
    ...{ clock, store, log, platforms: openPlatforms(), pictures: PICTURES, mediaStore: media },
    ...{ http: { fetch, dispatcher: undefined }, mediaFetcher: { fetch: unused } },
    ...parts,
  };
  await using opened = new AsyncDisposableStack();
  await openTellings(deps, { figures: PLAN }, [chat], opened).once();
  return said;
}

/** Yesterday's post, on a network that openPlatforms() does not have, and a digest that is due. */
async function publishAndWait(): Promise<void> {
  await bench.schedule({ text: 'Hello there' });
  await bench.work();
  await addDigest(bench, bench.actor, { channel: 'here', cadence: { period: 'daily', wallTime: '10:30', day: null } });
  bench.clock.forward({ hours: 24 });
  const [result] = await bench.store.reports.results(bench.actor.workspace.id, yesterday(), { kind: 'all' });
  const [account] = bench.accounts;
  if (!result || !account) throw new Error('nothing went out');
  await bench.store.figures.save(account.id, new Map([[result.deliveryId, { ...UNTOLD, likes: 7 }]]), bench.clock.now());
  bench.clock.forward({ hours: 1 });
}

const yesterday = () => {
  const now = bench.clock.now();
  return { from: now.subtract({ hours: 48 }), until: now, asOf: now };
};

it('a digest and figures of a network that was taken out of Crier are told by its id', async () => {
  await publishAndWait();
  const [digest, figures, ...more] = await tellOnce();
  expect(sayPlainly(digest?.reply.title ?? '')).toContain('Yesterday 1 post went out and got 7 likes');
  expect(JSON.stringify(digest?.reply.sections)).toContain('P1 · testnet · Hello there');
  expect(figures?.reply.lines?.map(sayPlainly).join()).toContain('testnet (@account1)');
  expect(more).toEqual([]);
});

it('a digest comes without its picture where none can be drawn, and says so', async () => {
  await publishAndWait();
  const pictures = { ...PICTURES, report: () => Promise.reject(new Error('no fonts')) };
  const [digest] = await tellOnce({ pictures });
  expect(digest?.reply.files).toBeUndefined();
  expect(digest?.reply.notes).toContain('The picture could not be drawn. The log says why.');
});

it('a digest says the same key again until it is known that it was told', async () => {
  await publishAndWait();
  const digests = { ...bench.store.digests, settle: () => Promise.reject(new Error('the database is away')) };
  const [first] = await tellOnce({ store: { ...bench.store, digests } });
  bench.clock.forward({ minutes: 3 });
  const [again] = await tellOnce();
  expect(first?.key).toMatch(/^[0-9a-f-]{36}\/2026-11-23T09:30:00Z$/);
  expect(again?.key).toBe(first?.key);
  expect(await tellOnce()).toEqual([]);
});
