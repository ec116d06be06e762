// npm run chaos -- --kills 200 [--deliveries 500] [--seed 1] [--workers 2] [--forgetful]
// Workers are killed, frozen and restarted and their servers cut off while posts go out to emulated networks, where much goes wrong too;
// at the end the database is held against the networks: nothing may be lost, and nothing out twice.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { carryOut, type Done } from './chaos/carry-out.ts';
import { startFaults } from './chaos/faults.ts';
import { countOpen, findUnasked, readShown, readStored, sayStates, tellStory } from './chaos/look.ts';
import { openPeople, type People } from './chaos/people.ts';
import { isWorkerStep, planChaos } from './chaos/plan.ts';
import { openRandom } from './chaos/random.ts';
import { isGood, judge, type Verdict } from './chaos/verdict.ts';
import { type World, withWorld } from './chaos/world.ts';
import type { WorkerProcess } from './worker-process.ts';
import { startWorkers } from './workers.ts';

const LEASE_SECONDS = 5;
const SETTINGS = {
  CRIER_LEASE_SECONDS: String(LEASE_SECONDS),
  CRIER_DRAIN_SECONDS: '3',
  CRIER_PUBLISH_TIMEOUT_SECONDS: '20',
  CRIER_CATCH_UP_GAP_SECONDS: '1',
  // so many tries that bad luck alone never makes one fail for good
  CRIER_RETRY_MINUTES: '0.03,0.05,0.05,0.1,0.1,0.1,0.1,0.2,0.2,0.2,0.2,0.2',
  LOG_LEVEL: 'info',
};
/** What one step takes on the whole, milliseconds: for spreading what is scheduled ahead over the run. */
const STEP_MS = 1_900;
/** Of the posts, those that are scheduled before it begins. */
const AHEAD = 0.4;
/** When the others are due that are scheduled as it goes on, milliseconds from then. */
const SOON = { from: 1_500, until: 12_000 };
/** After the last step, milliseconds. What is open by then counts as lost. */
const SETTLED_WITHIN = 300_000;
const STORIES = 10;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1_000)}s`;

interface Arguments {
  kills: number;
  deliveries: number;
  seed: number;
  workers: number;
  /** Mastodon does not know a repeat by its key, and both networks always say what they have. */
  forgetful: boolean;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      deliveries: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      forgetful: { type: 'boolean', default: false },
    },
  });
  const { kills, deliveries, seed, workers, forgetful } = values;
  return { kills: Number(kills), deliveries: Number(deliveries), seed: Number(seed), workers: Number(workers), forgetful };
}

const asked = readArguments();
const steps = planChaos({ ...asked, leaseMs: LEASE_SECONDS * 1_000 });

/** Kills, and meanwhile schedules in step with them. */
async function run(world: World, workers: readonly WorkerProcess[], people: People): Promise<Done> {
  const startedAt = Date.now();
  const ahead = Math.round(asked.deliveries * AHEAD);
  await people.schedule(ahead, { from: 2_000, until: 5_000 + steps.length * STEP_MS });
  const scheduleUpTo = (count: number): Promise<void> => people.schedule(Math.max(0, count - people.wanted.length), SOON);
  const done = await carryOut(steps, {
    workers,
    lines: { postgres: world.postgresLine, mongo: world.mongoLine },
    onHit: async (done) => {
      const hits = done.kill + done.freeze + done.restart;
      await scheduleUpTo(ahead + Math.round(((asked.deliveries - ahead) * hits) / asked.kills));
      await people.changeTheirMind();
      if (hits % 10 === 0) say(`${seconds(startedAt)} kills=${hits}/${asked.kills} ${await sayStates(world.databaseUrl)}`);
    },
  });
  await scheduleUpTo(asked.deliveries);
  return done;
}

async function untilSettled({ databaseUrl }: World): Promise<void> {
  const startedAt = Date.now();
  let open = await countOpen(databaseUrl);
  say(`the last kill is over; ${open} posts are still to settle`);
  while (open > 0 && Date.now() - startedAt < SETTLED_WITHIN) {
    await sleep(1_000);
    open = await countOpen(databaseUrl);
  }
  say(`${open === 0 ? 'settled' : `not settled: ${open}`} after ${seconds(startedAt)}: ${await sayStates(databaseUrl)}`);
}

async function report(world: World, verdict: Verdict, unasked: readonly string[]): Promise<void> {
  const { networks } = world.emulator;
  const { lost, doubled, leaked, early, strange } = verdict;
  for (const text of [...new Set([...lost, ...doubled, ...leaked, ...early, ...strange, ...unasked])].slice(0, STORIES)) {
    for (const line of await tellStory(world.databaseUrl, networks, text)) say(line);
  }
}

function sayResult(
  verdict: Verdict,
  unasked: readonly string[],
  done: Done,
  people: People,
  workers: readonly WorkerProcess[],
): void {
  const exits = workers.flatMap((worker) => worker.exits);
  const { lost, doubled, unconfirmed, leaked, early, strange, published, canceled } = verdict;
  say(
    [
      `posts=${people.wanted.length} lost=${lost.length} doubled=${doubled.length} unconfirmed=${unconfirmed.length}`,
      `kills=${done.kill + done.freeze + done.restart} unconfirmed_though_asked=${unasked.length}`,
      `leaked=${leaked.length} early=${early.length} strange=${strange.length}`,
      `published=${published.length} canceled=${canceled.length} moves=${people.moved()}`,
      `sigkill=${done.kill} frozen=${done.freeze} sigterm=${done.restart} slow_stops=${done.slowStops}`,
      `postgres_cut=${done.cutPostgres} mongo_cut=${done.cutMongo}`,
      `ended_by_itself=${exits.filter(({ wasUp }) => wasUp).length} did_not_start=${exits.filter(({ wasUp }) => !wasUp).length}`,
    ].join(' '),
  );
}

async function chaos(world: World, folder: string): Promise<boolean> {
  const cuts = steps.filter((step) => !isWorkerStep(step)).length;
  say(`seed=${asked.seed} workers=${asked.workers} kills=${asked.kills} cuts=${cuts} deliveries=${asked.deliveries}`);
  say(`embedded PostgreSQL, commits on disk; ${world.mongo.name}; logs of the workers: ${folder}`);
  const workers = await startWorkers(asked.workers, { folder, env: { ...world.workerEnv, ...SETTINGS } });
  const people = openPeople(world.deps, world.seats, openRandom(asked.seed + 1));
  const faults = startFaults(world.emulator.networks, openRandom(asked.seed + 2), asked.forgetful);
  const done = await run(world, workers, people);
  await untilSettled(world);
  faults.stop();
  for (const worker of workers) await worker.stop();
  const verdict = judge(people.wanted, await readStored(world.databaseUrl), readShown(world.emulator.networks));
  const unasked = await findUnasked(world.databaseUrl, world.emulator.networks, verdict.unconfirmed);
  await report(world, verdict, unasked);
  sayResult(verdict, unasked, done, people, workers);
  return isGood(verdict, unasked.length);
}

const folder = await mkdtemp(join(tmpdir(), 'crier-chaos-'));
const isFine = await withWorld((world) => chaos(world, folder), { isForgetful: asked.forgetful });
if (isFine) await rm(folder, { recursive: true, force: true });
else say(`The logs of the workers are kept: ${folder}`);
// a stopped Agenda leaves timers behind that would keep this process for minutes
process.exit(isFine ? 0 : 1);
