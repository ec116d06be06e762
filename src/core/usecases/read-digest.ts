// What a digest says: the report of the days before it, the best post with its picture, what waits for somebody, what is still to go out
// today, and one suggestion. Which words and buttons it becomes is not known here.
import { capOf } from '../caps.ts';
import type { DeliveryState } from '../delivery.ts';
import type { Cadence, DigestContent } from '../digest.ts';
import { engagementOf } from '../figures.ts';
import { isImage } from '../media.ts';
import type { PostDetails } from '../post.ts';
import type { Report, ReportPeriod } from '../report.ts';
import { digestPeriod } from '../report-period.ts';
import { slotWindow } from '../slots.ts';
import { suggest } from '../suggestion.ts';
import type { Workspace } from '../workspace.ts';
import { type ReadReportDeps, readReport } from './read-report.ts';

export type ReadDigestDeps = ReadReportDeps;

/** Told later than this after it was due, it says so. */
const LATE_MINUTES = 10;
/** More than these are counted. */
const WAITING_SHOWN = 5;
const AT_ONCE = 100;
const TO_GO_OUT: readonly DeliveryState[] = ['scheduled', 'publishing', 'retrying'];

/**
 * Of the whole days before the one on which it was due, in the workspace's zone. Read for everybody there: whoever asks for it has to be
 * allowed to look.
 * @param moment `dueAt`: when the newest one was due; null for a preview. `missed`: how many before that were not told. `period`: other days
 * @throws where the database does not answer
 */
export async function readDigest(
  deps: ReadDigestDeps,
  workspace: Workspace,
  cadence: Cadence,
  { dueAt, missed, period }: { dueAt: Temporal.Instant | null; missed: number; period?: ReportPeriod },
): Promise<DigestContent> {
  const { store, clock, platforms } = deps;
  const { id, timeZone } = workspace;
  const now = clock.now();
  const today = now.toZonedDateTimeISO(timeZone);
  const day = (dueAt ?? now).toZonedDateTimeISO(timeZone).toPlainDate();
  const days = period ?? digestPeriod(cadence.period, day, today, cadence.day);
  const [report, waiting, planned, taken] = await Promise.all([
    readReport(deps, workspace, { period: days, scope: { kind: 'all' } }),
    store.posts.list(id, { kind: 'waiting' }, { offset: 0, limit: WAITING_SHOWN }),
    readPlanned(deps, id, today),
    store.posts.taken(id, slotWindow(now), null),
  ]);
  const perDay = (platform: string): number | null => capOf(workspace, platforms.get(platform));
  return {
    cadence,
    report,
    top: await readTop(deps, id, report),
    waiting: { posts: waiting.items, total: waiting.total },
    planned: { posts: planned, total: planned.length },
    suggestion: suggest({ report, taken, now, timeZone, perDay }),
    lateSince: dueAt && Temporal.Instant.compare(dueAt.add({ minutes: LATE_MINUTES }), now) < 0 ? dueAt : null,
    missed,
  };
}

/** From now to the end of the day, each with only those of its deliveries that are still to go out. */
async function readPlanned({ store }: ReadDigestDeps, workspaceId: string, now: Temporal.ZonedDateTime): Promise<PostDetails[]> {
  const until = now.startOfDay().add({ days: 1 }).toInstant();
  const found: PostDetails[] = [];
  for (let offset = 0; ; offset += AT_ONCE) {
    const filter = { kind: 'between', from: now.toInstant(), until } as const;
    const { items } = await store.posts.list(workspaceId, filter, { offset, limit: AT_ONCE });
    found.push(...items);
    if (items.length < AT_ONCE) break;
  }
  return found.flatMap((details) => {
    const deliveries = details.deliveries.filter(({ state }) => TO_GO_OUT.includes(state));
    return deliveries.length === 0 ? [] : [{ ...details, deliveries }];
  });
}

/** Only a post that somebody did something with can be the best. */
async function readTop({ store }: ReadDigestDeps, workspaceId: string, { top }: Report): Promise<DigestContent['top']> {
  const result = top.find(({ figures }) => (engagementOf(figures) ?? 0) > 0);
  if (!result) return null;
  const post = await store.posts.find(workspaceId, result.post);
  return { result, picture: post?.media.find(isImage) ?? null };
}
