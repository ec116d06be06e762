// The job suite with Agenda's jobs in MongoDB, where a server can be had. Where none can, it says so, and fails where it must run.
import { MongoClient } from 'mongodb';
import { describe, expect, inject, it, vi } from 'vitest';
import { openChangeChannel, openMongoStore } from '../../../src/jobs/job-store-mongo.ts';
import { keptLog } from '../../support/log.ts';
import { describeOutages } from './outages.ts';
import { onMongo } from './place.ts';
import { describeRecurring } from './recurring.ts';
import { describeWaking } from './waking.ts';

const server = inject('mongoServer');

describe('with jobs in MongoDB', () => {
  if (!server) {
    it('may be left out on this machine, where no server can be had', () => {
      expect(process.env.MONGO_TEST_REQUIRED).toBeUndefined();
    });
    return;
  }
  describeWaking(onMongo);
  describeRecurring(onMongo);
  describeOutages(onMongo);

  it('are in the database crier where the address names none', async () => {
    const named = new MongoClient(server.url);
    const store = openMongoStore(new URL('/', server.url).href, { log: keptLog(), onBack: () => {} });
    await store.connect(false);
    const names = (await named.db('crier').listCollections().toArray()).map(({ name }) => name);
    expect(names).toContain('agendaJobs');
    await store.close();
    await named.db('crier').dropDatabase();
    await named.close();
  });

  it('notifications do not go on for ever from a change that the server has forgotten', async () => {
    const client = new MongoClient(server.url);
    const channel = openChangeChannel(client.db(), { trouble: () => {} });
    Reflect.set(channel, 'resumeToken', { _data: '8200' });
    await channel.connect();
    await vi.waitFor(() => expect(channel.getResumeToken()).toBeUndefined(), { timeout: 10_000 });
    await channel.disconnect();
    await client.close();
  });
});
