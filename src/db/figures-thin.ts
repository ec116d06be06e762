// Snapshots become fewer with age: of each day, and later of each month, the newest stays. So does the newest of all, of each series.
import type { Pool } from 'pg';
import type { FiguresStore } from '../core/figures-store.ts';

type Before = Parameters<FiguresStore['thin']>[0];

/** Days and months are those of UTC. */
export async function thin(pool: Pool, { dailyBefore, monthlyBefore }: Before, limit: number): Promise<number> {
  return (await pool.query(THIN, [dailyBefore.toString(), monthlyBefore.toString(), limit])).rowCount ?? 0;
}

/**
 * $1 and $2 before when one a day and one a month stay, $3 limit. A series is an account's own snapshots, or those of one delivery. Gone is
 * what has a newer one of its series in the same day or month; that one may be younger than the bound itself, so that a little more is read.
 */
const THIN = `
delete from metric_snapshot where id in (
  select id from (
    select id, at, lead(at) over (partition by account_id, delivery_id order by at, id) as next_at
    from metric_snapshot
    where at < greatest($1::timestamptz + interval '1 day', $2::timestamptz + interval '31 days')
  ) as series
  where (at < $1 and date_trunc('day', at, 'UTC') = date_trunc('day', next_at, 'UTC'))
    or (at < $2 and date_trunc('month', at, 'UTC') = date_trunc('month', next_at, 'UTC'))
  limit $3
)`;
