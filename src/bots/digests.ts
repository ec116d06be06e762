// A digest as a reply: how it went in a sentence, the chart, the best post, what waits, what is planned, and what to do next. And what its
// maker reads when it was paused.
import { type Digest, type DigestContent, type DigestPeriod, digestName } from '../core/digest.ts';
import type { Deps } from '../core/ports.ts';
import { postName } from '../core/post.ts';
import type { Report } from '../core/report.ts';
import type { Workspace } from '../core/workspace.ts';
import { digestButton } from './cards/digest-buttons.ts';
import { lateLines, plannedSection, suggestionSection, waitingSection } from './cards/digest-words.ts';
import { csvButton, reportButton, type Seen } from './cards/report-buttons.ts';
import { oldFiguresLines } from './cards/report-health.ts';
import { drawReport } from './cards/report-picture.ts';
import { capitalized, postLine, sayFigures, sayFollowers, whatHappened, within } from './cards/report-words.ts';
import { topPicture } from './cards/top-picture.ts';
import type { Button, Line, Reply, Section } from './reply.ts';

type Parts = Pick<Deps, 'clock' | 'pictures' | 'platforms' | 'mediaStore' | 'convertImage' | 'log'>;

/** For everybody in the channel. @param digest null for a preview of one that there is not */
export async function renderDigest(
  deps: Parts,
  workspace: Workspace,
  content: DigestContent,
  digest: Digest | null,
): Promise<Reply> {
  const { report, waiting, planned, suggestion } = content;
  const { platforms } = deps;
  const { timeZone } = report.period;
  const now = deps.clock.now();
  const { files, notes } = report.totals.posts === 0 ? NOTHING_DRAWN : await drawReport(deps, workspace, report);
  const followers = sayFollowers(report.followers);
  return {
    tone: 'plain',
    title: headline(report),
    lines: [
      ...(followers === null ? [] : [`${followers}.`]),
      ...lateLines(content, timeZone, now),
      ...oldFiguresLines(report.health, platforms, timeZone),
    ],
    sections: [
      ...(await topSection(deps, content)),
      ...waitingSection(waiting, platforms),
      plannedSection(planned, platforms, timeZone),
      ...suggestionSection(suggestion, platforms, now),
    ],
    notes: [...notes, ...smallPrint(report)],
    buttons: buttonsOf(content, digest),
    public: true,
    ...(files.length === 0 ? {} : { files }),
  };
}

const NOTHING_DRAWN = { files: [], notes: [] };

/** `Yesterday 4 posts went out and got 312 likes, comments and shares, 12 % more than the day before.` */
export function headline(report: Report): string {
  const when = within(report.period);
  if (report.totals.posts === 0) return `Nothing went out ${when}.`;
  // a date before a number of posts would run into it
  return `${capitalized(when)}${/\d$/.test(when) ? ',' : ''} ${whatHappened(report)}`;
}

async function topSection(deps: Parts, { top }: DigestContent): Promise<Section[]> {
  if (top === null) return [];
  const { result } = top;
  const picture = top.picture === null ? null : await topPicture(deps, top.picture, postName({ number: result.post }));
  const lines: Line[] = [[postLine(result, deps.platforms.get(result.platform).name)], sayFigures(result.figures)];
  return [{ heading: 'Top post', lines, ...(picture === null ? {} : { picture }) }];
}

function smallPrint({ period, totals, unread }: Report): Line[] {
  const zone = `Days and times in ${period.timeZone}.`;
  const counts = totals.posts === 0 ? '' : ' A post counts once for each account it went to.';
  const isSomeUnread = unread > 0 && unread < totals.posts;
  return [`${zone}${counts}`, ...(isSomeUnread ? [`No figures of ${unread} of the ${totals.posts} posts are known yet.`] : [])];
}

/** A report that opens from a digest leaves it standing. */
const SEEN: Seen = { scopeWord: 'all', isForOne: true };

/** Beside the days that it is about, what lies around them. */
const AROUND: Record<DigestPeriod, readonly [label: string, periodId: string][]> = {
  daily: [
    ['This week', 'week'],
    ['This month', 'month'],
  ],
  weekly: [['This month', 'month']],
  monthly: [['Last 90 days', 'last-90-days']],
};

function buttonsOf({ cadence, report }: DigestContent, digest: Digest | null): Button[] {
  const { id } = report.period;
  const isEmpty = report.totals.posts === 0;
  return [
    ...(isEmpty ? [] : [reportButton('Full report', id, SEEN)]),
    ...AROUND[cadence.period].map(([label, periodId]) => reportButton(label, periodId, SEEN)),
    ...(isEmpty ? [] : [csvButton(id, SEEN)]),
    ...(digest?.state === 'active' ? [digestButton('Pause', 'pause', digest)] : []),
  ];
}

/** For whoever asked for it, where its channel is closed to Crier. @param because as a sentence */
export const renderPaused = (digest: Digest, because: string): Reply => ({
  tone: 'warning',
  title: `The digest ${digestName(digest)} is paused`,
  lines: [because, ['Once that is mended, go on with it: ', { code: `/digest resume ${digestName(digest)}` }]],
  buttons: [digestButton('Resume', 'resume', digest)],
  private: true,
});
