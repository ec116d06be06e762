// Who speaks: a person of a team as Slack's own profile has them. Asked of Slack at most once in five minutes a person, and never the
// reason why a command is not answered.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/ports.ts';
import type { Entrance } from '../../core/store.ts';
import type { Role } from '../../core/workspace.ts';
import type { TeamAccess } from './teams.ts';

/** The fields of users.info that count here (https://docs.slack.dev/reference/objects/user-object). */
const SlackUser = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  locale: z.string().nullish(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_primary_owner: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
});
type SlackUser = z.infer<typeof SlackUser>;

const KEPT_FOR = { minutes: 5 };
/** People remembered at once, over all teams; the ones asked for longest ago are forgotten first. */
const KEPT_AT_MOST = 5_000;
/** A profile that takes longer is used from the next word on. */
const PATIENCE_MS = 1_000;

export interface Entrances {
  /** Null for a bot: Crier talks with people only. */
  of: (access: TeamAccess, userId: string) => Promise<Entrance | null>;
  /** Null where Slack does not say. */
  nameOf: (access: TeamAccess, userId: string) => Promise<string | null>;
}

interface Known {
  user: SlackUser;
  until: Temporal.Instant;
}

export interface EntranceOptions {
  clock: Clock;
  log: Log;
  /** Of workspaces seen for the first time. */
  timeZone: string;
}

export function openEntrances({ clock, log, timeZone }: EntranceOptions): Entrances {
  const known = new Map<string, Known>();
  const asked = new Map<string, Promise<SlackUser>>();

  const ask = (access: TeamAccess, userId: string, key: string): Promise<SlackUser> => {
    const running = asked.get(key);
    if (running) return running;
    const asking = fetchUser(access, userId)
      .then((user) => {
        keep(known, key, { user, until: clock.now().add(KEPT_FOR) });
        return user;
      })
      .finally(() => asked.delete(key));
    asked.set(key, asking);
    return asking;
  };

  const find = async (access: TeamAccess, userId: string): Promise<SlackUser | null> => {
    const key = `${access.teamId}/${userId}`;
    const held = known.get(key);
    if (held && Temporal.Instant.compare(held.until, clock.now()) > 0) return held.user;
    const asking = ask(access, userId, key).catch((error) => {
      log.warn({ err: error, team: access.teamId }, 'who speaks could not be read from Slack');
      return null;
    });
    return (await withinPatience(asking)) ?? held?.user ?? null;
  };

  return {
    async nameOf(access, userId) {
      const user = await find(access, userId);
      return user && nameOf(user);
    },
    async of(access, userId) {
      const user = await find(access, userId);
      if (user?.is_bot) return null;
      return {
        chat: 'slack',
        teamId: access.teamId,
        teamName: access.teamName,
        userId,
        userName: user ? nameOf(user) : userId,
        role: user ? roleOf(user, access.teamId) : 'unknown',
        timeZone,
        ...(user ? { profile: { timeZone: zoneFrom(user.tz), locale: user.locale ?? null } } : {}),
      };
    },
  };
}

/** `null` where it takes too long; it goes on all the same, and is there the next time. */
async function withinPatience<T>(asking: Promise<T>): Promise<T | null> {
  const waiting = new AbortController();
  const tired = sleep(PATIENCE_MS, null, { signal: waiting.signal }).catch((error) => {
    if (!waiting.signal.aborted) throw error;
    return null;
  });
  try {
    return await Promise.race([asking, tired]);
  } finally {
    waiting.abort();
  }
}

async function fetchUser({ client }: TeamAccess, user: string): Promise<SlackUser> {
  const answer = await client.users.info({ user, include_locale: true });
  return SlackUser.parse(answer.user);
}

function keep(known: Map<string, Known>, key: string, value: Known): void {
  known.delete(key);
  known.set(key, value);
  const oldest = known.keys().next();
  if (known.size > KEPT_AT_MOST && !oldest.done) known.delete(oldest.value);
}

const nameOf = ({ id, name, real_name, profile }: SlackUser): string =>
  [profile?.display_name, profile?.real_name, real_name, name].find((each) => each !== undefined && each !== '') ?? id;

/** Guests and people of other organizations (Slack Connect) look on, whatever a workspace's rules say of everyone. */
function roleOf(user: SlackUser, teamId: string): Role | null {
  const teams = [user.team_id ?? teamId, ...(user.enterprise_user?.teams ?? [])];
  if (user.is_stranger || user.is_restricted || user.is_ultra_restricted || !teams.includes(teamId)) return 'viewer';
  return user.is_admin || user.is_owner || user.is_primary_owner ? 'admin' : null;
}

/** Slack's zone, where this machine knows it too. */
function zoneFrom(tz: string | null | undefined): string | null {
  if (!tz) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(tz).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
