// The queue of deliveries: claims, leases, outcomes and news, by the statements of queue-sql.ts.
import type { Pool } from 'pg';
import { z } from 'zod';
import { UNFINISHED } from '../core/operations.ts';
import type { Log } from '../core/ports.ts';
import { TOO_LATE_MS } from '../core/series.ts';
import type { Claim, Queue, Settlement } from '../core/store.ts';
import { groupCommit } from './group-commit.ts';
import { readAccount, readActor, readDelivery, readPost } from './json-rows.ts';
import * as SQL from './queue-sql.ts';

export function openQueue(pool: Pool, log: Log): Queue {
  const markSending = groupCommit((items: Sending[]) => markAllSending(pool, items));
  const settle = groupCommit((items: SettleInput[]) => settleAll(pool, items));
  const standingOf = groupCommit((workspaceIds: string[]) => readStandings(pool, workspaceIds));
  return {
    claimDue: async ({ now, leaseUntil, limit, perAccount, busyAccountIds }) => {
      const { rows } = await pool.query(named('claim', SQL.CLAIM_DUE, [now, leaseUntil, limit, perAccount, [...busyAccountIds]]));
      return rows.map(toClaim);
    },

    extendLeases: async (leaseTokens, until) => {
      const { rows } = await pool.query(named('extend', SQL.EXTEND_LEASES, [[...leaseTokens], until]));
      return new Set(rows.map((row) => String(row.lease_token)));
    },

    markSending: (claim, now) =>
      markSending({
        deliveryId: claim.delivery.id,
        token: claim.leaseToken,
        attemptId: claim.attemptId,
        now: now.toString(),
      }),

    saveHandles: async (claim, handles) => {
      await pool.query('update attempt set handles = $2 where id = $1', [claim.attemptId, JSON.stringify(handles)]);
    },

    settle: (claim, settlement, now) => settle(settleInput(claim, settlement, now)),

    isRemoteIdTaken: async (accountId, remoteId, exceptDeliveryId) => {
      const { rows } = await pool.query('select 1 from delivery where account_id = $1 and remote_id = $2 and id <> $3 limit 1', [
        accountId,
        remoteId,
        exceptDeliveryId,
      ]);
      return rows.length > 0;
    },

    standingOf: async ({ workspaceId, platform }, usualCap) => {
      const said = await standingOf(workspaceId);
      const perDay = said?.perDay[platform] ?? usualCap;
      return {
        removedFrom: said?.removedFrom ?? null,
        cap: said && perDay ? { perDay, timeZone: said.timeZone } : null,
      };
    },

    countPublishedSince: async (accountId, from, exceptDeliveryId) => {
      const { rows } = await pool.query(
        `select count(*)::int as n from delivery
         where account_id = $1 and id <> $3 and (published_at >= $2 or state = 'publishing' and unverified_since is not null)`,
        [accountId, from.toString(), exceptDeliveryId],
      );
      return Number(rows[0]?.n ?? 0);
    },

    spreadOverdue: async (now, lateAfterMs, gapMs) => {
      const lateBefore = now.subtract({ milliseconds: lateAfterMs });
      const tooLateBefore = now.subtract({ milliseconds: TOO_LATE_MS });
      const { rows } = await pool.query(named('spread', SQL.SPREAD_OVERDUE, [now, lateBefore, gapMs, tooLateBefore]));
      if (rows.length > 0) log.info({ slots: rows.length }, 'spaced out what came due while nobody was running');
      return rows.map((row) => toInstant(row.due_at));
    },

    dueUntil: async (until) => {
      const { rows } = await pool.query(named('due-until', SQL.DUE_UNTIL, [until]));
      return rows.map((row) => toInstant(row.due_at));
    },

    nextDueAt: async () => {
      const { rows } = await pool.query(named('next-due', SQL.NEXT_DUE, []));
      return rows[0]?.at ? toInstant(rows[0].at) : null;
    },

    claimNews: async ({ chats, now, leaseUntil, limit, busyChannels }) => {
      const values = [[...chats], now, leaseUntil, limit, [...busyChannels]];
      const { rows } = await pool.query(named('claim-news', SQL.CLAIM_NEWS, values));
      return rows.map((row) => ({
        delivery: { ...readDelivery(row.delivery), account: readAccount(row.account) },
        post: readPost(row.post),
        author: readActor({ workspace: row.workspace, member: row.member }),
        version: Number(row.version),
      }));
    },

    markTold: async ({ delivery, version }) => {
      await pool.query('update delivery set news_due_at = null where id = $1 and news_version = $2', [delivery.id, version]);
    },

    hasNews: async (chats) => {
      const { rows } = await pool.query(SQL.HAS_NEWS, [[...chats]]);
      return rows.length > 0;
    },

    depth: async (now, workspaceId) => {
      const { rows } = await pool.query(named('depth', SQL.DEPTH, [now, workspaceId ?? null]));
      return rows.map((row) => DEPTH_ROW.parse(row));
    },
  };
}

const DEPTH_ROW = z.object({ platform: z.string(), state: z.enum(UNFINISHED), count: z.number(), due: z.number() });

/** Named statements are prepared once per connection. */
const named = (name: string, text: string, values: unknown[]): { name: string; text: string; values: unknown[] } => ({
  name,
  text,
  values: values.map((value) => (value instanceof Temporal.Instant ? value.toString() : value)),
});

const toInstant = (value: unknown): Temporal.Instant =>
  value instanceof Date ? Temporal.Instant.fromEpochMilliseconds(value.getTime()) : Temporal.Instant.from(String(value));

function toClaim(row: Record<string, unknown>): Claim {
  const raw = row.delivery as Record<string, unknown>;
  const { id, number, text, variants, beside, mediaIds, slot, seriesId } = readPost(row.post);
  return {
    delivery: readDelivery(raw),
    account: readAccount(row.account),
    post: { id, number, text, variants, beside, mediaIds, slot, seriesId },
    dueByPerson: Number(raw.round) > 0,
    attemptId: String(raw.attempt_id),
    leaseToken: String(raw.lease_token),
    interruptedSince: raw.unverified_since ? toInstant(raw.unverified_since) : null,
    interruptions: Number(row.interruptions),
    handles: row.handles as Claim['handles'],
  };
}

interface Said {
  removedFrom: string | null;
  perDay: Record<string, number>;
  timeZone: string;
}

/** One answer per id, in their order; null where a workspace has nothing to say. */
async function readStandings(pool: Pool, workspaceIds: string[]): Promise<(Said | null)[]> {
  const { rows } = await pool.query(named('standings', SQL.STANDINGS, [[...new Set(workspaceIds)]]));
  const byId = new Map<string, Said>(
    rows.map((row) => [row.id, { removedFrom: row.removed_from, perDay: row.caps, timeZone: row.time_zone }]),
  );
  return workspaceIds.map((id) => byId.get(id) ?? null);
}

interface Sending {
  deliveryId: string;
  token: string;
  attemptId: string;
  now: string;
}

async function markAllSending(pool: Pool, items: Sending[]): Promise<boolean[]> {
  const columns = [
    items.map((i) => i.deliveryId),
    items.map((i) => i.token),
    items.map((i) => i.attemptId),
    items.map((i) => i.now),
  ];
  const { rows } = await pool.query(named('mark-sending', SQL.MARK_SENDING, columns));
  const marked = new Set(rows.map((row) => row.token));
  return items.map((item) => marked.has(item.token));
}

interface SettleInput {
  delivery_id: string;
  token: string;
  attempt_id: string;
  now: string;
  outcome: string;
  state: string;
  hold_reason: string | null;
  due_at: string | null;
  counts: boolean;
  remote_id: string | null;
  url: string | null;
  error_kind: string | null;
  error_message: string | null;
  tell: boolean;
}

const settleInput = (claim: Claim, settlement: Settlement, now: Temporal.Instant): SettleInput => ({
  delivery_id: claim.delivery.id,
  token: claim.leaseToken,
  attempt_id: claim.attemptId,
  now: now.toString(),
  outcome: settlement.outcome,
  state: settlement.state,
  hold_reason: settlement.holdReason,
  due_at: settlement.dueAt?.toString() ?? null,
  counts: settlement.countsAsTry,
  remote_id: settlement.published?.remoteId ?? null,
  url: settlement.published?.url ?? null,
  error_kind: settlement.errorKind,
  error_message: settlement.errorMessage,
  tell: settlement.tell,
});

async function settleAll(pool: Pool, items: SettleInput[]): Promise<boolean[]> {
  const { rows } = await pool.query(named('settle', SQL.SETTLE, [JSON.stringify(items)]));
  const settled = new Set(rows.map((row) => row.token));
  return items.map((item) => settled.has(item.token));
}
