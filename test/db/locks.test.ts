// A person who changes a post while its outcome is being written: each waits for the other's rows at most, never for ever.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

it('an outcome and its audit are written although somebody waits with the post to change it', async () => {
  const { post, deliveries } = await bench.schedule();
  const settling = await bench.database.pool.connect();
  try {
    await settling.query('begin');
    await settling.query('update delivery set updated_at = updated_at where id = $1', [deliveries[0]?.id]);
    const changed = bench.store.posts.change(bench.actor, post.number, 'edited', (details) => {
      details.post.text = 'Changed';
    });
    await vi.waitFor(async () => {
      const { rows } = await bench.database.pool.query('select 1 from pg_locks where not granted');
      expect(rows).not.toEqual([]);
    });
    await settling.query(
      "insert into audit_event (id, workspace_id, post_id, verb, details, at) values (gen_random_uuid(), $1, $2, 'delivery published', '{}', now())",
      [post.workspaceId, post.id],
    );
    await settling.query('commit');
    expect((await changed)?.post.text).toBe('Changed');
  } finally {
    settling.release(true);
  }
});
