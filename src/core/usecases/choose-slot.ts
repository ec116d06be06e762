// Chooses the slot of a post: one instant that is a slot of each of its networks and free for each of its accounts, with the reasons.
import type { Account } from '../account.ts';
import { capOf } from '../caps.ts';
import { invalidArgument, invalidInput } from '../errors.ts';
import { goodTimesOf } from '../good-times.ts';
import type { Deps } from '../ports.ts';
import { postName } from '../post.ts';
import { sayWeekSlots } from '../slot-words.ts';
import { HORIZON_DAYS, nextFreeSlot, type PassedSlot, type Taken, type WeekSlots } from '../slots.ts';
import { nameAccount } from '../targets.ts';
import { formatMoment } from '../time/format.ts';
import { type Actor, zoneOf } from '../workspace.ts';

/** `queue`: the workspace's own slots, and where it has none the good times. `best`: the good times of each network. */
export type SlotKind = 'queue' | 'best';

export interface SlotQuestion {
  accounts: readonly Account[];
  kind: SlotKind;
  now: Temporal.Instant;
  taken: readonly Taken[];
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
  const wishes = accounts.map(({ id, platform }) => ({
    accountId: id,
    slots: slotsFor(actor, platform, question.kind).slots,
    perDay: capOf(workspace, deps.platforms.get(platform)),
  }));
  const search = nextFreeSlot(wishes, { now, timeZone: workspace.timeZone, taken });
  if (search.kind === 'nothing in common') {
    const own = networksOf(accounts).map(
      (id) => `${deps.platforms.get(id).name} (${sayWeekSlots(slotsFor(actor, id, question.kind).slots)})`,
    );
    throw invalidArgument(
      'targets',
      `${listed(own)} have no slot at the same time, and a post goes out everywhere at once. Make one post for each, or give them common slots with /settings slots.`,
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

function slotsFor({ workspace }: Actor, platform: string, kind: SlotKind): Slots {
  const own = kind === 'queue' ? (workspace.slots[platform] ?? workspace.slots.all) : undefined;
  if (own) return { slots: own, source: null };
  const { slots, source } = goodTimesOf(platform);
  return { slots, source };
}

const networksOf = (accounts: readonly Account[]): string[] => [...new Set(accounts.map(({ platform }) => platform))];
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** One sentence for all networks with the same slots. */
function reasons({ platforms }: Pick<Deps, 'platforms'>, actor: Actor, { accounts, kind }: SlotQuestion): string[] {
  const { timeZone } = actor.workspace;
  const zone = timeZone === zoneOf(actor) ? '' : ` (${timeZone})`;
  const said = networksOf(accounts).map((id) => {
    const { slots, source } = slotsFor(actor, id, kind);
    const times = `${sayWeekSlots(slots)}${zone}`;
    return {
      name: platforms.get(id).name,
      what: source === null ? `the slots are ${times}` : `${times} are good times, by ${source}`,
    };
  });
  const canChoose = kind === 'queue' && networksOf(accounts).some((id) => slotsFor(actor, id, kind).source !== null);
  const byWhat = Map.groupBy(said, ({ what }) => what);
  return [
    ...[...byWhat].map(([what, networks]) => `${listed(networks.map(({ name }) => name))}: ${what}.`),
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
