// Figures of posts, as snapshots that are only ever added.
import type { Pool } from 'pg';
import { z } from 'zod';
import { type DueLook, type FiguresStore, LOOK_AFTER_HOURS } from '../core/figures-store.ts';
import { readAccount } from './json-rows.ts';
import { instant } from './types.ts';

export const openFigures = (pool: Pool): FiguresStore => ({
  due: async ({ platforms, now, limit }) => {
    const { rows } = await pool.query(DUE, [now.toString(), [...platforms], [...LOOK_AFTER_HOURS], limit]);
    return byAccount(rows.map((row) => DueRow.parse(row)));
  },

  save: async (accountId, seen, at) => {
    const [deliveryIds, figures] = [[...seen.keys()], [...seen.values()].map((each) => JSON.stringify(each))];
    await pool.query(SAVE, [accountId, deliveryIds, figures, at.toString()]);
  },

  seen: async (accountId, { from, until }) => {
    const { rows } = await pool.query(SEEN, [accountId, from.toString(), until.toString()]);
    return rows.map((row) => {
      const { published_at: publishedAt, figures } = SeenRow.parse(row);
      return { publishedAt, figures };
    });
  },
});

/** $1 now, $2 platforms, $3 hours after which a post is looked at, $4 limit. Due is what was not looked at since one of them was over. */
const DUE = `
select d.id, d.remote_id, d.url, to_jsonb(a) - 'sealed_credentials' as account
from delivery d
join account a on a.id = d.account_id and a.state = 'connected' and a.platform = any($2)
where d.state = 'published' and d.remote_id is not null
  and d.published_at > $1::timestamptz - interval '744 hours' and d.published_at <= $1::timestamptz - interval '1 hour'
  and exists (
    select from unnest($3::int[]) as age (hours)
    where d.published_at + age.hours * interval '1 hour' <= $1
      and not exists (
        select from metric_snapshot m where m.delivery_id = d.id and m.at >= d.published_at + age.hours * interval '1 hour'))
order by d.published_at desc, d.id
limit $4`;

const SAVE = `
insert into metric_snapshot (id, account_id, delivery_id, figures, at)
select gen_random_uuid(), $1, seen.id, seen.figures, $4
from unnest($2::uuid[], $3::jsonb[]) as seen (id, figures)`;

/** $1 account, $2 from, $3 until. */
const SEEN = `
select distinct on (d.id) d.published_at, m.figures
from delivery d
join metric_snapshot m on m.delivery_id = d.id and m.at >= d.published_at + interval '24 hours'
where d.account_id = $1 and d.state = 'published' and d.published_at >= $2 and d.published_at < $3
order by d.id, m.at desc`;

const DueRow = z.object({ id: z.string(), remote_id: z.string(), url: z.string().nullable(), account: z.unknown() });
const figure = z.number().nullable();
const SeenRow = z.object({
  published_at: instant,
  figures: z.object({
    likes: figure,
    comments: figure,
    shares: figure,
    saves: figure,
    views: figure,
    reach: figure,
    clicks: figure,
  }),
});

function byAccount(rows: readonly z.infer<typeof DueRow>[]): DueLook[] {
  const looks = new Map<string, { account: DueLook['account']; posts: DueLook['posts'][number][] }>();
  for (const { id: deliveryId, remote_id: remoteId, url, account: json } of rows) {
    const account = readAccount(json);
    const look = looks.get(account.id) ?? { account, posts: [] };
    look.posts.push({ deliveryId, remoteId, url: url ?? '' });
    looks.set(account.id, look);
  }
  return [...looks.values()];
}
