// How many follow members and organizations, and how often what they posted was seen on a day, in the shapes of LinkedIn's statistics. Days are
// those of UTC.
import type { Context } from 'hono';
import { followersOf, seenBetween } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { authorize, refuse, requireVersion } from './api.ts';
import type { LinkedInState } from './state.ts';

/** Any of these is enough (unverified). */
const SIZE_SCOPES = ['rw_organization_admin', 'r_organization_admin', 'r_organization_social'];

const PAGING = { start: 0, count: 10, links: [] };

export function mountAccountFigures(app: EmulatorApp, state: LinkedInState): void {
  const { grants, entities, clock } = state;

  app.get('/rest/networkSizes/:urn', (c) => {
    requireVersion(c);
    authorize(c, grants, 'networkSizes.GET', SIZE_SCOPES);
    const { urn } = c.req.param();
    if (c.req.query('edgeType') !== 'COMPANY_FOLLOWED_BY_MEMBER') throw invalid();
    if (!entities.get(urn)) throw refuse(404, 'NOT_FOUND', `Could not find entity ${urn}`);
    return c.json({ firstDegreeSize: followersOf(urn, clock.now()) });
  });

  app.get('/rest/memberFollowersCount', (c) => {
    requireVersion(c);
    const { accountId } = authorize(c, grants, 'memberFollowersCount.FINDER-me', ['r_member_profileAnalytics']);
    if (c.req.query('q') !== 'me') throw invalid();
    return c.json({ elements: [{ memberFollowersCount: followersOf(accountId, clock.now()) }], paging: PAGING });
  });
}

const invalid = () => refuse(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters passed to request');

const RANGE = /^\(start:\(day:(\d+),month:(\d+),year:(\d+)\),end:\(day:(\d+),month:(\d+),year:(\d+)\)\)$/;

/** @throws LinkedInError 400 for what is not emulated: anything but the impressions of one day */
export function memberDay(c: Context, state: LinkedInState, urn: string): object {
  const { queryType, aggregation, dateRange = '' } = c.req.query();
  const [, ...parts] = RANGE.exec(dateRange) ?? [];
  const [day = 0, month = 0, year = 0, endDay = 0, endMonth = 0, endYear = 0] = parts.map(Number);
  if (queryType !== 'IMPRESSION' || aggregation !== 'DAILY' || parts.length === 0) throw invalid();
  const start = Temporal.PlainDate.from({ year, month, day });
  const end = Temporal.PlainDate.from({ year: endYear, month: endMonth, day: endDay });
  if (!start.add({ days: 1 }).equals(end)) throw invalid();
  const { views } = seenOn(state, urn, start);
  const range = { start: { day, month, year }, end: { day: endDay, month: endMonth, year: endYear } };
  return { elements: [{ count: views, metricType: queryType, dateRange: range }], paging: PAGING };
}

const INTERVAL = /^\(timeRange:\(start:(\d+),end:(\d+)\),timeGranularityType:DAY\)$/;

/** @throws LinkedInError 400 for anything but one day */
export function pageDay(state: LinkedInState, urn: string, interval: string): object {
  const [, start = Number.NaN, end = Number.NaN] = (INTERVAL.exec(interval) ?? []).map(Number);
  if (end - start !== 86_400_000 || start % 86_400_000 !== 0) throw invalid();
  const date = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO('UTC').toPlainDate();
  const { views, reach } = seenOn(state, urn, date);
  const totalShareStatistics = { impressionCount: views, uniqueImpressionsCount: reach };
  return { elements: [{ organizationalEntity: urn, timeRange: { start, end }, totalShareStatistics }], paging: PAGING };
}

function seenOn({ posts }: LinkedInState, urn: string, date: Temporal.PlainDate): ReturnType<typeof seenBetween> {
  const own = posts.all().filter(({ author }) => author === urn);
  const [from, to] = [date, date.add({ days: 1 })].map((day) => day.toZonedDateTime('UTC').toInstant());
  if (!from || !to) throw invalid();
  return seenBetween(
    urn,
    own.map(({ id, createdAt }) => ({ id, at: createdAt })),
    [from, to],
  );
}
