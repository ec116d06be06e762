// One thing that a digest suggests, and what it follows from. Pure: what the report found and what is planned are handed in. Nothing is
// made up to have something to say, and the same facts give the same suggestion every day.
import type { Suggestion } from './digest.ts';
import type { Report } from './report.ts';
import { nextFreeSlot, type Taken } from './slots.ts';

/** An account for which nothing went out for so long is unused. */
const UNUSED_DAYS = 7;
/** For longer than so many somebody wants it so: a word each morning would be a nuisance. */
const GIVEN_UP_DAYS = 28;
/** A slot is looked for within so many. */
const SLOT_DAYS = 7;
/** Nothing planned for so many is worth a word. */
const UNPLANNED_DAYS = 3;

export interface SuggestionFacts {
  report: Pick<Report, 'best' | 'health'>;
  /** What the workspace's accounts have from some time before now on, with what series will come to. */
  taken: readonly Taken[];
  now: Temporal.Instant;
  /** The workspace's: whose hours the best ones are. */
  timeZone: string;
  /** Posts of an account and day, by its platform; null: no cap. */
  perDay: (platform: string) => number | null;
}

/** An unused account first, else a good slot, else that nothing is planned; null where nothing of it is so. */
export function suggest(facts: SuggestionFacts): Suggestion | null {
  const { now, taken } = facts;
  const planned = taken.filter(({ at }) => Temporal.Instant.compare(at, now) > 0);
  return unused(facts, planned) ?? goodSlot(facts) ?? nothingPlanned(facts, planned);
}

const connectedIn = ({ health }: Pick<Report, 'health'>) => health.filter(({ account }) => account.state === 'connected');

const daysAfter = (at: Temporal.Instant, days: number): Temporal.Instant => at.add({ hours: 24 * days });

/** Of those that somebody may have forgotten, the one that waits longest: since its newest post went out, or since it is there. */
function unused({ report, now }: SuggestionFacts, planned: readonly Taken[]): Suggestion | null {
  const waiting = connectedIn(report)
    .map(({ account, lastOutAt }) => ({ account, lastOutAt, since: lastOutAt ?? account.createdAt }))
    .filter(({ since }) => Temporal.Instant.compare(daysAfter(since, UNUSED_DAYS), now) <= 0)
    .filter(({ since }) => Temporal.Instant.compare(daysAfter(since, GIVEN_UP_DAYS), now) > 0)
    .filter(({ account }) => !planned.some(({ accountId }) => accountId === account.id))
    .sort((one, other) => Temporal.Instant.compare(one.since, other.since) || (one.account.id < other.account.id ? -1 : 1));
  const [longest] = waiting;
  return longest ? { kind: 'unused', account: longest.account, lastOutAt: longest.lastOutAt } : null;
}

/** Of all sure hours the one with the most lift that is free on a day to come; of as good ones that known from more posts. */
function goodSlot(facts: SuggestionFacts): Suggestion | null {
  const connected = new Set(connectedIn(facts.report).map(({ account }) => account.id));
  const hours = facts.report.best
    .filter(({ account }) => connected.has(account.id))
    .flatMap(({ account, hours: ofAccount }) => ofAccount.map((hour) => ({ account, ...hour })))
    .filter(({ isSure }) => isSure)
    .sort((one, other) => other.lift - one.lift || other.posts - one.posts || one.at - other.at);
  for (const { account, at: hour, lift, posts, isSure } of hours) {
    const at = nextFree(facts, account.id, { hour, perDay: facts.perDay(account.platform) });
    if (at) return { kind: 'slot', account, at, lift, posts, isSure };
  }
  return null;
}

function nextFree(
  { taken, now, timeZone }: SuggestionFacts,
  accountId: string,
  { hour, perDay }: { hour: number; perDay: number | null },
): Temporal.ZonedDateTime | null {
  // whatever is within the hour takes its beginning
  const own = taken
    .filter((each) => each.accountId === accountId)
    .map((each) => {
      const at = each.at.toZonedDateTimeISO(timeZone);
      return at.hour === hour ? { ...each, at: at.round({ smallestUnit: 'hour', roundingMode: 'floor' }).toInstant() } : each;
    });
  const time = Temporal.PlainTime.from({ hour }).toString({ smallestUnit: 'minute' });
  const slots = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], times: [time] }];
  const search = nextFreeSlot([{ accountId, slots, perDay }], { now, timeZone, taken: own });
  if (search.kind !== 'found') return null;
  const isSoon = Temporal.Instant.compare(search.at.toInstant(), daysAfter(now, SLOT_DAYS)) <= 0;
  return isSoon && search.at.hour === hour ? search.at : null;
}

function nothingPlanned({ report, now }: SuggestionFacts, planned: readonly Taken[]): Suggestion | null {
  const until = daysAfter(now, UNPLANNED_DAYS);
  const isEmpty = !planned.some(({ at }) => Temporal.Instant.compare(at, until) < 0);
  return isEmpty && connectedIn(report).length > 0 ? { kind: 'nothing-planned', days: UNPLANNED_DAYS } : null;
}
