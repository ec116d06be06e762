// The real process is told to stop while a server that it stands on is away: it ends in order, soon, and says no secret.
import { expect, it } from 'vitest';
import { useCrier } from './support/crier.ts';
import { closeDatabase, freshDatabase } from './support/database.ts';
import { deadAddress } from './support/local-server.ts';

const { startService } = useCrier();

it('while MongoDB was never reached, with a job that waits for it', { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  const { host } = new URL(await deadAddress());
  const crier = startService({
    DATABASE_URL: database.url,
    MOCK_SOCIAL: 'true',
    MONGO_URL: `mongodb://crier:hunter2-hunter2@${host}/crier`,
  });
  await crier.logs('running until SIGTERM');
  crier.child.kill('SIGTERM');
  expect(await crier.exit, crier.log()).toBe(0);
  expect(crier.log()).not.toContain('hunter2');
  await database.drop();
});

it('while PostgreSQL is away', { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  const crier = startService({ DATABASE_URL: database.url, MOCK_SOCIAL: 'true' });
  await crier.logs('running until SIGTERM');
  await closeDatabase(database.url);
  crier.child.kill('SIGTERM');
  expect(await crier.exit, crier.log()).toBe(0);
  expect(crier.log()).toContain('the other processes could not be told that this one has ended');
  expect(crier.log()).not.toContain('error of its own');
  await database.drop();
});
