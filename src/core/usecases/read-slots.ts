// The value of the setting "slots": for all networks "Mon-Fri 09:00, 12:30", for one "x: daily 9am, 5pm", and "off".
import { invalidArgument } from '../errors.ts';
import type { Platforms } from '../ports.ts';
import { isOnlyDays, readWeekSlots } from '../slot-words.ts';
import type { Workspace } from '../workspace.ts';
import { findPlatform } from './connect-account.ts';

const OFF = ['off', 'none', 'no'];
const ALL = ['all', 'everywhere', 'slots'];

/** The workspace's slots with this value among them. @throws CrierError `invalid-input` for what cannot be read. */
export function readSlots(value: string, workspace: Workspace, platforms: Platforms): Workspace['slots'] {
  const [, before = '', behind = ''] = /^([^:;,\d]+?)(?:\s*:\s*|\s+(?=(?:off|none|no)$))([\s\S]*)$/i.exec(value.trim()) ?? [];
  const isNamed = before !== '' && !isOnlyDays(before);
  const words = isNamed ? behind : value.trim();
  const isOff = OFF.includes(words.trim().toLowerCase());
  if (!isNamed && isOff) return {};
  const network = isNamed && !ALL.includes(before.toLowerCase()) ? findPlatform({ platforms }, before).id : 'all';
  if (isOff) return Object.fromEntries(Object.entries(workspace.slots).filter(([name]) => name !== network));
  if (words === '') throw invalidArgument('value', `Say when posts go out there: ${before}: daily 9am, 5pm, or "off".`);
  return { ...workspace.slots, [network]: readWeekSlots(words, { ...NO_DAY, ...habits(workspace) }) };
}

/** A time of day alone is read the same on every day. */
const NO_DAY = { now: Temporal.Instant.fromEpochMilliseconds(0) };

const habits = ({ timeZone, dateOrder, language }: Workspace) => ({
  timeZone,
  dateOrder,
  ...(language === null ? {} : { locale: language }),
});
