// npm run bench:burst -- --deliveries 10000 [--rounds 3] [--lone 40] [--only crier,graphile-batched]
// That many posts at one instant, through Crier and through others on the same server; the same with its jobs on MongoDB, by several
// workers; and how late Crier is with a lone post.
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { agendaPerPost } from './contenders/agenda.ts';
import { agendaOnMongo } from './contenders/agenda-mongo.ts';
import { crier, crierWide } from './contenders/crier.ts';
import { crierWorkers } from './contenders/crier-workers.ts';
import { graphileBatched, graphileConcurrent, graphileDefault, graphileRecorded } from './contenders/graphile.ts';
import { type BenchServer, startBenchServer } from './databases.ts';
import { probeDisk } from './disk.ts';
import { sayFigures, sayRatios } from './drains.ts';
import { measureLonePosts } from './lone-posts.ts';
import { type Contender, type Figures, figuresOf, recorder } from './measure.ts';
import { type BenchMongo, startBenchMongo } from './mongo.ts';

const CONTENDERS: readonly Contender[] = [
  crier,
  crierWide,
  graphileBatched,
  graphileConcurrent,
  graphileDefault,
  graphileRecorded,
  agendaPerPost,
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): { deliveries: number; rounds: number; lone: number; only: readonly string[] } {
  const { values } = parseArgs({
    options: {
      deliveries: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '1' },
      lone: { type: 'string', default: '40' },
      only: { type: 'string', default: '' },
    },
  });
  return {
    deliveries: Number(values.deliveries),
    rounds: Number(values.rounds),
    lone: Number(values.lone),
    only: values.only.split(',').filter((name) => name !== ''),
  };
}

const contendersOn = (mongo: BenchMongo | null, only: readonly string[]): Contender[] => {
  const all = mongo ? [...CONTENDERS, ...crierWorkers(mongo), agendaOnMongo(mongo)] : CONTENDERS;
  return all.filter(({ name }) => only.length === 0 || only.includes(name));
};

/** Enough to store the jobs and start the workers, also on a slow machine. Milliseconds. */
const leadTime = (deliveries: number): number => 8_000 + deliveries / 2;

/** After the instant, milliseconds. Somebody who has not published everything by then never will. */
const GIVE_UP_AFTER = 600_000;

function measure(contender: Contender, server: BenchServer, asked: number): Promise<Figures> {
  const deliveries = Math.min(asked, contender.most ?? asked);
  return server.withDatabase(async (url) => {
    const dueAt = Date.now() + leadTime(deliveries);
    const { publish, all } = recorder(deliveries);
    const ready = await contender.prepare({ url, deliveries, dueAt, publish });
    try {
      if (Date.now() >= dueAt) throw new Error(`${contender.name} was not ready in time: the machine is too busy to measure`);
      const moments = await Promise.race([all, sleep(GIVE_UP_AFTER, null, { ref: false })]);
      if (moments === null) throw new Error(`${contender.name} has not published everything after ${GIVE_UP_AFTER / 1_000} s`);
      while (await ready.isWorkLeft()) await sleep(1);
      return figuresOf(moments, dueAt, Date.now());
    } finally {
      await ready.close();
    }
  });
}

const { deliveries, rounds, lone, only } = readArguments();
const server = await startBenchServer();
const mongo = await startBenchMongo();
try {
  say(`deliveries=${deliveries} rounds=${rounds}; one embedded PostgreSQL, commits on disk; publishing takes no time; no logs`);
  say(mongo ? `MongoDB: ${mongo.name}` : 'MongoDB: NONE HERE, so all that needs it is left out (MONGO_TEST_URL names one)');
  say(`${availableParallelism()} processors for all of it: the contenders, the servers and the bench`);
  const contenders = contendersOn(mongo, only);
  for (const { name, settings } of contenders) say(`${name}: ${settings}`);
  const measured = new Map<Contender, Figures[]>(contenders.map((contender) => [contender, []]));
  // in turns, so that a busy minute of the machine is not one contender's alone
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, figures] of measured) figures.push(await measure(contender, server, deliveries));
  }
  for (const [{ name }, figures] of measured) say(sayFigures(name, figures));
  for (const line of sayRatios(new Map([...measured].map(([{ name }, figures]) => [name, figures])))) say(line);
  if (lone > 0) {
    const probe = await probeDisk();
    const { p50, p99 } = await server.withDatabase((url) => measureLonePosts(url, lone));
    const disk = await probe.stop();
    say(`crier lone_lateness_p50_ms=${p50} lone_lateness_p99_ms=${p99} lone_posts=${lone}`);
    say(`meanwhile disk_sync_p50_ms=${disk.p50} disk_sync_p99_ms=${disk.p99}`);
  }
} finally {
  await mongo?.stop();
  await server.stop();
}
// a stopped Agenda leaves timers behind that would keep this process for minutes
process.exit(0);
