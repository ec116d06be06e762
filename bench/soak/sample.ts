// What is looked at while Crier is under a steady load: memory, connections, sizes, and how late posts are.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { runSql } from '../databases.ts';
import { memoryMb } from '../memory.ts';
import { inMongo } from '../mongo.ts';

export interface Watched {
  databaseUrl: string;
  mongoUrl: string;
  /** Of the line by which all but this look go to MongoDB. */
  mongoPort: number;
  /** Process ids. */
  workers: readonly number[];
}

export interface Sample {
  scheduled: number;
  published: number;
  /** Of each worker. */
  memoryMb: number[];
  postgresConnections: number;
  mongoConnections: number;
  /** In Agenda's collection. */
  agendaJobs: number;
  /** Rows by table. */
  rows: Record<string, number>;
  databaseMb: number;
  /** Between when a post was due and when its first request left, of those since `since`; null where there was none. Milliseconds. */
  lateness: { p50: number; p99: number } | null;
}

const TABLES = ['delivery', 'attempt', 'job_run', 'process'];
const ServerStatus = z.object({ connections: z.object({ current: z.number() }) });

/** The connections of this look itself are not counted. */
export async function takeSample({ databaseUrl, mongoUrl, mongoPort, workers }: Watched, since: Date): Promise<Sample> {
  const [postgres] = await runSql(databaseUrl, POSTGRES, [since]);
  const counts = await runSql(databaseUrl, COUNTS);
  const { p50, p99 } = postgres ?? {};
  const { served, jobs } = await inMongo(mongoUrl, async (client) => ({
    served: ServerStatus.parse(await client.db().command({ serverStatus: 1 })).connections.current,
    jobs: await client.db().collection('agendaJobs').countDocuments(),
  }));
  return {
    scheduled: Number(postgres?.scheduled),
    published: Number(postgres?.published),
    memoryMb: workers.map(memoryMb),
    postgresConnections: Number(postgres?.connections),
    mongoConnections: (await countConnectionsTo(mongoPort)) ?? served,
    agendaJobs: jobs,
    rows: Object.fromEntries(counts.map(({ name, n }) => [String(name), Number(n)])),
    databaseMb: Number(postgres?.size_mb),
    lateness: p50 === null ? null : { p50: Math.round(Number(p50)), p99: Math.round(Number(p99)) },
  };
}

const SOCKETS = '/proc/net/tcp';
const ESTABLISHED = '01';

/** Of all processes to a port of this machine, as Linux knows them; null on another system. (mongo-java-server always says 1.) */
async function countConnectionsTo(port: number): Promise<number | null> {
  if (!existsSync(SOCKETS)) return null;
  const rows = (await readFile(SOCKETS, 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return rows.filter(([, , remote, state]) => state === ESTABLISHED && remote?.endsWith(suffix)).length;
}

const COUNTS = TABLES.map((table) => `select '${table}' as name, count(*)::int as n from "${table}"`).join(' union all ');

/** $1 since. */
const POSTGRES = `
select (select count(*) from delivery) as scheduled,
  (select count(*) from delivery where state = 'published') as published,
  (select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()) as connections,
  round(pg_database_size(current_database()) / 1e6) as size_mb,
  late.p50, late.p99
from (
  select percentile_disc(0.5) within group (order by ms) as p50, percentile_disc(0.99) within group (order by ms) as p99
  from (
    select extract(epoch from min(a.sending_at) - p.scheduled_at) * 1000 as ms
    from attempt a join delivery d on d.id = a.delivery_id join post p on p.id = d.post_id
    where a.sending_at >= $1
    group by d.id, p.scheduled_at
  ) as each
) as late`;

export function saySample(name: string, sample: Sample): string {
  const { scheduled, published, lateness, rows } = sample;
  return [
    `${name} scheduled=${scheduled} published=${published}`,
    `rss_mb=${sample.memoryMb.map((mb) => mb.toFixed(0)).join('+')}`,
    `postgres_connections=${sample.postgresConnections} mongo_connections=${sample.mongoConnections}`,
    `agenda_jobs=${sample.agendaJobs} ${Object.entries(rows)
      .map(([table, n]) => `${table}_rows=${n}`)
      .join(' ')} database_mb=${sample.databaseMb}`,
    lateness === null ? '' : `lateness_p50_ms=${lateness.p50} lateness_p99_ms=${lateness.p99}`,
  ].join(' ');
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
const change = (start: number, end: number): string =>
  `${start.toFixed(0)}->${end.toFixed(0)} (${end < start ? '' : '+'}${(end - start).toFixed(0)})`;

/** What grew between two samples under the same load. */
export const sayGrowth = (start: Sample, end: Sample): string =>
  [
    `rss_mb ${change(total(start.memoryMb), total(end.memoryMb))}`,
    `postgres_connections ${change(start.postgresConnections, end.postgresConnections)}`,
    `mongo_connections ${change(start.mongoConnections, end.mongoConnections)}`,
    `agenda_jobs ${change(start.agendaJobs, end.agendaJobs)}`,
    `job_run_rows ${change(start.rows.job_run ?? 0, end.rows.job_run ?? 0)}`,
    `lateness_p99_ms ${change(start.lateness?.p99 ?? 0, end.lateness?.p99 ?? 0)}`,
  ].join(', ');
