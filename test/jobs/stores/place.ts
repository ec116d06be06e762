// Where a test of the job suite keeps its jobs: a database of its own, on one server or the other; and the processes on it.
import { randomBytes } from 'node:crypto';
import type { Agenda, JobWithState } from 'agenda';
import { MongoClient } from 'mongodb';
import { inject, vi } from 'vitest';
import type { Clock } from '../../../src/core/clock.ts';
import { openWakeUps, type WakeUpOptions, type WakeUps, type WakeUpWorker } from '../../../src/jobs/wake-ups.ts';
import type { Target } from '../../support/cuttable.ts';
import { emptyDatabase } from '../../support/database.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';

export type Address = Pick<WakeUpOptions, 'databaseUrl' | 'mongoUrl'>;

export interface Place {
  address: Address;
  /** The server, for a way to it that can be cut. */
  target: Target;
  /** The same by another port. */
  through: (port: number) => Address;
  drop: () => Promise<void>;
}

export async function onPostgres(): Promise<Place> {
  const { url, drop } = await emptyDatabase();
  return { ...aim(url, (databaseUrl) => ({ databaseUrl, mongoUrl: null })), drop };
}

export async function onMongo(): Promise<Place> {
  const server = inject('mongoServer');
  if (!server) throw new Error('there is no Mongo server');
  const url = new URL(server.url);
  url.pathname = `/test_${randomBytes(6).toString('hex')}`;
  return {
    // PostgreSQL is not asked where there is MongoDB
    ...aim(url.href, (mongoUrl) => ({ databaseUrl: 'postgres://127.0.0.1:1/none', mongoUrl })),
    drop: async () => {
      const client = await MongoClient.connect(url.href);
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

function aim(url: string, address: (url: string) => Address): Omit<Place, 'drop'> {
  const { hostname, port } = new URL(url);
  return {
    address: address(url),
    target: { host: hostname, port: Number(port) },
    through: (other) => {
      const way = new URL(url);
      way.host = `127.0.0.1:${other}`;
      // else a client would ask a member of a replica set where the others are, and go there directly
      if (way.protocol === 'mongodb:') way.search = 'directConnection=true';
      return address(way.href);
    },
  };
}

/** Agenda reads the machine's own clock, so these tests do too; they wait for what happens and never for a length of time. */
export const clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

export const soon = (ms: number): Temporal.Instant => clock.now().add({ milliseconds: ms });

export interface Processes {
  place: () => Place;
  /** One that takes wake-ups and runs jobs. */
  worker: (work: Partial<WakeUpWorker>, more?: Partial<WakeUpOptions>) => WakeUps & { log: KeptLog };
  /** One that only stores wake-ups. */
  asker: (more?: Partial<WakeUpOptions>) => WakeUps & { log: KeptLog };
  /** What Agenda has in its store. */
  stored: (name?: string) => Promise<JobWithState[]>;
  agenda: () => Promise<Agenda>;
  /** Before each test. */
  begin: () => Promise<void>;
  /** After each test: stops all. */
  end: () => Promise<void>;
}

/** Each stands for a process: with connections, alarms and an Agenda of its own. */
export function openProcesses(openPlace: () => Promise<Place>): Processes {
  const running: WakeUps[] = [];
  let place: Place | null = null;
  let viewer: WakeUps | null = null;

  const here = (): Place => {
    if (!place) throw new Error('no test is running');
    return place;
  };

  function open(worker: WakeUpWorker | null, more: Partial<WakeUpOptions> = {}): WakeUps & { log: KeptLog } {
    const log = keptLog();
    const queue = { dueUntil: async () => [] };
    const jobs = openWakeUps({ ...here().address, clock, log, queue, worker, ...more });
    running.push(jobs);
    return Object.assign(jobs, { log });
  }

  const worker: Processes['worker'] = (work, more) =>
    open({ wake: async () => {}, jobs: [], runJob: async () => {}, ...work }, more);
  const asker: Processes['asker'] = (more) => open(null, more);

  async function agenda(): Promise<Agenda> {
    if (!viewer) {
      viewer = asker();
      await viewer.start();
    }
    const reached = viewer;
    await vi.waitFor(() => reached.check(), { timeout: 10_000 });
    const found = reached.agenda();
    if (!found) throw new Error('Agenda was not connected');
    return found;
  }

  return {
    place: here,
    worker,
    asker,
    agenda,
    stored: async (name = 'wake') => (await (await agenda()).queryJobs({ name })).jobs,
    begin: async () => {
      place = await openPlace();
    },
    end: async () => {
      viewer = null;
      await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
      await place?.drop();
      place = null;
    },
  };
}
