// /api/social/cron over real HTTP, on the real engine and database: who may call it, what it does, and what it says.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CronOptions, cronRoutes } from '../../src/web/cron.ts';
import { closeDatabase } from '../support/database.ts';
import { openWorkbench, START, type Workbench } from '../support/workbench.ts';
import { ask, bearer, useWebs } from './open-web.ts';

const SECRET = 'cron-horse-battery-staple';
const PATH = '/api/social/cron';
const { log, start } = useWebs();

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench({ accounts: 4 });
});
afterEach(() => bench.close());

async function open(more: Partial<CronOptions> = {}): Promise<string> {
  const { dispatcher, store, clock } = bench;
  const depth = () => store.queue.depth(clock.now());
  const routes = cronRoutes({ secret: SECRET, runBatch: dispatcher.runBatch, after: async () => {}, depth, clock, log, ...more });
  return `${(await start({ routes: [routes] })).url}${PATH}`;
}

const NONE = { retrying: 0, failed: 0, held: 0, unconfirmed: 0, canceled: 0, released: 0 };

describe('the call from outside', () => {
  it.each(['POST', 'GET'])('publishes what is due and answers with counts, by %s', async (method) => {
    const url = await open();
    await bench.schedule();
    const response = await ask(`${url}?batchSize=3`, { method, ...bearer(SECRET) });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await response.json()).toEqual({ claimed: 3, published: 3, ...NONE, due: 1, tookMs: expect.any(Number) });
    expect(bench.network.posts).toHaveLength(3);
    const rest = await ask(url, { method, ...bearer(SECRET) });
    expect(await rest.json()).toMatchObject({ claimed: 1, published: 1, due: 0 });
  });

  it('shares the work between two calls at once', async () => {
    const url = await open();
    await bench.schedule();
    const both = await Promise.all([ask(`${url}?batchSize=2`, bearer(SECRET)), ask(`${url}?batchSize=2`, bearer(SECRET))]);
    expect(await Promise.all(both.map((response) => response.json()))).toMatchObject([{ published: 2 }, { published: 2 }]);
    expect(bench.network.posts).toHaveLength(4);
  });

  it('does nothing for somebody who only looks', async () => {
    const url = await open();
    await bench.schedule();
    const answers = [];
    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS']) answers.push(await ask(url, { method, ...bearer(SECRET) }));
    expect(answers.map(({ status, headers }) => [status, headers.get('allow')])).toEqual(answers.map(() => [405, 'GET, POST']));
    expect(bench.network.posts).toEqual([]);
  });

  it('does nothing without the secret, or with it anywhere but in its header', async () => {
    const url = await open();
    await bench.schedule();
    const answers = [
      await ask(url),
      await ask(url, bearer(`${SECRET}x`)),
      await ask(url, { headers: { Authorization: SECRET } }),
      await ask(`${url}?secret=${SECRET}&token=${SECRET}&CRON_SECRET=${SECRET}`),
      await ask(url, { method: 'POST', body: SECRET }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await answers[0]?.json()).toEqual({ error: expect.stringContaining('Authorization: Bearer') });
    expect(bench.network.posts).toEqual([]);
    expect(JSON.stringify(log.lines)).not.toContain(SECRET);
  });

  it('is closed where no secret is set; the log says so once', async () => {
    const url = await open({ secret: null });
    const answers = [await ask(url, bearer('')), await ask(url, bearer('null')), await ask(url)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(log.lines.filter(({ message }) => message.includes('CRON_SECRET is not set'))).toHaveLength(1);
  });

  it.each(['0', '501', '-1', '1.5', 'many', '', '1e2', '0x10', '1&batchSize=2'])(
    'says what is wrong with a size of %j',
    async (size) => {
      const url = await open();
      await bench.schedule();
      const response = await ask(`${url}?batchSize=${size}`, bearer(SECRET));
      expect([response.status, await response.json()]).toEqual([400, { error: expect.stringContaining('from 1 to 500') }]);
      expect(bench.network.posts).toEqual([]);
    },
  );

  it('takes 20 where nothing else is said, and up to 500', async () => {
    const sizes: number[] = [];
    const runBatch: CronOptions['runBatch'] = async (limit) => {
      sizes.push(limit);
      return { claimed: 0, published: 0, ...NONE };
    };
    const url = await open({ runBatch });
    for (const query of ['', '?batchSize=1', '?batchSize=500', '?batchSize=020']) await ask(`${url}${query}`, bearer(SECRET));
    expect(sizes).toEqual([20, 1, 500, 20]);
  });

  it('answers kindly while the database is away, leaves the story to the log, and goes on afterwards', async () => {
    const url = await open();
    await bench.schedule();
    const { reopen } = await closeDatabase(bench.url);
    const response = await ask(url, bearer(SECRET));
    expect([response.status, await response.json()]).toEqual([503, { error: expect.stringContaining('Nothing is lost') }]);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', fields: { err: expect.any(Error) } }));
    await reopen();
    await expect.poll(async () => (await ask(url, bearer(SECRET))).status).toBe(200);
    expect(bench.network.posts).toHaveLength(4);
  });

  it('tells the counts although what follows a batch fails', async () => {
    const url = await open({ after: () => Promise.reject(new Error('chat is away')) });
    await bench.schedule();
    const response = await ask(url, bearer(SECRET));
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ published: 4, due: null })]);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { err: new Error('chat is away') } }));
  });
});

describe('whether the call from outside works', () => {
  it('is told to everybody', async () => {
    const answers = [];
    for (const secret of [SECRET, null]) answers.push(await ask(`${await open({ secret })}/health`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await Promise.all(answers.map((response) => response.json()))).toEqual([
      { status: 'ok', configured: true },
      { status: 'ok', configured: false },
    ]);
  });

  it('comes with the last run for whoever has the secret', async () => {
    const url = await open();
    await bench.schedule();
    await bench.schedule({ in: { hours: 1 } });
    await ask(`${url}?batchSize=3`, bearer(SECRET));
    const told = await (await ask(`${url}/health`, bearer(SECRET))).json();
    const lastResult = { claimed: 3, published: 3, ...NONE };
    expect(told).toEqual({ status: 'ok', configured: true, due: 1, lastRunAt: START, lastResult });
    expect(await (await ask(`${url}/health`, bearer('wrong'))).json()).toEqual({ status: 'ok', configured: true });
  });

  it('says so where the database is away', async () => {
    const url = await open({ depth: () => Promise.reject(new Error('refused')) });
    const response = await ask(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([503, { status: 'failing', configured: true }]);
  });
});
