// What was held for an account goes on once it is connected again; what would be late by more than an hour is a question to a person.
import type { EntityManager } from '@mikro-orm/postgresql';
import { TOO_LATE_MS } from '../core/series.ts';

/** What is overdue by now and goes on is spaced out by the dispatcher. */
export async function resumeHeld(
  tx: EntityManager,
  accountId: string,
  now: Temporal.Instant,
): Promise<{ resumed: number; asked: number }> {
  const lateBefore = now.subtract({ milliseconds: TOO_LATE_MS });
  const [counts] = await tx.execute<{ resumed: number; asked: number }[]>(RESUME, [
    lateBefore.toString(),
    accountId,
    now.toString(),
    now.toString(),
    accountId,
  ]);
  return { resumed: counts?.resumed ?? 0, asked: counts?.asked ?? 0 };
}

/**
 * $1 late when planned before then, $2 account, $3 and $4 now, $5 account. When it was planned is said as `plannedAt` does (publish-try.ts).
 * Occurrences of a series are never sent late: they go on, to be reported as missed. Those that were asked about earlier and were not
 * answered count as asked too.
 */
const RESUME = `
with waiting as (
  select d.id, p.series_id is null
    and coalesce(case when d.round > 0 then d.due_at end, p.scheduled_at, d.due_at) < ?::timestamptz as is_late
  from delivery d join post p on p.id = d.post_id
  where d.account_id = ? and d.state = 'held' and d.hold_reason = 'account' and d.due_at is not null
  for update of d
),
changed as (
  update delivery d set
    state = case when w.is_late then 'held' else 'scheduled' end,
    hold_reason = case when w.is_late then 'late' end,
    tries = 0, error_kind = null, error_message = null,
    news_due_at = case when w.is_late then ?::timestamptz else d.news_due_at end,
    news_version = d.news_version + case when w.is_late then 1 else 0 end,
    updated_at = ?::timestamptz
  from waiting w where d.id = w.id
  returning w.is_late
)
select
  (select count(*)::int from changed where not is_late) as resumed,
  (select count(*)::int from changed where is_late)
    + (select count(*)::int from delivery where account_id = ? and state = 'held' and hold_reason = 'late') as asked`;
