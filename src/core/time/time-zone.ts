// Zones by the names people use for them, and the short names shown beside a time. No offset ever stands in for a zone.
import { invalidInput } from '../errors.ts';
import { nearest } from '../near-miss.ts';

/**
 * What an abbreviation stands for: a zone, and the offset it names where it names one (`ET` follows the season, `EST` does not).
 * Only those that mean one thing to nearly everyone; IST (India, Ireland, Israel) is left out on purpose.
 */
export const ABBREVIATIONS: Readonly<Record<string, { timeZone: string; offset?: string }>> = {
  UTC: { timeZone: 'UTC', offset: '+00:00' },
  GMT: { timeZone: 'UTC', offset: '+00:00' },
  ET: { timeZone: 'America/New_York' },
  EST: { timeZone: 'America/New_York', offset: '-05:00' },
  EDT: { timeZone: 'America/New_York', offset: '-04:00' },
  CT: { timeZone: 'America/Chicago' },
  CST: { timeZone: 'America/Chicago', offset: '-06:00' },
  CDT: { timeZone: 'America/Chicago', offset: '-05:00' },
  MT: { timeZone: 'America/Denver' },
  MST: { timeZone: 'America/Denver', offset: '-07:00' },
  MDT: { timeZone: 'America/Denver', offset: '-06:00' },
  PT: { timeZone: 'America/Los_Angeles' },
  PST: { timeZone: 'America/Los_Angeles', offset: '-08:00' },
  PDT: { timeZone: 'America/Los_Angeles', offset: '-07:00' },
  AKST: { timeZone: 'America/Anchorage', offset: '-09:00' },
  AKDT: { timeZone: 'America/Anchorage', offset: '-08:00' },
  HST: { timeZone: 'Pacific/Honolulu', offset: '-10:00' },
  BST: { timeZone: 'Europe/London', offset: '+01:00' },
  WET: { timeZone: 'Europe/Lisbon', offset: '+00:00' },
  WEST: { timeZone: 'Europe/Lisbon', offset: '+01:00' },
  CET: { timeZone: 'Europe/Berlin', offset: '+01:00' },
  CEST: { timeZone: 'Europe/Berlin', offset: '+02:00' },
  EET: { timeZone: 'Europe/Athens', offset: '+02:00' },
  EEST: { timeZone: 'Europe/Athens', offset: '+03:00' },
  MSK: { timeZone: 'Europe/Moscow', offset: '+03:00' },
  SAST: { timeZone: 'Africa/Johannesburg', offset: '+02:00' },
  JST: { timeZone: 'Asia/Tokyo', offset: '+09:00' },
  KST: { timeZone: 'Asia/Seoul', offset: '+09:00' },
  SGT: { timeZone: 'Asia/Singapore', offset: '+08:00' },
  HKT: { timeZone: 'Asia/Hong_Kong', offset: '+08:00' },
  AEST: { timeZone: 'Australia/Sydney', offset: '+10:00' },
  AEDT: { timeZone: 'Australia/Sydney', offset: '+11:00' },
  NZST: { timeZone: 'Pacific/Auckland', offset: '+12:00' },
  NZDT: { timeZone: 'Pacific/Auckland', offset: '+13:00' },
};

/** Names Node's list still spells the old way, and cities and regions that give no zone its name. */
const MORE_PLACES: Readonly<Record<string, string>> = {
  kolkata: 'Asia/Kolkata',
  kyiv: 'Europe/Kyiv',
  kathmandu: 'Asia/Kathmandu',
  yangon: 'Asia/Yangon',
  'ho chi minh': 'Asia/Ho_Chi_Minh',
  'ho chi minh city': 'Asia/Ho_Chi_Minh',
  'buenos aires': 'America/Argentina/Buenos_Aires',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  'las vegas': 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
  mountain: 'America/Denver',
  central: 'America/Chicago',
  eastern: 'America/New_York',
  boston: 'America/New_York',
  washington: 'America/New_York',
  miami: 'America/New_York',
  atlanta: 'America/New_York',
  dallas: 'America/Chicago',
  houston: 'America/Chicago',
  austin: 'America/Chicago',
  montreal: 'America/Toronto',
  'rio de janeiro': 'America/Sao_Paulo',
  'são paulo': 'America/Sao_Paulo',
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  cologne: 'Europe/Berlin',
  frankfurt: 'Europe/Berlin',
  geneva: 'Europe/Zurich',
  zürich: 'Europe/Zurich',
  milan: 'Europe/Rome',
  barcelona: 'Europe/Madrid',
  lyon: 'Europe/Paris',
  edinburgh: 'Europe/London',
  manchester: 'Europe/London',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  'new delhi': 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  beijing: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  osaka: 'Asia/Tokyo',
  'tel aviv': 'Asia/Jerusalem',
  'abu dhabi': 'Asia/Dubai',
  canberra: 'Australia/Sydney',
  wellington: 'Pacific/Auckland',
};

const cityOf = (timeZone: string): string =>
  timeZone
    .slice(timeZone.lastIndexOf('/') + 1)
    .replaceAll('_', ' ')
    .toLowerCase();

/** What a city's name may stand behind. Trying each is a hundred times as fast as the list of all zones is to make. */
const REGIONS = 'Europe America Asia Africa Australia Pacific Atlantic Indian America/Argentina America/Indiana Antarctica'.split(
  ' ',
);

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

let cities: ReadonlyMap<string, string> | undefined;

/** Zones by city, in small letters, for near misses. Made once: Node's list has some 400 zones. */
function zonesByCity(): ReadonlyMap<string, string> {
  cities ??= new Map([
    ...Intl.supportedValuesOf('timeZone').map((zone) => [cityOf(zone), zone] as const),
    ...Object.entries(MORE_PLACES),
  ]);
  return cities;
}

/** Names that were tried and are none: in prose, what stands before `time` is asked again and again. */
const noZones = new Set<string>();
const MOST_KEPT = 500;

/** The name as IANA spells it, or undefined where there is no such zone. An offset is no zone. */
function ianaZone(name: string): string | undefined {
  if (noZones.has(name) || !/^[a-z][\w+-]*(\/[\w+-]+)*$/i.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (noZones.size >= MOST_KEPT) noZones.clear();
    noZones.add(name);
    return undefined;
  }
}

/** The zone a person means by an IANA name (any case), a city or an abbreviation, or undefined. */
export function zoneNamed(name: string): string | undefined {
  const plain = name.trim().replace(/\s+/g, ' ');
  const abbreviation = ABBREVIATIONS[plain.toUpperCase()];
  if (abbreviation !== undefined) return abbreviation.timeZone;
  const city = plain.replaceAll('_', ' ').toLowerCase();
  const place = Object.hasOwn(MORE_PLACES, city) ? MORE_PLACES[city] : undefined;
  if (place !== undefined) return place;
  const spelled = plain.replaceAll(' ', '_');
  return firstOf(REGIONS, (region) => ianaZone(`${region}/${spelled}`)) ?? ianaZone(spelled);
}

/**
 * The IANA zone a person names: `Europe/Berlin` in any case, `berlin`, `New York`, `PT`, `CET`.
 * @throws CrierError `invalid-input` for an offset (it knows no summer time) and for an unknown name, with the nearest one.
 */
export function parseTimeZone(text: string): string {
  const name = text.trim().replace(/^["'“]|["'”]$/g, '');
  if (/^(?:UTC|GMT)?\s*[+\-−]\s*\d/i.test(name)) {
    throw invalidInput(
      `“${name}” is an offset and knows no summer time. Name a city of your zone instead, like Berlin or New York.`,
    );
  }
  const found = zoneNamed(name.replace(/\s+time$/i, ''));
  if (found !== undefined) return found;
  const near = nearest(name, [...zonesByCity().keys(), ...zonesByCity().values()]);
  const cure =
    near === undefined
      ? 'Name a city of it, like Berlin, or its IANA name, like Europe/Berlin.'
      : `Did you mean ${zoneNamed(near) ?? near}?`;
  throw invalidInput(`There is no time zone “${name}”. ${cure}`);
}

/** `+05:30` from its parts, or null where no zone on earth is so far off. */
export function offsetOf(sign: string, hours: number, minutes: number): string | null {
  if (hours > 14 || minutes > 59) return null;
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${sign === '+' ? '+' : '-'}${pad(hours)}:${pad(minutes)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function shortName(at: Temporal.ZonedDateTime, locale: string): string {
  const key = `${locale} ${at.timeZoneId}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: at.timeZoneId, timeZoneName: 'short' });
  formatters.set(key, formatter);
  return formatter.formatToParts(at.epochMilliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** The zone's short name at that moment, `CET`, where that names this very offset; else the offset, `GMT+5:30`. */
export function abbreviate(at: Temporal.ZonedDateTime): string {
  const name = ['en-GB', 'en-US']
    .map((locale) => shortName(at, locale))
    .find((short) => ABBREVIATIONS[short]?.offset === at.offset);
  if (name !== undefined) return name;
  const [, sign = '+', hours = '0', minutes = '00'] = /^([+-])(\d\d):(\d\d)/.exec(at.offset) ?? [];
  return Number(hours) + Number(minutes) === 0 ? 'UTC' : `GMT${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}
