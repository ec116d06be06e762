// The job suite with Agenda's jobs in PostgreSQL.
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSql } from '../../support/database.ts';
import { describeOutages } from './outages.ts';
import { onPostgres, openProcesses, soon } from './place.ts';
import { describeRecurring } from './recurring.ts';
import { describeWaking } from './waking.ts';

describe('with jobs in PostgreSQL', () => {
  describeWaking(onPostgres);
  describeRecurring(onPostgres);
  describeOutages(onPostgres);

  describe('a wake-up', () => {
    const { worker, stored, place, begin, end } = openProcesses(onPostgres);
    beforeEach(begin);
    afterEach(end);

    it('that cannot be stored is a line in the log, and is kept by this process all the same', async () => {
      let woken = 0;
      const jobs = worker({ wake: async () => void woken++ });
      await jobs.start();
      await vi.waitFor(() => jobs.check(), { timeout: 10_000 });
      await runSql(place().address.databaseUrl, 'drop table agenda_jobs');
      await jobs.wakeAt([soon(0)]);
      await vi.waitFor(() => expect(jobs.log.lines.some(({ message }) => message.includes('the sweep finds'))).toBe(true));
      await vi.waitFor(() => expect(woken).toBe(1), { timeout: 5_000 });
      // and what was missing is made again
      await vi.waitFor(async () => {
        await jobs.wakeAt([soon(3_600_000)]);
        expect((await stored()).length).toBeGreaterThan(0);
      });
    });

    it('is looked up by an index, not by reading all that wait', async () => {
      const jobs = worker({});
      await jobs.start();
      await vi.waitFor(() => jobs.check(), { timeout: 10_000 });
      const client = new Client({ connectionString: place().address.databaseUrl });
      await client.connect();
      // a table of a few rows is read whole otherwise
      await client.query('set enable_seqscan = off');
      // as PostgresJobRepository.saveJob asks (@agendajs/postgres-backend 3.0.6)
      const { rows } = await client.query(`explain select * from "agenda_jobs" where name = $1 and data->>$2 = $3 limit 1`, [
        'wake',
        'at',
        'x',
      ]);
      expect(JSON.stringify(rows)).toContain('agenda_jobs_unique_at');
      await client.end();
    });
  });
});
