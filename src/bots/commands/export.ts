// /export posts: a workspace's posts as a table in a file, for spreadsheets and other programs.
import { invalidArgument } from '../../core/errors.ts';
import { EXPORT_COLUMNS, EXPORTS, type ExportFilter, type ExportName } from '../../core/export.ts';
import { nearest } from '../../core/near-miss.ts';
import { type Period, readPeriod } from '../../core/period.ts';
import { exportPosts } from '../../core/usecases/export-posts.ts';
import { findCampaign } from '../../core/usecases/list-posts.ts';
import { zoneOf } from '../../core/workspace.ts';
import { type Call, type CommandCall, defineCommand, type RawArgs } from '../command.ts';
import { writeCsv } from '../csv.ts';
import type { Reply } from '../reply.ts';
import { EXPORT_ARGUMENTS, readExportWords } from './export-words.ts';

const ALWAYS: Period = { from: null, until: null };

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Get posts as a table in a CSV file',
  permission: 'view',
  arguments: EXPORT_ARGUMENTS,
  examples: ['/export posts', '/export posts published 2026-11-01..2026-11-30', '/export posts upcoming bluesky campaign:launch'],
  fromText: readExportWords,
  run: async (call) => {
    refuseOthers(call.args.what);
    const filter = await readFilter(call);
    const { bytes, rows } = await writeCsv(EXPORT_COLUMNS, exportPosts(call.deps, call.actor, filter));
    return rows === 0 ? NOTHING : exported(call, bytes, rows);
  },
});

const NOTHING: Reply = {
  tone: 'plain',
  title: 'Nothing to export',
  lines: [['No post fits this, so there is no file. ', { code: '/export posts' }, ' takes all there are.']],
  private: true,
};

function exported({ deps, actor }: Call, bytes: Uint8Array<ArrayBuffer>, rows: number): Reply {
  const now = deps.clock.now().toZonedDateTimeISO(zoneOf(actor));
  const time = now.toPlainTime().toString({ smallestUnit: 'second' }).replaceAll(':', '');
  const name = `posts-${now.toPlainDate()}-${time}.csv`;
  const count = rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
  return {
    tone: 'good',
    title: 'Posts exported',
    lines: [[`${count}, one for each post and account, in `, { code: name }, '.']],
    notes: [
      `Times are in ${zoneOf(actor)}. The file is UTF-8 with commas: in Excel, open it with Data, From Text/CSV.`,
      'An apostrophe at the start of a text keeps a spreadsheet from calculating what somebody wrote.',
    ],
    files: [{ name, mimeType: 'text/csv', bytes }],
    private: true,
  };
}

function refuseOthers(what = 'posts'): void {
  if (what.trim().toLowerCase() === 'posts') return;
  throw invalidArgument('what', `"${what.trim()}" cannot be exported. Posts can: /export posts.`);
}

async function readFilter(call: CommandCall): Promise<ExportFilter> {
  const { deps, actor, args } = call;
  const today = deps.clock.now().toZonedDateTimeISO(zoneOf(actor));
  return {
    which: readWhich(args.which ?? 'all'),
    period: args.period === undefined ? ALWAYS : readPeriod(args.period, today),
    ...(await readScope(call, args)),
  };
}

function readWhich(word: string): ExportName {
  const wanted = word.trim().toLowerCase();
  const found = EXPORTS.find((name) => name === wanted);
  if (found) return found;
  const near = nearest(wanted, EXPORTS);
  throw invalidArgument('which', `There is no "${word}" here: say ${near ?? EXPORTS.join(', ')}.`);
}

/** What stands where a network does may be a campaign, and the other way round where both were said without their names. */
async function readScope(call: Call, { network, campaign }: RawArgs): Promise<Pick<ExportFilter, 'platform' | 'campaign'>> {
  const { deps, actor } = call;
  const named = async (name?: string): Promise<string | null> => (name === undefined ? null : findCampaign(deps, actor, name));
  if (network === undefined) return { platform: null, campaign: await named(campaign) };
  const platform = deps.platforms.find(network);
  if (platform) return { platform: platform.id, campaign: await named(campaign) };
  const swapped = campaign === undefined ? null : deps.platforms.find(campaign);
  const known = await deps.store.posts.campaigns(actor.workspace.id);
  const found = known.find((name) => name.toLowerCase() === network.trim().toLowerCase());
  if (found !== undefined && swapped !== undefined) return { platform: swapped?.id ?? null, campaign: found };
  throw noSuchScope(call, network, known);
}

function noSuchScope({ deps }: Call, word: string, campaigns: readonly string[]) {
  const ids = deps.platforms.all().map(({ id }) => id);
  const near = nearest(word.trim().toLowerCase(), [...ids, ...campaigns]);
  const hint = near ? `Did you mean ${near}?` : `Networks: ${ids.join(', ')}.`;
  return invalidArgument('network', `There is no network or campaign "${word.trim()}". ${hint}`);
}
