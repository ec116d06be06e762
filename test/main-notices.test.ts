// A login that ends, with the whole of Crier: whoever sits at the terminal is told, with the way back.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeKeyHex } from '../src/db/vault.ts';
import { useCrier } from './support/crier.ts';
import { freshDatabase, runSql, type TestDatabase } from './support/database.ts';

const crier = useCrier();
let test: TestDatabase;
beforeEach(async () => {
  test = await freshDatabase();
});
afterEach(() => test.drop());

/** As the job writes it, but now. */
const ENDS = `
with account as (
  update account set expires_at = now() + interval '2 days', warned_days = 7 where platform = 'mastodon' returning id, workspace_id
)
insert into notice (id, workspace_id, account_id, kind, days, created_at)
select gen_random_uuid(), workspace_id, id, 'login-ends', 7, now() from account`;

it('the terminal is told once that an account has to be connected again', { timeout: 90_000 }, async () => {
  const running = crier.start({ DATABASE_URL: test.url, ENCRYPTION_KEY: makeKeyHex(), MOCK_SOCIAL: 'true' });
  await running.logs('web server is up');
  await runSql(test.url, ENDS);
  await running.says('has to be connected again within a week');
  await running.says('Connect Mastodon');
  running.child.stdin.end('/accounts\n');
  await running.says('Login runs out');
  expect(await running.exit).toBe(0);
  expect(running.output().match(/has to be connected again/g)).toHaveLength(1);
  expect(await runSql(test.url, 'select told_at is not null as told from notice')).toEqual([{ told: true }]);
});
