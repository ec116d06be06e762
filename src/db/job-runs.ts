// The turns of recurring jobs: one row per job, and one statement per step, so that its row lock decides between processes.
import type { Pool } from 'pg';
import { z } from 'zod';
import { JOB_EARLY_MS, type JobRun, type JobRuns } from '../core/operations.ts';
import { instant } from './types.ts';

export const openJobRuns = (pool: Pool): JobRuns => ({
  take: async (name, now, leaseUntil) => {
    const dueBy = now.add({ milliseconds: JOB_EARLY_MS });
    const { rows } = await pool.query(TAKE, [name, now.toString(), leaseUntil.toString(), dueBy.toString()]);
    const taken = TURN.optional().parse(rows[0]);
    return taken ? { name, token: taken.token, dueAt: taken.due_at } : null;
  },

  extend: async ({ name, token }, leaseUntil) => {
    const { rowCount } = await pool.query(EXTEND, [name, token, leaseUntil.toString()]);
    return rowCount === 1;
  },

  finish: async ({ name, token }, { ok, result, dueAt }, now) => {
    const { rowCount } = await pool.query(FINISH, [name, token, now.toString(), ok, result, dueAt.toString()]);
    return rowCount === 1;
  },

  list: async (now) => {
    const { rows } = await pool.query(LIST, [now.toString()]);
    return rows.map((row) => toJobRun(RUN.parse(row)));
  },
});

/**
 * $1 name, $2 now, $3 lease until, $4 due by. Of several that come at once the first inserts or locks the row; the others wait for it
 * and then see its lease, so that the condition holds for one of them only.
 */
const TAKE = `
insert into job_run as run (name, due_at, token, lease_until, started_at, runs, failures)
values ($1, $2, gen_random_uuid(), $3, $2, 1, 0)
on conflict (name) do update set
  token = excluded.token, lease_until = excluded.lease_until, started_at = excluded.started_at, finished_at = null, runs = run.runs + 1
where run.due_at <= $4 and (run.lease_until is null or run.lease_until <= $2)
returning token, due_at`;

/** $1 name, $2 token, $3 lease until. A lease that has run out is still its holder's as long as nobody took the turn. */
const EXTEND = 'update job_run set lease_until = $3 where name = $1 and token = $2';

/** $1 name, $2 token, $3 now, $4 ok, $5 result, $6 due at. */
const FINISH = `
update job_run set
  token = null, lease_until = null, finished_at = $3, ok = $4, result = $5, due_at = $6,
  failures = failures + case when $4 then 0 else 1 end
where name = $1 and token = $2`;

/** $1 now. */
const LIST = `
select name, due_at, started_at, finished_at, ok, result, runs, failures, coalesce(lease_until > $1, false) as is_running
from job_run order by name`;

const TURN = z.object({ token: z.string(), due_at: instant });

const RUN = z.object({
  name: z.string(),
  due_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
  ok: z.boolean().nullable(),
  result: z.string().nullable(),
  runs: z.number(),
  failures: z.number(),
  is_running: z.boolean(),
});

const toJobRun = ({ due_at, started_at, finished_at, is_running, ...row }: z.infer<typeof RUN>): JobRun => ({
  ...row,
  dueAt: due_at,
  startedAt: started_at,
  finishedAt: finished_at,
  isRunning: is_running,
});
