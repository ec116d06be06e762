// Which processes of Crier there are: each tells once a minute that it is there, and how the parts it relies on are.
import type { Pool } from 'pg';
import { z } from 'zod';
import { PART_STATES, PROCESS_ROLES, type Processes, type SeenProcess } from '../core/operations.ts';
import { instant } from './types.ts';

export const openProcesses = (pool: Pool): Processes => ({
  tell: async ({ id, role, host, pid, version, startedAt, parts }, now) => {
    const failing = Object.entries(parts).flatMap(([name, state]) => (state === 'failing' ? [[name, now.toString()]] : []));
    const told = [JSON.stringify(parts), JSON.stringify(Object.fromEntries(failing))];
    await pool.query(TELL, [id, role, host, pid, version, startedAt.toString(), now.toString(), ...told]);
  },

  forget: async (id) => {
    await pool.query('delete from process where id = $1', [id]);
  },

  list: async (since) => {
    const { rows } = await pool.query('select * from process where seen_at >= $1 order by started_at, id', [since.toString()]);
    return rows.map((row) => toSeenProcess(PROCESS.parse(row)));
  },

  forgetUnseen: async (since) => {
    const { rowCount } = await pool.query('delete from process where seen_at < $1', [since.toString()]);
    return rowCount ?? 0;
  },
});

/**
 * $1 id, $2 role, $3 host, $4 pid, $5 version, $6 started at, $7 now, $8 parts, $9 those that fail, each since now. What failed the
 * last time too has been failing since then.
 */
const TELL = `
insert into process as known (id, role, host, pid, version, started_at, seen_at, parts, failing_since)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (id) do update set
  seen_at = excluded.seen_at,
  parts = excluded.parts,
  failing_since = (
    select coalesce(jsonb_object_agg(part.name, coalesce(known.failing_since -> part.name, part.since)), '{}')
    from jsonb_each(excluded.failing_since) as part(name, since))`;

const PROCESS = z.object({
  id: z.string(),
  role: z.enum(PROCESS_ROLES),
  host: z.string(),
  pid: z.number(),
  version: z.string(),
  started_at: instant,
  seen_at: instant,
  parts: z.record(z.string(), z.enum(PART_STATES)),
  failing_since: z.record(z.string(), instant),
});

const toSeenProcess = ({ started_at, seen_at, failing_since, ...row }: z.infer<typeof PROCESS>): SeenProcess => ({
  ...row,
  startedAt: started_at,
  seenAt: seen_at,
  failingSince: failing_since,
});
