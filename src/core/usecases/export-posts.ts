// Reads a workspace's posts for an export, a page at a time, so that no number of them has to be held at once.
import { type ExportedDelivery, type ExportFilter, type ExportRow, exportRow } from '../export.ts';
import type { Deps } from '../ports.ts';
import { type Actor, requirePermission, zoneOf } from '../workspace.ts';

type ExportDeps = Pick<Deps, 'store' | 'platforms'>;

/** Rows that are read from the database at once. */
const PAGE_SIZE = 500;

/**
 * A row per delivery, in the order of the posts' names, each once however much changes on the way; times in the reader's zone.
 * @throws CrierError `not-permitted`, before anything is read.
 */
export function exportPosts(
  deps: ExportDeps,
  actor: Actor,
  filter: ExportFilter,
  pageSize = PAGE_SIZE,
): AsyncIterable<ExportRow[]> {
  requirePermission(actor, 'view');
  return readPages(deps, actor, filter, pageSize);
}

async function* readPages(
  { store, platforms }: ExportDeps,
  actor: Actor,
  filter: ExportFilter,
  pageSize: number,
): AsyncGenerator<ExportRow[]> {
  let last: ExportedDelivery | undefined;
  do {
    const page: ExportedDelivery[] = await store.posts.exportPage(actor.workspace.id, filter, last ?? null, pageSize);
    if (page.length > 0) yield page.map((each) => exportRow(each, platforms, zoneOf(actor)));
    last = page.length < pageSize ? undefined : page.at(-1);
  } while (last);
}
