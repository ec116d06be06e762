// Reads the figures of a workspace's posts for an export, a page at a time, so that no number of them has to be held at once.
import type { ExportedSnapshot, SnapshotFilter } from '../figures-store.ts';
import type { Deps } from '../ports.ts';
import { type SnapshotRow, snapshotRow } from '../snapshot-export.ts';
import { type Actor, requirePermission, zoneOf } from '../workspace.ts';

type ExportDeps = Pick<Deps, 'store' | 'platforms'>;

/** Rows that are read from the database at once. */
const PAGE_SIZE = 1_000;

/**
 * A row per post, network and look, in the order of the posts' names and of the looks, each once however many are added on the way; times
 * in the reader's zone.
 * @throws CrierError `not-permitted`, before anything is read.
 */
export function exportSnapshots(
  deps: ExportDeps,
  actor: Actor,
  filter: SnapshotFilter,
  pageSize = PAGE_SIZE,
): AsyncIterable<SnapshotRow[]> {
  requirePermission(actor, 'view');
  return readPages(deps, actor, filter, pageSize);
}

async function* readPages(
  { store, platforms }: ExportDeps,
  actor: Actor,
  filter: SnapshotFilter,
  pageSize: number,
): AsyncGenerator<SnapshotRow[]> {
  let last: ExportedSnapshot | undefined;
  do {
    const page: ExportedSnapshot[] = await store.figures.exportPage(actor.workspace.id, filter, last ?? null, pageSize);
    if (page.length > 0) yield page.map((each) => snapshotRow(each, platforms, zoneOf(actor)));
    last = page.length < pageSize ? undefined : page.at(-1);
  } while (last);
}
