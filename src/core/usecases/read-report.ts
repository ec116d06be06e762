// Reads all that a report is made of, side by side, and has it made. How it is said or drawn is not known here.
import type { Account } from '../account.ts';
import { accountResultsOf, buildReport, isWithin, type Names } from '../build-report.ts';
import { dayOf } from '../caps.ts';
import type { Deps } from '../ports.ts';
import type { BestTimes, ReadSpan, Report, ReportPeriod, ReportScope } from '../report.ts';
import { healthOf } from '../report-health.ts';
import { nameAccount } from '../targets.ts';
import type { Workspace } from '../workspace.ts';
import { readBestTimes } from './read-best-times.ts';

export type ReadReportDeps = Pick<Deps, 'clock' | 'store' | 'platforms'>;

/** Whoever asks may see it: that is for the caller to know. */
export async function readReport(
  deps: ReadReportDeps,
  workspace: Workspace,
  { period, scope }: { period: ReportPeriod; scope: ReportScope },
): Promise<Report> {
  const { store, platforms, clock } = deps;
  const now = clock.now();
  const { reports, figures } = store;
  const today = dayOf(now.toZonedDateTimeISO(workspace.timeZone), workspace);
  const reading = store.accounts.list(workspace.id);
  const isOver = Temporal.Instant.compare(period.span.until, now) < 0;
  const [results, sumsBefore, atEnd, atBeginning, newest, failures, lastOut, outToday, looks, accounts, best] = await Promise.all(
    [
      reports.results(workspace.id, period.span, scope),
      reports.sums(workspace.id, period.before, scope),
      reports.accountsAt(workspace.id, endOf(period.span)),
      reports.accountsAt(workspace.id, period.span.from),
      // what is told today says whether an account tells anything, whatever days a report is about
      isOver ? reports.accountsAt(workspace.id, now) : null,
      reports.failures(workspace.id, period.span, scope),
      reports.lastOut(workspace.id),
      reports.counts(workspace.id, today),
      figures.looks(workspace.id),
      reading,
      reading.then((all) => bestOf(deps, workspace, all, { period, scope })),
    ],
  );
  const shown = [...results, ...failures];
  const own = accounts.filter((account) => isWithin(account, scope, shown));
  const ends = { now: atEnd, before: atBeginning };
  const accountResults = accountResultsOf(own, period, ends);
  const asOfNow = newest ? accountResultsOf(own, period, { now: newest, before: [] }) : accountResults;
  const parts = { workspace, platforms, results, accountResults: asOfNow, failures, looks, today: outToday, lastOut, now };
  return buildReport({
    period,
    scope,
    results,
    sumsBefore,
    // a campaign has no followers of its own
    accountResults: scope.kind === 'campaign' ? [] : accountResults,
    names: namesOf(accounts, deps),
    best,
    health: healthOf(own, parts),
  });
}

/** A time that is not over ends now. */
const endOf = ({ until, asOf }: ReadSpan): Temporal.Instant => (Temporal.Instant.compare(until, asOf) < 0 ? until : asOf);

/** When a campaign's posts did well says little: it is told of accounts alone. */
async function bestOf(
  deps: ReadReportDeps,
  workspace: Workspace,
  accounts: readonly Account[],
  { period, scope }: Pick<Report, 'period' | 'scope'>,
): Promise<BestTimes[]> {
  if (scope.kind === 'campaign') return [];
  const own = accounts.filter((account) => account.state === 'connected' && isWithin(account, scope, []));
  return readBestTimes(deps, workspace.id, own, period.timeZone);
}

function namesOf(accounts: readonly Account[], { platforms }: Pick<Deps, 'platforms'>): Names {
  const known = new Map(accounts.map((account) => [account.id, nameAccount(account, platforms)]));
  return { network: (id) => platforms.get(id).name, account: (id) => known.get(id) ?? id };
}
