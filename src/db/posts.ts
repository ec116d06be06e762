// Posts with their deliveries: made, read, listed, and changed under lock.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import type { Clock } from '../core/clock.ts';
import { type DeliveryDetails, NOTHING_BESIDE, type PostDetails } from '../core/post.ts';
import type { NewPost, Page, PostFilter, Posts } from '../core/post-store.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { changePost, createDelivery } from './change-post.ts';
import { AccountEntity } from './entities/account.ts';
import { DeliveryEntity, type DeliveryRow } from './entities/delivery.ts';
import { PostEntity, type PostRow } from './entities/post.ts';
import { SeriesEntity } from './entities/series.ts';
import { MemberEntity } from './entities/workspace.ts';
import { readExportPage } from './export.ts';
import { lockPost, lockWorkspace } from './lock.ts';
import { findMedia } from './media.ts';
import { toAccount, toDelivery, toPost, toSeries } from './rows.ts';
import { findTaken } from './taken.ts';

export function openPosts(em: () => EntityManager, clock: Clock): Posts {
  return {
    create: (actor, post) => em().transactional((tx) => createPost(tx, actor, post, clock.now())),

    createInSlot: (actor, window, make) =>
      em().transactional(async (tx) => {
        await lockWorkspace(tx, actor.workspace.id);
        const taken = await findTaken(tx, actor.workspace.id, window, null);
        return createPost(tx, actor, make(taken), clock.now());
      }),

    taken: (workspaceId, window, exceptNumber) => findTaken(em(), workspaceId, window, exceptNumber),

    find: async (workspaceId, number) => {
      const fork = em();
      const row = await fork.findOne(PostEntity, { workspaceId, number });
      if (!row) return null;
      const [details] = await withDetails(fork, [row]);
      return details ?? null;
    },

    list: (workspaceId, filter, page) => listPosts(em(), workspaceId, filter, page),

    campaigns: async (workspaceId) => {
      const rows = await em()
        .createQueryBuilder(PostEntity, 'p')
        .select('campaign', true)
        .where({ workspaceId, campaign: { $ne: null } })
        .orderBy({ campaign: 'asc' })
        .execute<{ campaign: string }[]>('all');
      return rows.map((row) => row.campaign);
    },

    exportPage: (workspaceId, filter, after, limit) => readExportPage(em(), workspaceId, { filter, after, limit }, withDetails),

    change: (actor, number, verb, change, window) =>
      em().transactional(async (tx) => {
        if (window) await lockWorkspace(tx, actor.workspace.id);
        const taken = window ? await findTaken(tx, actor.workspace.id, window, number) : [];
        const id = await lockPost(tx, actor.workspace.id, number);
        if (id === null) return null;
        const row = await tx.findOneOrFail(PostEntity, { id }, { refresh: true });
        await changePost(tx, {
          actor,
          row,
          verb,
          change: (post) => change(post, taken),
          readDetails: readOne,
          now: clock.now(),
        });
        await tx.flush();
        return readOne(tx, row);
      }),

    setOrigin: async (postId, { channel, message }) => {
      const fork = em();
      const place = { originChannel: channel, originMessage: message };
      const { seriesId } = await fork.findOneOrFail(PostEntity, { id: postId });
      await fork.nativeUpdate(PostEntity, { id: postId }, place);
      // the occurrences to come are told in the same thread
      if (seriesId !== null) await fork.nativeUpdate(SeriesEntity, { id: seriesId }, place);
    },
  };
}

async function createPost(tx: EntityManager, actor: Actor, post: NewPost, now: Temporal.Instant): Promise<PostDetails> {
  const { workspace, member } = actor;
  const row = await insertPost(tx, { workspaceId: workspace.id, authorId: member.id, by: actor, post, now });
  return readOne(tx, row);
}

export interface PostInsert {
  workspaceId: string;
  authorId: string;
  /** Null: Crier itself, for the next occurrence of a series. */
  by: Actor | null;
  post: NewPost;
  occurrence?: { seriesId: string; at: Temporal.Instant };
  now: Temporal.Instant;
}

/** Whoever takes the next one waits until this transaction ends, so that numbers have no gaps. */
async function nextNumber(tx: EntityManager, workspaceId: string): Promise<number> {
  const [taken] = await tx.execute<{ number: number }[]>(NEXT_NUMBER, [workspaceId]);
  if (!taken) throw new Error(`workspace ${workspaceId} is not there`);
  return taken.number;
}

const NEXT_NUMBER =
  'update workspace set last_post_number = last_post_number + 1 where id = ? returning last_post_number as number';

/** Writes a post with its deliveries under the workspace's next number. */
export async function insertPost(
  tx: EntityManager,
  { workspaceId, authorId, by, post, occurrence, now }: PostInsert,
): Promise<PostRow> {
  const { deliveries, slot, origin, beside = NOTHING_BESIDE, ...rest } = post;
  const row = tx.create(PostEntity, {
    ...rest,
    beside,
    id: randomUUIDv7(),
    workspaceId,
    number: await nextNumber(tx, workspaceId),
    authorId,
    seriesId: occurrence?.seriesId ?? null,
    occurrenceAt: occurrence?.at ?? null,
    scheduledAt: slot?.at ?? null,
    wallTime: slot?.wallTime ?? null,
    timeZone: slot?.timeZone ?? null,
    originChat: origin.chat,
    originChannel: origin.channel,
    originMessage: origin.message,
    createdAt: now,
    updatedAt: now,
  });
  for (const delivery of deliveries) createDelivery(tx, row, delivery, now);
  const details = { at: slot?.at.toString() ?? null, accounts: deliveries.map((delivery) => delivery.account.handle) };
  writeAudit(tx, {
    workspaceId: row.workspaceId,
    by,
    postId: row.id,
    verb: slot ? 'scheduled' : 'drafted',
    details,
    at: now,
  });
  await tx.flush();
  return row;
}

export async function readOne(em: EntityManager, row: PostRow): Promise<PostDetails> {
  const [details] = await withDetails(em, [row]);
  if (!details) throw new Error(`post ${row.id} vanished while it was read`);
  return details;
}

async function withDetails(em: EntityManager, rows: readonly PostRow[]): Promise<PostDetails[]> {
  const deliveries = await em.find(
    DeliveryEntity,
    { postId: { $in: rows.map((row) => row.id) } },
    { orderBy: { platform: 'asc', id: 'asc' } },
  );
  const accounts = await em.find(AccountEntity, { id: { $in: deliveries.map((delivery) => delivery.accountId) } });
  const authors = await em.find(MemberEntity, { id: { $in: rows.map((row) => row.authorId) } });
  const seriesIds = rows.flatMap((row) => row.seriesId ?? []);
  const series = seriesIds.length === 0 ? [] : await em.find(SeriesEntity, { id: { $in: seriesIds } });
  const media = await findMedia(
    em,
    rows.flatMap((row) => row.mediaIds),
  );
  const accountOf = new Map(accounts.map((account) => [account.id, toAccount(account)]));
  const nameOf = new Map(authors.map((author) => [author.id, author.name]));
  const mediaOf = new Map(media.map((each) => [each.id, each]));
  const seriesOf = new Map(series.map((each) => [each.id, toSeries(each)]));
  const deliveriesOf = Map.groupBy(deliveries, (delivery) => delivery.postId);
  return rows.map((row) => ({
    post: toPost(row),
    authorName: nameOf.get(row.authorId) ?? '',
    deliveries: (deliveriesOf.get(row.id) ?? []).flatMap((delivery): DeliveryDetails[] => {
      const account = accountOf.get(delivery.accountId);
      return account ? [{ ...toDelivery(delivery), account }] : [];
    }),
    media: row.mediaIds.flatMap((id) => mediaOf.get(id) ?? []),
    series: row.seriesId === null ? null : (seriesOf.get(row.seriesId) ?? null),
  }));
}

async function listPosts(
  em: EntityManager,
  workspaceId: string,
  filter: PostFilter,
  page: { offset: number; limit: number },
): Promise<Page<PostDetails>> {
  const where: FilterQuery<PostRow> = { $and: [{ workspaceId }, await conditions(em, workspaceId, filter)] };
  const soonestFirst = filter.kind === 'upcoming' || filter.kind === 'between';
  const orderBy = soonestFirst ? ({ scheduledAt: 'asc', number: 'asc' } as const) : ({ number: 'desc' } as const);
  const [rows, total] = await em.findAndCount(PostEntity, where, { orderBy, ...page });
  return { items: await withDetails(em, rows), total };
}

async function conditions(em: EntityManager, workspaceId: string, filter: PostFilter): Promise<FilterQuery<PostRow>> {
  switch (filter.kind) {
    case 'recent':
      return {};
    case 'drafts':
      return { scheduledAt: null, id: { $nin: await postsWith(em, workspaceId, { state: 'canceled' }) } };
    case 'campaign':
      return { campaign: filter.name };
    case 'between':
      return { scheduledAt: { $gte: filter.from, $lt: filter.until } };
    case 'upcoming':
      return {
        scheduledAt: { $ne: null },
        ...(filter.authorId === undefined ? {} : { authorId: filter.authorId }),
        id: { $in: await postsWith(em, workspaceId, { state: { $in: ['scheduled', 'publishing', 'retrying', 'held'] } }) },
      };
    case 'waiting':
      return {
        ...(filter.authorId === undefined ? {} : { authorId: filter.authorId }),
        id: { $in: await postsWith(em, workspaceId, WAITS_FOR_A_PERSON) },
      };
    case 'failed':
      return { id: { $in: await postsWith(em, workspaceId, { state: { $in: ['failed', 'unconfirmed'] } }) } };
  }
}

/** Drafts and paused series wait too, but because a person wants it so. */
const WAITS_FOR_A_PERSON: FilterQuery<DeliveryRow> = {
  $or: [{ state: { $in: ['failed', 'unconfirmed'] } }, { state: 'held', holdReason: { $nin: ['draft', 'paused'] } }],
};

async function postsWith(em: EntityManager, workspaceId: string, which: FilterQuery<DeliveryRow>): Promise<string[]> {
  const rows = await em.find(DeliveryEntity, { $and: [{ workspaceId }, which] }, { fields: ['postId'] });
  return [...new Set(rows.map((row) => row.postId))];
}
