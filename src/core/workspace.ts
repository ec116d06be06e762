// Who is talking: a workspace (a Slack team, a Discord server, this terminal) and a member in it, with what each may do.
import { CrierError } from './errors.ts';
import type { WeekSlots } from './slots.ts';

export const CHATS = ['terminal', 'slack', 'discord'] as const;
export type ChatName = (typeof CHATS)[number];

export const DATE_ORDERS = ['DMY', 'MDY', 'YMD'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export const THEMES = ['light', 'dark'] as const;
/** The ground that pictures are drawn on. */
export type Theme = (typeof THEMES)[number];

export const ROLES = ['viewer', 'author', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Workspace {
  id: string;
  chat: ChatName;
  /** The chat's own id of the team or server. */
  teamId: string;
  name: string;
  /** IANA zone, `Europe/Berlin`. */
  timeZone: string;
  /** Wall time a date without a time takes, `09:00`. */
  defaultTime: string;
  /** How 3/4 is read; null until somebody has said: then it is asked. */
  dateOrder: DateOrder | null;
  /** Whose holidays are meant, ISO 3166-1 alpha-2: `GB`; null until somebody has said. */
  country: string | null;
  /** The language times are said in beside English, `de`; null for English alone. */
  language: string | null;
  /** Posts per account and local day, by platform id; a platform without an entry has no cap. */
  dailyCaps: Record<string, number>;
  /** When posts go out that are queued, by platform id, or `all` for each without an entry of its own. Empty: at good times. */
  slots: Record<string, WeekSlots>;
  /**
   * Which role whom makes: `everyone`, a person by the chat's id of them (`U123`), or all of a role of the chat (`&456`). Admins of the
   * chat are admins whatever stands here.
   */
  roleRules: Record<string, Role>;
  /** Charts and calendars are drawn light or dark. */
  pictures: Theme;
  /** Since when Crier is no longer in the team (uninstalled, its access revoked); null while it is there. */
  removedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
}

export interface Member {
  id: string;
  workspaceId: string;
  /** The chat's own id of the person. */
  userId: string;
  name: string;
  role: Role;
  /** Own IANA zone, as said to Crier; null takes the profile's, else the workspace's. */
  timeZone: string | null;
  /** What the person's profile in the chat says: IANA zone, and BCP 47 locale (`de-DE`). Null where it does not say. */
  profileTimeZone: string | null;
  locale: string | null;
}

/** A member speaking in their workspace: what every command and use case is handed. */
export interface Actor {
  workspace: Workspace;
  member: Member;
}

export const PERMISSIONS = ['view', 'write', 'administer'] as const;
/** `view` reads, `write` makes and changes posts, `administer` connects accounts and changes settings. */
export type Permission = (typeof PERMISSIONS)[number];

const ALLOWED: Record<Role, readonly Permission[]> = {
  viewer: ['view'],
  author: ['view', 'write'],
  approver: ['view', 'write'],
  admin: ['view', 'write', 'administer'],
};

export const mayDo = ({ member }: Actor, permission: Permission): boolean => ALLOWED[member.role].includes(permission);

/** @throws CrierError `not-permitted`, naming the role that would be needed. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (mayDo(actor, permission)) return;
  const needed = ROLES.find((role) => ALLOWED[role].includes(permission));
  throw new CrierError(
    'not-permitted',
    `Your role here is ${actor.member.role}; this takes ${needed} or higher. An admin of this workspace can change that.`,
  );
}

/** The zone this person's times are read and shown in. */
export const zoneOf = ({ member, workspace }: Actor): string => member.timeZone ?? member.profileTimeZone ?? workspace.timeZone;

/** Whoever is neither an admin of the chat nor named by a rule is an author. */
const ROLE_OF_OTHERS: Role = 'author';

/** The role that a workspace's rules give: the person's own rule, else the highest of their groups', else everyone's. */
export function roleByRules(rules: Workspace['roleRules'], userId: string, groups: readonly string[]): Role {
  const own = rules[userId];
  if (own) return own;
  const byGroup = groups.flatMap((group) => rules[`&${group}`] ?? []);
  const highest = [...ROLES].reverse().find((role) => byGroup.includes(role));
  return highest ?? rules.everyone ?? ROLE_OF_OTHERS;
}
