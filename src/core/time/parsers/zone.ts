// Zones said with a time: ET, PST, UTC+2, Europe/Berlin, Berlin time.
import { broken, definePiece, type Groups, type Piece } from '../piece.ts';
import { ABBREVIATIONS, offsetOf, zoneNamed } from '../time-zone.ts';

const letters = Object.keys(ABBREVIATIONS)
  .sort((one, other) => other.length - one.length)
  .join('|');

export const zoneAbbreviation = definePiece(`\\(?(?<name>${letters})\\)?`, ({ name = '' }) => {
  const known = ABBREVIATIONS[name.toUpperCase()];
  return known === undefined ? null : { kind: 'zone', abbreviation: name.toUpperCase(), ...known };
});

/** Three countries call their time IST. Those who live in the other two mean theirs; nearly everyone else means India's. */
export const indianTime = definePiece('\\(?IST\\)?', (_, { timeZone }) => {
  if (timeZone === 'Europe/Dublin' || timeZone === 'Asia/Jerusalem') return { kind: 'zone', timeZone };
  const note = timeZone === 'Asia/Kolkata' ? {} : { note: 'IST is taken as the time of India.' };
  return { kind: 'zone', timeZone: 'Asia/Kolkata', ...note };
});

export const zoneOffset = definePiece(
  '(?:UTC|GMT)\\s?(?<sign>[+\\-−])(?<hours>\\d{1,2})(?::?(?<minutes>\\d\\d))?|(?<zulu>Z)',
  readOffset,
);

function readOffset({ sign = '+', hours = '0', minutes = '0', zulu }: Groups): Piece {
  const offset = zulu === undefined ? offsetOf(sign, Number(hours), Number(minutes)) : '+00:00';
  return offset === null
    ? broken(`UTC${sign}${hours}:${minutes.padStart(2, '0')} is no offset from UTC.`)
    : { kind: 'zone', timeZone: offset, offset };
}

const REGION =
  '(?:africa|america|antarctica|arctic|asia|atlantic|australia|brazil|canada|chile|etc|europe|indian|mexico|pacific|us)';

/** An IANA name: always with region and slash, so that no word of a sentence is taken for one. */
export const zoneName = definePiece(`(?:in\\s+)?(?<name>${REGION}(?:/[a-z][\\w+-]*){1,2})(?:\\s+time)?`, ({ name = '' }) => {
  const timeZone = zoneNamed(name);
  return timeZone === undefined ? broken(`There is no time zone “${name}”.`) : { kind: 'zone', timeZone };
});

/** "Berlin time", "New York time", "Pacific time". */
export const cityTime = definePiece('(?<name>[\\p{L}]{2,}(?:[ ][\\p{L}]+){0,2})\\s+time(?:[\\s-]?zone)?', ({ name = '' }) => {
  const timeZone = zoneNamed(name);
  return timeZone === undefined ? null : { kind: 'zone', timeZone };
});
