// Agenda's jobs in MongoDB. The client is ours, since Agenda's own would give up where MongoDB is away at the start.
import { MongoBackend, MongoChangeStreamNotificationChannel } from '@agendajs/mongo-backend';
import { type Db, MongoClient, type TopologyDescription } from 'mongodb';
import { invalidInput } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { JobStore } from './job-store.ts';
import { openPresence, type Presence } from './presence.ts';

/** The backend's own default. */
const COLLECTION = 'agendaJobs';
/** Where the URL names none; the driver's own is `test`. */
const DATABASE = 'crier';
const LIMITS = {
  // how long anything may take to find that the server is away
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  heartbeatFrequencyMS: 2_000,
  // a server that takes requests and answers none; a change stream is asked again each second
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 5_000,
  maxPoolSize: 10,
};
const RECONNECT_MS = 2_000;
/** With notifications a look is for what they missed; without them it is the only way to see a job. */
const LOOK_EVERY_MS = { told: 5_000, untold: 1_000 };

export function openMongoStore(url: string, { log, onBack }: { log: Log; onBack: () => void }): JobStore {
  const client = makeClient(url);
  const presence = openPresence({ server: 'MongoDB', log, onBack });
  const db = client.db(namesDatabase(url) ? undefined : DATABASE);
  const jobs = () => db.collection(COLLECTION);
  const backend = new MongoBackend({ mongo: db });
  // kept, since whoever hands the backend to Agenda may replace it
  const makeIndex = backend.connect.bind(backend);
  let isConnected = false;
  let tellsChanges = false;
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    tellsChanges = canTellChanges(newDescription);
    // until then it is the connecting that knows, which may also fail at a server that is there
    if (isConnected) follow(newDescription, presence);
  });

  async function prepare(): Promise<void> {
    await makeIndex();
    // a wake-up is there once for one instant, and a repeating job, which has no instant, once for its name
    await jobs().createIndex({ name: 1, 'data.at': 1 }, { unique: true, name: 'crierUniqueJob' });
    // Agenda looks for jobs that are not locked and due, or locked for too long; its own index holds only the order
    await jobs().createIndex({ name: 1, lockedAt: 1, nextRunAt: 1 }, { name: 'crierLockableJob' });
  }

  return {
    backend: 'MongoDB',
    connect: async (listens) => {
      try {
        await client.connect();
        await prepare();
        isConnected = true;
        presence.back();
        const lookEveryMs = tellsChanges ? LOOK_EVERY_MS.told : LOOK_EVERY_MS.untold;
        return { backend, channel: listens && tellsChanges ? openChangeChannel(db, presence) : null, lookEveryMs };
      } catch (error) {
        if (error instanceof Error) presence.away(error);
        throw error;
      }
    },
    prepare,
    isAway: presence.isAway,
    onTrouble: (error) => presence.trouble(error, 'Agenda failed; the sweep finds what it misses'),
    ping: async () => {
      if (presence.isAway()) throw new Error('MongoDB does not answer');
      await db.command({ ping: 1 });
    },
    // an instant is kept as ISO 8601 in UTC, whose order is that of time
    removeBefore: async (name, at) => (await jobs().deleteMany({ name, 'data.at': { $lt: at.toString() } })).deletedCount,
    removeRepeatingBut: async (names) => {
      await jobs().deleteMany({ type: 'single', name: { $nin: [...names] } });
    },
    unlockRepeating: async (holder, runningNames) => {
      const left = { type: 'single', lastModifiedBy: holder, lockedAt: { $ne: null }, name: { $nin: [...runningNames] } };
      await jobs().updateMany(left, { $set: { lockedAt: null } });
    },
    close: () => client.close(),
  };
}

/**
 * The driver's refusal may repeat the whole URL, and so a password.
 * @throws CrierError `invalid-input`
 */
function makeClient(url: string): MongoClient {
  try {
    return new MongoClient(url, { ...LIMITS, appName: 'crier' });
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(url, 'MONGO_URL') : 'it cannot be read';
    throw invalidInput(
      `MongoDB's driver does not take MONGO_URL: ${why}. In a user and a password : / ? # @ are written as %3A %2F %3F %23 %40.`,
    );
  }
}

/** Behind the hosts, of which there may be several. */
const namesDatabase = (url: string): boolean => /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^?]/.test(url);

/** Members of a replica set do, and the routers before them. */
const canTellChanges = ({ servers }: TopologyDescription): boolean =>
  [...servers.values()].some(({ setName, type }) => setName !== null || type === 'Mongos' || type === 'LoadBalancer');

/** The driver asks every server how it is all the time; jobs need one that can be written to. */
function follow({ servers }: TopologyDescription, presence: Presence): void {
  const all = [...servers.values()];
  if (all.some(({ isWritable }) => isWritable)) presence.back();
  else presence.away(all.find(({ error }) => error !== null)?.error ?? new Error('no server can be written to'));
}

/** MongoDB tells of jobs that are stored, by change streams. What is missed while none is open is found by a look. */
export function openChangeChannel(db: Db, presence: Pick<Presence, 'trouble'>): MongoChangeStreamNotificationChannel {
  const reconnect = { enabled: true, maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: RECONNECT_MS };
  const channel = new MongoChangeStreamNotificationChannel({ db, collection: COLLECTION, reconnect });
  channel.on('error', (error: Error) => presence.trouble(error, 'Agenda lost its notifications and reconnects'));
  channel.on('stateChange', (state) => {
    // it would go on from the last change it saw, for ever in vain once the server has forgotten that (ChangeStreamHistoryLost)
    if (state === 'reconnecting') Reflect.set(channel, 'resumeToken', undefined);
  });
  return channel;
}
