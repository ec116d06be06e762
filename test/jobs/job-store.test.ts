// Which URLs the store in MongoDB takes; what it then does is the job suite's matter.
import { expect, it } from 'vitest';
import { openJobStore } from '../../src/jobs/job-store.ts';
import { keptLog } from '../support/log.ts';

const open = (mongoUrl: string) =>
  openJobStore({ mongoUrl, databaseUrl: 'postgres://127.0.0.1:1/none', log: keptLog(), onBack: () => {} });

it.each([
  'mongodb://mongo/crier',
  'mongodb://a:27017,b:27018,c/crier?replicaSet=rs0',
  'mongodb://crier:p%40ss@a,b/?authSource=admin&tls=true',
])('takes %s', async (url) => {
  const store = open(url);
  expect(store.backend).toBe('MongoDB');
  await store.close();
});

it.each([
  { url: 'mongodb://crier:hunter2hunter2@mongo/crier?nonsense=1', why: 'option nonsense is not supported' },
  { url: 'mongodb://crier:hunter2hunter2/x@mongo:27017/crier', why: 'Password contains unescaped characters' },
])('says why it cannot take a URL, without its password: $why', ({ url, why }) => {
  expect(() => open(url)).toThrow(expect.objectContaining({ kind: 'invalid-input', message: expect.stringContaining(why) }));
  expect(() => open(url)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
});
