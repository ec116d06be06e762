// Accounts that were connected before it was kept who connected them: the audit knows, and the migration asks it.
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../src/db/migrations/index.ts';
import { openDatabase } from '../../src/db/open.ts';
import { emptyDatabase, runSql, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;
beforeEach(async () => {
  test = await emptyDatabase();
});
afterEach(() => test.drop());

async function migrateUpTo(name: string): Promise<void> {
  const until = migrations.findIndex((each) => each.name === name);
  const orm = await MikroORM.init({
    clientUrl: test.url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: migrations.slice(0, until), snapshot: false },
    logger: () => {},
    debug: false,
  });
  await orm.migrator.up();
  await orm.close(true);
}

const id = (last: number): string => `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`;
const AT = "'2026-11-01T00:00:00Z'::timestamptz";

const ROWS = `
insert into workspace (id, chat, team_id, name, time_zone, default_time, daily_caps, last_post_number, created_at)
values ('${id(1)}', 'slack', 'T1', 'Team', 'UTC', '09:00', '{}', 0, ${AT});
insert into member (id, workspace_id, user_id, name, role, created_at)
values ('${id(2)}', '${id(1)}', 'U1', 'Ann', 'admin', ${AT}), ('${id(3)}', '${id(1)}', 'U2', 'Bob', 'admin', ${AT});
insert into account (id, workspace_id, platform, remote_id, handle, service, state, created_at)
select ('00000000-0000-7000-8000-00000000001' || n)::uuid, '${id(1)}', 'mastodon', n::text, '@' || n, 'https://m.example', 'connected', ${AT}
from generate_series(1, 2) n;
insert into audit_event (id, workspace_id, member_id, verb, details, at) values
  ('${id(21)}', '${id(1)}', '${id(2)}', 'account connected', '{"platform": "mastodon", "handle": "@1"}', ${AT}),
  ('${id(22)}', '${id(1)}', '${id(3)}', 'account connected', '{"platform": "mastodon", "handle": "@1"}', ${AT} + interval '1 day'),
  ('${id(23)}', '${id(1)}', '${id(2)}', 'account disconnected', '{"platform": "mastodon", "handle": "@1"}', ${AT} + interval '2 days')`;

it('whoever connected an account last is told of its login from then on; one that nobody is known of has nobody', async () => {
  await migrateUpTo('0009-tokens');
  await runSql(test.url, ROWS);
  await (await openDatabase(test.url)).close();
  const rows = await runSql(test.url, 'select handle, connected_by from account order by handle');
  expect(rows).toEqual([
    { handle: '@1', connected_by: id(3) },
    { handle: '@2', connected_by: null },
  ]);
});
