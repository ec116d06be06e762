// How a Page on LinkedIn itself stands: its followers, and how often what it posted was seen on the last whole day. Changes nothing.
import { z } from 'zod';
import type { AccountFigures } from '../../core/figures.ts';
import type { AccountAccess } from '../../core/platform.ts';
import { ask } from '../api.ts';
import { isOrganization, restRequest, unlessForbidden } from './client.ts';
import { memberAccountFigures } from './member-figures.ts';

/**
 * https://learn.microsoft.com/en-us/linkedin/marketing/integrations/community-management/organizations/organization-network-size (checked
 * 2026-11-23, of 2023); the kind of edge has had its name in capitals since (unverified).
 */
const NetworkSize = z.object({ firstDegreeSize: z.number().nonnegative() });

const Count = z.number().nonnegative().nullable().default(null);

/**
 * With `timeIntervals`, of the days in them, and of unpaid views alone:
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/share-statistics (checked 2026-11-23 in part).
 */
const Statistics = z.object({
  elements: z.array(z.object({ totalShareStatistics: z.object({ impressionCount: Count, uniqueImpressionsCount: Count }) })),
});

/** Two requests; what this login may not read is not told, and the rest is. */
export async function accountFigures(access: AccountAccess): Promise<AccountFigures> {
  const { remoteId } = access.account;
  if (!isOrganization(remoteId)) return memberAccountFigures(access);
  const entity = encodeURIComponent(remoteId);
  const size = `networkSizes/${entity}?edgeType=COMPANY_FOLLOWED_BY_MEMBER`;
  const ofDay = `timeIntervals=(timeRange:${dayBefore(access.clock.now())},timeGranularityType:DAY)`;
  const statistics = `organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${entity}&${ofDay}`;
  const [network, seen] = await Promise.all([
    unlessForbidden(ask(access, restRequest(access, size), NetworkSize)),
    unlessForbidden(ask(access, restRequest(access, statistics), Statistics)),
  ]);
  const counts = seen?.elements[0]?.totalShareStatistics;
  return {
    followers: network?.firstDegreeSize ?? null,
    views: counts?.impressionCount ?? null,
    reach: counts?.uniqueImpressionsCount ?? null,
  };
}

/** As Rest.li 2.0 writes a range, in milliseconds; its days are those of UTC (unverified). */
function dayBefore(now: Temporal.Instant): string {
  const today = now.toZonedDateTimeISO('UTC').startOfDay();
  return `(start:${today.subtract({ days: 1 }).epochMilliseconds},end:${today.epochMilliseconds})`;
}
