// A workspace's settings: which there are, how a person's words for their values are read, and changing one.
import { NO_CAP } from '../caps.ts';
import { movedDigestAt } from '../digest-schedule.ts';
import { invalidArgument } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import type { Deps } from '../ports.ts';
import type { WorkspacePatch } from '../store.ts';
import { parseTimeZone } from '../time/format.ts';
import { type Actor, DATE_ORDERS, requirePermission, THEMES, type Workspace } from '../workspace.ts';
import { findPlatform } from './connect-account.ts';
import { readCountry, readLanguage } from './read-locale.ts';
import { readRoleRules } from './read-role-rules.ts';
import { readSlots } from './read-slots.ts';

type SettingDeps = Pick<Deps, 'store' | 'platforms' | 'clock'>;

interface Setting {
  summary: string;
  /** Values a person can type. */
  example: string;
  read: (value: string, workspace: Workspace, deps: SettingDeps) => WorkspacePatch;
}

const MAX_CAP = 10_000;

/** Read as a wall time: `9`, `9:30`, `09:30`, `21h`, `9am`, `9:30 pm`. */
function readWallTime(value: string): string {
  const match = /^(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap])?\.?(?:m\.?)?$/i.exec(value.trim());
  const half = match?.[3]?.toLowerCase();
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2] ?? 0);
  const isHour = half ? hour >= 1 && hour <= 12 : hour <= 23;
  if (!match || !isHour || minute > 59)
    throw invalidArgument('value', `"${value}" is not a time of day. Write it like 09:00 or 5:30pm.`);
  const hour24 = half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour;
  return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function readDateOrder(value: string): WorkspacePatch {
  const wanted = value
    .trim()
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
  const dateOrder = DATE_ORDERS.find((order) => order === wanted);
  if (!dateOrder)
    throw invalidArgument(
      'value',
      `"${value}" is not a date order. Choose DMY (day first), MDY (month first) or YMD (year first).`,
    );
  return { dateOrder };
}

function readPictures(value: string): WorkspacePatch {
  const pictures = THEMES.find((theme) => theme === value.trim().toLowerCase());
  if (!pictures) throw invalidArgument('value', `"${value}" is no ground to draw on. Choose light or dark.`);
  return { pictures };
}

function readCap(value: string, workspace: Workspace, deps: SettingDeps): WorkspacePatch {
  const match = /^(.+?)[\s:=]+(\S+)$/.exec(value.trim());
  if (!match)
    throw invalidArgument('value', 'Say the network and how many posts a day: /settings cap bluesky 5, or "none" for no cap.');
  const { id, name, dailyCap } = findPlatform(deps, match[1] ?? '');
  const amount = (match[2] ?? '').toLowerCase();
  if (['none', 'off', 'no'].includes(amount)) {
    const others = Object.fromEntries(Object.entries(workspace.dailyCaps).filter(([platform]) => platform !== id));
    return { dailyCaps: dailyCap === null ? others : { ...others, [id]: NO_CAP } };
  }
  const cap = /^\d{1,5}$/.test(amount) ? Number(amount) : 0;
  if (cap < 1 || cap > MAX_CAP) throw invalidArgument('value', `A cap for ${name} is a number from 1 to ${MAX_CAP}, or "none".`);
  return { dailyCaps: { ...workspace.dailyCaps, [id]: cap } };
}

export const SETTINGS = {
  time: {
    summary: 'The time a date without one takes',
    example: '09:00',
    read: (value) => ({ defaultTime: readWallTime(value) }),
  },
  dates: {
    summary: 'How 3/4 is read: DMY, MDY or YMD',
    example: 'DMY',
    read: readDateOrder,
  },
  cap: {
    summary: 'Posts per account and day on a network',
    example: 'bluesky 5',
    read: readCap,
  },
  slots: {
    summary: 'When posts of /queue go out, on all networks or on one, or off',
    example: 'Mon-Fri 09:00, 12:30; Sat 10:00',
    read: (value, workspace, { platforms }) => ({ slots: readSlots(value, workspace, platforms) }),
  },
  country: {
    summary: 'Whose holidays are meant: GB, Germany, or none',
    example: 'GB',
    read: (value) => ({ country: readCountry(value) }),
  },
  language: {
    summary: 'The language times are said in, beside English: de, fr, or none',
    example: 'de',
    read: (value) => ({ language: readLanguage(value) }),
  },
  timezone: {
    summary: 'The time zone of everyone without one of their own',
    example: 'Europe/Berlin',
    read: (value) => ({ timeZone: parseTimeZone(value) }),
  },
  pictures: {
    summary: 'Whether charts and calendars are drawn light or dark',
    example: 'dark',
    read: readPictures,
  },
  roles: {
    summary: 'Who may do what, beside the admins of the chat: viewer, author, approver, admin, or none',
    example: 'everyone viewer',
    read: (value, { roleRules }) => ({ roleRules: readRoleRules(value, roleRules) }),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = [
  'time',
  'dates',
  'cap',
  'slots',
  'country',
  'language',
  'timezone',
  'pictures',
  'roles',
] as const satisfies readonly SettingName[];

/** @throws CrierError `invalid-input` for a setting there is not, with the nearest. */
export function findSetting(name: string): SettingName {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  const known = SETTING_NAMES.find((setting) => setting === wanted || `${setting}s` === wanted);
  if (known) return known;
  const near = nearest(wanted, SETTING_NAMES);
  throw invalidArgument(
    'name',
    `There is no setting "${name.trim()}". ${near ? `Did you mean ${near}?` : `Settings: ${SETTING_NAMES.join(', ')}.`}`,
  );
}

/**
 * Returns the workspace as it is from now on.
 * @throws CrierError `invalid-input` for a setting or value that cannot be; `not-permitted` for who is no admin.
 */
export async function changeSettings(
  deps: SettingDeps,
  actor: Actor,
  { name, value }: { name: string; value: string },
): Promise<Workspace> {
  requirePermission(actor, 'administer');
  const setting: Setting = SETTINGS[findSetting(name)];
  const patch = setting.read(value, actor.workspace, deps);
  const workspace = await deps.store.workspaces.change(actor, patch);
  if (patch.timeZone !== undefined) await moveDigests(deps, actor.workspace, workspace);
  return workspace;
}

/** They come by the workspace's clock; posts that are planned keep their instants. */
async function moveDigests({ store, clock }: SettingDeps, before: Workspace, { id, timeZone }: Workspace): Promise<void> {
  const zones = { from: before.timeZone, to: timeZone, now: clock.now() };
  await store.digests.reschedule(id, (digest) => movedDigestAt(digest, zones));
}
