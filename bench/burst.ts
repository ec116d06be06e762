// npm run bench:burst -- --deliveries 10000 [--rounds 3] [--lone 40] [--only crier,graphile-batched]
// That many posts at one instant, through Crier and through others on the same server; and how late Crier is with a lone post.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { agendaPerPost } from './contenders/agenda.ts';
import { crier, crierWide } from './contenders/crier.ts';
import { graphileBatched, graphileConcurrent, graphileDefault, graphileRecorded } from './contenders/graphile.ts';
import { type BenchServer, startBenchServer } from './databases.ts';
import { probeDisk } from './disk.ts';
import { measureLonePosts } from './lone-posts.ts';
import { type Contender, type Figures, figuresOf, recorder, summarize } from './measure.ts';

const CONTENDERS: readonly Contender[] = [
  crier,
  crierWide,
  graphileBatched,
  graphileConcurrent,
  graphileDefault,
  graphileRecorded,
  agendaPerPost,
];
/** As graphile-worker is meant to be used; `graphile-recorded` adds work of our own and is told apart. */
const GRAPHILE = [graphileBatched, graphileConcurrent, graphileDefault];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): { deliveries: number; rounds: number; lone: number; contenders: readonly Contender[] } {
  const { values } = parseArgs({
    options: {
      deliveries: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '1' },
      lone: { type: 'string', default: '40' },
      only: { type: 'string', default: '' },
    },
  });
  const only = values.only.split(',').filter((name) => name !== '');
  return {
    deliveries: Number(values.deliveries),
    rounds: Number(values.rounds),
    lone: Number(values.lone),
    contenders: CONTENDERS.filter(({ name }) => only.length === 0 || only.includes(name)),
  };
}

/** Enough to store the jobs and start the workers, also on a slow machine. Milliseconds. */
const leadTime = (deliveries: number): number => 8_000 + deliveries / 2;

function measure(contender: Contender, server: BenchServer, deliveries: number): Promise<Figures> {
  return server.withDatabase(async (url) => {
    const dueAt = Date.now() + leadTime(deliveries);
    const { publish, all } = recorder(deliveries);
    const ready = await contender.prepare({ url, deliveries, dueAt, publish });
    try {
      if (Date.now() >= dueAt) throw new Error(`${contender.name} was not ready in time: the machine is too busy to measure`);
      const moments = await all;
      while (await ready.isWorkLeft()) await sleep(1);
      return figuresOf(moments, dueAt, Date.now());
    } finally {
      await ready.close();
    }
  });
}

function report(name: string, rounds: readonly Figures[]): number {
  const { drainPerSecond, latenessP50, latenessP99, slowest, fastest } = summarize(rounds);
  const spread = rounds.length > 1 ? ` drain_spread=${slowest.toFixed(0)}..${fastest.toFixed(0)}` : '';
  say(`${name} drain_per_s=${drainPerSecond.toFixed(0)} lateness_p50_ms=${latenessP50} lateness_p99_ms=${latenessP99}${spread}`);
  return drainPerSecond;
}

/** Against each, and against graphile-worker at its best. */
function reportRatios(drains: ReadonlyMap<Contender, number>): void {
  const own = drains.get(crier);
  if (!own) return;
  for (const [{ name }, drain] of drains) {
    if (!name.startsWith(crier.name)) say(`crier_to_${name.replaceAll('-', '_')}_drain_ratio=${(own / drain).toFixed(2)}`);
  }
  const graphile = GRAPHILE.flatMap((each) => drains.get(each) ?? []);
  if (graphile.length > 0) say(`crier_to_graphile_drain_ratio=${(own / Math.max(...graphile)).toFixed(2)}`);
}

const { deliveries, rounds, lone, contenders } = readArguments();
const server = await startBenchServer();
try {
  say(`deliveries=${deliveries} rounds=${rounds}; one embedded PostgreSQL, commits on disk; publishing takes no time; no logs`);
  for (const { name, settings } of contenders) say(`${name}: ${settings}`);
  const measured = new Map<Contender, Figures[]>(contenders.map((contender) => [contender, []]));
  // in turns, so that a busy minute of the machine is not one contender's alone
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, figures] of measured) figures.push(await measure(contender, server, deliveries));
  }
  reportRatios(new Map([...measured].map(([contender, figures]) => [contender, report(contender.name, figures)])));
  if (lone > 0) {
    const probe = await probeDisk();
    const { p50, p99 } = await server.withDatabase((url) => measureLonePosts(url, lone));
    const disk = await probe.stop();
    say(`crier lone_lateness_p50_ms=${p50} lone_lateness_p99_ms=${p99} lone_posts=${lone}`);
    say(`meanwhile disk_sync_p50_ms=${disk.p50} disk_sync_p99_ms=${disk.p99}`);
  }
} finally {
  await server.stop();
}
// a stopped Agenda leaves timers behind that would keep this process for minutes
process.exit(0);
