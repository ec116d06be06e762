// A week's slots, when posts go out by default, and which of them is the next free one. Pure: what is taken, the time and the zone are
// handed in. How people write slots is slot-words.ts's, which ones hold for a network is the use case's.
import { inZone } from './time/wall-time.ts';

/** The same times on several days. */
export interface DaySlots {
  /** 1 (Monday) to 7, ascending. */
  weekdays: number[];
  /** Wall times, `09:00`, ascending. */
  times: string[];
}

/** No weekday is in two of them. */
export type WeekSlots = DaySlots[];

/** A post of an account less than this far from a slot takes it, and slots are at least this far apart. */
export const SLOT_MINUTES = 15;
/** A slot that is nearer than this is not given any more: whoever wrote the post may want to look at its card. */
export const LEAD_MINUTES = 5;
/** How far ahead a slot is looked for. */
export const HORIZON_DAYS = 180;

/** An account has a post at that time: one to come, one just out, or one that a series will make. */
export interface Taken {
  accountId: string;
  at: Temporal.Instant;
  /** The number of the post, or of the series' newest. */
  post: number;
}

export interface SlotWindow {
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/** The posts that have to be known to find a slot: all of the day it is now in any zone, up to the horizon. */
export const slotWindow = (now: Temporal.Instant): SlotWindow => ({
  from: now.subtract({ hours: 48 }),
  until: now.add({ hours: 24 * (HORIZON_DAYS + 2) }),
});

/** What one account of the post needs. */
export interface SlotWish {
  accountId: string;
  slots: WeekSlots;
  /** Posts per day of the zone; null: as many as there are slots. */
  perDay: number | null;
}

/** A slot that was not free, and for which of the accounts. */
export interface PassedSlot {
  at: Temporal.ZonedDateTime;
  accountId: string;
  /** Whose post is there; null where the day has as many posts as it may have. */
  post: number | null;
}

export type SlotSearch =
  /** `notes`: what a clock change did to it, as sentences. `passed`: the earlier ones. */
  | { kind: 'found'; at: Temporal.ZonedDateTime; notes: readonly string[]; passed: PassedSlot[] }
  /** There is no instant that is a slot of every account. */
  | { kind: 'nothing in common' }
  /** All of them are taken up to the horizon. */
  | { kind: 'full' };

/** The earliest instant that is a slot of every account and free for each, at least `LEAD_MINUTES` ahead. */
export function nextFreeSlot(
  wishes: readonly SlotWish[],
  { now, timeZone, taken }: { now: Temporal.Instant; timeZone: string; taken: readonly Taken[] },
): SlotSearch {
  const byAccount = Map.groupBy(taken, ({ accountId }) => accountId);
  const earliest = now.add({ minutes: LEAD_MINUTES }).epochMilliseconds;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const passed: PassedSlot[] = [];
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    for (const { at, notes } of slotsOn(wishes, today.add({ days: day }), timeZone)) {
      if (at.epochMilliseconds < earliest) continue;
      const [inTheWay] = wishes.flatMap((wish) => whatIsThere(wish, at, byAccount.get(wish.accountId) ?? []) ?? []);
      if (inTheWay === undefined) return { kind: 'found', at, notes, passed };
      passed.push(inTheWay);
    }
  }
  return passed.length === 0 ? { kind: 'nothing in common' } : { kind: 'full' };
}

type PlacedSlot = ReturnType<typeof inZone>;

/** Of one day, what is a slot of every account. Two that a clock change puts on one instant are one. */
function slotsOn(wishes: readonly SlotWish[], date: Temporal.PlainDate, timeZone: string): PlacedSlot[] {
  const [first, ...others] = wishes.map(({ slots }) => {
    const times = slots.filter(({ weekdays }) => weekdays.includes(date.dayOfWeek)).flatMap((day) => day.times);
    const placed = times.map((time) => inZone(date.toPlainDateTime(time), timeZone));
    return new Map(placed.map((slot) => [slot.at.epochMilliseconds, slot]));
  });
  const common = [...(first?.entries() ?? [])].filter(([at]) => others.every((other) => other.has(at)));
  return common.sort(([one], [other]) => one - other).map(([, slot]) => slot);
}

function whatIsThere({ accountId, perDay }: SlotWish, at: Temporal.ZonedDateTime, taken: readonly Taken[]): PassedSlot | null {
  const near = taken.find((each) => Math.abs(each.at.epochMilliseconds - at.epochMilliseconds) < SLOT_MINUTES * 60_000);
  if (near) return { at, accountId, post: near.post };
  if (perDay === null) return null;
  const [start, end] = [at.startOfDay(), at.startOfDay().add({ days: 1 })].map((edge) => edge.epochMilliseconds);
  const thatDay = taken.filter(({ at: { epochMilliseconds: time } }) => time >= (start ?? 0) && time < (end ?? 0));
  return thatDay.length < perDay ? null : { at, accountId, post: null };
}
