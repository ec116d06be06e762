// Snapshots become fewer with age: of each day, and later of each month, the newest stays. So does the newest of all, of each series.
import type { Pool } from 'pg';
import type { FiguresStore } from '../core/figures-store.ts';

type Before = Parameters<FiguresStore['thin']>[0];

/** Hours, days and months are those of UTC. */
export async function thin(pool: Pool, { dailyBefore, monthlyBefore }: Before, limit: number): Promise<number> {
  return (await pool.query(THIN, [dailyBefore.toString(), monthlyBefore.toString(), limit])).rowCount ?? 0;
}

const endOf = (unit: 'hour' | 'day' | 'month'): string =>
  `(date_trunc('${unit}', m.at at time zone 'UTC') + interval '1 ${unit}') at time zone 'UTC'`;

/**
 * Whether the series has a newer snapshot before then: a step into its index. Without `offset 0` the planner would set each snapshot of a
 * series beside each other one.
 */
const hasNewer = (ofSeries: string, before: string): string => `exists (
      select from metric_snapshot n
      where ${ofSeries} and (n.at, n.id) > (m.at, m.id) and n.at < ${before} offset 0
    )`;

const OF_ACCOUNT = 'n.delivery_id is null and n.account_id = m.account_id';
/** What was told is not gone for a later look at which nothing was: reports go back to it. */
const OF_POST = `n.delivery_id = m.delivery_id
        and (jsonb_strip_nulls(n.figures) <> '{}' or jsonb_strip_nulls(m.figures) = '{}')`;

const DAY_OR_MONTH = `case when m.at < $2 then ${endOf('month')} else ${endOf('day')} end`;

/**
 * $1 and $2 before when one a day and one a month stay, $3 limit. A series is an account's own snapshots, or those of one delivery. Of a
 * post's first two days every hour stays until months do: a month that has just begun is compared with the first hours of the one before.
 * Whoever reads or adds snapshots meanwhile does not wait for it.
 */
const THIN = `
delete from metric_snapshot where id in (
  (
    select m.id from metric_snapshot m
    where m.delivery_id is null and m.at < $1 and ${hasNewer(OF_ACCOUNT, DAY_OR_MONTH)}
    limit $3
  )
  union all
  (
    select m.id from metric_snapshot m
    where m.delivery_id is not null and m.at < $1 and ${hasNewer(OF_POST, DAY_OR_MONTH)}
      and (
        m.at < $2
        or m.at >= (select d.published_at from delivery d where d.id = m.delivery_id) + interval '48 hours'
        or ${hasNewer(OF_POST, endOf('hour'))}
      )
    limit $3
  )
  limit $3
)`;
