// What is known of the files in the media store.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Media, MediaLibrary } from '../core/media.ts';
import { MediaEntity } from './entities/post.ts';
import { toMedia } from './rows.ts';

export function openMediaLibrary(em: () => EntityManager, pool: Pool, clock: Clock): MediaLibrary {
  return {
    add: (media) =>
      em().transactional(async (tx) =>
        toMedia(tx.create(MediaEntity, { ...media, id: randomUUIDv7(), createdAt: clock.now(), removedAt: null })),
      ),
    get: (ids) => findMedia(em(), ids),

    findUnneeded: async ({ addedBefore, overBefore, limit }) => {
      const { rows } = await pool.query(FIND_UNNEEDED, [addedBefore.toString(), overBefore.toString(), limit, null]);
      return z.array(UNNEEDED).parse(rows);
    },

    isUnneeded: async (hash, { addedBefore, overBefore }) => {
      const { rows } = await pool.query(FIND_UNNEEDED, [addedBefore.toString(), overBefore.toString(), 1, hash]);
      return rows.length === 1;
    },

    markRemoved: async (ids, now) => {
      await pool.query('update media set removed_at = $2 where id = any($1::uuid[])', [[...ids], now.toString()]);
    },
  };
}

const UNNEEDED = z.object({ hash: z.string(), ids: z.array(z.string()) });

/**
 * $1 added before, $2 over before, $3 limit, $4 a hash or null. A file is found where every row of it was taken up by a post, or is
 * old enough that none will, and neither a post that is not over (a draft without accounts never is) nor a series that goes on shows it.
 */
const FIND_UNNEEDED = `
select m.hash, array_agg(m.id::text order by m.id) as ids
from media m
where m.removed_at is null and ($4::text is null or m.hash = $4)
group by m.hash
having bool_and(
  (m.created_at < $1 or exists (select from post p where p.media_ids <> '[]' and p.media_ids ? m.id::text))
  and not exists (select from series s where s.state <> 'ended' and s.media_ids ? m.id::text)
  and not exists (
    select from post p
    where p.media_ids <> '[]' and p.media_ids ? m.id::text and (
      not exists (select from delivery d where d.post_id = p.id)
      or exists (
        select from delivery d
        where d.post_id = p.id and (d.state not in ('published', 'canceled') or d.updated_at >= $2)))))
order by m.hash
limit $3`;

/** In the order of `ids`. */
export async function findMedia(em: EntityManager, ids: readonly string[]): Promise<Media[]> {
  if (ids.length === 0) return [];
  const rows = await em.find(MediaEntity, { id: { $in: [...ids] } });
  const byId = new Map(rows.map((row) => [row.id, toMedia(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
