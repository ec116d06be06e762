// What a report is made of: deliveries that went out with their figures as of a moment, accounts' own figures, and what failed. The
// statements are those of reports-sql.ts.
import type { Pool } from 'pg';
import { z } from 'zod';
import { ERROR_KINDS } from '../core/errors.ts';
import type { AccountSums, Failure, PostResult, ReadSpan, ReportScope } from '../core/report.ts';
import type { AccountSnapshot, PostEngagement, ReportStore } from '../core/report-store.ts';
import * as SQL from './reports-sql.ts';
import { instant } from './types.ts';

export function openReports(pool: Pool): ReportStore {
  const read = async (sql: string, values: readonly Value[]): Promise<unknown> =>
    (await pool.query(sql, values.map(toParameter))).rows;
  return {
    results: async (workspaceId, span, scope) => {
      const rows = Results.parse(await read(SQL.results(scope), ofSpan(workspaceId, span, scope)));
      return rows.map(toResult);
    },
    sums: async (workspaceId, span, scope): Promise<AccountSums[]> =>
      Sums.parse(await read(SQL.sums(scope), ofSpan(workspaceId, span, scope))),
    accountsAt: async (workspaceId, at) =>
      AccountSnapshots.parse(await read(SQL.ACCOUNTS_AT, [workspaceId, at])).map(toAccountSnapshot),
    failures: async (workspaceId, { from, until }, scope): Promise<Failure[]> =>
      Failures.parse(await read(SQL.failures(scope), [workspaceId, from, until, ...subjectOf(scope)])),
    engagements: async (accountIds, { from, until }) => {
      const rows = Engagements.parse(await read(SQL.ENGAGEMENTS, [accountIds, from, until]));
      return new Map(rows.map(({ id, posts }) => [id, posts.map(toEngagement)]));
    },
    lastOut: async (workspaceId) => {
      const rows = LastOut.parse(await read(SQL.LAST_OUT, [workspaceId]));
      return new Map(rows.map(({ id, at }) => [id, at]));
    },
    counts: async (workspaceId, { from, until }) => {
      const rows = Counts.parse(await read(SQL.COUNTS, [workspaceId, from, until]));
      return new Map(rows.map(({ id, count }) => [id, count]));
    },
  };
}

type Value = string | Temporal.Instant | readonly string[];
const toParameter = (value: Value): string | string[] =>
  typeof value === 'string' ? value : value instanceof Temporal.Instant ? value.toString() : [...value];

const ofSpan = (workspaceId: string, { from, until, asOf }: ReadSpan, scope: ReportScope): readonly Value[] => [
  workspaceId,
  from,
  until,
  asOf,
  ...subjectOf(scope),
];

/** The parameter behind the others, where there is one. */
function subjectOf(scope: ReportScope): readonly string[] {
  switch (scope.kind) {
    case 'all':
      return [];
    case 'network':
      return [scope.platform];
    case 'account':
      return [scope.account.id];
    case 'campaign':
      return [scope.name];
  }
}

const figure = z.number().nullable();
const POST_FIGURES = {
  likes: figure,
  comments: figure,
  shares: figure,
  saves: figure,
  views: figure,
  reach: figure,
  clicks: figure,
};

const Results = z.array(
  z.object({
    deliveryId: z.string(),
    post: z.number(),
    platform: z.string(),
    accountId: z.string(),
    text: z.string(),
    url: z.string().nullable(),
    publishedAt: instant,
    campaign: z.string().nullable(),
    hashtags: z.array(z.string()),
    authorId: z.string(),
    author: z.string(),
    seenAt: instant.nullable(),
    ...POST_FIGURES,
  }),
);

function toResult({ likes, comments, shares, saves, views, reach, clicks, ...row }: z.infer<typeof Results>[number]): PostResult {
  return { ...row, figures: { likes, comments, shares, saves, views, reach, clicks } };
}

const Sums = z.array(
  z.object({
    accountId: z.string(),
    platform: z.string(),
    posts: z.number(),
    told: z.number(),
    ...POST_FIGURES,
    engagement: figure,
    ratedEngagement: z.number(),
    ratedViews: z.number(),
  }),
);

const AccountSnapshots = z.array(
  z.object({ accountId: z.string(), at: instant, followers: figure, views: figure, reach: figure }),
);

function toAccountSnapshot({ accountId, at, ...figures }: z.infer<typeof AccountSnapshots>[number]): AccountSnapshot {
  return { accountId, at, figures };
}

const Failures = z.array(
  z.object({ accountId: z.string(), kind: z.enum(ERROR_KINDS).nullable(), sentence: z.string().nullable(), count: z.number() }),
);
const Engagements = z.array(z.object({ id: z.string(), posts: z.array(z.tuple([z.number(), z.number()])) }));
const toEngagement = ([ms, engagement]: readonly [number, number]): PostEngagement => ({
  publishedAt: Temporal.Instant.fromEpochMilliseconds(ms),
  engagement,
});
const LastOut = z.array(z.object({ id: z.string(), at: instant }));
const Counts = z.array(z.object({ id: z.string(), count: z.number() }));
