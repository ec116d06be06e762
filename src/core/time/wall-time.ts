// Puts a wall time on the time line: through the zone's rules, with what a clock change did to it said in words.
import type { Piece } from './piece.ts';
import { abbreviate } from './time-zone.ts';

export interface Placed {
  at: Temporal.ZonedDateTime;
  /** Why this is one of several readings. */
  label?: string;
  notes: readonly string[];
}

type Zone = Extract<Piece, { kind: 'zone' }>;

const clockOf = (wall: Temporal.PlainDateTime): string =>
  wall.toPlainTime().toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' });

/** The wall time in a zone. In a gap it moves forward by the gap; of two it is the earlier; both leave a note. */
export function inZone(wall: Temporal.PlainDateTime, timeZone: string): Placed {
  const at = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { at, notes: [] };
  const date = wall.toPlainDate().toString();
  if (at.toPlainDateTime().equals(wall)) {
    const note = `On ${date} the clocks in ${timeZone} go back and ${clockOf(wall)} comes twice: this is the first, ${abbreviate(at)}.`;
    return { at, notes: [note] };
  }
  const moved = at.toPlainDateTime();
  const note = `On ${date} the clocks in ${timeZone} go forward and there is no ${clockOf(wall)}: this is ${clockOf(moved)} instead.`;
  return { at, notes: [note] };
}

/**
 * The moments a wall time and a zone as it was said may mean. An abbreviation names an offset, `CET`, but many say it all year
 * for the wall time of a place: where the two differ at that time of year, both come back.
 */
export function placeWall(wall: Temporal.PlainDateTime, zone: Zone | undefined, ownZone: string): readonly Placed[] {
  if (zone?.offset === undefined) return [inZone(wall, zone?.timeZone ?? ownZone)];
  const exact = wall.toZonedDateTime(zone.offset).toInstant();
  const own = exact.toZonedDateTimeISO(ownZone);
  const { abbreviation } = zone;
  if (abbreviation === undefined) return [{ at: own, notes: [] }];
  const there = exact.toZonedDateTimeISO(zone.timeZone);
  if (there.offset === zone.offset) return [{ at: own.offset === zone.offset ? own : there, notes: [] }];
  // The names of zones are slow to load, so they are asked for last.
  if (own.offset === zone.offset && abbreviate(own) === abbreviation) return [{ at: own, notes: [] }];
  const local = inZone(wall, zone.timeZone);
  return [
    { ...local, label: `${abbreviate(local.at)}, the time in ${zone.timeZone}` },
    { at: own, label: `${abbreviation} exactly, UTC${zone.offset}`, notes: [] },
  ];
}
