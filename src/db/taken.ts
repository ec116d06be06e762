// At which times accounts have posts: those that are written, and those that series will come to.
import type { EntityManager } from '@mikro-orm/postgresql';
import type { SlotWindow, Taken } from '../core/slots.ts';
import { occurrencesBetween } from '../core/time/recurrence/occurrences.ts';
import { SeriesEntity } from './entities/series.ts';
import { toSeries } from './rows.ts';

export async function findTaken(
  em: EntityManager,
  workspaceId: string,
  { from, until }: SlotWindow,
  exceptNumber: number | null,
): Promise<Taken[]> {
  const rows = await em.execute<{ account_id: string; ms: string; number: number }[]>(TAKEN, [
    workspaceId,
    from.toString(),
    until.toString(),
    exceptNumber ?? 0,
  ]);
  const written = rows.map(({ account_id: accountId, ms, number }) => ({
    accountId,
    at: Temporal.Instant.fromEpochMilliseconds(Number(ms)),
    post: number,
  }));
  return [...written, ...(await findComing(em, workspaceId, until))];
}

/** What was canceled or failed leaves its time to others; a draft has none. */
const TAKEN = `
select d.account_id, trunc(extract(epoch from p.scheduled_at) * 1000) as ms, p.number
from post p join delivery d on d.post_id = p.id
where p.workspace_id = ? and p.scheduled_at between ? and ? and p.number <> ? and d.state not in ('canceled', 'failed')
order by p.scheduled_at, p.number`;

/** The newest occurrence is a post already. A paused series may go on at any time, and then at its own times. */
async function findComing(em: EntityManager, workspaceId: string, until: Temporal.Instant): Promise<Taken[]> {
  const rows = await em.find(SeriesEntity, { workspaceId, state: { $ne: 'ended' } }, { disableIdentityMap: true });
  return rows.map(toSeries).flatMap(({ rule, occurrenceAt, accountIds, postNumber }) => {
    const coming = occurrencesBetween(rule, occurrenceAt, until);
    return accountIds.flatMap((accountId) => coming.map((at) => ({ accountId, at: at.toInstant(), post: postNumber })));
  });
}
