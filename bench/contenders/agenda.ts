// Agenda on its Postgres backend with one job per post: what Crier would be without claims of its own.
import { PostgresBackend } from '@agendajs/postgres-backend';
import { Agenda } from 'agenda';
import { Pool } from 'pg';
import type { Contender } from '../measure.ts';

const JOB = 'publish';
const CONCURRENCY = 32;

export const agendaPerPost: Contender = {
  name: 'agenda-per-post',
  settings: `Postgres backend, ${CONCURRENCY} at once, processEvery 5 s (its default), removeOnComplete`,
  prepare: async ({ url, deliveries, dueAt, publish }) => {
    const pool = new Pool({ connectionString: url });
    const agenda = new Agenda({
      backend: new PostgresBackend({ pool }),
      maxConcurrency: CONCURRENCY,
      defaultConcurrency: CONCURRENCY,
      removeOnComplete: true,
    });
    agenda.define(JOB, async () => publish());
    await agenda.ready;
    await pool.query(
      `insert into agenda_jobs (name, next_run_at, data)
       select $1, $2, jsonb_build_object('number', n) from generate_series(1, $3::int) n`,
      [JOB, new Date(dueAt), deliveries],
    );
    await pool.query('vacuum analyze');
    await agenda.start();
    return {
      isWorkLeft: async () => (await pool.query('select 1 from agenda_jobs limit 1')).rows.length > 0,
      close: async () => {
        await agenda.stop();
        await pool.end();
      },
    };
  },
};
