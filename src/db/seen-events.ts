// Remembers for a day what was seen, so that what a chat delivers twice, to whichever process, is done once.
import type { Pool } from 'pg';
import type { Clock } from '../core/clock.ts';
import type { Store } from '../core/store.ts';

const KEPT = { hours: 24 } as const;
const SWEPT_EVERY_MS = 3_600_000;

export function openSeenEvents(pool: Pool, clock: Clock): Store['isFirst'] {
  let nextSweepAt = clock.now().epochMilliseconds + SWEPT_EVERY_MS;

  /** Before the key is written: were this to fail after it, the event would count as seen and never be done. */
  async function sweep(now: Temporal.Instant): Promise<void> {
    if (now.epochMilliseconds < nextSweepAt) return;
    nextSweepAt = now.epochMilliseconds + SWEPT_EVERY_MS;
    await pool.query('delete from seen_event where at < $1', [now.subtract(KEPT).toString()]);
  }

  return async (key) => {
    const now = clock.now();
    await sweep(now);
    const { rowCount } = await pool.query({ name: 'is-first', text: IS_FIRST, values: [key, now.toString()] });
    return rowCount === 1;
  };
}

const IS_FIRST = 'insert into seen_event (key, at) values ($1, $2) on conflict do nothing';
