// Remembers what was seen, so that what a chat delivers twice, to whichever process, is done once.
import type { Pool } from 'pg';
import type { Clock } from '../core/clock.ts';
import type { Store } from '../core/store.ts';

export const openSeenEvents = (pool: Pool, clock: Clock): Pick<Store, 'isFirst' | 'forgetSeen'> => ({
  isFirst: async (key) => {
    const { rowCount } = await pool.query({ name: 'is-first', text: IS_FIRST, values: [key, clock.now().toString()] });
    return rowCount === 1;
  },

  forgetSeen: async (before) => {
    const { rowCount } = await pool.query('delete from seen_event where at < $1', [before.toString()]);
    return rowCount ?? 0;
  },
});

const IS_FIRST = 'insert into seen_event (key, at) values ($1, $2) on conflict do nothing';
