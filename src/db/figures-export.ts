// A page of an export of snapshots: in an order that nothing which happens meanwhile touches.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { ExportedSnapshot, SnapshotFilter } from '../core/figures-store.ts';
import type { ReportScope } from '../core/report.ts';
import { PostFiguresJson } from './figure-rows.ts';
import { instant } from './types.ts';

export interface SnapshotPage {
  filter: SnapshotFilter;
  /** The last of the page before; null for the first page. */
  after: ExportedSnapshot | null;
  limit: number;
}

export async function readSnapshotPage(pool: Pool, workspaceId: string, page: SnapshotPage): Promise<ExportedSnapshot[]> {
  const { span, scope } = page.filter;
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    `p.workspace_id = ${put(workspaceId)}`,
    `d.published_at >= ${put(span.from.toString())}`,
    `d.published_at < ${put(span.until.toString())}`,
    ...within(scope, put),
    ...behind(page.after, put),
  ];
  const sql = `${PAGE} where ${conditions.join(' and ')} ${ORDER} limit ${put(page.limit)}`;
  return (await pool.query(sql, values)).rows.map((row) => toSnapshot(Row.parse(row)));
}

type Put = (value: unknown) => string;

function within(scope: ReportScope, put: Put): string[] {
  switch (scope.kind) {
    case 'all':
      return [];
    case 'network':
      return [`d.platform = ${put(scope.platform)}`];
    case 'account':
      return [`d.account_id = ${put(scope.account.id)}`];
    case 'campaign':
      return [`p.campaign = ${put(scope.name)}`];
  }
}

/** The first of these lets the index on numbers begin where the page before ended. */
function behind(after: ExportedSnapshot | null, put: Put): string[] {
  if (after === null) return [];
  const number = put(after.post);
  const [platform, delivery] = [put(after.platform), put(after.deliveryId)];
  const [at, snapshot] = [put(after.at.toString()), put(after.snapshotId)];
  return [
    `p.number >= ${number}`,
    `(p.number, d.platform, d.id, m.at, m.id) > (${number}, ${platform}, ${delivery}::uuid, ${at}::timestamptz, ${snapshot}::uuid)`,
  ];
}

const ORDER = 'order by p.number, d.platform, d.id, m.at, m.id';

const PAGE = `
select m.id, m.at, m.figures, d.id as delivery_id, p.number, d.platform, a.handle, d.url, d.remote_id,
  coalesce(p.variants ->> d.platform, p.text) as text, p.campaign, p.hashtags, w.name as author, d.published_at
from post p
join delivery d on d.post_id = p.id and d.state = 'published'
join metric_snapshot m on m.delivery_id = d.id
join account a on a.id = d.account_id
join member w on w.id = p.author_id`;

const Row = z.object({
  id: z.string(),
  at: instant,
  figures: PostFiguresJson,
  delivery_id: z.string(),
  number: z.number(),
  platform: z.string(),
  handle: z.string(),
  url: z.string().nullable(),
  remote_id: z.string().nullable(),
  text: z.string(),
  campaign: z.string().nullable(),
  hashtags: z.array(z.string()),
  author: z.string(),
  published_at: instant,
});

const toSnapshot = ({ id, delivery_id, number, remote_id, published_at, ...row }: z.infer<typeof Row>): ExportedSnapshot => ({
  ...row,
  snapshotId: id,
  deliveryId: delivery_id,
  post: number,
  remoteId: remote_id,
  publishedAt: published_at,
});
