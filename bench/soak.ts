// npm run soak -- [--minutes 10] [--rate 20] [--workers 2]
// A steady load for a while: what Crier takes of the machine must stay as it is, and every post must be out, once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { countOpen, readShown, readStored, sayStates, tellStory } from './chaos/look.ts';
import { openPeople, type People } from './chaos/people.ts';
import { openRandom } from './chaos/random.ts';
import { isGood, judge } from './chaos/verdict.ts';
import { type World, withWorld } from './chaos/world.ts';
import { type Sample, sayGrowth, saySample, takeSample } from './soak/sample.ts';
import { startWorkers } from './workers.ts';

/** How far ahead people schedule here, milliseconds. */
const DUE_IN = { from: 20_000, until: 40_000 };
/** A short run is looked at more often. */
const LOOK_EVERY = { long: 60_000, short: 15_000 };
const SETTLED_WITHIN = 150_000;
/** Recurring jobs, and a wake-up or two on its way. */
const FEW_JOBS = 50;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): { minutes: number; rate: number; workers: number } {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      rate: { type: 'string', default: '20' },
      workers: { type: 'string', default: '2' },
    },
  });
  return { minutes: Number(values.minutes), rate: Number(values.rate), workers: Number(values.workers) };
}

const asked = readArguments();

/** Every second as many as are due to be scheduled by then, whether the second before was over in time or not. */
async function scheduleSteadily(people: People, endsAt: number): Promise<void> {
  const startedAt = Date.now();
  while (Date.now() < endsAt) {
    const due = Math.floor(((Date.now() - startedAt) / 1_000 + 1) * asked.rate) - people.wanted.length;
    await people.schedule(due, DUE_IN);
    await sleep(1_000 - ((Date.now() - startedAt) % 1_000));
  }
}

/** Begins when the load has reached its height. */
async function watch(look: (since: number) => Promise<Sample>, endsAt: number): Promise<Sample[]> {
  const every = asked.minutes > 2 ? LOOK_EVERY.long : LOOK_EVERY.short;
  const samples: Sample[] = [];
  const startedAt = Date.now();
  await sleep(DUE_IN.until + 5_000);
  let since = Date.now() - 5_000;
  while (Date.now() < endsAt) {
    const at = Date.now();
    const sample = await look(since);
    since = at;
    samples.push(sample);
    say(saySample(`${Math.round((at - startedAt) / 1_000)}s`, sample));
    await sleep(Math.max(0, Math.min(every - (Date.now() - at), endsAt - Date.now())));
  }
  return samples;
}

async function untilSettled(databaseUrl: string): Promise<void> {
  const giveUpAt = Date.now() + SETTLED_WITHIN;
  while ((await countOpen(databaseUrl)) > 0 && Date.now() < giveUpAt) await sleep(1_000);
}

/** Whether the collection is as full as the load makes it, and nearly empty after it. */
function jobsStayFew(samples: readonly Sample[], after: Sample): boolean {
  const [start, end] = [samples[0], samples.at(-1)];
  return (!start || !end || end.agendaJobs <= start.agendaJobs * 1.5 + FEW_JOBS) && after.agendaJobs <= FEW_JOBS;
}

async function soak(world: World, folder: string): Promise<boolean> {
  const { databaseUrl, mongoUrl, mongoLine } = world;
  say(
    `minutes=${asked.minutes} rate=${asked.rate}/s workers=${asked.workers}; due ${DUE_IN.from / 1_000} to ${DUE_IN.until / 1_000} s ahead`,
  );
  say(`embedded PostgreSQL, commits on disk; ${world.mongo.name}; logs of the workers: ${folder}`);
  say('emulated networks and the people who schedule share one process, which is not measured; so is the machine shared by all');
  const workers = await startWorkers(asked.workers, { folder, env: world.workerEnv });
  const look = (since: number): Promise<Sample> => {
    const pids = workers.map((worker) => worker.pid());
    return takeSample({ databaseUrl, mongoUrl, mongoPort: mongoLine.port, workers: pids }, new Date(since));
  };
  const people = openPeople(world.deps, world.seats, openRandom(1));
  const endsAt = Date.now() + asked.minutes * 60_000;
  const [samples] = await Promise.all([watch(look, endsAt), scheduleSteadily(people, endsAt)]);
  await untilSettled(databaseUrl);
  const after = await look(Date.now());
  say(saySample('after', after));
  for (const worker of workers) await worker.stop();
  return report(world, people, samples, after);
}

async function report(
  { databaseUrl, emulator }: World,
  people: People,
  samples: readonly Sample[],
  after: Sample,
): Promise<boolean> {
  const verdict = judge(people.wanted, await readStored(databaseUrl), readShown(emulator.networks));
  const { lost, doubled, unconfirmed, early } = verdict;
  for (const text of [...lost, ...doubled, ...early].slice(0, 5)) {
    for (const line of await tellStory(databaseUrl, emulator.networks, text)) say(line);
  }
  const [start, end] = [samples[0], samples.at(-1)];
  if (start && end) say(`start->end under load: ${sayGrowth(start, end)}`);
  const isSmall = jobsStayFew(samples, after);
  if (!isSmall) say('The collection of jobs grew.');
  say(`${await sayStates(databaseUrl)} agenda_jobs_after=${after.agendaJobs}`);
  say(
    `posts=${people.wanted.length} lost=${lost.length} doubled=${doubled.length} unconfirmed=${unconfirmed.length} early=${early.length}`,
  );
  return isGood(verdict, 0) && unconfirmed.length === 0 && isSmall;
}

const folder = await mkdtemp(join(tmpdir(), 'crier-soak-'));
const isFine = await withWorld((world) => soak(world, folder));
if (isFine) await rm(folder, { recursive: true, force: true });
else say(`The logs of the workers are kept: ${folder}`);
// a stopped Agenda leaves timers behind that would keep this process for minutes
process.exit(isFine ? 0 : 1);
