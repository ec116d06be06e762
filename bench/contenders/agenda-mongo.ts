// Agenda on MongoDB with one job per post: what it does by itself on the server that Crier's workers use too.
import { MongoBackend, MongoChangeStreamNotificationChannel } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';
import type { Contender, Load, Ready } from '../measure.ts';
import type { BenchMongo } from '../mongo.ts';

const JOB = 'publish';
const CONCURRENCY = 32;
/** Of jobs on a server that looks through all of them to find one. */
const MOST_WHERE_SCANNED = 1_000;

export const AGENDA_ON_MONGO = 'agenda-mongo-per-post';

export function agendaOnMongo(mongo: BenchMongo): Contender {
  const { name, hasChangeStreams, isReal } = mongo;
  const told = hasChangeStreams ? 'change streams' : 'no change streams';
  const few = isReal ? '' : `; ${MOST_WHERE_SCANNED} jobs only, since this server scans linearly: read its drain as a rate`;
  return {
    name: AGENDA_ON_MONGO,
    settings: `${name}, ${told}, ${CONCURRENCY} at once, processEvery 5 s (its default), removeOnComplete${few}`,
    ...(isReal ? {} : { most: MOST_WHERE_SCANNED }),
    prepare: (load) => prepare(load, mongo),
  };
}

async function prepare({ deliveries, dueAt, publish }: Load, mongo: BenchMongo): Promise<Ready> {
  const database = await mongo.makeDatabase();
  const client = new MongoClient(database.url);
  const db = client.db();
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db }),
    ...(mongo.hasChangeStreams ? { notificationChannel: new MongoChangeStreamNotificationChannel({ db }) } : {}),
    maxConcurrency: CONCURRENCY,
    defaultConcurrency: CONCURRENCY,
    removeOnComplete: true,
  });
  agenda.define(JOB, async () => publish());
  await agenda.ready;
  const jobs = db.collection('agendaJobs');
  const one = { name: JOB, type: 'normal', priority: 0, nextRunAt: new Date(dueAt), lockedAt: null };
  await jobs.insertMany(Array.from({ length: deliveries }, (_, number) => ({ ...one, data: { number } })));
  await agenda.start();
  return {
    isWorkLeft: async () => (await jobs.findOne({})) !== null,
    close: async () => {
      await agenda.stop();
      await client.close();
      await database.drop();
    },
  };
}
