// /analytics: how posts and accounts did in a time, as a report with a chart, read anew where somebody wants that, or as a file.
import type { Account } from '../../core/account.ts';
import type { Report } from '../../core/report.ts';
import { SNAPSHOT_COLUMNS } from '../../core/snapshot-export.ts';
import { nameAccount } from '../../core/targets.ts';
import { exportSnapshots } from '../../core/usecases/export-snapshots.ts';
import { readReport } from '../../core/usecases/read-report.ts';
import { type RefreshProgress, refreshFigures } from '../../core/usecases/refresh-figures.ts';
import { counted } from '../../core/words.ts';
import { requirePermission, zoneOf } from '../../core/workspace.ts';
import { reportCard } from '../cards/report-card.ts';
import { within } from '../cards/report-words.ts';
import { type Call, type CommandCall, defineCommand } from '../command.ts';
import { writeCsv } from '../csv.ts';
import type { Line, Reply } from '../reply.ts';
import {
  ANALYTICS_ARGUMENTS,
  type ReportRequest,
  readAnalyticsWords,
  readDeed,
  readRequest,
  readSubject,
  scopeWord,
} from './analytics-request.ts';

/** What is reported where nobody says which days. */
const USUAL = 'week';
/** A file is for looking closer: more days where nobody says which. */
const USUAL_FILE = 'last 30 days';
/** Beside the one that is shown. */
const OFFERED = ['today', 'week', 'month', 'last-30-days'];
/** Where nothing went out, what may hold more. */
const LARGER = [
  { id: 'week', days: 7 },
  { id: 'month', days: 31 },
  { id: 'last-30-days', days: 30 },
  { id: 'last-90-days', days: 90 },
] as const;

export const analytics = defineCommand({
  name: 'analytics',
  summary: 'Show how posts and accounts did',
  permission: 'view',
  public: true,
  arguments: ANALYTICS_ARGUMENTS,
  examples: [
    '/analytics',
    '/analytics last 30 days bluesky',
    '/analytics month campaign:launch',
    '/analytics 2026-11-01..2026-11-30',
    '/analytics refresh',
    '/analytics export last 90 days',
  ],
  fromText: readAnalyticsWords,
  run: async (call) => {
    switch (readDeed(call.args.what)) {
      case 'report':
        return showReport(call, await readTyped(call));
      case 'refresh':
        return refresh(call, () => readTyped(call));
      case 'export':
        return exportFigures(call, await readRequest(call, call.args, USUAL_FILE));
    }
  },
  buttons: {
    show: async (call) => showReport(call, await readSubject(call, call.subject)),
    csv: async (call) => exportFigures(call, await readSubject(call, call.subject)),
    refresh: (call) => refresh(call, () => readSubject(call, call.subject)),
  },
});

interface Wanted extends ReportRequest {
  /** For whoever asks alone. */
  isForOne: boolean;
}

const readTyped = async (call: CommandCall): Promise<Wanted> => ({
  ...(await readRequest(call, call.args, USUAL)),
  isForOne: false,
});

async function showReport(call: Call, request: Wanted, lines: readonly Line[] = []): Promise<Reply> {
  const { deps, actor } = call;
  const { workspace } = actor;
  const report = await readReport(deps, workspace, request);
  const accounts = await deps.store.accounts.list(workspace.id);
  const connected = new Set(accounts.map(({ platform }) => platform));
  return reportCard(deps, report, {
    workspace,
    lines,
    isForOne: request.isForOne,
    scopeWord: await scopeWord(deps, workspace, request.scope),
    offered: report.totals.posts === 0 ? largerThan(report) : OFFERED,
    networks: deps.platforms.all().flatMap(({ id }) => (connected.has(id) ? [id] : [])),
  });
}

function largerThan({ period }: Report): string[] {
  const own = period.first.until(period.last, { largestUnit: 'days' }).days + 1;
  return LARGER.flatMap(({ id, days }) => (days > own ? [id] : []));
}

/**
 * Reads the figures of all accounts first, whatever the report is about: they are read together. What is wanted is read before that, to
 * refuse what cannot be, and after it, since a report is of what was known at its moment.
 * Networks count what they are asked, and X bills it: who only looks on does not spend that.
 */
async function refresh(call: Call, read: () => Promise<Wanted>): Promise<Reply> {
  const { deps, actor, progress } = call;
  requirePermission(actor, 'write');
  const { isForOne } = await read();
  const tell = async (how: RefreshProgress): Promise<void> =>
    progress?.({ ...reading(how), ...(isForOne ? { private: true } : { public: true }) });
  const { failed } = await refreshFigures(deps, actor.workspace, tell);
  const lines = failed.map(({ account, sentence }) => unreadLine(account, sentence, call));
  return showReport(call, await read(), lines);
}

const reading = ({ done, total, failed }: RefreshProgress): Reply => ({
  tone: 'plain',
  lines: [`Reading figures: ${done} of ${counted(total, 'account')}${failed > 0 ? `, ${failed} could not be read` : ''} ...`],
});

const unreadLine = (account: Account, sentence: string, { deps }: Call): Line =>
  `! Figures of ${nameAccount(account, deps.platforms)} could not be read: ${sentence}`;

async function exportFigures(call: Call, { period, scope }: ReportRequest): Promise<Reply> {
  const { deps, actor } = call;
  const pages = exportSnapshots(deps, actor, { span: period.span, scope });
  const { bytes, rows } = await writeCsv(SNAPSHOT_COLUMNS, pages);
  if (rows === 0) return nothingToExport(within(period));
  const now = deps.clock.now().toZonedDateTimeISO(zoneOf(actor));
  const time = now.toPlainTime().toString({ smallestUnit: 'second' }).replaceAll(':', '');
  const name = `analytics-${now.toPlainDate()}-${time}.csv`;
  const count = rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
  return {
    tone: 'good',
    title: 'Figures exported',
    lines: [[`Posts that went out ${within(period)}: ${count}, one for each look at a post, in `, { code: name }, '.']],
    notes: [
      `Times are in ${zoneOf(actor)}. A cell is empty where a network does not tell a figure.`,
      'The file is UTF-8 with commas: in Excel, open it with Data, From Text/CSV.',
    ],
    files: [{ name, mimeType: 'text/csv', bytes }],
    private: true,
  };
}

const nothingToExport = (when: string): Reply => ({
  tone: 'plain',
  title: 'Nothing to export',
  lines: [
    [
      `No figures of posts that went out ${when} were read yet, so there is no file. Take more days: `,
      { code: '/analytics export last 90 days' },
    ],
  ],
  private: true,
});
