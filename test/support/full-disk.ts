// A PostgreSQL server without room on its disk, for chosen tables: the real server says 53100 (disk_full), as it does where a file of a
// table cannot grow.
import { runSql } from './database.ts';

/** @returns makes room again */
export async function fillDisk(url: string, tables: readonly string[]): Promise<() => Promise<void>> {
  await runSql(url, REFUSE);
  for (const table of tables) {
    await runSql(url, `create trigger no_room before insert or update on ${table} for each row execute function no_room()`);
  }
  return async () => {
    for (const table of tables) await runSql(url, `drop trigger if exists no_room on ${table}`);
  };
}

const REFUSE = `
create or replace function no_room() returns trigger language plpgsql as $body$
begin
  raise exception 'could not extend file "base/16384/16385": No space left on device' using errcode = 'disk_full';
end $body$`;
