// Series: made with their first occurrence, changed under lock, and asked which of them waits for its next one.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../core/clock.ts';
import { SETTLED } from '../core/delivery.ts';
import { NOTHING_BESIDE, type PostDetails, type Series } from '../core/post.ts';
import type { NewPost } from '../core/post-store.ts';
import type { NextOccurrence, SeriesStore } from '../core/series-store.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { changePost } from './change-post.ts';
import { AccountEntity } from './entities/account.ts';
import { DeliveryEntity } from './entities/delivery.ts';
import { PostEntity, type PostRow } from './entities/post.ts';
import { SeriesEntity, type SeriesRow } from './entities/series.ts';
import { lockPost, lockSeries } from './lock.ts';
import { insertPost, readOne } from './posts.ts';
import { toAccount, toPost, toSeries } from './rows.ts';

export function openSeries(em: () => EntityManager, clock: Clock): SeriesStore {
  return {
    create: (actor, rule, first) => em().transactional((tx) => createSeries(tx, actor, rule, first, clock.now())),

    change: (actor, seriesId, verb, change) =>
      em().transactional(async (tx) => {
        const row = await readLocked(tx, seriesId);
        const post = await lockNewest(tx, row);
        const now = clock.now();
        await changePost(tx, {
          actor,
          row: post,
          verb,
          change: (details) => {
            const series = toSeries(row);
            change(series, details);
            writeSeries(tx, row, series, now);
          },
          readDetails: readOne,
          now,
        });
        await tx.flush();
        return readOne(tx, post);
      }),

    findWaiting: async () => {
      const rows = await em().execute<{ id: string }[]>(FIND_WAITING, SETTLED.map(String));
      return rows.map(({ id }) => id);
    },

    makeNext: (seriesId, now, plan) =>
      em().transactional(async (tx) => {
        const row = await readLocked(tx, seriesId);
        if (row.state !== 'active') return null;
        const newest = await tx.findOneOrFail(PostEntity, { workspaceId: row.workspaceId, number: row.postNumber });
        const deliveries = await tx.find(DeliveryEntity, { postId: newest.id }, { orderBy: { platform: 'asc', id: 'asc' } });
        if (deliveries.some(({ state }) => !SETTLED.includes(state))) return null;
        const next = plan(toSeries(row), toPost(newest));
        if (next.kind === 'next') return createNext(tx, row, next, now);
        endSeries(tx, row, newest, now);
        // there is no next one to say it with
        const canceled = deliveries.find(({ state }) => state === 'canceled');
        if (canceled && next.remark !== null) {
          const errorMessage = [canceled.errorMessage ?? '', next.remark].join(' ').trim();
          tx.assign(canceled, { errorMessage, newsDueAt: now, newsVersion: canceled.newsVersion + 1 });
        }
        return null;
      }),
  };
}

/** $1... the states in which nothing more happens by itself. Only the newest occurrence counts: an older one may be tried again. */
const FIND_WAITING = `
select s.id from series s
join post p on p.workspace_id = s.workspace_id and p.number = s.post_number
join workspace w on w.id = s.workspace_id
where s.state = 'active' and w.removed_at is null
  and not exists (select 1 from delivery d where d.post_id = p.id and d.state not in (${SETTLED.map(() => '?').join(', ')}))
order by s.id`;

async function readLocked(tx: EntityManager, id: string): Promise<SeriesRow> {
  await lockSeries(tx, id);
  return tx.findOneOrFail(SeriesEntity, { id }, { refresh: true });
}

async function lockNewest(tx: EntityManager, { workspaceId, postNumber }: SeriesRow): Promise<PostRow> {
  await lockPost(tx, workspaceId, postNumber);
  return tx.findOneOrFail(PostEntity, { workspaceId, number: postNumber }, { refresh: true });
}

async function createSeries(
  tx: EntityManager,
  actor: Actor,
  rule: Series['rule'],
  first: Parameters<SeriesStore['create']>[2],
  now: Temporal.Instant,
): Promise<PostDetails> {
  const { deliveries, slot, origin, beside = NOTHING_BESIDE, ...said } = first;
  const row = tx.create(SeriesEntity, {
    ...said,
    beside,
    id: randomUUIDv7(),
    workspaceId: actor.workspace.id,
    state: 'active',
    rule: rule.rrule,
    wallTime: rule.start,
    timeZone: rule.timeZone,
    accountIds: deliveries.map(({ account }) => account.id),
    authorId: actor.member.id,
    originChat: origin.chat,
    originChannel: origin.channel,
    originMessage: origin.message,
    // known in a moment, when the first has its number
    postNumber: 0,
    occurrenceAt: slot.at,
    activeSince: now,
    createdAt: now,
    updatedAt: now,
  });
  const occurrence = { seriesId: row.id, at: slot.at };
  const { workspaceId, authorId } = row;
  const post = await insertPost(tx, { workspaceId, authorId, by: actor, post: first, occurrence, now });
  row.postNumber = post.number;
  await tx.flush();
  return readOne(tx, post);
}

function writeSeries(tx: EntityManager, row: SeriesRow, series: Series, now: Temporal.Instant): void {
  const { state, text, variants, beside, hashtags, activeSince } = series;
  tx.assign(row, { state, text, variants, beside, hashtags, activeSince, updatedAt: now });
}

async function createNext(
  tx: EntityManager,
  row: SeriesRow,
  { slot, remark }: Extract<NextOccurrence, { kind: 'next' }>,
  now: Temporal.Instant,
): Promise<PostDetails> {
  const series = toSeries(row);
  const { workspaceId, authorId, text, variants, beside, mediaIds, hashtags, campaign, origin } = series;
  const accounts = await tx.find(AccountEntity, { id: { $in: series.accountIds } }, { orderBy: { id: 'asc' } });
  const deliveries: NewPost['deliveries'] = accounts.map((account) => ({
    account: toAccount(account),
    state: 'scheduled',
    holdReason: null,
    dueAt: slot.at,
  }));
  const post: NewPost = { text, variants, beside, mediaIds, hashtags, campaign, origin, slot, deliveries };
  const made = await insertPost(tx, {
    workspaceId,
    authorId,
    by: null,
    post,
    occurrence: { seriesId: row.id, at: slot.at },
    now,
  });
  tx.assign(row, { postNumber: made.number, occurrenceAt: slot.at, updatedAt: now });
  const [first] = await tx.find(DeliveryEntity, { postId: made.id }, { orderBy: { platform: 'asc', id: 'asc' } });
  if (first && remark !== null) tx.assign(first, { errorMessage: remark, newsDueAt: now, newsVersion: 1 });
  await tx.flush();
  return readOne(tx, made);
}

function endSeries(tx: EntityManager, row: SeriesRow, last: PostRow, now: Temporal.Instant): void {
  tx.assign(row, { state: 'ended', updatedAt: now });
  writeAudit(tx, { workspaceId: row.workspaceId, by: null, postId: last.id, verb: 'series ended', at: now });
}
