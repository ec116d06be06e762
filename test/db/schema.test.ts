// The tables: what the migrations make is what the entities declare, and the database refuses what must not be.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_STATES } from '../../src/core/delivery.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

describe('the migrations', () => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await emptyDatabase();
    database = await openDatabase(test.url);
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  it('make exactly the tables that the entities declare', async () => {
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
  });

  it('do nothing where they have run, and let several processes start at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(test.url)));
    expect(await database.orm.migrator.getPending()).toEqual([]);
    await Promise.all(others.map((other) => other.close()));
  });
});

/** @param values its period, day, state and when it is due */
const digest = (values: string): string =>
  `insert into digest (id, workspace_id, member_id, number, channel, wall_time, created_at, period, day, state, due_at)
   select gen_random_uuid(), workspace_id, id, 1, 'c', '09:00', now(), ${values} from member`;

describe('the database', () => {
  let bench: Workbench;
  let id: string;
  beforeAll(async () => {
    bench = await openWorkbench();
    id = (await bench.schedule()).deliveries[0]?.id ?? '';
  });
  afterAll(() => bench.close());
  const run = (sql: string) => bench.database.pool.query(sql);

  it.each([
    ['a state that there is not', "update delivery set state = 'lost'", 'delivery_state_check'],
    ['a publishing delivery without a lease', "update delivery set state = 'publishing'", 'delivery_lease_while_publishing'],
    ['a held delivery without a reason', "update delivery set state = 'held'", 'delivery_reason_while_held'],
    ['a scheduled delivery without a time', 'update delivery set due_at = null', 'delivery_due_when_claimable'],
    [
      'a published delivery without its moment',
      "update delivery set state = 'published'",
      'delivery_published_at_when_published',
    ],
    ['an account state that there is not', "update account set state = 'maybe'", 'account_state_check'],
    ['a role that there is not', "update member set role = 'king'", 'member_role_check'],
    ['a time without its zone', 'update post set time_zone = null', 'post_slot_is_whole'],
    [
      'an attempt that is done without an outcome',
      "insert into attempt (id, delivery_id, round, phase, handles, started_at) select gen_random_uuid(), id, 0, 'done', '{}', now() from delivery",
      'attempt_outcome_when_done',
    ],
    ['a digest state that there is not', digest("'daily', null, 'asleep', null"), 'digest_state_check'],
    ['an active digest that is never due', digest("'daily', null, 'active', null"), 'digest_due_while_active'],
    ['a paused digest that is due', digest("'daily', null, 'paused', now()"), 'digest_due_while_active'],
    ['a weekly digest without its day', digest("'weekly', null, 'active', now()"), 'digest_day_by_period'],
    [
      'a failure to look that has no reason',
      'insert into account_look (account_id, failing_since, again_at) select id, now(), now() from account',
      'account_look_failure_is_whole',
    ],
  ])('refuses %s', async (_, sql, constraint) => {
    await expect(run(sql)).rejects.toMatchObject({ constraint });
  });

  it.each(['update audit_event set verb = $$nothing$$', 'delete from audit_event'])(
    'refuses to rewrite the audit: %s',
    async (sql) => {
      await expect(run(sql)).rejects.toThrow('audit events are append only');
    },
  );

  it('refuses a second delivery of one post to one account, and a second account of one remote id', async () => {
    const copy = (table: string, changed: string) =>
      `insert into ${table} select (jsonb_populate_record(t, '${changed}')).* from ${table} t limit 1`;
    const fresh = crypto.randomUUID();
    await expect(run(copy('delivery', JSON.stringify({ id: fresh, idempotency_key: fresh })))).rejects.toMatchObject({
      constraint: 'delivery_post_account',
    });
    await expect(run(copy('account', JSON.stringify({ id: fresh })))).rejects.toMatchObject({
      constraint: 'account_workspace_remote',
    });
  });

  it('keeps instants to the millisecond, and the wall time and zone a person named', async () => {
    const { rows } = await run(
      `select d.due_at::text, p.wall_time, p.time_zone from delivery d join post p on p.id = d.post_id where d.id = '${id}'`,
    );
    expect(rows).toEqual([{ due_at: '2026-11-22 09:00:00+00', wall_time: '2026-11-22T10:00:00', time_zone: 'Europe/Berlin' }]);
  });

  it('knows every delivery state the domain knows', async () => {
    const { rows } = await run(
      "select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'delivery_state_check'",
    );
    for (const state of DELIVERY_STATES) expect(rows[0].definition).toContain(`'${state}'`);
  });
});
