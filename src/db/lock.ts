// Holds a row for a change until the transaction ends. What was read of it before may be old by then: read it again.
//
// `for no key update`, which the ORM does not have: `for update` (its PESSIMISTIC_WRITE) also keeps out whoever writes a row that only
// refers to this one, as every audit event does, and so an outcome that is written and a person's change would wait for each other
// for ever. https://www.postgresql.org/docs/18/explicit-locking.html#LOCKING-ROWS (checked 2026-11-22)
import type { EntityManager } from '@mikro-orm/postgresql';

export async function lockSeries(tx: EntityManager, id: string): Promise<void> {
  await tx.execute('select 1 from series where id = ? for no key update', [id]);
}

/** Posts get their numbers under this lock too, so that whoever looks for a slot sees all that were made before. Taken before any post's. */
export async function lockWorkspace(tx: EntityManager, id: string): Promise<void> {
  await tx.execute('select 1 from workspace where id = ? for no key update', [id]);
}

/** Before its login is read to be changed: who refreshes it, connects it and disconnects it do so one after another. */
export async function lockAccount(tx: EntityManager, id: string): Promise<void> {
  await tx.execute('select 1 from account where id = ? for no key update', [id]);
}

/** The digest's id; null where the workspace has none of this number. */
export async function lockDigest(tx: EntityManager, workspaceId: string, number: number): Promise<string | null> {
  const found = await tx.execute<{ id: string }[]>(LOCK_DIGEST, [workspaceId, number]);
  return found[0]?.id ?? null;
}

const LOCK_DIGEST = 'select id from digest where workspace_id = ? and number = ? for no key update';

/** The post's id; null where the workspace has none of this number. */
export async function lockPost(tx: EntityManager, workspaceId: string, number: number): Promise<string | null> {
  const found = await tx.execute<{ id: string }[]>(LOCK_POST, [workspaceId, number]);
  return found[0]?.id ?? null;
}

const LOCK_POST = 'select id from post where workspace_id = ? and number = ? for no key update';
