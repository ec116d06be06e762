// A page of an export: deliveries with their posts, in an order that no change of them touches.
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ExportedDelivery, ExportFilter } from '../core/export.ts';
import type { PostDetails } from '../core/post.ts';
import { PostEntity, type PostRow } from './entities/post.ts';

type ReadDetails = (em: EntityManager, rows: readonly PostRow[]) => Promise<PostDetails[]>;

interface Condition {
  sql: string;
  values: readonly (string | number)[];
}

/** @param after the last of the page before; null for the first page */
export async function readExportPage(
  em: EntityManager,
  workspaceId: string,
  { filter, after, limit }: { filter: ExportFilter; after: ExportedDelivery | null; limit: number },
  readDetails: ReadDetails,
): Promise<ExportedDelivery[]> {
  const conditions = [{ sql: 'p.workspace_id = ?', values: [workspaceId] }, ...conditionsOf(filter), ...behind(after)];
  const found = await em.execute<{ id: string; post_id: string }[]>(
    `select d.id, d.post_id from post p join delivery d on d.post_id = p.id
     where ${conditions.map(({ sql }) => sql).join(' and ')}
     order by p.number, d.platform, d.id limit ?`,
    [...conditions.flatMap(({ values }) => values), limit],
  );
  const rows = await em.find(PostEntity, { id: { $in: [...new Set(found.map((row) => row.post_id))] } });
  const detailsOf = new Map((await readDetails(em, rows)).map((details) => [details.post.id, details]));
  return found.flatMap((row) => {
    const details = detailsOf.get(row.post_id);
    const delivery = details?.deliveries.find(({ id }) => id === row.id);
    return details && delivery ? [{ details, delivery }] : [];
  });
}

/** The first of these lets the index on numbers begin where the page before ended. */
function behind(after: ExportedDelivery | null): Condition[] {
  if (after === null) return [];
  const { details, delivery } = after;
  return [
    { sql: 'p.number >= ?', values: [details.post.number] },
    {
      sql: '(p.number, d.platform, d.id) > (?, ?, ?::uuid)',
      values: [details.post.number, delivery.platform, delivery.id],
    },
  ];
}

const WHICH = {
  all: [],
  upcoming: [
    { sql: 'p.scheduled_at is not null', values: [] },
    { sql: `d.state in ('scheduled', 'publishing', 'retrying', 'held')`, values: [] },
  ],
  published: [{ sql: `d.state = 'published'`, values: [] }],
} as const satisfies Record<ExportFilter['which'], readonly Condition[]>;

const TIME = 'coalesce(d.published_at, p.scheduled_at)';

function conditionsOf({ which, period: { from, until }, platform, campaign }: ExportFilter): Condition[] {
  return [
    ...WHICH[which],
    ...(from === null ? [] : [{ sql: `${TIME} >= ?::timestamptz`, values: [from.toString()] }]),
    ...(until === null ? [] : [{ sql: `${TIME} < ?::timestamptz`, values: [until.toString()] }]),
    ...(platform === null ? [] : [{ sql: 'd.platform = ?', values: [platform] }]),
    ...(campaign === null ? [] : [{ sql: 'p.campaign = ?', values: [campaign] }]),
  ];
}
