// While one process after another is replaced, an older Crier works on tables that a newer one has changed.
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';

it('a Crier starts on a database that a newer one has brought up to date, and leaves that as it is', async () => {
  const test = await freshDatabase();
  const newer = await openDatabase(test.url);
  await newer.pool.query(`insert into mikro_orm_migrations (name, executed_at) values ('FromANewerCrier', now())`);
  await newer.pool.query('create table from_a_newer_crier (id int)');
  const older = await openDatabase(test.url);
  await older.ping();
  const { rows } = await older.pool.query("select name from mikro_orm_migrations where name = 'FromANewerCrier'");
  expect(rows).toHaveLength(1);
  await older.pool.query('select id from from_a_newer_crier');
  await Promise.all([newer.close(), older.close()]);
  await test.drop();
});

it('of several that start at once on an empty database, one makes the tables and all go on', async () => {
  const test = await emptyDatabase();
  const all = await Promise.all([1, 2, 3, 4].map(() => openDatabase(test.url)));
  const names = await all[0]?.pool.query(
    'select name, count(*)::int as times from mikro_orm_migrations group by 1 having count(*) > 1',
  );
  expect(names?.rows).toEqual([]);
  await Promise.all(all.map((each) => each.ping()));
  await Promise.all(all.map((each) => each.close()));
  await test.drop();
});
