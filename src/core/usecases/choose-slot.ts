// Chooses the slot of a post: one instant that is a slot of each of its networks and free for each of its accounts, with the reasons.
import type { Account } from '../account.ts';
import { capOf } from '../caps.ts';
import { invalidArgument, invalidInput } from '../errors.ts';
import { goodTimesOf } from '../good-times.ts';
import type { OwnTimes } from '../own-times.ts';
import type { Deps } from '../ports.ts';
import { postName } from '../post.ts';
import { sayWeekSlots } from '../slot-words.ts';
import { HORIZON_DAYS, nextFreeSlot, type PassedSlot, type Taken, type WeekSlots } from '../slots.ts';
import { nameAccount } from '../targets.ts';
import { formatMoment } from '../time/format.ts';
import { type Actor, zoneOf } from '../workspace.ts';

/**
 * `queue`: the workspace's own slots, and where it has none the good times. `best`: the good times: the account's own where it has posted
 * enough to tell, else those of its network.
 */
export type SlotKind = 'queue' | 'best';

export interface SlotQuestion {
  accounts: readonly Account[];
  kind: SlotKind;
  now: Temporal.Instant;
  taken: readonly Taken[];
  /** By account id, for those that have any (`readOwnTimes`). */
  own: ReadonlyMap<string, OwnTimes>;
}

export interface ChosenSlot {
  /** In the workspace's zone, whose clock the slots are of. */
  at: Temporal.ZonedDateTime;
  /** Why this one: whose slots they are, and what was not free. Sentences. */
  notes: string[];
}

interface Slots {
  slots: WeekSlots;
  /** `by ...`, for good times; null for slots that the workspace chose. */
  source: string | null;
}

/** @throws CrierError `invalid-input` where there is none, with what to do instead. */
export function chooseSlot(deps: Pick<Deps, 'platforms'>, actor: Actor, question: SlotQuestion): ChosenSlot {
  const { workspace } = actor;
  const { accounts, now, taken } = question;
  const wishes = accounts.map((account) => ({
    accountId: account.id,
    slots: slotsFor(actor, account, question).slots,
    perDay: capOf(workspace, deps.platforms.get(account.platform)),
  }));
  const search = nextFreeSlot(wishes, { now, timeZone: workspace.timeZone, taken });
  if (search.kind === 'nothing in common') {
    const own = accounts.map((account) => {
      const { slots } = slotsFor(actor, account, question);
      return `${nameFor(deps, account, question)} (${sayWeekSlots(slots)})`;
    });
    throw invalidArgument(
      'targets',
      `${listed([...new Set(own)])} have no slot at the same time, and a post goes out everywhere at once. Make one post for each, or give them common slots with /settings slots.`,
    );
  }
  if (search.kind === 'full') {
    throw invalidInput(
      `Every slot of the next ${HORIZON_DAYS} days is taken. Choose a time yourself, or add slots with /settings slots.`,
    );
  }
  return {
    at: search.at,
    notes: [...reasons(deps, actor, question), ...whatPassed(deps, actor, accounts, search.passed), ...search.notes],
  };
}

type Asked = Pick<SlotQuestion, 'kind' | 'own'>;

function slotsFor({ workspace }: Actor, { id, platform }: Account, { kind, own }: Asked): Slots {
  const chosen = kind === 'queue' ? (workspace.slots[platform] ?? workspace.slots.all) : undefined;
  if (chosen) return { slots: chosen, source: null };
  const { slots, source } = own.get(id) ?? goodTimesOf(platform);
  return { slots, source };
}

/** What is the account's own is said of it and not of its network. */
const nameFor = ({ platforms }: Pick<Deps, 'platforms'>, account: Account, { own }: Asked): string =>
  own.has(account.id) ? nameAccount(account, platforms) : platforms.get(account.platform).name;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** One sentence for all with the same slots. */
function reasons(deps: Pick<Deps, 'platforms'>, actor: Actor, { accounts, ...asked }: SlotQuestion): string[] {
  const { timeZone } = actor.workspace;
  const zone = timeZone === zoneOf(actor) ? '' : ` (${timeZone})`;
  const said = accounts.map((account) => {
    const { slots, source } = slotsFor(actor, account, asked);
    const times = `${sayWeekSlots(slots)}${zone}`;
    return {
      name: nameFor(deps, account, asked),
      what: source === null ? `the slots are ${times}` : `${times} are good times, by ${source}`,
    };
  });
  const canChoose = asked.kind === 'queue' && accounts.some((account) => slotsFor(actor, account, asked).source !== null);
  const byWhat = Map.groupBy(said, ({ what }) => what);
  return [
    ...[...byWhat].map(([what, all]) => `${listed([...new Set(all.map(({ name }) => name))])}: ${what}.`),
    ...(canChoose ? ['Other slots can be chosen with /settings slots.'] : []),
  ];
}

/** Later ones are counted only. */
const PASSED_SAID = 3;

function whatPassed(
  { platforms }: Pick<Deps, 'platforms'>,
  actor: Actor,
  accounts: readonly Account[],
  passed: readonly PassedSlot[],
): string[] {
  const sentences = passed.slice(0, PASSED_SAID).map(({ at, accountId, post }) => {
    const account = accounts.find(({ id }) => id === accountId);
    const where = account ? nameAccount(account, platforms) : 'an account';
    const when = formatMoment(at.withTimeZone(zoneOf(actor)));
    if (post !== null) return `${when} is taken by ${postName({ number: post })} on ${where}.`;
    return `${when} is free, but that day has all its posts on ${where} (/settings cap).`;
  });
  const more = passed.length - PASSED_SAID;
  return more > 0 ? [...sentences, `${more} more after ${more === 1 ? 'that is' : 'those are'} not free either.`] : sentences;
}
