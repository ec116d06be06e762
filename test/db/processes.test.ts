// Which processes there are, as they tell it themselves.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PartState, Processes } from '../../src/core/operations.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { openProcesses } from '../../src/db/processes.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;
let database: Database;
let processes: Processes;
beforeEach(async () => {
  test = await freshDatabase();
  database = await openDatabase(test.url);
  processes = openProcesses(database.pool);
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

const AT_NINE = Temporal.Instant.from('2026-11-22T09:00:00Z');
const at = (minutes: number): Temporal.Instant => AT_NINE.add({ minutes });
const tell = (id: string, minutes: number, parts: Record<string, PartState> = {}): Promise<void> =>
  processes.tell(
    { id, role: 'worker', host: `host-${id}`, pid: 7, version: '0.1.0', startedAt: at(id === 'one' ? 0 : 1), parts },
    at(minutes),
  );

it('a process is there from its first report on, with all it told', async () => {
  await tell('two', 1);
  await tell('one', 2, { mongodb: 'ok' });
  expect(await processes.list(at(0))).toEqual([
    {
      id: 'one',
      role: 'worker',
      host: 'host-one',
      pid: 7,
      version: '0.1.0',
      startedAt: at(0),
      seenAt: at(2),
      parts: { mongodb: 'ok' },
      failingSince: {},
    },
    expect.objectContaining({ id: 'two', seenAt: at(1) }),
  ]);
});

it('a part has been failing since it was first told so, until it works again', async () => {
  await tell('one', 0, { mongodb: 'failing', slack: 'ok' });
  await tell('one', 1, { mongodb: 'failing', slack: 'failing' });
  expect(await processes.list(at(0))).toMatchObject([{ failingSince: { mongodb: at(0), slack: at(1) } }]);
  await tell('one', 2, { mongodb: 'ok', slack: 'failing' });
  expect((await processes.list(at(0)))[0]?.failingSince).toEqual({ slack: at(1) });
  await tell('one', 3, { mongodb: 'failing', slack: 'ok' });
  expect((await processes.list(at(0)))[0]?.failingSince).toEqual({ mongodb: at(3) });
});

it('a process that ended in order is gone, and one that was killed is forgotten later', async () => {
  await tell('one', 0);
  await tell('two', 5);
  await processes.forget('two');
  expect(await processes.list(at(0))).toMatchObject([{ id: 'one' }]);
  expect(await processes.list(at(1))).toEqual([]);
  expect(await processes.forgetUnseen(at(0))).toBe(0);
  expect(await processes.forgetUnseen(at(1))).toBe(1);
  expect(await processes.list(at(0))).toEqual([]);
});
