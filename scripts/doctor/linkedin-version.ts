// LINKEDIN_VERSION: how old it is, and whether LinkedIn still speaks it. A version lives about a year and is answered with 426 after that:
// https://learn.microsoft.com/en-us/linkedin/marketing/versioning (unverified).
import type { Config } from '../../src/config.ts';
import { hostsOf, restHeaders } from '../../src/platforms/linkedin/client.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';
import { PATIENCE_MS, type Ways } from './ways.ts';

const ABOUT = 'LINKEDIN_VERSION';
/** Months. */
const OLD = 11;
const OVER = 12;

/** Nothing where there is no app at LinkedIn, or LinkedIn is emulated. */
export async function lookAtLinkedInVersion(
  { apps, mockSocial }: Pick<Config, 'apps' | 'mockSocial'>,
  ways: Ways,
): Promise<readonly Finding[]> {
  const app = apps.linkedin;
  const version = app?.options?.version;
  if (mockSocial || !app || version === undefined) return [];
  const now = ways.clock.now().toZonedDateTimeISO('UTC');
  const age = now.year * 12 + now.month - (Number(version.slice(0, 4)) * 12 + Number(version.slice(4)));
  const cure = `Set LINKEDIN_VERSION to a newer one, such as ${newest(now)}, and start Crier anew.`;
  if (await isRefused(restHeaders(app), ways)) return [wrong(ABOUT, `LinkedIn does not speak version ${version} (426).`, cure)];
  if (age > OVER)
    return [wrong(ABOUT, `Version ${version} is ${age} months old, and LinkedIn ends each after about a year.`, cure)];
  if (age > OLD) return [warning(ABOUT, `Version ${version} is ${age} months old, and LinkedIn soon ends it.`, cure)];
  if (age < 0) return [wrong(ABOUT, `Version ${version} lies in the future.`, cure)];
  return [
    ok(ABOUT, `Version ${version} is ${age === 1 ? '1 month' : `${age} months`} old, and LinkedIn speaks each for about a year.`),
  ];
}

/** The month before this one: the newest may not be out yet. */
const newest = (now: Temporal.ZonedDateTime): string =>
  now.toPlainDate().subtract({ months: 1 }).toPlainYearMonth().toString().replace('-', '');

/** Asked without a login, so that only a refusal of the version itself tells something. */
async function isRefused(headers: Record<string, string>, { http, homes }: Ways): Promise<boolean> {
  const { api } = hostsOf(homes.linkedin ?? 'https://www.linkedin.com');
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await http.fetch(`${api}/rest/organizationAcls?q=roleAssignee`, { headers, redirect: 'manual', signal });
    return response.status === 426;
  } catch {
    // whether LinkedIn can be reached is said of its app
    return false;
  }
}
