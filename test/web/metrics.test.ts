// /metrics over real HTTP: who may read it, what stands there, and what is left while the database is away.
import { describe, expect, it } from 'vitest';
import type { QueueDepth } from '../../src/core/operations.ts';
import { type Metrics, openMetrics } from '../../src/web/metrics.ts';
import { ask, bearer, useWebs } from './open-web.ts';

const TOKEN = 'correct-horse-battery';
const DEPTH: QueueDepth[] = [
  { platform: 'bluesky', state: 'scheduled', count: 7, due: 2 },
  { platform: 'bluesky', state: 'retrying', count: 1, due: 1 },
  { platform: 'mastodon', state: 'held', count: 3, due: 0 },
];

const { log, start } = useWebs();

const open = (more: { depth?: () => Promise<QueueDepth[]>; token?: string | null } = {}): Metrics =>
  openMetrics({ version: '0.1.0', role: 'worker', depth: async () => DEPTH, token: TOKEN, log, ...more });

const scrape = async ({ routes }: Metrics) => read((await start({ routes: [routes] })).url);

/** What a scrape brings, without comments and by line. */
async function read(url: string): Promise<{ status: number; lines: string[]; type: string | null }> {
  const response = await ask(`${url}/metrics`, bearer(TOKEN));
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { status: response.status, lines, type: response.headers.get('content-type') };
}

const startingWith = (lines: string[], ...names: string[]): string[] =>
  lines.filter((line) => names.some((name) => line.startsWith(`${name}{`) || line.startsWith(`${name} `)));

describe('/metrics', () => {
  it('tells how much there is to do, by network and state', async () => {
    const { status, lines, type } = await scrape(open());
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(startingWith(lines, 'crier_deliveries', 'crier_deliveries_due', 'crier_database_up')).toEqual([
      'crier_database_up 1',
      'crier_deliveries{platform="bluesky",state="scheduled"} 7',
      'crier_deliveries{platform="bluesky",state="retrying"} 1',
      'crier_deliveries{platform="mastodon",state="held"} 3',
      'crier_deliveries_due{platform="bluesky"} 3',
      'crier_deliveries_due{platform="mastodon"} 0',
    ]);
  });

  it('counts what the meter was told, in seconds', async () => {
    const metrics = open();
    const { meter } = metrics;
    meter.claimed('bluesky');
    meter.claimed('bluesky');
    meter.tried('bluesky', 300);
    meter.settled('bluesky', 'published', 40);
    meter.settled('bluesky', 'retrying', null);
    meter.jobRan('digest', true, 20);
    meter.jobRan('digest', false, 2000);
    const { lines } = await scrape(metrics);
    expect(lines).toEqual(
      expect.arrayContaining([
        'crier_build_info{version="0.1.0",role="worker"} 1',
        'crier_claimed_total{platform="bluesky"} 2',
        'crier_settled_total{platform="bluesky",state="published"} 1',
        'crier_settled_total{platform="bluesky",state="retrying"} 1',
        // known from the first sight on, so that the first failure is seen as growth
        'crier_settled_total{platform="mastodon",state="failed"} 0',
        'crier_lateness_seconds_bucket{le="0.025"} 0',
        'crier_lateness_seconds_bucket{le="0.05"} 1',
        'crier_lateness_seconds_count 1',
        'crier_publish_seconds_sum{platform="bluesky"} 0.3',
        'crier_job_runs_total{job_name="digest",outcome="ok"} 1',
        'crier_job_runs_total{job_name="digest",outcome="failed"} 1',
        'crier_job_seconds_count{job_name="digest"} 2',
      ]),
    );
  });

  it('tells of the process: memory, and how late the event loop is', async () => {
    const { lines } = await scrape(open());
    expect(startingWith(lines, 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds')).toHaveLength(2);
  });

  it('shares no figure with another one in the same process', async () => {
    const [one, other] = [open(), open()];
    one.meter.claimed('bluesky');
    expect(startingWith((await scrape(other)).lines, 'crier_claimed_total')).toEqual([]);
  });

  it('leaves out what only the database knows while that is away, and says so', async () => {
    let isAway = true;
    const metrics = open({ depth: () => (isAway ? Promise.reject(new Error('refused')) : Promise.resolve(DEPTH)) });
    metrics.meter.claimed('bluesky');
    const { url } = await start({ routes: [metrics.routes] });
    const { status, lines } = await read(url);
    expect(status).toBe(200);
    expect(startingWith(lines, 'crier_database_up', 'crier_claimed_total')).toEqual([
      'crier_claimed_total{platform="bluesky"} 1',
      'crier_database_up 0',
    ]);
    expect(startingWith(lines, 'crier_deliveries', 'crier_deliveries_due')).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([{ fields: { err: { message: 'refused' } } }]);
    isAway = false;
    await expect.poll(async () => (await read(url)).lines, { timeout: 5_000 }).toContain('crier_database_up 1');
  });

  it('asks the database once for many scrapes at the same time', async () => {
    let asked = 0;
    const depth = async (): Promise<QueueDepth[]> => {
      asked += 1;
      return DEPTH;
    };
    const metrics = open({ depth });
    const { url } = await start({ routes: [metrics.routes] });
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(`${url}/metrics`, bearer(TOKEN))));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect(asked).toBe(1);
  });

  it('is closed where no token is set, and says how it is opened', async () => {
    const { url } = await start({ routes: [open({ token: null }).routes] });
    const response = await ask(`${url}/metrics`, bearer(TOKEN));
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('Set CRIER_API_TOKEN')]);
  });

  it('refuses a wrong token and none, and nobody finds the right one in the log', async () => {
    const { url } = await start({ routes: [open().routes] });
    const answers = [
      await ask(`${url}/metrics`),
      await ask(`${url}/metrics`, bearer('wrong')),
      await ask(`${url}/metrics?token=${TOKEN}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(answers[0]?.headers.get('www-authenticate')).toBe('Bearer realm="Crier"');
    expect(JSON.stringify(log.lines)).not.toContain(TOKEN);
  });
});
