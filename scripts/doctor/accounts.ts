// The connected accounts: which login is dead, ends soon, or cannot be renewed just now. Asks the database alone, and no network.
import type pg from 'pg';
import { z } from 'zod';
import type { Clock } from '../../src/core/clock.ts';
import { formatRelative } from '../../src/core/time/format.ts';
import { instant } from '../../src/db/types.ts';
import { type Finding, note, ok, warning, wrong } from './finding.ts';

const Row = z.object({
  platform: z.string(),
  handle: z.string(),
  state_reason: z.string().nullable(),
  expires_at: instant.nullable(),
  refresh_failures: z.number(),
  is_connected: z.boolean(),
});
type Row = z.infer<typeof Row>;

/** An account that a person disconnected is left out: that was meant. The audit names nobody where it was the network's word. */
const ACCOUNTS = `
select platform, handle, state_reason, expires_at, refresh_failures, state = 'connected' as is_connected
from account a
where state = 'connected' or (
  select e.member_id is null from audit_event e
  where e.workspace_id = a.workspace_id and e.verb = 'account disconnected'
    and e.details ->> 'platform' = a.platform and e.details ->> 'handle' = a.handle
  order by e.at desc limit 1)
order by platform, handle`;

const SOON = { hours: 7 * 24 };

export async function lookAtAccounts(pool: pg.Pool | null, clock: Clock): Promise<readonly Finding[]> {
  if (pool === null) return [];
  const { rows } = await pool.query(ACCOUNTS);
  const accounts = rows.map((row) => Row.parse(row));
  if (accounts.length === 0) return [note('accounts', 'No account is connected yet: /connect in the chat does it.')];
  const trouble = accounts.flatMap((account) => troubleOf(account, clock.now()));
  const well = accounts.length - trouble.length;
  const good = well > 0 ? [ok('accounts', well === 1 ? 'One login is good.' : `${well} logins are good.`)] : [];
  return [...good, ...trouble];
}

function troubleOf({ platform, handle, state_reason: reason, expires_at: end, ...row }: Row, now: Temporal.Instant): Finding[] {
  const about = `${platform} ${handle}`;
  const cure = `Connect it again with /connect ${platform} in the chat.`;
  if (!row.is_connected) return [wrong(about, `The login is dead: ${reason ?? 'the network ended it.'}`, cure)];
  if (end !== null && Temporal.Instant.compare(end, now) <= 0)
    return [wrong(about, `The login ended ${formatRelative(end, now)}.`, cure)];
  if (end !== null && Temporal.Instant.compare(end, now.add(SOON)) <= 0)
    return [warning(about, `The login ends ${formatRelative(end, now)}.`, cure)];
  if (row.refresh_failures > 0) {
    const times = row.refresh_failures === 1 ? 'once' : `${row.refresh_failures} times in a row`;
    return [warning(about, `The login could not be renewed, ${times}; it is tried again.`, 'The log of Crier says why.')];
  }
  return [];
}
