// News reaches every channel in its order, and no channel waits for another.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chat } from '../../../src/core/ports.ts';
import { openTeller, type Teller, tellNews } from '../../../src/core/usecases/tell-news.ts';
import { openWorkbench, type Workbench } from '../../support/workbench.ts';

let bench: Workbench;
let told: string[];
let slow: PromiseWithResolvers<void>;
beforeEach(async () => {
  bench = await openWorkbench();
  told = [];
  slow = Promise.withResolvers();
});
afterEach(() => bench.close());

/** Says what it is told; the channel `slow` answers when the test lets it. */
const chat = (): Chat => ({
  name: 'terminal',
  tell: async ({ channel }, { post }) => {
    if (channel === 'slow') await slow.promise;
    if (channel === 'closed') throw new Error('nobody is here');
    told.push(`${channel} ${post.text}`);
  },
});

/** A post of each text is published in this channel. */
async function publish(channel: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await bench.schedule({ text, origin: { chat: 'terminal', channel, message: null } });
    await bench.work();
    bench.clock.forward({ seconds: 1 });
  }
}

const teller = (): Teller => openTeller({ store: bench.store, clock: bench.clock, log: bench.log }, [chat()]);

describe('news', () => {
  it('of one channel is told in its order', async () => {
    const texts = Array.from({ length: 9 }, (_, index) => `news ${index}`);
    await publish('here', ...texts);
    await tellNews({ store: bench.store, clock: bench.clock, log: bench.log }, [chat()]);
    expect(told).toEqual(texts.map((text) => `here ${text}`));
  });

  it('of other channels is told while one channel is slow, and what comes later too', async () => {
    await publish('slow', 'one', 'two');
    await publish('here', 'three');
    const news = teller();
    await news.take();
    await vi.waitFor(() => expect(told).toEqual(['here three']));
    await publish('slow', 'four');
    await publish('here', 'five');
    await news.take();
    await vi.waitFor(() => expect(told).toEqual(['here three', 'here five']));
    slow.resolve();
    await news.idle();
    expect(told).toEqual(['here three', 'here five', 'slow one', 'slow two', 'slow four']);
  });

  it('that waits for a slow channel longer than it was taken for is told once all the same', async () => {
    await publish('slow', 'one', 'two');
    const news = teller();
    await news.take();
    bench.clock.forward({ minutes: 2 });
    await news.take();
    slow.resolve();
    await news.idle();
    expect(told).toEqual(['slow one', 'slow two']);
    expect(await bench.store.queue.hasNews(['terminal'])).toBe(false);
  });

  it('that could not be told is told later, and keeps no other', async () => {
    await publish('closed', 'one');
    await publish('here', 'two');
    const news = teller();
    await news.take();
    await news.idle();
    expect(told).toEqual(['here two']);
    expect(await bench.store.queue.hasNews(['terminal'])).toBe(true);
  });

  it('is told from many channels side by side, all of it', async () => {
    const channels = Array.from({ length: 70 }, (_, index) => `channel-${index}`);
    for (const channel of channels) await bench.schedule({ text: 'hello', origin: { chat: 'terminal', channel, message: null } });
    await bench.work();
    while ((await bench.store.queue.nextDueAt()) !== null) await bench.work();
    const news = teller();
    await news.take();
    await news.idle();
    expect(told.toSorted()).toEqual(channels.map((channel) => `${channel} hello`).toSorted());
  });

  it('asks for nothing where there is no chat', async () => {
    await publish('here', 'one');
    await tellNews({ store: bench.store, clock: bench.clock, log: bench.log }, []);
    expect(await bench.store.queue.hasNews(['terminal'])).toBe(true);
  });
});
