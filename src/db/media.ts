// What is known of the files in the media store.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../core/clock.ts';
import type { Media } from '../core/media.ts';
import type { MediaLibrary } from '../core/store.ts';
import { MediaEntity } from './entities/post.ts';
import { toMedia } from './rows.ts';

export function openMediaLibrary(em: () => EntityManager, clock: Clock): MediaLibrary {
  return {
    add: (media) =>
      em().transactional(async (tx) => toMedia(tx.create(MediaEntity, { ...media, id: randomUUIDv7(), createdAt: clock.now() }))),
    get: (ids) => findMedia(em(), ids),
  };
}

/** In the order of `ids`. */
export async function findMedia(em: EntityManager, ids: readonly string[]): Promise<Media[]> {
  if (ids.length === 0) return [];
  const rows = await em.find(MediaEntity, { id: { $in: [...ids] } });
  const byId = new Map(rows.map((row) => [row.id, toMedia(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
