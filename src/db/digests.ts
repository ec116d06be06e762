// Digests: kept per workspace, and claimed by the process that tells one. Who claims holds a lease; whatever else changes a digest ends
// it, and who has lost theirs changes nothing more.
import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Clock } from '../core/clock.ts';
import { type ClaimedDigest, type Digest, type DigestStore, digestName } from '../core/digest.ts';
import type { Actor } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { CLAIM, LOCK_ACTIVE, NEXT_NUMBER, PAUSE, PUT_BACK, SETTLE } from './digests-sql.ts';
import { DigestEntity, type DigestRow } from './entities/digest.ts';
import { readActor, readDigest } from './json-rows.ts';
import { lockDigest } from './lock.ts';
import { toDigest } from './rows.ts';

const UNCLAIMED = { leaseToken: null, leaseUntil: null };

export function openDigests(em: () => EntityManager, pool: Pool, clock: Clock): DigestStore {
  const touches = async (sql: string, { digest, leaseToken }: ClaimedDigest, ...values: string[]): Promise<boolean> =>
    (await pool.query(sql, [digest.id, leaseToken, ...values])).rowCount === 1;
  return {
    list: async (workspaceId) => {
      const rows = await em().find(DigestEntity, { workspaceId }, { orderBy: { number: 'asc' } });
      return rows.map(toDigest);
    },

    add: (actor, digest) => em().transactional((tx) => addDigest(tx, actor, digest, clock.now())),

    setDue: (actor, number, dueAt) =>
      em().transactional(async (tx) => {
        const row = await readLocked(tx, actor.workspace.id, number);
        if (row === null) return null;
        tx.assign(row, { state: dueAt === null ? 'paused' : 'active', dueAt, pausedBecause: null, ...UNCLAIMED });
        note(tx, actor, row, dueAt === null ? 'digest paused' : 'digest resumed', clock.now());
        return toDigest(row);
      }),

    remove: (actor, number) =>
      em().transactional(async (tx) => {
        const row = await readLocked(tx, actor.workspace.id, number);
        if (row === null) return null;
        const digest = toDigest(row);
        note(tx, actor, row, 'digest stopped', clock.now());
        tx.remove(row);
        return digest;
      }),

    reschedule: (workspaceId, dueAt) =>
      em().transactional(async (tx) => {
        const locked = await tx.execute<{ id: string }[]>(LOCK_ACTIVE, [workspaceId]);
        const rows = await tx.find(DigestEntity, { id: { $in: locked.map(({ id }) => id) } });
        for (const row of rows) {
          if (row.dueAt === null || isMissed(row, clock.now())) continue;
          tx.assign(row, { dueAt: dueAt({ ...toDigest(row), dueAt: row.dueAt }), ...UNCLAIMED });
        }
      }),

    claim: async ({ chats, now, leaseUntil, limit }) => {
      const { rows } = await pool.query(CLAIM, [[...chats], now.toString(), leaseUntil.toString(), limit]);
      return rows.map(toClaimed);
    },

    settle: (claimed, dueAt) => touches(SETTLE, claimed, dueAt.toString()),
    pause: (claimed, because) => touches(PAUSE, claimed, because, digestName(claimed.digest), clock.now().toString()),
    putBack: async (claimed, again) => void (await touches(PUT_BACK, claimed, again.toString())),
  };
}

async function addDigest(
  tx: EntityManager,
  actor: Actor,
  { channel, cadence, dueAt }: Parameters<DigestStore['add']>[1],
  now: Temporal.Instant,
): Promise<Digest> {
  const [taken] = await tx.execute<{ number: number }[]>(NEXT_NUMBER, [actor.workspace.id]);
  if (!taken) throw new Error(`workspace ${actor.workspace.id} is not there`);
  const row = tx.create(DigestEntity, {
    ...cadence,
    ...UNCLAIMED,
    id: randomUUIDv7(),
    workspaceId: actor.workspace.id,
    number: taken.number,
    channel,
    state: 'active',
    pausedBecause: null,
    dueAt,
    memberId: actor.member.id,
    createdAt: now,
  });
  note(tx, actor, row, 'digest started', now);
  return toDigest(row);
}

async function readLocked(tx: EntityManager, workspaceId: string, number: number): Promise<DigestRow | null> {
  const id = await lockDigest(tx, workspaceId, number);
  return id === null ? null : tx.findOneOrFail(DigestEntity, { id }, { refresh: true });
}

/** Due, and nobody tells it just now: it is told late, and gets its next instant then. */
const isMissed = ({ dueAt, leaseToken, leaseUntil }: DigestRow, now: Temporal.Instant): boolean =>
  dueAt !== null &&
  Temporal.Instant.compare(dueAt, now) <= 0 &&
  (leaseToken === null || leaseUntil === null || Temporal.Instant.compare(leaseUntil, now) <= 0);

function note(tx: EntityManager, by: Actor, row: DigestRow, verb: string, at: Temporal.Instant): void {
  const { channel, period, wallTime, day } = row;
  const details = { digest: digestName(row), channel, period, wallTime, day };
  writeAudit(tx, { workspaceId: row.workspaceId, by, verb, details, at });
}

function toClaimed(row: Record<string, unknown>): ClaimedDigest {
  const { workspace, member: maker } = readActor({ workspace: row.workspace, member: row.member });
  const { dueAt, ...digest } = readDigest(row.digest);
  if (dueAt === null) throw new Error(`${digestName(digest)} was claimed although it is not due`);
  return { digest: { ...digest, dueAt }, workspace, maker: { workspace, member: maker }, leaseToken: String(row.lease_token) };
}
